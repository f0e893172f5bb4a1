"""The later of two saves: refused with what differs, nothing typed lost, and both ways on a press away."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from holdspace.scheduling import actions
from holdspace.scheduling.models import Appointment, Seat
from holdspace.scheduling.recurrence import Repeat
from tests import cast

FRAGMENT = {"HX-Request": "true"}
FIELD = re.compile(r'name="(version|status_was|seen)" value="([^"]*)"')


def page(name, seat):
    return reverse(f"desk:{name}", args=[seat.pk])


@pytest.fixture
def osei_desk(signed_in, osei_person):
    return signed_in(osei_person)


@pytest.fixture
def desk(signed_in, front_desk_person):
    return signed_in(front_desk_person)


@pytest.fixture(autouse=True)
def the_day_before(ten):
    with time_machine.travel(ten - timedelta(days=4), tick=False):
        yield


def marks(html):
    """What the form carries along: what it was shown."""
    return dict(FIELD.findall(html))


def shown(browser, name, seat):
    return marks(browser.get(page(name, seat)).content.decode())


@pytest.fixture
def as_shown(osei_person, willow):
    """The edit form as it comes, before anything is typed."""
    return {
        "clinician": str(osei_person.clinician.pk),
        "type": str(cast.type_of(willow).pk),
        "contact_type": "telehealth",
        "date": "2026-11-18",
        "start": "10:00",
        "minutes": "50",
        "zone": "America/New_York",
        "notes": "",
    }


WHEN = ("date", "start", "minutes", "zone")


def rows(html):
    """The lines of the table: field -> (theirs, yours)."""
    cells = re.findall(r"<tr><th scope=\"row\">(.*?)</th><td[^>]*>(.*?)</td><td>(.*?)</td></tr>", html, re.S)
    return {name: (theirs, re.sub("<.*?>", "", yours)) for name, theirs, yours in cells}


def typed_value(html, name):
    """What a field of the form holds."""
    (field,) = re.findall(rf'<input[^>]*name="{name}"[^>]*>', html)
    return re.findall(r'value="([^"]*)"', field)[0]


# ---- edit and move -----------------------------------------------------------------------------


def test_what_both_touched_and_what_only_one_touched_are_told_apart(desk, osei_desk, rosas_seat, as_shown):
    opened = shown(osei_desk, "appointment_edit", rosas_seat)
    theirs = shown(desk, "appointment_edit", rosas_seat)
    desk.post(page("appointment_edit", rosas_seat), as_shown | theirs | {"start": "12:00", "notes": "theirs"})

    mine = as_shown | opened | {"contact_type": "phone", "notes": "mine"}
    answer = osei_desk.post(page("appointment_edit", rosas_seat), mine)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Bea Lind changed this appointment" in html
    assert rows(html) == {
        "Contact Type": ("Telehealth", "Phone Call"),
        "Appointment Notes": ("theirs", "as typed below"),
        "Time": ("Wed, Nov 18, 12:00 – 12:50 PM Eastern", "left as it was"),
    }


def test_saving_mine_on_top_keeps_what_i_typed_and_what_they_changed_elsewhere(
    desk, osei_desk, rosas_seat, as_shown
):
    opened = shown(osei_desk, "appointment_edit", rosas_seat)
    theirs = shown(desk, "appointment_edit", rosas_seat)
    desk.post(page("appointment_edit", rosas_seat), as_shown | theirs | {"start": "12:00"})
    mine = as_shown | opened | {"contact_type": "phone", "notes": "mine"}
    html = osei_desk.post(page("appointment_edit", rosas_seat), mine).content.decode()

    assert (typed_value(html, "start"), "mine</textarea>" in html) == ("12:00", True)
    assert 'name="contact_type" value="phone"' in html.replace("\n", "")

    again = mine | marks(html) | {"start": typed_value(html, "start")}
    assert osei_desk.post(page("appointment_edit", rosas_seat), again)["Location"] == page(
        "appointment", rosas_seat
    )
    made = Appointment.objects.get()
    assert (made.contact_type, made.notes, made.starts_at) == (
        "phone",
        "mine",
        cast.TEN + timedelta(hours=2),
    )


@pytest.mark.parametrize("headers", [{}, FRAGMENT], ids=["page", "drawer"])
@pytest.mark.parametrize("name", ["appointment_edit", "appointment_move"])
def test_both_ways_on_are_one_press_each(desk, osei_desk, rosas_seat, as_shown, name, headers):
    opened = shown(osei_desk, name, rosas_seat)
    desk.post(page("appointment_move", rosas_seat), as_shown | opened | {"start": "12:00"})

    answer = osei_desk.post(page(name, rosas_seat), as_shown | opened | {"start": "14:00"}, headers=headers)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert '<button class="btn hs-btn-small" form="appointment">Save mine on top</button>' in html
    assert f'href="{page("appointment", rosas_seat)}" data-part>Take theirs</a>' in html
    assert typed_value(html, "start") == "14:00"

    osei_desk.post(page(name, rosas_seat), as_shown | marks(html) | {"start": "14:00"})
    assert Appointment.objects.get().starts_at == cast.TEN + timedelta(hours=4)


def test_two_who_move_it_are_told_both_times(desk, osei_desk, rosas_seat, as_shown):
    opened = shown(osei_desk, "appointment_move", rosas_seat)
    when = {name: as_shown[name] for name in WHEN}
    desk.post(page("appointment_move", rosas_seat), when | opened | {"start": "12:00"})

    html = osei_desk.post(
        page("appointment_move", rosas_seat), when | opened | {"start": "13:00"}
    ).content.decode()

    assert rows(html) == {
        "Time": ("Wed, Nov 18, 12:00 – 12:50 PM Eastern", "Wed, Nov 18, 1:00 – 1:50 PM Eastern")
    }


def test_an_edit_of_what_was_called_off_meanwhile_is_refused(desk, osei_desk, rosas_seat, as_shown):
    opened = shown(osei_desk, "appointment_edit", rosas_seat)
    desk.post(page("appointment_cancel", rosas_seat), shown(desk, "appointment_cancel", rosas_seat))

    answer = osei_desk.post(page("appointment_edit", rosas_seat), as_shown | opened | {"notes": "mine"})

    assert answer.status_code == 409
    assert rows(answer.content.decode()) == {
        "Appointment Notes": ("–", "as typed below"),
        "Status": ("Cancelled", "left as it was"),
    }


def test_a_confirmation_meanwhile_is_no_reason_to_refuse_an_edit(desk, osei_desk, rosas_seat, as_shown):
    opened = shown(osei_desk, "appointment_edit", rosas_seat)
    desk.post(page("appointment_status", rosas_seat), {"status": "arrived"})

    answer = osei_desk.post(page("appointment_edit", rosas_seat), as_shown | opened | {"notes": "mine"})

    assert answer.status_code == 302


def test_a_second_slip_keeps_the_form_as_old_as_it_is(desk, osei_desk, rosas_seat, as_shown):
    """A form refused for something else still carries what it was shown first."""
    opened = shown(osei_desk, "appointment_edit", rosas_seat)
    desk.post(page("appointment_move", rosas_seat), as_shown | opened | {"start": "12:00"})

    html = osei_desk.post(
        page("appointment_edit", rosas_seat), as_shown | opened | {"date": ""}
    ).content.decode()

    assert marks(html) == opened


# ---- series ------------------------------------------------------------------------------------


@pytest.fixture
def weekly(osei_person, willow, rosa, osei, ten):
    """Rosa every Wednesday at ten, four times; the seat of the second."""
    from holdspace.scheduling.plans import Plan

    plan = Plan(
        type=cast.type_of(willow),
        contact_type="telehealth",
        clinicians=(osei_person.clinician,),
        starts_at=ten,
        ends_at=ten + timedelta(minutes=50),
        time_zone="America/New_York",
    )
    actions.book_series(
        plan=plan,
        repeat=Repeat("FREQ=WEEKLY;BYDAY=WE", 4, None),
        clients=[rosa],
        actor=osei,
        at=ten - timedelta(days=4),
    )
    return Seat.objects.order_by("appointment__starts_at")[1]


@pytest.mark.parametrize("scope", ["following", "all"])
def test_a_change_of_the_series_is_refused_and_kept_alike(desk, osei_desk, weekly, as_shown, scope):
    opened = shown(osei_desk, "appointment_edit", weekly)
    typed = as_shown | {"date": "2026-11-25"}
    desk.post(page("appointment_move", weekly), typed | opened | {"start": "12:00"})

    mine = typed | opened | {"notes": "mine", "scope": scope}
    answer = osei_desk.post(page("appointment_edit", weekly), mine)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert set(rows(html)) == {"Appointment Notes", "Time"}
    assert re.search(rf'value="{scope}"[^>]*checked', html)

    again = mine | marks(html) | {"start": typed_value(html, "start")}
    assert osei_desk.post(page("appointment_edit", weekly), again).status_code == 302
    assert Seat.objects.get(pk=weekly.pk).appointment.notes == "mine"
    assert len({one.notes for one in Appointment.objects.order_by("starts_at")[1:]}) == 1


@pytest.mark.parametrize("scope", ["one", "following", "all"])
def test_calling_off_what_was_moved_meanwhile_asks_again_with_what_was_typed(
    desk, osei_desk, weekly, as_shown, scope
):
    opened = shown(osei_desk, "appointment_cancel", weekly)
    typed = as_shown | {"date": "2026-11-25"}
    desk.post(page("appointment_move", weekly), typed | opened | {"start": "12:00"})

    mine = opened | {"scope": scope, "reason": "is ill"}
    answer = osei_desk.post(page("appointment_cancel", weekly), mine)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert rows(html) == {"Time": ("Wed, Nov 25, 12:00 – 12:50 PM Eastern", "left as it was")}
    assert 'name="reason" value="is ill"' in html
    assert f'value="{scope}" checked' in html
    assert "Cancel it all the same</button>" in html
    assert "Keep it</a>" in html
    weekly.refresh_from_db()
    assert weekly.status == "scheduled"

    osei_desk.post(page("appointment_cancel", weekly), mine | marks(html))
    off = Seat.objects.filter(status="cancelled").count()
    assert off == {"one": 1, "following": 3, "all": 4}[scope]


# ---- status and cancelling ---------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, FRAGMENT], ids=["page", "drawer"])
def test_a_status_set_from_an_older_one_is_refused_with_both(desk, osei_desk, rosas_seat, headers):
    opened = shown(osei_desk, "appointment", rosas_seat)
    desk.post(page("appointment_status", rosas_seat), {"status": "arrived"})

    answer = osei_desk.post(
        page("appointment_status", rosas_seat), opened | {"status": "no_show"}, headers=headers
    )

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Bea Lind changed this appointment" in html
    assert rows(html) == {"Status": ("Arrived", "No Show")}
    assert "Set to No Show all the same</button>" in html
    assert "Leave it as it is now</a>" in html
    rosas_seat.refresh_from_db()
    assert rosas_seat.status == "arrived"

    osei_desk.post(page("appointment_status", rosas_seat), marks(html) | {"status": "no_show"})
    rosas_seat.refresh_from_db()
    assert rosas_seat.status == "no_show"


def test_a_status_set_on_what_was_moved_meanwhile_is_refused_with_the_new_time(
    desk, osei_desk, rosas_seat, as_shown
):
    opened = shown(osei_desk, "appointment", rosas_seat)
    desk.post(page("appointment_move", rosas_seat), as_shown | opened | {"start": "12:00"})

    answer = osei_desk.post(page("appointment_status", rosas_seat), opened | {"status": "occurred"})

    assert answer.status_code == 409
    assert rows(answer.content.decode()) == {
        "Time": ("Wed, Nov 18, 12:00 – 12:50 PM Eastern", "left as it was")
    }


def test_what_cannot_follow_any_more_is_not_offered(desk, osei_desk, rosas_seat):
    opened = shown(osei_desk, "appointment", rosas_seat)
    desk.post(page("appointment_cancel", rosas_seat), {})

    html = osei_desk.post(
        page("appointment_status", rosas_seat), opened | {"status": "arrived"}
    ).content.decode()

    assert rows(html) == {"Status": ("Cancelled", "Arrived")}
    assert "all the same" not in html
    assert "Leave it as it is now</a>" in html


def test_a_reason_that_was_typed_comes_back(desk, osei_desk, rosas_seat):
    opened = shown(osei_desk, "appointment", rosas_seat)
    desk.post(page("appointment_status", rosas_seat), {"status": "arrived"})

    mine = opened | {"status": "no_show", "reason": "never came to the desk"}
    html = osei_desk.post(page("appointment_status", rosas_seat), mine).content.decode()

    assert 'value="never came to the desk"' in html


def test_calling_off_somebody_who_has_arrived_meanwhile_asks_again(desk, osei_desk, rosas_seat):
    opened = shown(osei_desk, "appointment_cancel", rosas_seat)
    desk.post(page("appointment_status", rosas_seat), {"status": "arrived"})

    answer = osei_desk.post(page("appointment_cancel", rosas_seat), opened | {"reason": "no answer"})

    assert answer.status_code == 409
    assert rows(answer.content.decode())["Status"][0] == "Arrived"


def test_two_who_call_it_off_need_not_ask_twice(desk, osei_desk, rosas_seat):
    opened = shown(osei_desk, "appointment_cancel", rosas_seat)
    desk.post(page("appointment_cancel", rosas_seat), opened)

    html = osei_desk.post(page("appointment_cancel", rosas_seat), opened).content.decode()

    assert "Bea Lind changed this appointment" in html
    assert "all the same" not in html


def test_undoing_a_cancellation_that_somebody_else_undid_is_refused(desk, osei_desk, rosas_seat):
    osei_desk.post(page("appointment_cancel", rosas_seat), {})
    opened = shown(osei_desk, "appointment", rosas_seat)
    undo = {"status": "scheduled", "reason": "Undone"}
    desk.post(page("appointment_status", rosas_seat), undo)
    desk.post(page("appointment_status", rosas_seat), {"status": "confirmed"})

    answer = osei_desk.post(page("appointment_status", rosas_seat), opened | undo)

    assert answer.status_code == 409
    assert rows(answer.content.decode()) == {"Status": ("Confirmed", "Scheduled")}


# ---- dragging ----------------------------------------------------------------------------------


def drag(browser, seat, start, version, **more):
    said = {"id": str(seat.appointment_id), "start": start, "minutes": "50", "zone": "America/New_York"}
    return browser.post(
        reverse("desk:appointment_drop"),
        said | {"version": str(version)} | more,
        headers={"Accept": "application/json"},
    )


def test_of_two_who_drag_one_tile_the_second_is_told_by_whom_and_to_where(desk, osei_desk, rosas_seat):
    drag(desk, rosas_seat, "2026-11-18T12:00:00", 1)

    answer = drag(osei_desk, rosas_seat, "2026-11-18T15:00:00", 1)

    assert answer.status_code == 409
    assert answer.json()["sentence"] == (
        "Bea Lind changed this appointment a moment ago: "
        "it is now Wed, Nov 18, 12:00 – 12:50 PM Eastern. Yours wasn't moved."
    )
    assert answer.json()["may_overrule"] is False
    assert Appointment.objects.get().starts_at == cast.TEN + timedelta(hours=2)


def test_undo_after_somebody_elses_change_undoes_nothing(desk, osei_desk, rosas_seat):
    mine = drag(osei_desk, rosas_seat, "2026-11-18T12:00:00", 1).json()
    drag(desk, rosas_seat, "2026-11-18T13:00:00", 2)

    answer = drag(osei_desk, rosas_seat, "2026-11-18T10:00:00", mine["version"], undo="1", anyway="1")

    assert "it is now Wed, Nov 18, 1:00 – 1:50 PM Eastern. Nothing was undone." in answer.json()["sentence"]
    assert Appointment.objects.get().starts_at == cast.TEN + timedelta(hours=3)


def test_a_tile_that_was_called_off_while_it_was_dragged_is_not_moved(desk, osei_desk, rosas_seat):
    desk.post(page("appointment_cancel", rosas_seat), {})

    answer = drag(osei_desk, rosas_seat, "2026-11-18T12:00:00", 1)

    assert (
        answer.json()["sentence"] == "Bea Lind called this appointment off a moment ago. Nothing was moved."
    )
