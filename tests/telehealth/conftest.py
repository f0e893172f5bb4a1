from datetime import datetime, timedelta

import pytest

from holdspace.consents.models import Consent, ConsentForm, ConsentVersion
from holdspace.kit.actor import Member, Visit
from holdspace.scheduling.actions.links import identify
from holdspace.scheduling.models import Seat
from holdspace.telehealth.actions import invite, knock, knock_as_guest
from holdspace.telehealth.models import Participant, Session
from tests.cast import TEN


def agree(seat: Seat, *, at: datetime = TEN) -> Consent:
    """A signed consent to telehealth that stands for a year."""
    form, _ = ConsentForm.objects.get_or_create(practice=seat.practice, defaults={"title": "Telehealth"})
    said = {
        "text": "We meet by video.",
        "script": "Do you agree?",
        "disclosure": "Signed on a screen.",
        "digest": "0" * 64,
    }
    version, _ = ConsentVersion.objects.get_or_create(
        practice=seat.practice,
        form=form,
        number=1,
        defaults=said | {"published_at": TEN - timedelta(days=90)},
    )
    return Consent.objects.create(
        practice=seat.practice,
        version=version,
        client=seat.client,
        seat=seat,
        way="digital",
        status="signed",
        time_zone="America/New_York",
        answered_at=at - timedelta(days=10),
        expires_at=at + timedelta(days=355),
    )


def guest_who_waits(session: Session, actor: Member, *, at: datetime = TEN) -> Participant:
    """Ana, who interprets, invited by a clinician and at the door."""
    invitation, _link = invite(session=session, name="Ana", comes_as="interpreter", actor=actor, at=at)
    return knock_as_guest(invitation=invitation, at=at)


@pytest.fixture
def rosa_agreed(rosas_seat: Seat) -> Consent:
    return agree(rosas_seat)


@pytest.fixture
def rosas_visit(rosas_seat: Seat) -> Visit:
    visit, _ = identify(
        seat=rosas_seat, at=TEN - timedelta(minutes=10), birth_date=rosas_seat.client.birth_date
    )
    return visit.as_actor()


@pytest.fixture
def rosa_waits(rosas_seat: Seat, rosas_visit: Visit) -> Participant:
    return knock(seat=rosas_seat, actor=rosas_visit, at=TEN)
