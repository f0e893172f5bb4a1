"""One's own passkeys: added, called by a name, removed.  Before each, one says who one is."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from holdspace.accounts import passkeys
from holdspace.accounts.web_passkeys import first_who, own_passkey, to, who_first
from holdspace.desk.web import DeskRequest, SignedInRequest, coming_in, desk
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal


@require_http_methods(["GET", "POST"])
@coming_in
@who_first
@sensitive_post_parameters("credential")
def add(request: SignedInRequest) -> HttpResponse:
    """GET: what a passkey is, and the button.  POST: the one that the device has made."""
    user = request.user
    if request.method != "POST":
        return render(request, "desk/passkey_add.html", {"name": passkeys.next_name(user)})
    said, name = request.POST.get("credential", ""), request.POST.get("name", "")
    fresh_codes = passkeys.add_with_codes(user=user, said=said, name=name, at=now())
    return to(reverse("mfa_view_recovery_codes" if fresh_codes else "desk:account"))


@require_POST
@coming_in
def ask(request: SignedInRequest) -> HttpResponse:
    """What the device needs to make one."""
    turned = first_who(request, reverse("desk:passkey_add"))
    return turned or to("", options=passkeys.options_for_new(request.user))


@require_http_methods(["GET", "POST"])
@desk()
@who_first
def rename(request: DeskRequest, pk: int) -> HttpResponse:
    """Called as its owner likes; it opens the same as before."""
    one = own_passkey(request, pk)
    if request.method != "POST":
        return render(request, "desk/passkey.html", {"passkey": one})
    passkeys.rename(user=request.user, pk=one.pk, name=request.POST.get("name", ""), at=now())
    messages.success(request, _("Kept."))
    return redirect("desk:account")


@require_http_methods(["GET", "POST"])
@desk()
@who_first
def remove(request: DeskRequest, pk: int) -> HttpResponse:
    """Asked once; then it opens nothing here any more."""
    one = own_passkey(request, pk)
    if request.method != "POST":
        return _ask_to_remove(request, one)
    try:
        passkeys.remove(user=request.user, pk=one.pk, at=now())
    except Refusal as refusal:
        return _ask_to_remove(request, one, refusal)
    messages.success(request, _("The passkey is removed. It may be deleted on your device, too."))
    return redirect("desk:account")


def _ask_to_remove(
    request: DeskRequest, one: passkeys.Passkey, refusal: Refusal | None = None
) -> HttpResponse:
    facts = {"passkey": one, "refusal": refusal, "last_factor": passkeys.is_last_factor(request.user)}
    return render(request, "desk/passkey_remove.html", facts, status=409 if refusal else 200)
