"""A clinician's licenses: written down, renewed, taken off.  The trail keeps what each once said."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from holdspace.audit import trail
from holdspace.kit.actor import Member
from holdspace.kit.refusals import NotYours
from holdspace.live import bus
from holdspace.practices import refusals
from holdspace.practices.models import Clinician, License
from holdspace.practices.places import STATES

PLAIN = ("kind", "state", "number", "title", "expires_on")


def add_license(*, clinician: Clinician, actor: Member, at: datetime, **facts: Any) -> License:
    """One more license, as the paper says: `kind`, `state`, `number`, `title`, `expires_on`."""
    made = License(clinician=clinician, practice_id=clinician.practice_id, **facts)
    _check(made, actor)
    with transaction.atomic():
        _save(made)
        trail.record(actor, "practices.license.added", clinician, at=at, license=made.pk, **_plain(made))
        _tell(clinician)
    return made


def change_license(*, license: License, actor: Member, at: datetime, **facts: Any) -> None:
    """Renewed or put right; what is already so leaves no entry."""
    before = _plain(license)
    for name, value in facts.items():
        setattr(license, name, value)
    _check(license, actor)
    after = _plain(license)
    changes = {name: [before[name], after[name]] for name in PLAIN if before[name] != after[name]}
    if not changes:
        return
    with transaction.atomic():
        _save(license)
        detail = {"license": license.pk, "changes": changes}
        trail.record(actor, "practices.license.changed", license.clinician, at=at, **detail)
        _tell(license.clinician)


def remove_license(*, license: License, actor: Member, at: datetime) -> None:
    """Take it off the list: it was never theirs, or they gave it back."""
    _check(license, actor)
    with transaction.atomic():
        detail = {"license": license.pk, **_plain(license)}
        trail.record(actor, "practices.license.removed", license.clinician, at=at, **detail)
        license.delete()
        _tell(license.clinician)


def _check(license: License, actor: Member) -> None:
    if not actor.may("change_staff"):
        raise NotYours
    license.number = license.number.strip()
    if license.state not in STATES or not license.number:
        raise refusals.LicenseIncomplete


def _save(license: License) -> None:
    try:
        with transaction.atomic():
            license.save()
    except IntegrityError as there:
        raise refusals.LicenseThere from there


def _plain(license: License) -> dict[str, Any]:
    return {name: getattr(license, name) for name in PLAIN}


def _tell(clinician: Clinician) -> None:
    """Open boards and calendars show who may meet whom."""
    bus.publish("appointment.changed", [f"practice:{clinician.practice_id}"])
