"""Two ways in that are not the sign-in page: setting up an empty installation, and the demo's one click."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from holdspace.accounts.web import sign_in
from holdspace.desk.forms.setup import SetupForm
from holdspace.desk.web import CHOSEN, anyone, then
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.practices.models import Membership
from holdspace.practices.queries import anything_set_up, is_demo
from holdspace.telehealth.actions.setup import set_up_practice


@require_http_methods(["GET", "POST"])
@anyone
@sensitive_post_parameters("password", "code")
def setup(request: HttpRequest) -> HttpResponse:
    """Whoever holds the code makes the practice and becomes its owner; afterwards this page is gone."""
    if anything_set_up():
        raise Http404
    form = SetupForm(request.POST or None, initial={"time_zone": "America/New_York"})
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    try:
        owner = set_up_practice(at=now(), **form.said)
    except Refusal as no:
        return _page(request, form, refusal=no, status=409)
    sign_in(request, owner.user)
    return redirect("mfa_activate_totp")


def _page(
    request: HttpRequest, form: SetupForm, *, status: int, refusal: Refusal | None = None
) -> HttpResponse:
    return render(request, "desk/setup.html", {"form": form, "refusal": refusal}, status=status)


@require_POST
@anyone
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """One click, as anyone; only a demo database has such an address."""
    if not is_demo():
        raise Http404
    membership = _one_of_the_demo(request.POST.get("membership", ""))
    sign_in(request, membership.user)
    request.session[CHOSEN] = str(membership.practice_id)
    return then(request, "desk:home")


def _one_of_the_demo(said: str) -> Membership:
    try:
        found = Membership.objects.filter(pk=UUID(said), active=True).select_related("user").first()
    except ValueError as nonsense:
        raise Http404 from nonsense
    if found is None:
        raise Http404
    return found
