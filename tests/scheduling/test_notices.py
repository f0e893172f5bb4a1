"""A client is told of what was booked, moved and cancelled: once it is kept, and once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import icalendar
import pytest

from holdspace.clients.models import Client
from holdspace.messaging.models import Message
from holdspace.scheduling import actions, recurrence
from holdspace.scheduling.models import Appointment, Notice, Seat
from holdspace.scheduling.notices.sending import tell_client
from holdspace.scheduling.recurrence import Repeat
from tests import cast
from tests.cast import TEN

NOW = TEN - timedelta(days=2)
UNDO, HOUR, WEEK = timedelta(seconds=10), timedelta(hours=1), timedelta(days=7)
LATER = timedelta(seconds=15)


@pytest.fixture(autouse=True)
def sender(settings: Any) -> None:
    """E-mail comes from somewhere."""
    options = {"host": "127.0.0.1", "sender": "Willow Street <desk@example.org>"}
    line = {"path": "holdspace.messaging.carriers.smtp.Smtp", "options": options}
    settings.MESSAGE_CARRIERS = settings.MESSAGE_CARRIERS | {"smtp": line}
    settings.CHANNELS = settings.CHANNELS | {"email": "smtp"}


@pytest.fixture
def book(plan: Any, osei: Any, rosa: Client, open_always: None) -> Callable[..., Appointment]:
    def make(at: datetime = NOW, clients: list[Client] | None = None, **facts: Any) -> Appointment:
        said = {name: facts.pop(name) for name in ("tell_client", "status", "anyway") if name in facts}
        return actions.book(plan=plan(**facts), clients=clients or [rosa], actor=osei, at=at, **said)

    return make


@pytest.fixture
def book_weekly(plan: Any, osei: Any, rosa: Client, open_always: None) -> Callable[..., list[Appointment]]:
    def make(times: int = 6, at: datetime = NOW, **facts: Any) -> list[Appointment]:
        repeat = Repeat(recurrence.weekly(datetime(2026, 11, 18, 10)), times=times)
        series = actions.book_series(plan=plan(**facts), repeat=repeat, clients=[rosa], actor=osei, at=at)
        return list(Appointment.objects.filter(occurrence__series=series).order_by("starts_at"))

    return make


def fresh(appointment: Appointment) -> Appointment:
    return Appointment.objects.select_related("practice", "type", "site").get(pk=appointment.pk)


def seat_of(appointment: Appointment) -> Seat:
    return Seat.objects.select_related("appointment", "practice", "client").get(appointment=appointment)


def move(appointment: Appointment, starts_at: datetime, osei: Any, at: datetime, **said: Any) -> None:
    one = fresh(appointment)
    actions.move(
        appointment=one, starts_at=starts_at, version=one.version, actor=osei, at=at, anyway=True, **said
    )


def told(client: Client, at: datetime) -> list[str]:
    return [message.kind for message in tell_client(client_id=client.pk, at=at)]


def events(message: Message) -> list[Any]:
    return list(icalendar.Calendar.from_ical(message.file).walk("VEVENT"))


def event(message: Message) -> Any:
    [found] = events(message)
    return found


def last_day(one: Any) -> str:
    return str(one["rrule"]["until"][0].date())


def test_whoever_is_booked_is_told_when_nobody_undoes_it(book: Any, rosa: Client) -> None:
    appointment = book()

    assert told(rosa, NOW + UNDO) == []
    assert told(rosa, NOW + LATER) == ["booked"]

    message = Message.objects.get()
    assert (message.channel, message.to) == ("email", "rosa@example.org")
    assert "has booked you for Wed, Nov 18 at 9:00 AM Central, by video." in message.body
    assert "/willow/v/" in message.body
    assert fresh(appointment).announced
    assert told(rosa, NOW + HOUR) == []


def test_the_file_asks_for_an_entry_that_is_agreed(book: Any, rosa: Client) -> None:
    appointment = book()
    told(rosa, NOW + LATER)

    message = Message.objects.get()
    one = event(message)
    assert message.file_kind == "text/calendar; method=REQUEST"
    assert str(one["organizer"]) == "mailto:desk@example.org"
    assert str(one["attendee"]) == "mailto:rosa@example.org"
    assert (str(one["uid"]), one["sequence"]) == (str(seat_of(appointment).pk), 0)
    assert one["dtstart"].dt == TEN


def test_a_move_undone_within_ten_seconds_says_nothing(book: Any, osei: Any, rosa: Client) -> None:
    appointment = book()
    told(rosa, NOW + LATER)

    move(appointment, TEN + HOUR, osei, NOW + HOUR)
    move(appointment, TEN, osei, NOW + HOUR + UNDO)

    assert told(rosa, NOW + HOUR + UNDO + LATER) == []
    assert Notice.objects.get().due_at is None


def test_a_move_that_is_kept_is_told_once_however_often_it_was_moved(
    book: Any, osei: Any, rosa: Client
) -> None:
    appointment = book()
    told(rosa, NOW + LATER)
    move(appointment, TEN + HOUR, osei, NOW + HOUR)
    move(appointment, TEN + 2 * HOUR, osei, NOW + HOUR + UNDO)

    assert told(rosa, NOW + HOUR + LATER) == []  # ten seconds after the first; the second may be undone yet
    assert told(rosa, NOW + HOUR + UNDO + LATER) == ["moved"]

    message = Message.objects.get(kind="moved")
    assert "It is now on Wed, Nov 18 at 11:00 AM Central" in message.body
    assert event(message)["sequence"] == 2
    assert event(message)["uid"] == event(Message.objects.get(kind="booked"))["uid"]


def test_booked_and_moved_at_once_is_booked(book: Any, osei: Any, rosa: Client) -> None:
    appointment = book()
    move(appointment, TEN + HOUR, osei, NOW + UNDO)

    assert told(rosa, NOW + UNDO + LATER) == ["booked"]
    assert "10:00 AM Central" in Message.objects.get().body


def test_whoever_was_told_is_told_that_it_is_cancelled(book: Any, osei: Any, rosa: Client) -> None:
    appointment = book()
    told(rosa, NOW + LATER)
    actions.cancel(seat=seat_of(appointment), actor=osei, at=NOW + HOUR)

    assert told(rosa, NOW + HOUR + LATER) == ["cancelled"]
    message = Message.objects.get(kind="cancelled")
    assert "on Wed, Nov 18 at 9:00 AM Central is cancelled" in message.body
    assert "/v/" not in message.body
    assert message.file_kind == "text/calendar; method=CANCEL"
    assert (event(message)["status"], event(message)["sequence"]) == ("CANCELLED", 1)


def test_what_was_moved_and_cancelled_is_called_off_at_the_time_they_know(
    book: Any, osei: Any, rosa: Client
) -> None:
    appointment = book()
    told(rosa, NOW + LATER)
    move(appointment, TEN + 3 * HOUR, osei, NOW + HOUR)
    actions.cancel(seat=seat_of(appointment), actor=osei, at=NOW + HOUR)

    assert told(rosa, NOW + HOUR + LATER) == ["cancelled"]
    assert "on Wed, Nov 18 at 9:00 AM Central" in Message.objects.get(kind="cancelled").body


def test_whoever_was_never_told_hears_of_no_cancelling(book: Any, osei: Any, rosa: Client) -> None:
    appointment = book()
    actions.cancel(seat=seat_of(appointment), actor=osei, at=NOW + UNDO)

    assert told(rosa, NOW + HOUR) == []
    assert not fresh(appointment).announced


def test_what_comes_back_after_it_was_called_off_is_booked_again(book: Any, osei: Any, rosa: Client) -> None:
    appointment = book()
    told(rosa, NOW + LATER)
    actions.cancel(seat=seat_of(appointment), actor=osei, at=NOW + HOUR)
    told(rosa, NOW + HOUR + LATER)
    seat = seat_of(appointment)
    actions.set_status(seat=seat, status="scheduled", actor=osei, at=NOW + 2 * HOUR, reason="Undone")

    assert told(rosa, NOW + 3 * HOUR) == ["booked"]
    again = Message.objects.filter(kind="booked").latest("queued_at")
    assert (event(again)["status"], event(again)["sequence"]) == ("CONFIRMED", 2)


def test_a_cancelling_that_is_undone_at_once_says_nothing(book: Any, osei: Any, rosa: Client) -> None:
    appointment = book()
    told(rosa, NOW + LATER)
    actions.cancel(seat=seat_of(appointment), actor=osei, at=NOW + HOUR)
    seat = seat_of(appointment)
    actions.set_status(seat=seat, status="scheduled", actor=osei, at=NOW + HOUR + UNDO, reason="Undone")

    assert told(rosa, NOW + 2 * HOUR) == []


def test_what_was_only_asked_for_isnt_announced_until_it_is_agreed(
    book: Any, osei: Any, rosa: Client
) -> None:
    appointment = book(status="requested")
    assert told(rosa, NOW + HOUR) == []

    seat = seat_of(appointment)
    actions.set_status(seat=seat, status="scheduled", actor=osei, at=NOW + HOUR)
    assert told(rosa, NOW + HOUR + LATER) == ["booked"]


def test_nothing_is_said_about_the_past(book: Any, osei: Any, rosa: Client) -> None:
    appointment = book(at=TEN + HOUR, anyway=True)
    move(appointment, TEN - HOUR, osei, TEN + HOUR)
    assert told(rosa, TEN + 2 * HOUR) == []

    upcoming = book(at=TEN, starts_at=TEN + 3 * HOUR)
    assert told(rosa, TEN + 3 * HOUR) == []  # the worker was away until it began
    assert Notice.objects.get(seat__appointment=upcoming).due_at is None


def test_notes_are_no_news(book: Any, osei: Any, rosa: Client, plan: Any) -> None:
    appointment = book()
    told(rosa, NOW + LATER)
    one = fresh(appointment)
    noted = plan(notes="Panic attacks")
    actions.edit(appointment=one, plan=noted, version=one.version, actor=osei, at=NOW + HOUR)

    assert told(rosa, NOW + 2 * HOUR) == []
    assert all("Panic" not in message.body + message.file for message in Message.objects.all())


def test_another_way_to_meet_at_the_same_time_has_changed_and_not_moved(
    book: Any, osei: Any, rosa: Client, plan: Any
) -> None:
    appointment = book()
    told(rosa, NOW + LATER)
    one = fresh(appointment)
    actions.edit(
        appointment=one, plan=plan(contact_type="phone"), version=one.version, actor=osei, at=NOW + HOUR
    )

    assert told(rosa, NOW + 2 * HOUR) == ["moved"]
    message = Message.objects.get(kind="moved")
    assert message.subject == "Your appointment has changed"
    assert "It is now by phone." in message.body
    assert "/v/" not in message.body


def test_without_an_address_a_text_says_it_where_they_agreed(book: Any, rosa: Client) -> None:
    rosa.email = ""
    rosa.save()
    book()

    assert told(rosa, NOW + LATER) == ["booked"]
    message = Message.objects.get()
    assert (message.channel, message.to, message.file) == ("sms", rosa.phone, "")
    assert message.segments <= 2


def test_whoever_wants_no_e_mail_gets_a_text_or_nothing(book: Any, rosa: Client) -> None:
    rosa.email_ok = False
    rosa.save()
    book()

    assert told(rosa, NOW + LATER) == ["booked"]
    assert Message.objects.get().channel == "sms"

    rosa.texts_agreed_at = None
    rosa.save()
    book(starts_at=TEN + 48 * HOUR)
    assert told(rosa, NOW + 2 * HOUR) == []
    assert Notice.objects.filter(why_not="no_way").count() == 1


def test_without_any_way_nothing_goes_out_and_it_is_known_why(book: Any, osei: Any, rosa: Client) -> None:
    rosa.email, rosa.texts_agreed_at = "", None
    rosa.save()
    appointment = book()

    assert told(rosa, NOW + LATER) == []
    assert Notice.objects.get().why_not == "no_way"
    assert not fresh(appointment).announced

    rosa.email = "rosa@example.org"
    rosa.save()
    move(appointment, TEN + HOUR, osei, NOW + HOUR)
    assert told(rosa, NOW + 2 * HOUR) == ["booked"]  # the first they hear of it


@pytest.mark.parametrize("kind", ["booked", "moved", "cancelled"])
def test_the_practice_has_a_switch_for_each(
    kind: str, book: Any, osei: Any, rosa: Client, willow: Any
) -> None:
    setattr(willow, f"notice_{kind}", False)
    willow.save()
    appointment = book()
    heard = told(rosa, NOW + LATER)
    move(appointment, TEN + HOUR, osei, NOW + HOUR)
    heard += told(rosa, NOW + 2 * HOUR)
    actions.cancel(seat=seat_of(appointment), actor=osei, at=NOW + 3 * HOUR)
    heard += told(rosa, NOW + 4 * HOUR)

    expected = {"booked": ["booked", "cancelled"], "moved": ["booked", "cancelled"]}
    assert heard == expected.get(kind, ["booked", "moved"])
    assert (Notice.objects.get().why_not == "switched_off") == (kind == "cancelled")


def test_whoever_books_decides_against_the_switch_either_way(book: Any, rosa: Client, willow: Any) -> None:
    book(tell_client=False)
    assert told(rosa, NOW + LATER) == []
    assert Notice.objects.get().why_not == "left_out"

    willow.notice_booked = False
    willow.save()
    book(starts_at=TEN + 2 * HOUR, tell_client=True)
    assert told(rosa, NOW + LATER) == ["booked"]


def test_a_move_that_was_left_out_isnt_told_by_the_next_change(
    book: Any, osei: Any, rosa: Client, plan: Any
) -> None:
    appointment = book()
    told(rosa, NOW + LATER)
    move(appointment, TEN + HOUR, osei, NOW + HOUR, tell_client=False)
    one = fresh(appointment)
    noted = plan(starts_at=TEN + HOUR, notes="Late")
    actions.edit(appointment=one, plan=noted, version=one.version, actor=osei, at=NOW + 2 * HOUR)

    assert told(rosa, NOW + 3 * HOUR) == []


def test_whoever_knows_it_from_their_link_is_told_of_a_move(
    osei: Any, rosas_seat: Seat, rosa: Client
) -> None:
    appointment = rosas_seat.appointment
    Appointment.objects.filter(pk=appointment.pk).update(announced=True)
    move(appointment, TEN + HOUR, osei, NOW)
    assert told(rosa, NOW + LATER) == ["moved"]


def test_and_of_a_cancelling(osei: Any, rosas_seat: Seat, rosa: Client) -> None:
    Appointment.objects.filter(pk=rosas_seat.appointment_id).update(announced=True)
    actions.cancel(seat=seat_of(rosas_seat.appointment), actor=osei, at=NOW)

    assert told(rosa, NOW + LATER) == ["cancelled"]
    message = Message.objects.get()
    # They may have fetched the entry by their link.
    assert (str(event(message)["uid"]), event(message)["status"]) == (str(rosas_seat.pk), "CANCELLED")


def test_and_of_no_move_that_was_undone(osei: Any, rosas_seat: Seat, rosa: Client) -> None:
    appointment = rosas_seat.appointment
    Appointment.objects.filter(pk=appointment.pk).update(announced=True)
    move(appointment, TEN + HOUR, osei, NOW)
    move(appointment, TEN, osei, NOW + UNDO)
    assert told(rosa, NOW + HOUR) == []


# A series


def test_a_series_is_one_message_with_its_rule_its_first_dates_and_one_entry(
    book_weekly: Any, rosa: Client
) -> None:
    every = book_weekly()

    assert told(rosa, NOW + LATER) == ["booked"]
    message = Message.objects.get()
    assert "Every week on Wednesday, 6 times, by video." in message.body
    assert "\nWed, Nov 18 at 9:00 AM Central\nWed, Nov 25 at 9:00 AM Central\n" in message.body
    assert "RRULE" in message.file
    assert "METHOD:REQUEST" in message.file
    assert all(fresh(one).announced for one in every)
    assert {notice.message_id for notice in Notice.objects.all()} == {message.pk}


def test_this_and_following_called_off_is_one_message_and_shortens_the_entry(
    book_weekly: Any, osei: Any, rosa: Client
) -> None:
    every = book_weekly()
    told(rosa, NOW + LATER)
    actions.cancel_from(appointment=every[3], actor=osei, at=NOW + HOUR)

    assert told(rosa, NOW + HOUR + LATER) == ["cancelled"]
    message = Message.objects.get(kind="cancelled")
    assert "is cancelled from Wed, Dec 9 at 9:00 AM Central on" in message.body
    assert "METHOD:REQUEST" in message.file
    assert last_day(event(message)) == "2026-12-02"
    assert event(message)["sequence"] == 1


def test_a_whole_series_called_off_leaves_the_calendar(book_weekly: Any, osei: Any, rosa: Client) -> None:
    every = book_weekly()
    told(rosa, NOW + LATER)
    actions.cancel_all(appointment=every[2], actor=osei, at=NOW + HOUR)

    assert told(rosa, NOW + HOUR + LATER) == ["cancelled"]
    booked, cancelled = (Message.objects.get(kind=kind) for kind in ("booked", "cancelled"))
    assert "METHOD:CANCEL" in cancelled.file
    assert event(cancelled)["uid"] == event(booked)["uid"]


def test_one_of_a_series_moved_alone_is_one_message_about_it_and_an_exception_of_the_entry(
    book_weekly: Any, osei: Any, rosa: Client
) -> None:
    every = book_weekly()
    told(rosa, NOW + LATER)
    move(every[1], TEN + WEEK + HOUR, osei, NOW + HOUR)

    assert told(rosa, NOW + HOUR + LATER) == ["moved"]
    message = Message.objects.get(kind="moved")
    assert "It is now on Wed, Nov 25 at 10:00 AM Central" in message.body
    assert [("recurrence-id" in one) for one in events(message)] == [False, True]
    assert {one["sequence"] for one in events(message)} == {1}


def test_this_and_following_moved_is_one_message_and_the_old_entry_ends(
    book_weekly: Any, osei: Any, rosa: Client, plan: Any
) -> None:
    every = book_weekly()
    told(rosa, NOW + LATER)
    one = fresh(every[2])
    starts_at = TEN + 2 * WEEK + HOUR
    actions.change_from(
        appointment=one,
        plan=plan(starts_at=starts_at),
        repeat=Repeat(recurrence.weekly(datetime(2026, 12, 2, 11)), times=4),
        version=one.version,
        actor=osei,
        at=NOW + HOUR,
    )

    assert told(rosa, NOW + HOUR + LATER) == ["moved"]
    message = Message.objects.get(kind="moved")
    assert "Every week on Wednesday, 4 times" in message.body
    assert "\nWed, Dec 2 at 10:00 AM Central\n" in message.body
    assert "METHOD:PUBLISH" in message.file
    assert sorted(map(last_day, events(message))) == ["2026-11-25", "2026-12-23"]


def test_days_that_follow_from_the_rule_are_told_of_by_nobody(
    book_weekly: Any, rosa: Client, plan: Any, osei: Any, open_always: None
) -> None:
    series = actions.book_series(
        plan=plan(), repeat=Repeat(recurrence.weekly(datetime(2026, 11, 18, 10))), clients=[rosa],
        actor=osei, at=NOW,
    )  # fmt: skip
    told(rosa, NOW + LATER)
    before = series.occurrences.count()
    actions.extend(series=series, at=NOW + 10 * WEEK)

    assert series.occurrences.count() > before
    assert told(rosa, NOW + 11 * WEEK) == []

    last = series.occurrences.order_by("-day").first()
    assert last
    move(last.appointment, last.appointment.starts_at + HOUR, osei, NOW + 11 * WEEK)
    assert told(rosa, NOW + 12 * WEEK) == ["moved"]


# A group


def test_each_member_of_a_group_is_told_their_own(book: Any, osei: Any, rosa: Client, willow: Any) -> None:
    ben = cast.client_of(willow, "Ben", "Ito", phone="+13125550119", time_zone="America/New_York")
    kind = cast.type_of(willow, "Group", is_group=True, places=8, minutes=50)
    appointment = book(clients=[rosa, ben], type=kind)
    assert told(rosa, NOW + LATER) == ["booked"]
    assert told(ben, NOW + LATER) == ["booked"]

    for_rosa, for_ben = (Message.objects.get(client_id=one.pk) for one in (rosa, ben))
    assert "9:00 AM Central" in for_rosa.body
    assert "10:00 AM Eastern" in for_ben.body
    assert "Ben" not in for_rosa.body + for_rosa.file
    assert "Rosa" not in for_ben.body + for_ben.file

    seat = appointment.seats.select_related("appointment", "practice").get(client=ben)
    actions.leave(seat=seat, actor=osei, at=NOW + HOUR)
    assert told(rosa, NOW + 2 * HOUR) == []
    assert told(ben, NOW + 2 * HOUR) == ["cancelled"]


def test_whoever_joins_is_told(book: Any, osei: Any, rosa: Client, willow: Any) -> None:
    ben = cast.client_of(willow, "Ben", "Ito", phone="+13125550119")
    appointment = book(type=cast.type_of(willow, "Group", is_group=True, places=8, minutes=50))
    told(rosa, NOW + LATER)
    actions.join(appointment=appointment, client=ben, actor=osei, at=NOW + HOUR)

    assert told(rosa, NOW + 2 * HOUR) == []
    assert told(ben, NOW + 2 * HOUR) == ["booked"]


def test_one_press_that_moves_it_and_changes_who_comes_tells_each_what_is_theirs(
    book: Any, osei: Any, rosa: Client, willow: Any, plan: Any
) -> None:
    kind = cast.type_of(willow, "Group", is_group=True, places=8, minutes=50)
    ben = cast.client_of(willow, "Ben", "Ito", phone="+13125550119")
    cleo = cast.client_of(willow, "Cleo", "Ode", phone="+13125550120")
    appointment = fresh(book(clients=[rosa, ben], type=kind))
    for one in (rosa, ben):
        told(one, NOW + LATER)
    actions.edit(
        appointment=appointment,
        plan=plan(type=kind, starts_at=TEN + HOUR),
        version=appointment.version,
        actor=osei,
        at=NOW + HOUR,
        joining=[cleo],
        leaving=[ben],
    )

    heard = [told(one, NOW + 2 * HOUR) for one in (rosa, ben, cleo)]
    assert heard == [["moved"], ["cancelled"], ["booked"]]
    # At the time that he knew.
    assert "at 9:00 AM" in Message.objects.get(client_id=ben.pk, kind="cancelled").body
