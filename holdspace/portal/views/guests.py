"""A guest's pages: the link, then check, waiting room and call on one page, as a client's are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from holdspace.kit.clock import now
from holdspace.kit.web import answer
from holdspace.portal import places, web
from holdspace.scheduling import links
from holdspace.telehealth import actions, guests
from holdspace.telehealth.models import Invitation, Participant

SOCKET = "/live/?as=guest"
ADDRESSES = ("knock", "ticket", "here", "leave", "ended")


@web.public
def arrive(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
    """GET changes nothing, and names nobody but who invites.  POST: in, and the secret leaves the address."""
    invitation = guests.invitation_behind(slug, secret)
    if invitation is None:
        return web.gone(request, links.practice_at(slug))
    if request.method == "POST":
        return web.keep_guest(redirect("portal:guest_room"), actions.come(invitation=invitation, at=now()))
    facts = {"practice": invitation.practice, "invitation": invitation, "who": _who(invitation)}
    return render(request, "portal/guest.html", facts)


def _who(invitation: Invitation) -> str:
    """Whoever invited them, as long as they lead; the practice else."""
    leads = invitation.session.appointment.clinicians
    clinician = leads.filter(membership=invitation.by_id).first() or leads.first()
    return clinician.name if clinician else invitation.practice.shown_name


@web.guest
@web.with_devices
def room(request: web.GuestRequest) -> HttpResponse:
    """The page; knocking is a POST of its own."""
    facts = {
        "practice": request.practice,
        "participant": _place(request),
        "socket": SOCKET,
        "their_name": _who(request.invitation),
        "addresses": {name: reverse(f"portal:guest_{name}") for name in ADDRESSES},
    }
    return render(request, "portal/guest_room.html", facts)


def _place(request: web.GuestRequest) -> Participant | None:
    return Participant.objects.visible_to(request.guest).select_related("session").first()


@require_POST
@web.guest
def knock(request: web.GuestRequest) -> HttpResponse:
    """In to the waiting room, or straight back to the room that a reload interrupted."""
    place = actions.knock_as_guest(invitation=request.invitation, at=now())
    return answer(request, redirect("portal:guest_room"), ticket=places.ticket_for(place, SOCKET))


@require_POST
@web.guest
def ticket(request: web.GuestRequest) -> HttpResponse:
    return places.renewed(_place(request), request.guest, SOCKET)


@require_POST
@web.guest
def here(request: web.GuestRequest) -> HttpResponse:
    return places.alive(_place(request), request.guest)


@require_POST
@web.guest
def leave(request: web.GuestRequest) -> HttpResponse:
    places.left(_place(request), request.guest)
    return answer(request, redirect("portal:guest_ended"))


@web.public
def ended(request: HttpRequest) -> HttpResponse:
    """Thanks; back in, as long as the invitation is good."""
    invitation = guests.guest_of(request.COOKIES.get(web.GUEST_COOKIE, ""))
    facts = {"practice": invitation.practice if invitation else None, "may_return": _may_return(invitation)}
    return render(request, "portal/guest_ended.html", facts)


def _may_return(invitation: Invitation | None) -> bool:
    removed = Participant.objects.filter(invitation=invitation, status=Participant.Status.REMOVED)
    return invitation is not None and not removed.exists()
