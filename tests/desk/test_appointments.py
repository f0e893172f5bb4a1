"""Session Details and the appointment form: every page works without script, and loses nothing typed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from holdspace.audit.models import Entry
from holdspace.clients.models import Client
from holdspace.scheduling.models import Appointment, Seat
from tests import cast

pytestmark = pytest.mark.usefixtures("at_ten")

NEW = reverse("desk:appointment_new")
FRAGMENT = {"HX-Request": "true"}
# A Thursday far enough ahead that nearby times are in the future too: four o'clock in New York.
FOUR = datetime(2027, 11, 18, 21, tzinfo=UTC)


def page(name, seat):
    return reverse(f"desk:{name}", args=[seat.pk])


@pytest.fixture
def osei_desk(signed_in, osei_person):
    return signed_in(osei_person)


@pytest.fixture
def desk(signed_in, front_desk_person):
    return signed_in(front_desk_person)


@pytest.fixture
def typed(osei_person, willow, rosa):
    """What somebody types to book Rosa with Dr Osei on a quiet Thursday."""

    def make(**facts):
        said = {
            "client": str(rosa.pk),
            "client_text": "Rosa Marin",
            "clinician": str(osei_person.clinician.pk),
            "type": str(cast.type_of(willow).pk),
            "contact_type": "telehealth",
            "date": "2027-11-18",
            "start": "16:00",
            "minutes": "50",
            "zone": "America/New_York",
            "notes": "",
        }
        return said | facts

    return make


# ---- new ---------------------------------------------------------------------------------------


def test_a_click_on_a_vacant_slot_opens_the_form_filled_in(osei_desk, osei_person, willow):
    cast.type_of(willow)
    html = osei_desk.get(
        NEW, {"start": "2026-11-19T16:00", "clinician": osei_person.clinician.pk}
    ).content.decode()

    assert 'value="2026-11-19"' in html
    assert 'value="16:00"' in html
    assert f'value="{osei_person.clinician.pk}" selected' in html
    for label in ("Client", "Clinician", "Appointment Type", "Contact Type", "Location (Site)", "Date"):
        assert f">{label}</" in html
    for label in ("Start time", "Duration", "Client Time Zone", "Appointment Notes", "Create"):
        assert f">{label}</" in html


def test_create_books_in_the_shown_zone_and_leads_back_to_the_day(osei_desk, typed, rosa):
    answer = osei_desk.post(NEW, typed(notes="bring the form"))

    assert answer["Location"] == reverse("desk:calendar") + "?date=2027-11-18"
    made = Appointment.objects.get()
    assert made.starts_at == FOUR
    assert (made.notes, made.seats.get().client) == ("bring the form", rosa)


def test_in_the_drawer_creating_needs_no_page(osei_desk, typed):
    assert osei_desk.post(NEW, typed(), headers=FRAGMENT).status_code == 204


def test_a_taken_time_is_refused_with_times_to_take_instead_and_keeps_what_was_typed(
    desk, typed, osei_person, rosa, willow
):
    cast.appointment(osei_person.clinician, rosa, starts_at=FOUR)
    theo = cast.client_of(willow, "Theo", "King")
    said = typed(client=str(theo.pk), client_text="Theo King", notes="the earliest slot")

    answer = desk.post(NEW, said)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Dr Ama Osei is already booked then" in html
    assert "the earliest slot" in html
    assert 'value="2027-11-18T17:00"' in html
    assert Appointment.objects.count() == 1

    desk.post(NEW, said | {"take": "2027-11-18T17:00"})
    assert Appointment.objects.filter(starts_at=FOUR + timedelta(hours=1)).exists()


def test_the_clients_other_appointment_is_shown_and_can_be_overruled(desk, typed, willow, rosa):
    novak = cast.person(willow, "Dr Eva Novak", ["clinician"])
    assert novak.clinician
    cast.appointment(novak.clinician, rosa, starts_at=FOUR)

    answer = desk.post(NEW, typed())
    assert "Rosa M. is booked then" in answer.content.decode()
    assert "Book anyway" in answer.content.decode()

    assert desk.post(NEW, typed(anyway="on")).status_code == 302


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"date": "2027-03-14", "start": "02:30"}, "2:30 AM doesn&#x27;t exist on that day"),
        ({"date": "2026-11-01", "start": "01:30"}, "Which of the two?"),
        ({"date": "someday"}, "Enter a valid date"),
        ({"minutes": "-50"}, "Select a valid choice"),
        ({"notes": "a" * 30_000}, "20,000 characters fit"),
        ({"contact_type": "pigeon"}, "Select a valid choice"),
        ({"client": "", "client_text": "nobody"}, "Nobody on file fits"),
        ({"client": "", "client_text": ""}, "Choose a client"),
        ({"client": "not-an-id", "client_text": ""}, "Choose a client"),
    ],
)
def test_what_cannot_be_gets_a_sentence_at_its_field(osei_desk, typed, facts, says):
    answer = osei_desk.post(NEW, typed(notes="Bring the form") | facts)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert facts.get("notes", "Bring the form") in answer.content.decode()
    assert 'value="16:00"' in answer.content.decode() or "start" in facts
    assert not Appointment.objects.exists()


def test_the_hour_that_happens_twice_is_booked_as_answered(osei_desk, typed):
    twice = typed(date="2026-11-01", start="01:30")

    osei_desk.post(NEW, twice | {"fold": "1", "anyway": "on"})

    assert Appointment.objects.get().starts_at.isoformat() == "2026-11-01T06:30:00+00:00"


def test_another_zone_in_the_form_means_that_zones_time(osei_desk, typed):
    osei_desk.post(NEW, typed(zone="America/Los_Angeles", anyway="on"))

    assert Appointment.objects.get().starts_at == FOUR + timedelta(hours=3)


def test_the_client_time_zone_never_moves_the_instant(osei_desk, typed):
    osei_desk.post(NEW, typed(client_time_zone="Pacific/Honolulu"))

    assert Appointment.objects.get().starts_at == FOUR
    assert Seat.objects.get().client_time_zone == "Pacific/Honolulu"


def test_a_clinician_cannot_smuggle_in_a_colleagues_calendar_or_anothers_client(
    osei_desk, typed, willow, birch
):
    novak = cast.person(willow, "Dr Eva Novak", ["clinician"])
    assert novak.clinician
    stranger = cast.client_of(birch, "Una", "Berg")

    assert osei_desk.post(NEW, typed(clinician=str(novak.clinician.pk))).status_code == 422
    assert osei_desk.post(NEW, typed(client=str(stranger.pk), client_text="")).status_code == 422
    assert not Appointment.objects.exists()


# ---- who ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["ros", "marin ro", "03/09/1984", "(312) 555-0118", "0118"])
def test_a_client_is_found_by_name_birth_date_number_or_its_last_four(desk, rosa, words):
    html = desk.post(reverse("desk:find_client"), {"client_text": words}).content.decode()

    assert str(rosa.pk) in html


def test_no_name_stands_in_an_address_so_looking_is_a_post(desk):
    assert desk.get(reverse("desk:find_client")).status_code == 405


def test_without_script_find_shows_those_it_may_be(desk, typed, willow):
    cast.client_of(willow, "Rosalind", "Marsh", phone="+13125550177")

    answer = desk.post(NEW, typed(client="", client_text="ros", do="look"))

    assert answer.status_code == 422
    assert answer.content.decode().count('type="radio" name="client"') == 2


def test_words_that_fit_one_person_only_are_enough(desk, typed, rosa):
    desk.post(NEW, typed(client="", client_text="rosa mar"))

    assert Seat.objects.get().client == rosa


def test_a_new_client_is_added_without_leaving_the_form(desk, typed):
    new = {"first_name": "Theo", "last_name": "King", "birth_date": "1990-02-01", "phone": "312-555-0119"}
    desk.post(NEW, typed(client="", client_text="", texts_agreed="on", **new))

    theo = Client.objects.get(last_name="King")
    assert (theo.phone, theo.birth_date, theo.texts_agreed_by) == (
        "+13125550119",
        date(1990, 2, 1),
        "Bea Lind",
    )
    assert Seat.objects.get().client == theo


@pytest.mark.parametrize("how", [{"birth_date": "1984-03-09"}, {"phone": "(312) 555-0118"}])
def test_a_new_client_who_is_on_file_is_offered_first(desk, typed, rosa, how):
    new = typed(client="", client_text="", first_name="rosa", last_name="Marin", **how)

    answer = desk.post(NEW, new)
    assert answer.status_code == 422
    assert "Somebody like this is on file" in answer.content.decode()

    desk.post(NEW, new | {"same": str(rosa.pk)})
    assert Seat.objects.get().client == rosa
    assert Client.objects.count() == 1


def test_somebody_else_of_the_same_name_is_added_all_the_same(desk, typed, rosa):
    new = {"first_name": "Rosa", "last_name": "Marin", "birth_date": "1984-03-09", "same": "other"}
    desk.post(NEW, typed(client="", client_text="", **new))

    assert Client.objects.count() == 2


def test_a_number_that_cannot_take_texts_says_so_at_its_field(desk, typed):
    new = {"first_name": "Theo", "last_name": "King", "phone": "800 555 0100", "texts_agreed": "on"}

    answer = desk.post(NEW, typed(client="", client_text="", **new))

    assert "take texts" in answer.content.decode()
    assert not Client.objects.filter(last_name="King").exists()


# ---- Session Details ---------------------------------------------------------------------------


def test_session_details_shows_both_clocks_status_lights_and_phone(osei_desk, rosas_seat):
    html = osei_desk.get(page("appointment", rosas_seat)).content.decode()

    for said in ("Wed, 10:00 – 10:50 AM", "Wed, 9:00 – 9:50 AM", "Central (Chicago)", "(312) 555-0118"):
        assert said in html
    for light in ("Link not seen", "Device not checked", "Consent not yet", "Location not yet"):
        assert light in html
    assert "Rosa" not in html.partition("<title>")[2].partition("</title>")[0]


def test_the_drawer_is_the_same_page_without_its_frame(osei_desk, rosas_seat):
    html = osei_desk.get(page("appointment", rosas_seat), headers=FRAGMENT).content.decode()

    assert "<html" not in html
    assert "Start Telehealth Session" in html


def test_opening_session_details_is_an_entry_and_looking_again_in_the_drawer_is_not(osei_desk, rosas_seat):
    osei_desk.get(page("appointment", rosas_seat))
    osei_desk.get(page("appointment", rosas_seat), {"again": "1"}, headers=FRAGMENT)

    assert Entry.objects.filter(what="scheduling.seat.opened", subject_id=rosas_seat.pk).count() == 1


@pytest.mark.parametrize(
    "name",
    ["appointment", "appointment_edit", "appointment_move", "appointment_cancel", "appointment_history"],
)
def test_another_practice_cannot_tell_the_appointment_exists(signed_in, birch_person, rosas_seat, name):
    assert signed_in(birch_person).get(page(name, rosas_seat)).status_code == 404


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("scheduled", "Confirm and start"),
        ("arrived", "Check in and start"),
        ("cancelled", "aria-disabled"),
        ("requested", "aria-disabled"),
    ],
)
def test_a_start_that_is_not_live_says_what_is_missing_and_offers_the_click(
    osei_desk, osei_person, rosa, status, says
):
    seat = cast.appointment(osei_person.clinician, rosa, status=status)

    html = osei_desk.get(page("appointment", seat)).content.decode()

    assert says in html
    assert 'aria-describedby="why"' in html


def test_where_telehealth_is_off_the_owner_gets_the_switch_and_others_the_reason(
    osei_desk, signed_in, owner_person, willow, rosas_seat
):
    willow.telehealth_enabled = False
    willow.save()

    assert (
        "The owner of the practice can turn it on"
        in osei_desk.get(page("appointment", rosas_seat)).content.decode()
    )


def test_the_status_list_saves_and_refuses_with_what_was_chosen_kept(osei_desk, rosas_seat):
    osei_desk.post(page("appointment_status", rosas_seat), {"status": "occurred"})
    rosas_seat.refresh_from_db()
    assert rosas_seat.status == "occurred"

    answer = osei_desk.post(page("appointment_status", rosas_seat), {"status": "no_show"})
    assert answer.status_code == 409
    assert "needs a reason" in answer.content.decode()
    assert '<option value="no_show" data-asks selected>' in answer.content.decode()

    osei_desk.post(page("appointment_status", rosas_seat), {"status": "no_show", "reason": "wrong one"})
    rosas_seat.refresh_from_db()
    assert rosas_seat.status == "no_show"


def test_cancelling_asks_once_and_can_be_undone(osei_desk, rosas_seat):
    Appointment.objects.update(
        starts_at=cast.TEN + timedelta(days=900), ends_at=cast.TEN + timedelta(days=901)
    )
    assert (
        "It becomes <b>Cancelled</b>"
        in osei_desk.get(page("appointment_cancel", rosas_seat)).content.decode()
    )

    osei_desk.post(page("appointment_cancel", rosas_seat), {"reason": "is ill"})
    rosas_seat.refresh_from_db()
    assert rosas_seat.status == "cancelled"
    assert ">Undo</button>" in osei_desk.get(page("appointment", rosas_seat)).content.decode().replace(
        "\n", ""
    )

    osei_desk.post(page("appointment_status", rosas_seat), {"status": "scheduled", "reason": "Undone"})
    rosas_seat.refresh_from_db()
    assert rosas_seat.status == "scheduled"


def test_edit_from_an_older_version_shows_what_differs_and_keeps_what_was_typed(
    desk, osei_desk, typed, rosas_seat
):
    said = typed(start="10:00", version="1", notes="mine") | {"contact_type": "phone"}
    desk.post(page("appointment_move", rosas_seat), typed(start="12:00", version="1"))

    answer = osei_desk.post(page("appointment_edit", rosas_seat), said)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Bea Lind changed this appointment" in html
    assert "mine</textarea>" in html
    assert 'name="version" value="2"' in html

    osei_desk.post(page("appointment_edit", rosas_seat), said | {"version": "2"})
    assert Appointment.objects.get().contact_type == "phone"


def test_the_move_page_does_what_dragging_does(osei_desk, rosas_seat):
    said = {
        "date": "2099-11-20",
        "start": "09:00",
        "minutes": "60",
        "version": "1",
        "zone": "America/New_York",
    }

    answer = osei_desk.post(page("appointment_move", rosas_seat), said)

    assert answer["Location"] == page("appointment", rosas_seat)
    assert Appointment.objects.get().minutes == 60


def test_history_tells_who_did_what_with_old_and_new(desk, osei_desk, rosas_seat):
    desk.post(page("appointment_status", rosas_seat), {"status": "arrived"})

    html = osei_desk.get(page("appointment_history", rosas_seat)).content.decode()

    assert "by Bea Lind" in html
    assert "Confirmed → Arrived" in html


def test_the_owner_looks_and_does_not_touch(signed_in, owner_person, rosas_seat):
    browser = signed_in(owner_person)

    assert browser.get(page("appointment", rosas_seat)).status_code == 200
    assert browser.post(page("appointment_status", rosas_seat), {"status": "cancelled"}).status_code == 404
    assert browser.get(NEW).status_code == 404


def test_a_megabyte_of_text_is_turned_away_with_a_page_and_saves_nothing(osei_desk, typed, rosas_seat):
    answer = osei_desk.post(page("appointment_edit", rosas_seat), typed(version="1", notes="a" * 1_000_000))

    assert answer.status_code == 422
    assert "20,000" in answer.content.decode() or "20000" in answer.content.decode()
    assert Appointment.objects.get().version == 1


def test_a_slip_of_the_year_is_asked_about_and_not_booked(osei_desk, typed):
    answer = osei_desk.post(NEW, typed(date="0020-03-14"))

    assert answer.status_code == 422
    assert "Look at the year" in answer.content.decode()
    assert Appointment.objects.filter(starts_at__year__lt=2000).count() == 0


def test_next_free_shows_times_and_one_that_is_chosen_fills_the_form(osei_desk, typed, osei_person, rosa):
    cast.appointment(osei_person.clinician, rosa, starts_at=FOUR)

    page = osei_desk.post(NEW, typed(do="free")).content.decode()
    assert 'value="2027-11-18T17:00|"' in page
    assert "Thu, Nov 18, 5:00 PM" in page
    assert 'role="alert"' not in page

    filled = osei_desk.post(NEW, typed(fill="2027-11-19T09:00|")).content.decode()
    assert 'value="2027-11-19"' in filled
    assert 'value="09:00"' in filled
    assert Appointment.objects.count() == 1


def test_next_free_with_anyone_fills_the_clinician_too(desk, typed, willow, osei_person, rosa):
    novak = cast.person(willow, "Dr Eva Novak", ["clinician"]).clinician
    assert novak
    cast.appointment(osei_person.clinician, cast.client_of(willow, "Theo", "King"), starts_at=FOUR)

    page = desk.post(NEW, typed(do="free-anyone")).content.decode()
    assert f'value="2027-11-18T16:00|{novak.pk}"' in page
    assert "4:00 PM (3:00 PM Central) · Dr Eva Novak" in page

    filled = desk.post(NEW, typed(fill=f"2027-11-18T16:00|{novak.pk}")).content.decode()
    assert f'value="{novak.pk}" selected' in filled


@pytest.mark.parametrize(
    "facts", [{"client": "", "client_text": ""}, {"date": "", "start": ""}, {"minutes": "x"}]
)
def test_next_free_needs_nothing_filled_in_and_complains_of_nothing(osei_desk, typed, facts):
    answer = osei_desk.post(NEW, typed(do="free", **facts))

    assert answer.status_code == 200
    assert 'role="alert"' not in answer.content.decode()
    assert "hs-error" not in answer.content.decode()
    assert 'name="fill"' in answer.content.decode()


def test_a_clash_with_hours_is_shown_and_can_be_overruled(osei_desk, typed):
    answer = osei_desk.post(NEW, typed(start="20:00"))
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "available then" in page
    assert "Book anyway" in page
    assert osei_desk.post(NEW, typed(start="20:00", anyway="on")).status_code == 302
