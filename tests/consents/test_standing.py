from datetime import timedelta

import pytest

from holdspace.consents import actions, queries
from holdspace.consents.models import Consent, ConsentVersion
from holdspace.kit.actor import Member, Visit
from holdspace.scheduling.models import Seat
from tests import cast
from tests.cast import TEN, Person
from tests.consents.conftest import ROSA, record

DAY = timedelta(days=1)


@pytest.fixture
def next_week(osei_person: Person, rosas_seat: Seat) -> Seat:
    assert osei_person.clinician
    return cast.appointment(osei_person.clinician, rosas_seat.client, starts_at=TEN + 7 * DAY)


def renew(form: ConsentVersion, **renewals: str) -> None:
    type(form.form).objects.filter(pk=form.form_id).update(**renewals)


@pytest.mark.parametrize(
    ("renewal", "stands", "ends"),
    [("half_year", TEN + 180 * DAY, TEN + 182 * DAY), ("year", TEN + 364 * DAY, TEN + 366 * DAY)],
)
def test_a_signature_stands_as_long_as_the_practice_chose(
    asked: Consent, rosas_visit: Visit, next_week: Seat, form, renewal: str, stands, ends
) -> None:
    renew(form, renewal=renewal)
    _signed(asked, rosas_visit)

    assert queries.standing(next_week, at=stands) == asked
    assert queries.standing(next_week, at=ends) is None


def test_a_signature_without_an_end_stands_for_good(
    asked: Consent, rosas_visit: Visit, next_week: Seat, form: ConsentVersion
) -> None:
    renew(form, renewal="never")
    _signed(asked, rosas_visit)

    assert queries.standing(next_week, at=TEN + 4000 * DAY) == asked


def test_a_signature_for_every_session_stands_for_its_own_seat_only(
    asked: Consent, rosas_visit: Visit, rosas_seat: Seat, next_week: Seat, form: ConsentVersion
) -> None:
    renew(form, renewal="session")
    _signed(asked, rosas_visit)

    assert queries.standing(rosas_seat, at=TEN) == asked
    assert queries.standing(next_week, at=TEN) is None
    assert queries.standing(rosas_seat.client, at=TEN) is None


def test_a_spoken_yes_stands_longer_where_the_practice_says_so(
    rosas_seat: Seat, next_week: Seat, osei: Member, form: ConsentVersion
) -> None:
    renew(form, verbal_renewal="half_year")
    consent = record(rosas_seat, osei)

    assert queries.standing(next_week, at=TEN + 100 * DAY) == consent
    assert queries.standing(next_week, at=TEN + 200 * DAY) is None


def test_a_state_that_renews_sooner_has_its_way(rosas_seat: Seat, osei: Member, settings, tmp_path) -> None:
    (tmp_path / "states.csv").write_text(
        "code,name,verbal_enough,renewal,ask_each_session,source,checked,note\n"
        "IL,Illinois,yes,half_year,location,https://example.org,2026-11-01,ours\n"
    )
    settings.HOME = tmp_path
    form = actions.ensure_default_form(rosas_seat.practice, TEN)
    renew(form, verbal_renewal="year")

    expires = record(rosas_seat, osei, state="IL").expires_at
    assert expires
    assert expires < TEN + 190 * DAY


def test_an_appointment_that_moves_keeps_its_sessions_consent(rosas_seat: Seat, osei: Member) -> None:
    consent = record(rosas_seat, osei)
    rosas_seat.appointment.starts_at += 3 * DAY
    rosas_seat.appointment.ends_at += 3 * DAY
    rosas_seat.appointment.save()

    assert queries.standing(rosas_seat, at=TEN + 3 * DAY) == consent


def test_a_version_that_asks_anew_ends_what_was_agreed_before(
    signed: Consent, rosas_seat: Seat, owner: Member, form: ConsentVersion
) -> None:
    actions.publish_version(
        form=form.form, text="A", script="B", disclosure="C", actor=owner, at=TEN + DAY, asks_anew=True
    )

    assert queries.standing(rosas_seat, at=TEN) == signed
    assert queries.standing(rosas_seat, at=TEN + DAY) is None


def test_a_version_that_corrects_a_comma_does_not(
    signed: Consent, rosas_seat: Seat, owner: Member, form: ConsentVersion
) -> None:
    actions.publish_version(form=form.form, text="A", script="B", disclosure="C", actor=owner, at=TEN + DAY)

    assert queries.standing(rosas_seat, at=TEN + DAY) == signed


def test_the_last_word_counts(signed: Consent, rosas_seat: Seat, next_week: Seat, osei: Member) -> None:
    record(next_week, osei, answer="no", at=TEN + DAY)
    assert queries.standing(rosas_seat, at=TEN + DAY) is None

    yes = record(next_week, osei, at=TEN + 2 * DAY)
    assert queries.standing(next_week, at=TEN + 2 * DAY) == yes


def test_a_spoken_yes_does_not_stand_where_the_client_now_needs_to_sign(
    rosas_seat: Seat, osei: Member
) -> None:
    record(rosas_seat, osei)
    rosas_seat.location_state = "GA"

    assert queries.standing(rosas_seat, at=TEN) is None


@pytest.mark.parametrize(
    "status", ["requested", "opened", "accepted", "declined", "superseded", "expired", "revoked"]
)
def test_only_a_yes_stands(signed: Consent, rosas_seat: Seat, status: str) -> None:
    Consent.objects.filter(pk=signed.pk).update(status=status, revoked_at=TEN)

    assert queries.standing(rosas_seat, at=TEN) is None


def test_another_clients_consent_is_another_clients(signed: Consent, osei_person: Person, willow) -> None:
    marta = cast.client_of(willow, "Marta", "Mill")
    assert osei_person.clinician
    seat = cast.appointment(osei_person.clinician, marta, starts_at=TEN + DAY)

    assert queries.standing(seat, at=TEN) is None


def test_whether_one_stands_is_two_questions(
    signed: Consent, rosas_seat: Seat, django_assert_num_queries
) -> None:
    seat = Seat.objects.select_related("client", "practice", "appointment__type").get(pk=rosas_seat.pk)

    with django_assert_num_queries(2):
        assert queries.standing(seat, at=TEN)


def test_what_is_over_says_so(signed: Consent, rosas_seat: Seat, osei: Member) -> None:
    spoken = record(rosas_seat, osei)

    assert actions.expire(at=TEN + 3 * DAY) == 1
    spoken.refresh_from_db()
    assert spoken.status == "expired"
    assert actions.expire(at=TEN + 400 * DAY) == 1
    signed.refresh_from_db()
    assert signed.status == "expired"
    assert actions.expire(at=TEN + 400 * DAY) == 0


def _signed(asked: Consent, visit: Visit) -> Consent:
    actions.accept(consent=asked, actor=visit, at=TEN)
    return actions.sign(consent=asked, mark=ROSA, intent=True, actor=visit, at=TEN)
