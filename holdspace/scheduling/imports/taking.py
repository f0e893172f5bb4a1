"""One record, done with the verbs that people use: every rule they keep is kept here too."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from holdspace.clients.models import Client
from holdspace.kit import zones
from holdspace.kit.actor import Member
from holdspace.practices.models import Clinician
from holdspace.scheduling import actions, refusals
from holdspace.scheduling.choices import Choice
from holdspace.scheduling.imports import events, moments, people, repeats
from holdspace.scheduling.imports.promises import Taken, Time
from holdspace.scheduling.imports.reading import Record
from holdspace.scheduling.models import Appointment, AppointmentType, ContactType, Import
from holdspace.scheduling.plans import Plan
from holdspace.scheduling.refusals import LineRefused


@dataclass(frozen=True)
class Taker:
    """Takes the records of one import, on behalf of whoever imports; they may then book for everyone."""

    of: Import
    actor: Member
    at: datetime

    @property
    def only_tries(self) -> bool:
        return self.of.status == Import.Status.CHECKING

    def take(self, record: Record) -> Taken:
        """Do what the record says, and say what it took; LineKnown if that is so already, else a Refusal."""
        if record.fault:
            raise LineRefused(record.fault)
        ways: dict[str, Callable[[Record], Taken]] = {
            Import.What.CLIENTS: self._client,
            Import.What.APPOINTMENTS: self._row,
            Import.What.CALENDAR: self._event,
        }
        return ways[self.of.what](record)

    def _client(self, record: Record) -> Taken:
        return people.add(record.facts, self.of.practice, self.actor, self.at)

    def _row(self, record: Record) -> Taken:
        facts = record.facts
        client = people.find(facts, self.actor)
        zone = facts.get("time_zone") or self.of.practice.time_zone
        if not zones.is_zone(zone):
            raise LineRefused(
                _("%(said)s isn’t a time zone. Write it like America/Chicago.") % {"said": zone[:60]}
            )
        type_ = self._type(facts.get("type", ""))
        starts_at = moments.instant(
            facts.get("start") or f"{facts.get('date', '')} {facts.get('time', '')}", zone
        )
        plan = Plan(
            type=type_,
            contact_type=_contact_type(facts.get("contact_type", "")) or self.of.contact_type,
            clinicians=(self._clinician(facts.get("clinician", "")),),
            starts_at=starts_at,
            ends_at=moments.ends(facts, starts_at, zone, type_.minutes),
            time_zone=zone,
            notes=facts.get("notes", ""),
        )
        return self._once(plan, client)

    def _event(self, record: Record) -> Taken:
        event: Any = record.facts["event"]
        repeats.check(event, record.facts)
        starts_at, zone = events.when(event["DTSTART"], self.of.practice.time_zone)
        client = people.find({"name": _who(event)}, self.actor)
        type_ = self._type("")
        plan = Plan(
            type=type_,
            contact_type=self.of.contact_type,
            clinicians=(self._clinician(""),),
            starts_at=moments.in_years(starts_at),
            ends_at=_event_ends(event, starts_at, zone, type_.minutes),
            time_zone=zone,
        )
        found: list[Any] = []
        if "RRULE" in event:
            found += self._series(event, plan, client, record.facts["alone"])
        for one in repeats.singly(event, plan, record.facts["alone"], self.at):
            found += self._once(one, client)
        if not found:
            raise LineRefused(
                _("None of its days is left to book: they are over, left out, or entries of their own.")
            )
        return found

    def _once(self, plan: Plan, client: Client) -> Taken:
        # Who comes from another system knows it; hundreds would hear of it at once.
        actions.book(
            plan=plan,
            clients=[client],
            actor=self._booking,
            at=self.at,
            looking_back=True,
            tell_client=False,
        )
        return _times(plan, client, [(plan.starts_at, plan.ends_at)])

    def _series(self, event: Any, plan: Plan, client: Client, alone: set[Any]) -> Taken:
        """What is still to come of it, without the days that the file leaves out or tells apart."""
        repeat = repeats.repeat_of(event, plan)
        left_out = {repeats.day_of(moment, plan.time_zone) for moment in [*repeats.exdates(event), *alone]}
        try:
            plan, repeat = repeats.still_to_come(repeat, plan, self.at)
            series = actions.book_series(
                plan=plan,
                repeat=repeat,
                clients=[client],
                actor=self._booking,
                at=self.at,
                choices={day: Choice("skip") for day in left_out},
                tell_client=False,
            )
        except refusals.NoDayLeft:
            return []
        except refusals.SeriesClashes as clashes:
            first = next(one.clash for one in clashes.coming if one.clash and one.day not in left_out)
            raise LineRefused(str(first.sentence)) from clashes
        booked = Appointment.objects.filter(occurrence__series=series)
        return _times(plan, client, booked.values_list("starts_at", "ends_at"))

    @property
    def _booking(self) -> Member:
        return replace(self.actor, verbs=self.actor.verbs | {"book", "book_for_everyone"})

    def _clinician(self, said: str) -> Clinician:
        if not said and self.of.clinician:
            return self.of.clinician
        bare = _bare(said)
        found = [one for one in self._clinicians if bare and _bare(one.name) == bare]
        if len(found) == 1:
            return found[0]
        raise LineRefused(
            _("No clinician of that name works here. Choose one for the whole file, or mend the name.")
        )

    def _type(self, said: str) -> AppointmentType:
        if not said and self.of.type:
            return self.of.type
        if said.casefold() in self._types:
            return self._types[said.casefold()]
        raise LineRefused(
            _("There is no appointment type of that name. Add it in Settings, or choose one here.")
        )

    @cached_property
    def _clinicians(self) -> list[Clinician]:
        """Everybody who may be named; read once for all the records that it takes, which are a batch's."""
        found = Clinician.objects.filter(practice=self.of.practice, active=True)
        return list(found.select_related("practice"))

    @cached_property
    def _types(self) -> dict[str, AppointmentType]:
        """By name, however it is written; as often."""
        found = AppointmentType.objects.filter(practice=self.of.practice, active=True)
        return {one.name.casefold(): one for one in found.select_related("practice").order_by("-pk")}


def _times(plan: Plan, client: Client, spans: Iterable[tuple[datetime, datetime]]) -> Taken:
    """Of everybody in it, at each of these."""
    everybody = [(one.pk, one.name) for one in plan.clinicians] + [(client.pk, client.short_name)]
    return [Time(*one, *span, plan.time_zone) for span in spans for one in everybody]


def fingerprint_of(record: Record, what: str) -> str:
    """The same words, the same print; column names that are no business of ours don't count."""
    facts = record.facts.get("text") or sorted((name, str(value)) for name, value in record.facts.items())
    return hashlib.sha256(f"{what}\0{facts}\0{record.fault and record.said}".encode()).hexdigest()


def _bare(name: str) -> str:
    return " ".join(word for word in name.lower().replace(".", " ").split() if word != "dr")


def _contact_type(said: str) -> str:
    bare = re.sub(r"[^a-z]", "", said.lower())
    known = {"inperson": "in_person", "office": "in_person", "phone": "phone", "phonecall": "phone"}
    known |= {"telehealth": "telehealth", "video": "telehealth", "online": "telehealth", "": ""}
    if bare not in known:
        raise LineRefused(_("A contact type is in person, phone or telehealth."))
    return str(ContactType(known[bare])) if bare else ""


def _event_ends(event: Any, starts_at: datetime, zone: str, minutes: int) -> datetime:
    if "DTEND" in event:
        return moments.in_years(events.when(event["DTEND"], zone)[0])
    return starts_at + (event["DURATION"].dt if "DURATION" in event else timedelta(minutes=minutes))


def _who(event: Any) -> str:
    """The client's name: the summary, or else the one attendee who is named."""
    summary = str(event.get("SUMMARY", "")).strip()
    asked = event.get("ATTENDEE", [])
    named = [str(one.params.get("CN", "")) for one in (asked if isinstance(asked, list) else [asked])]
    return summary or next((name for name in named if name), "")
