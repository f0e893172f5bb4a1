"""Consent by word of mouth: written down once by a clinician who heard it, a *no* as well."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from holdspace.clients import actions as clients
from holdspace.clients.actions import Person, Role
from holdspace.clients.models import Guardianship
from holdspace.consents import appointment, deciding, fields, queries, refusals, validity
from holdspace.consents.actions.asking import text_for
from holdspace.consents.actions.news import tell
from holdspace.consents.deciding import CLIENT
from holdspace.consents.models import Consent, ConsentVersion
from holdspace.consents.states import StateRule
from holdspace.kit.actor import Actor
from holdspace.practices.licenses import number_for
from holdspace.practices.models import Clinician
from holdspace.scheduling.models import Seat

S = Consent.Status
# A second press of the same button is the same answer.
SAME = timedelta(seconds=60)
# What may be written of a spoken answer; `by` is how they spoke: by phone, by video, in person.
LONGEST = {
    "location": 200,
    "others_present": 300,
    "present_here": 300,
    "by": 20,
    "interpreter": 120,
    "interpreter_language": 60,
    "another_way": 200,
}


def record_verbal(
    *,
    seat: Seat,
    answer: str,
    actor: Actor,
    at: datetime,
    version: ConsentVersion | None = None,
    ticks: Iterable[str] = (),
    keep_giver: bool = False,
    **said: Any,
) -> Consent:
    """Write down what the client (or guardian) said to the text as it was read: "yes" or "no".

    Only a clinician of that appointment may, and a yes only where the state takes it out loud.
    `said` is what `heard` takes; `keep_giver` puts whoever answered for a minor on the chart.  Never
    edited afterwards, see `correct`; a second press within a minute is the first.
    """
    clinician = queries.recorder(seat, actor)
    if clinician is None:
        raise refusals.OnlyItsClinicians
    if not seat.stands:
        raise refusals.NotOnAnymore
    facts, rule = heard(seat, answer, ticks, **said)
    if answer == "yes" and not rule.verbal_enough:
        raise refusals.WritingNeeded
    with transaction.atomic():
        # The seat's row first: of two presses the second sees what the first wrote.
        held = Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
        before = _just_said(seat, answer, version, actor, at)
        if before:
            return before
        read = text_for(seat, at)
        if version and version.pk != read.pk:
            raise refusals.TextChanged
        if keep_giver:
            _put_on_chart(seat, facts, actor, at)
        facts |= {"fields": fields.of_seat(seat, at)} | appointment.of_seat(held)
        consent = kept(written(held, read, facts, rule, clinician, at), rule, actor, at)
        place(held, facts, at)
        return consent


def heard(
    seat: Seat,
    answer: str,
    ticks: Iterable[str] = (),
    *,
    given_by: str = CLIENT,
    giver: str = "",
    relation: str = "",
    alone: bool = False,
    **words: str,
) -> tuple[dict[str, Any], StateRule]:
    """What goes on the record of a spoken answer, and the state's rule for it, or why it isn't enough.

    `words` are the texts named in LONGEST, and `state`.  For a minor a guardian answers: `giver` is their
    name; or `alone` says that the client may decide without one.
    """
    if unknown := set(words) - {*LONGEST, "state"}:
        raise TypeError(f"not on the record of a spoken answer: {', '.join(unknown)}")
    said: dict[str, Any] = {name: words.get(name, "").strip() for name in LONGEST}
    said["state"] = words.get("state", "").strip().upper()
    rule = queries.rule_for(seat, said["state"])
    if any(len(said[name]) > most for name, most in LONGEST.items()):
        raise refusals.TooLong
    said |= deciding.checked(seat, given_by=given_by, giver=giver, relation=relation, alone=alone)
    said |= {"answer": answer, "ticks": sorted(set(ticks) & set(rule.ticks))}
    if answer == "yes":
        _check_yes(seat, said, rule)
    elif answer != "no":
        raise ValueError("an answer is yes or no")
    return said, rule


def _check_yes(seat: Seat, said: dict[str, Any], rule: StateRule) -> None:
    deciding.check_yes(seat, said)
    if not said["location"]:
        raise refusals.PlaceMissing
    missing = sorted(rule.must_tick - set(said["ticks"]))
    if missing:
        raise refusals.TickMissing(ticks=missing)


def _put_on_chart(seat: Seat, said: dict[str, Any], actor: Actor, at: datetime) -> None:
    """Whoever answered for a minor is on file from now on as deciding for them."""
    if said["given_by"] == CLIENT or said["on_file"]:
        return
    role = Role(said["relation"], guardianship=Guardianship.OF_MINOR)
    person = Person(said["giver"], language=seat.client.language)
    tie = clients.add_contact(client=seat.client, person=person, role=role, actor=actor, at=at)
    said["on_file"] = str(tie.contact_id)


def _just_said(
    seat: Seat, answer: str, version: ConsentVersion | None, actor: Actor, at: datetime
) -> Consent | None:
    same = Consent.objects.filter(seat=seat, taken_by=actor.id, way=Consent.Way.VERBAL)
    if version:
        same = same.filter(version=version)
    status = S.RECORDED if answer == "yes" else S.REFUSED
    return same.filter(status=status, answered_at__gt=at - SAME, answered_at__lte=at).first()


def written(
    seat: Seat,
    version: ConsentVersion,
    said: dict[str, Any],
    rule: StateRule,
    clinician: Clinician,
    at: datetime,
) -> Consent:
    """The row as it will be kept, but for its time and its actor."""
    facts = said | {"rule": rule.kept, "version_digest": version.digest}
    return Consent(
        practice_id=seat.practice_id,
        version=version,
        client_id=seat.client_id,
        seat=seat,
        way=Consent.Way.VERBAL,
        status=S.RECORDED if said["answer"] == "yes" else S.REFUSED,
        taken_by_name=clinician.name,
        license_number=number_for(clinician, said["state"] or queries.state_of(seat), at),
        time_zone=seat.appointment.time_zone,
        details=json.dumps(facts),
    )


def kept(
    consent: Consent, rule: StateRule, actor: Actor, at: datetime, said_at: datetime | None = None
) -> Consent:
    """Keep the row: from now on it counts as said when it was said."""
    consent.taken_by, consent.answered_at = actor.id, said_at or at
    if consent.is_yes:
        good = validity.of(consent.version.form.verbal_renewal, rule, consent.answered_at)
        consent.expires_at, consent.one_session = good["expires_at"], good["one_session"]
    consent.save(force_insert=True)
    what = "recorded" if consent.is_yes else "refused"
    tell(consent, what, actor, at, version=consent.version.number)
    return consent


def place(seat: Seat, said: dict[str, Any], at: datetime) -> None:
    """Where the client said they are is known for this appointment from now on."""
    if said["location"]:
        seat.location, seat.location_point, seat.location_ok_at = said["location"], "", at
        seat.location_state = said["state"] or seat.location_state
        seat.save(update_fields=["location", "location_point", "location_state", "location_ok_at"])
