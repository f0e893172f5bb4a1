"""One's calendar in one's own phone: the secret address, made, copied, renewed and revoked."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.practices.models import Clinician
from holdspace.scheduling import feeds
from holdspace.scheduling.actions.feeds import make_feed, revoke_feed, show_in_feed
from holdspace.scheduling.models import Feed


@require_GET
@desk("see_own_calendar")
def page(request: DeskRequest) -> HttpResponse:
    """The address, if there is one that works, and what it shows."""
    _me(request)
    feed = _mine(request)
    facts = {"feed": feed, "address": feeds.address_of(feed) if feed else "", "shows": Feed.Shows.choices}
    return render(request, "desk/feed.html", facts)


@require_POST
@desk("see_own_calendar")
def make(request: DeskRequest) -> HttpResponse:
    """A new address; one that was there before leads nowhere from now on."""
    before = Feed.objects.visible_to(request.actor).first()
    shows = _said(request, before)
    make_feed(clinician=_me(request), shows=shows, actor=request.actor, at=now())
    messages.success(request, _("Here is your new address. Copy it into your calendar program."))
    return redirect("desk:my_feed")


@require_POST
@desk("see_own_calendar")
def choose(request: DeskRequest) -> HttpResponse:
    """Initials, or only *Busy*."""
    feed = _mine(request)
    if feed:
        show_in_feed(feed=feed, shows=_said(request, feed), actor=request.actor, at=now())
        messages.success(request, _("Kept. Your calendar program shows it the next time it looks."))
    return redirect("desk:my_feed")


@require_POST
@desk("see_own_calendar")
def revoke(request: DeskRequest) -> HttpResponse:
    """Nothing is read at the address any more; pressing twice is no mistake."""
    feed = _mine(request)
    if feed:
        revoke_feed(feed=feed, actor=request.actor, at=now())
        messages.success(request, _("The address leads nowhere now. What was read before stays where it is."))
    return redirect("desk:my_feed")


def _me(request: DeskRequest) -> Clinician:
    if request.actor.clinician_id is None:
        raise Http404
    return get_object_or_404(Clinician, pk=request.actor.clinician_id)


def _mine(request: DeskRequest) -> Feed | None:
    return Feed.objects.visible_to(request.actor).filter(revoked_at=None).first()


def _said(request: DeskRequest, feed: Feed | None) -> str:
    said = request.POST.get("shows", "")
    before = feed.shows if feed else Feed.Shows.BUSY
    return said if said in Feed.Shows.values else str(before)
