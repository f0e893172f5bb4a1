"""What is shown before saving, and may be booked all the same: a client elsewhere, time off, no hours."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from holdspace.clients.models import Client
from holdspace.scheduling import availability, queries, refusals
from holdspace.scheduling.clashes import Clash, hours_clash, purpose_of
from holdspace.scheduling.models import Appointment
from holdspace.scheduling.plans import Plan
from holdspace.scheduling.words import span

REFUSED = {
    "client": refusals.ClientBusy,
    "away": refusals.TimeOffThen,
    "outside": refusals.OutsideHours,
}


def mind(
    plan: Plan, clients: Sequence[Client], appointment: Appointment, at: datetime, before: Plan | None = None
) -> None:
    """Refuse where the plan clashes, with who, when and what is free for everybody.

    Everything that clashes is said at once: *Book anyway* overrules all of it.  What was so before
    a change isn't said again.
    """
    same_time = before is not None and _span(before) == _span(plan)
    same_hours = same_time and before is not None and _how(before) == _how(plan)
    found = [
        None if same_time else _client(plan, clients, appointment),
        None if same_hours else _hours(plan),
    ]
    clashes = [clash for clash in found if clash]
    if clashes:
        sentence = " ".join(clash.sentence for clash in clashes)
        raise REFUSED[clashes[0].kind](sentence, free=_free(plan, clients, at))


def _span(plan: Plan) -> tuple[datetime, datetime]:
    return plan.starts_at, plan.ends_at


def _how(plan: Plan) -> tuple[object, ...]:
    """All else that hours depend on."""
    return {one.pk for one in plan.clinicians}, purpose_of(plan)


def _hours(plan: Plan) -> Clash | None:
    rules = availability.load(plan.clinicians, plan.starts_at, plan.ends_at)
    return hours_clash(rules, plan, plan.starts_at, plan.ends_at)


def _client(plan: Plan, clients: Sequence[Client], appointment: Appointment) -> Clash | None:
    other = queries.clients_other(clients, plan.starts_at, plan.ends_at, but=appointment.pk)
    if other is None:
        return None
    when = span(other.appointment.starts_at, other.appointment.ends_at, plan.time_zone)
    leads = ", ".join(clinician.name for clinician in other.appointment.clinicians.all())
    said = {"client": other.client.short_name, "when": when, "clinician": leads}
    return Clash("client", _("%(client)s is booked then: %(when)s with %(clinician)s.") % said)


def _free(plan: Plan, clients: Sequence[Client], at: datetime) -> list[datetime]:
    length = plan.ends_at - plan.starts_at
    return queries.free_near(
        plan.clinicians,
        plan.starts_at,
        length,
        zone=plan.time_zone,
        at=at,
        clients=clients,
        purpose=purpose_of(plan),
    )
