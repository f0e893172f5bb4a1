"""Another address to sign in with: asked for with the password, and true once its mail was opened."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.portal import web
from holdspace.portal.forms.account import AddressForm
from holdspace.portal.holding import HolderRequest, holder
from holdspace.portal.limits import within
from holdspace.practices.queries import only_practice
from holdspace.scheduling.actions import own_sign_in

TRIES, A_QUARTER = 5, 900


@sensitive_post_parameters("password")
@holder
def ask(request: HolderRequest) -> HttpResponse:
    """GET asks; POST mails a link to the new address, and says the same whoever has it."""
    form = AddressForm(request.POST or None, user=request.user)
    if request.method != "POST":
        return _page(request, form)
    # Counted first, so that a right password after too many wrong ones is no better.
    allowed = within("address", str(request.user.pk), most=TRIES, seconds=A_QUARTER)
    if not allowed or not form.is_valid():
        return _page(request, form, too_often=not allowed, status=422)
    address = form.cleaned_data["email"]
    try:
        own_sign_in.ask_new_address(account=request.account, address=address, actor=request.holder, at=now())
    except Refusal as refusal:
        return _page(request, form, refusal=refusal, status=409)
    return _page(request, form, sent=True)


def _page(request: HolderRequest, form: AddressForm, status: int = 200, **more: object) -> HttpResponse:
    facts = {"client": request.client, "practice": request.practice, "form": form, **more}
    return render(request, "portal/address.html", facts, status=status)


@web.public
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """GET shows one button, for mail scanners open links; POST makes it so."""
    facts: dict[str, object] = {"practice": only_practice(), "row": own_sign_in.address_behind(key)}
    if request.method == "POST":
        try:
            own_sign_in.take_address(key=key, at=now())
            facts["done"] = True
        except Refusal as refusal:
            facts |= {"refusal": refusal, "row": None}
    known = facts["row"] or facts.get("done")
    return render(request, "portal/address_confirm.html", facts, status=200 if known else 404)
