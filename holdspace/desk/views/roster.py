"""The roster of a group: who is in it, how many places are left, somebody in and somebody out."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from holdspace.clients import queries as clients
from holdspace.clients.models import Client
from holdspace.desk.looks import SEAT as LOOKED_AT
from holdspace.desk.looks import looked
from holdspace.desk.ranges import shown_zone
from holdspace.desk.statuses import reachable
from holdspace.desk.tiles import LOOKS
from holdspace.desk.views.appointments import SEEN_BY, frame_of, seat_of, series_of
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.kit.refusals import Refusal
from holdspace.scheduling import actions, queries
from holdspace.scheduling.models import Seat
from holdspace.telehealth import queries as telehealth


class MemberForm(forms.Form):
    """Who joins: chosen from those on file, or found by what was typed."""

    client_text = forms.CharField(label=_("Client"), required=False, max_length=120)
    client = forms.UUIDField(required=False)
    from_now_on = forms.BooleanField(label=_("And in every later meeting"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matches: list[Client] = []

    def find(self, request: DeskRequest) -> Client | None:
        """The client that was meant, if there is no doubt about it."""
        said = self.cleaned_data
        if said.get("client"):
            return get_object_or_404(Client.objects.visible_to(request.actor), pk=said["client"])
        self.matches = clients.search(request.actor, said.get("client_text", ""))
        if len(self.matches) == 1:
            return self.matches[0]
        words = _t("Choose who it is.") if self.matches else _t("Nobody on file fits. Look at the spelling.")
        self.add_error("client_text", words)
        return None


@desk(*SEEN_BY)
def roster(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Everybody in this meeting of the group; **Add** gives somebody a seat of their own."""
    seat = seat_of(request, pk)
    looked(request, LOOKED_AT, seat)
    if request.method != "POST":
        return _page(request, seat, MemberForm())
    form = MemberForm(request.POST)
    client = form.find(request) if form.is_valid() else None
    if client is None:
        return _page(request, seat, form, status=422)
    try:
        actions.join(
            appointment=seat.appointment,
            client=client,
            actor=request.actor,
            at=now(),
            from_now_on=form.cleaned_data["from_now_on"] and series_of(seat.appointment) is not None,
        )
    except Refusal as no:
        return _page(request, seat, form, refusal=no, status=409)
    return redirect("desk:roster", pk=pk)


@require_POST
@desk("book")
def take_out(request: DeskRequest, pk: UUID) -> HttpResponse:
    """Somebody leaves this meeting, or this and every later one; Session Details offers to undo it."""
    seat = seat_of(request, pk)
    later = request.POST.get("from_now_on") == "on" and series_of(seat.appointment) is not None
    actions.leave(seat=seat, actor=request.actor, at=now(), from_now_on=later)
    return redirect("desk:roster", pk=pk)


def _page(
    request: DeskRequest, seat: Seat, form: MemberForm, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    members = list(seat.appointment.seats.select_related("client").order_by("client__last_name", "pk"))
    here = sum(member.stands for member in members)
    there = telehealth.minutes_there(seat.appointment, now())
    facts = {
        "page": frame_of(request),
        "seat": seat,
        "lines": [_line(member, there.get(member.pk)) for member in members],
        "here": here,
        "places": seat.appointment.type.places,
        "left": max(seat.appointment.type.places - here, 0),
        "repeats": series_of(seat.appointment) is not None,
        "may_change": queries.may_change(seat.appointment, request.actor),
        "may_send": request.actor.may("send_links") and seat.appointment.is_telehealth,
        "form": form,
        "refusal": refusal,
        "zone": shown_zone(request),
    }
    return render(request, "desk/roster.html", facts, status=status)


def _line(member: Seat, minutes: int | None) -> dict[str, Any]:
    """A member as the roster shows them: how they stand, what they may become, whether they came."""
    icon, _css, tone = LOOKS[member.status]
    return {"seat": member, "icon": icon, "tone": tone, "statuses": reachable(member, {}), "minutes": minutes}
