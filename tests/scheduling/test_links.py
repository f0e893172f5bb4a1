from datetime import UTC, date, datetime, timedelta

import pytest

from holdspace.kit.actor import Member
from holdspace.messaging.models import Bell
from holdspace.practices.models import Practice
from holdspace.scheduling import links
from holdspace.scheduling.actions.links import NotThem, identify, renew_link, unlock_link, visit_of
from holdspace.scheduling.models import Appointment, Seat
from tests.cast import TEN

BORN = date(1984, 3, 9)
WRONG = date(1984, 3, 10)


def fresh(seat: Seat) -> Seat:
    return Seat.objects.get(pk=seat.pk)


def behind(seat: Seat, at: datetime = TEN, key: str = "", slug: str = "willow") -> Seat | None:
    return links.seat_behind(slug, key or links.key_of(seat), at=at)


def test_the_link_is_the_same_every_time_and_leads_to_its_seat(rosas_seat: Seat) -> None:
    assert links.link_for(rosas_seat) == links.link_for(fresh(rosas_seat))
    assert behind(rosas_seat) == rosas_seat


def test_a_link_that_is_truncated_altered_or_foreign_leads_nowhere(rosas_seat: Seat) -> None:
    key = links.key_of(rosas_seat)

    assert behind(rosas_seat, key=key[:-1]) is None
    assert behind(rosas_seat, key=key[:-1] + ("A" if key[-1] != "A" else "B")) is None
    assert behind(rosas_seat, key=key.split(".")[0]) is None
    assert behind(rosas_seat, slug="birch") is None


def test_it_works_until_midnight_at_the_practice(rosas_seat: Seat) -> None:
    midnight_in_new_york = datetime(2026, 11, 19, 5, 0, tzinfo=UTC)

    assert behind(rosas_seat, at=midnight_in_new_york - timedelta(seconds=1))
    assert behind(rosas_seat, at=midnight_in_new_york) is None


def test_a_late_appointment_works_four_hours_beyond_its_end(rosas_seat: Seat) -> None:
    late = datetime(2026, 11, 19, 4, 30, tzinfo=UTC)  # 11:30 PM
    Appointment.objects.update(starts_at=late, ends_at=late + timedelta(minutes=50))

    assert behind(rosas_seat, at=late + timedelta(minutes=50, hours=3, seconds=3599))
    assert behind(rosas_seat, at=late + timedelta(minutes=50, hours=4)) is None


def test_an_evenings_link_and_visit_work_as_long_as_the_practice_lets_join(rosas_seat: Seat) -> None:
    evening = datetime(2026, 11, 19, 0, 0, tzinfo=UTC)  # 7 PM
    Appointment.objects.update(starts_at=evening, ends_at=evening + timedelta(minutes=50))
    Practice.objects.update(join_after_minutes=480)
    seat = fresh(rosas_seat)
    over = links.join_window(seat)[1]
    _, cookie = identify(seat=seat, at=evening, birth_date=BORN)

    assert over == evening + timedelta(minutes=50, hours=8)
    assert behind(seat, at=over - timedelta(seconds=1))
    assert visit_of(cookie, at=over - timedelta(seconds=1))
    assert behind(seat, at=over) is None
    assert visit_of(cookie, at=over) is None


def test_a_moved_appointment_keeps_its_link(rosas_seat: Seat) -> None:
    next_week = TEN + timedelta(days=7)
    Appointment.objects.update(starts_at=next_week, ends_at=next_week + timedelta(minutes=50))

    assert behind(rosas_seat, at=next_week) == rosas_seat


def test_the_right_birth_date_gives_a_visit_for_this_seat(rosas_seat: Seat) -> None:
    visit, cookie = identify(seat=rosas_seat, at=TEN, birth_date=BORN)

    assert visit_of(cookie, at=TEN) == visit
    assert visit.as_actor().seat_id == rosas_seat.pk
    assert fresh(rosas_seat).link_seen_at == TEN


def test_five_wrong_tries_pause_for_fifteen_minutes(rosas_seat: Seat) -> None:
    for _ in range(5):
        with pytest.raises(NotThem):
            identify(seat=fresh(rosas_seat), at=TEN, birth_date=WRONG)

    with pytest.raises(NotThem):
        identify(seat=fresh(rosas_seat), at=TEN + timedelta(minutes=14), birth_date=BORN)
    assert identify(seat=fresh(rosas_seat), at=TEN + timedelta(minutes=15), birth_date=BORN)


def test_fifteen_wrong_tries_revoke_the_link_and_ring_the_bell(rosas_seat: Seat, osei: Member) -> None:
    for n in range(15):
        with pytest.raises(NotThem):
            identify(seat=fresh(rosas_seat), at=TEN + timedelta(minutes=20 * n), birth_date=WRONG)

    assert behind(fresh(rosas_seat)) is None
    assert Bell.objects.get(user_id=osei.user_id).kind == "link_revoked"


def test_tries_that_come_at_once_are_counted_one_after_the_other(rosas_seat: Seat) -> None:
    at_once = [fresh(rosas_seat) for _ in range(12)]  # each read before the first was answered

    for looked_up in at_once:
        with pytest.raises(NotThem):
            identify(seat=looked_up, at=TEN, birth_date=WRONG)
    with pytest.raises(NotThem):
        identify(seat=at_once[0], at=TEN, birth_date=BORN)

    assert fresh(rosas_seat).link_wrong == 5
    assert fresh(rosas_seat).link_paused_until == TEN + timedelta(minutes=15)


def test_a_link_renewed_or_revoked_since_it_was_looked_up_lets_nobody_in(
    rosas_seat: Seat, osei: Member
) -> None:
    before = fresh(rosas_seat)
    renew_link(seat=fresh(rosas_seat), actor=osei, at=TEN)
    with pytest.raises(NotThem):
        identify(seat=before, at=TEN, birth_date=BORN)

    before = fresh(rosas_seat)
    Seat.objects.filter(pk=rosas_seat.pk).update(link_revoked_at=TEN)
    with pytest.raises(NotThem):
        identify(seat=before, at=TEN, birth_date=BORN)


def test_somebody_elses_wrong_answers_dont_throw_out_who_is_in(rosas_seat: Seat) -> None:
    visit, cookie = identify(seat=rosas_seat, at=TEN, birth_date=BORN)

    Seat.objects.filter(pk=rosas_seat.pk).update(link_revoked_at=TEN, link_wrong=15)

    assert visit_of(cookie, at=TEN) == visit


def test_unlock_lets_the_same_link_work_again(rosas_seat: Seat, osei: Member) -> None:
    Seat.objects.filter(pk=rosas_seat.pk).update(link_revoked_at=TEN, link_wrong=15)

    unlock_link(seat=fresh(rosas_seat), actor=osei, at=TEN)

    assert behind(rosas_seat)


def test_a_new_link_makes_the_old_one_and_its_visits_worthless(rosas_seat: Seat, osei: Member) -> None:
    old = links.key_of(rosas_seat)
    _, cookie = identify(seat=rosas_seat, at=TEN, birth_date=BORN)

    renew_link(seat=rosas_seat, actor=osei, at=TEN)

    assert behind(rosas_seat, key=old) is None
    assert behind(fresh(rosas_seat)) == rosas_seat
    assert visit_of(cookie, at=TEN) is None


def test_without_a_birth_date_the_full_name_is_asked_and_marked_unchecked(rosas_seat: Seat) -> None:
    rosas_seat.client.birth_date = None
    rosas_seat.client.save()

    with pytest.raises(NotThem):
        identify(seat=fresh(rosas_seat), at=TEN, full_name="Rosa")
    identify(seat=fresh(rosas_seat), at=TEN, full_name="  rosa   MARIN ")

    assert fresh(rosas_seat).identity_how == "name"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("José", "Núñez", "Jose\u0301 Nunez"),
        ("민지", "김", "김민지"),
        ("민지", "김", "김 민지"),
        ("Łukasz", "Żak", "ŁUKASZ ŻAK"),
        ("ليلى", "الأحمد", "ليلى الاحمد"),
        ("Anna", "Strauß", "ANNA STRAUẞ"),
    ],
)
def test_a_full_name_counts_in_any_script_as_keyboards_write_it(
    rosas_seat: Seat, first: str, last: str, said: str
) -> None:
    client = rosas_seat.client
    client.birth_date, client.first_name, client.last_name = None, first, last
    client.save()

    identify(seat=fresh(rosas_seat), at=TEN, full_name=said)

    assert fresh(rosas_seat).identity_how == "name"
