"""Where one arrives, which practice one is at work in, help, and one's own account."""

import re
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from holdspace import __version__
from holdspace.accounts import actions as accounts
from holdspace.accounts import kept, queries
from holdspace.accounts.models import User
from holdspace.accounts.passkeys import passkeys_of
from holdspace.desk.frame import places
from holdspace.desk.web import CHOSEN, DeskRequest, SignedInRequest, desk, signed_in, then
from holdspace.kit.web import answer
from holdspace.practices.queries import is_demo, membership_of, memberships_of

LONG = 60
MACHINE = re.compile(r"[0-9a-f-]{36}|\d*|[a-z_]+|on|")


@require_GET
@desk()
def home(request: DeskRequest) -> HttpResponse:
    """The first place this person may go: the calendar for most."""
    names = [place for place in places(request.actor) if place.name != "today"]
    return redirect(names[0].url)


@require_http_methods(["GET", "POST"])
@signed_in
def choose(request: SignedInRequest) -> HttpResponse:
    """At which practice to work now; only those one belongs to."""
    found = memberships_of(request.user.pk)
    if request.method == "POST":
        chosen = [one for one in found if str(one.practice_id) == request.POST.get("practice")]
        if chosen:
            request.session[CHOSEN] = str(chosen[0].practice_id)
            return then(request, "desk:home")
    return render(request, "desk/choose.html", {"memberships": found})


@require_GET
@desk()
def more(request: DeskRequest) -> HttpResponse:
    """What the bar at the bottom of a phone has no room for."""
    several = len(memberships_of(request.user.pk)) > 1
    return render(
        request,
        "desk/more.html",
        {"places": [p for p in places(request.actor) if p.css == "hs-not-phone"], "several": several},
    )


@require_GET
@desk()
def help_page(request: DeskRequest) -> HttpResponse:
    return render(request, "desk/help.html", {"version": __version__, "idle": settings.IDLE_MINUTES})


@require_POST
@desk()
def presence(request: DeskRequest) -> HttpResponse:
    """A person is at this page, though it asks nothing: that counts as activity."""
    return answer(request, HttpResponse(status=204))


@require_http_methods(["GET", "POST"])
@desk()
def account(request: DeskRequest) -> HttpResponse:
    """One's own: name, theme, and the ways to password and second factor."""
    user = request.user
    if request.method == "POST":
        accounts.change_theme(user=user, theme=request.POST.get("theme", ""))
        messages.success(request, _("Kept."))
        return redirect("desk:account")
    facts = {
        "themes": User.Theme.choices,
        "factor": queries.has_second_factor(user),
        "app": queries.has_app(user),
        "passkeys": passkeys_of(user),
        "codes_left": queries.recovery_codes_left(user),
        "several": len(memberships_of(user.pk)) > 1,
        "demo": is_demo(),
    }
    return render(request, "desk/account.html", facts)


@require_GET
@signed_in
def kept_form(request: SignedInRequest) -> HttpResponse:
    """What somebody sent after their sign-in had ended, back for them to look at and send."""
    form = kept.look(request.user.pk)
    if form is None:
        return redirect("desk:home")
    if membership_of(request.user.pk, request.session.get(CHOSEN)) is None:
        return redirect(f"{reverse('desk:choose')}?next={request.path}")
    return render(request, "desk/kept.html", {"kept": form, "rows": [_kept_row(*one) for one in form.fields]})


def _kept_row(name: str, value: str) -> dict[str, Any]:
    """Ids, versions and choices travel along unseen; whatever a person typed can be seen and mended."""
    typed = " " in value or "@" in value or len(value) > LONG or not MACHINE.fullmatch(value)
    label = name.replace("_", " ").capitalize()
    return {
        "name": name,
        "value": value,
        "label": label,
        "hidden": not typed,
        "long": len(value) > LONG or "\n" in value,
    }
