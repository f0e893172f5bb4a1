"""A client's passkeys: a way in without a password, kept by their own phone or computer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from holdspace.accounts import passkeys
from holdspace.accounts.web_passkeys import first_who, own_passkey, to, who_first
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.portal.holding import HolderRequest, holder


@require_http_methods(["GET", "POST"])
@holder
@who_first
@sensitive_post_parameters("credential")
def add(request: HolderRequest) -> HttpResponse:
    """GET: what a passkey is, and the button.  POST: the one that the device has made."""
    if request.method != "POST":
        return _page(request, "add", name=passkeys.next_name(request.user))
    said, name = request.POST.get("credential", ""), request.POST.get("name", "")
    passkeys.add(user=request.user, said=said, name=name, at=now())
    messages.success(request, _("Kept. From now on you can sign in with it."))
    return to(reverse("portal:account", args=[request.client.pk]))


@require_POST
@holder
def ask(request: HolderRequest) -> HttpResponse:
    """What the device needs to make one."""
    turned = first_who(request, reverse("portal:passkey_add", args=[request.client.pk]))
    return turned or to("", options=passkeys.options_for_new(request.user))


@require_http_methods(["GET", "POST"])
@holder
@who_first
def rename(request: HolderRequest, pk: int) -> HttpResponse:
    """Called as its owner likes; it opens the same as before."""
    one = own_passkey(request, pk)
    if request.method != "POST":
        return _page(request, "change", passkey=one)
    passkeys.rename(user=request.user, pk=one.pk, name=request.POST.get("name", ""), at=now())
    messages.success(request, _("Kept."))
    return redirect("portal:account", client=request.client.pk)


@require_http_methods(["GET", "POST"])
@holder
@who_first
def remove(request: HolderRequest, pk: int) -> HttpResponse:
    """Asked once; then it opens nothing here any more."""
    one = own_passkey(request, pk)
    if request.method != "POST":
        return _page(request, "remove", passkey=one)
    try:
        passkeys.remove(user=request.user, pk=one.pk, at=now())
    except Refusal as refusal:
        return _page(request, "remove", passkey=one, refusal=refusal, status=409)
    messages.success(request, _("The passkey is removed. You can delete it on your device, too."))
    return redirect("portal:account", client=request.client.pk)


def _page(request: HolderRequest, way: str, status: int = 200, **facts: object) -> HttpResponse:
    said = {"client": request.client, "way": way, **facts}
    return render(request, "portal/passkey.html", said, status=status)
