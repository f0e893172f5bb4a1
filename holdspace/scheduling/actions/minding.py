"""What is asked before saving, and may be booked all the same: the past, a client elsewhere, no hours."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from holdspace.clients.models import Client
from holdspace.practices.models import Clinician
from holdspace.scheduling import availability, queries, refusals
from holdspace.scheduling.clashes import Clash, hours_clashes, past_clash, purpose_of, together
from holdspace.scheduling.models import Appointment, Seat
from holdspace.scheduling.plans import Plan
from holdspace.scheduling.words import span

REFUSED = {
    "past": refusals.TimePast,
    "client": refusals.ClientBusy,
    "away": refusals.TimeOffThen,
    "outside": refusals.OutsideHours,
}


def mind(
    plan: Plan,
    clients: Sequence[Client],
    appointment: Appointment,
    at: datetime,
    before: Plan | None = None,
    joined: Sequence[Client] = (),
    *,
    past_too: bool = False,
) -> None:
    """Refuse where the plan clashes, with who, when and what is free for everybody.

    Everything that clashes is said at once: *Book anyway* overrules all of it.  What was so before
    a change isn't said again, so with the same time only those who `joined` are asked about.
    """
    same_time = before is not None and _span(before) == _span(plan)
    clashes = [] if past_too or (before and before.starts_at == plan.starts_at) else _past(plan, at)
    clashes += _clients(plan, joined if same_time else clients, appointment)
    clashes += _hours(plan, _whose_hours(plan, before))
    if clashes:
        sentence = together(clash.sentence for clash in clashes)
        raise REFUSED[clashes[0].kind](sentence, free=partial(_free, plan, clients, appointment, at))


def _span(plan: Plan) -> tuple[datetime, datetime]:
    return plan.starts_at, plan.ends_at


def _whose_hours(plan: Plan, before: Plan | None) -> list[Clinician]:
    """Those for whom something is new: everybody, or where only they were added, they."""
    if before is None or _span(before) != _span(plan) or purpose_of(before) != purpose_of(plan):
        return list(plan.clinicians)
    return [one for one in plan.clinicians if one not in before.clinicians]


def _past(plan: Plan, at: datetime) -> list[Clash]:
    clash = past_clash(plan.starts_at, plan.ends_at, plan.time_zone, at)
    return [clash] if clash else []


def _hours(plan: Plan, whose: Sequence[Clinician]) -> list[Clash]:
    if not whose:
        return []
    rules = availability.load(whose, plan.starts_at, plan.ends_at)
    return hours_clashes(rules, whose, plan, plan.starts_at, plan.ends_at)


def _clients(plan: Plan, clients: Sequence[Client], appointment: Appointment) -> list[Clash]:
    found = queries.clients_elsewhere(clients, plan.starts_at, plan.ends_at, but=appointment.pk)
    return [_elsewhere(plan, other) for other in found]


def _elsewhere(plan: Plan, other: Seat) -> Clash:
    when = span(other.appointment.starts_at, other.appointment.ends_at, plan.time_zone)
    leads = ", ".join(clinician.name for clinician in other.appointment.clinicians.all())
    said = {"client": other.client.short_name, "when": when, "clinician": leads}
    return Clash("client", _("%(client)s is booked then: %(when)s with %(clinician)s.") % said)


def _free(plan: Plan, clients: Sequence[Client], appointment: Appointment, at: datetime) -> list[datetime]:
    length = plan.ends_at - plan.starts_at
    return queries.free_near(
        plan.clinicians,
        plan.starts_at,
        length,
        zone=plan.time_zone,
        at=at,
        clients=clients,
        purpose=purpose_of(plan),
        but=appointment.pk,
    )
