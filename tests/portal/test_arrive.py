from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse

from holdspace.kit.clock import now
from holdspace.messaging.models import Message
from holdspace.practices.models import Practice
from holdspace.scheduling import links, words
from holdspace.scheduling.actions import move
from holdspace.scheduling.models import Appointment, Seat, VisitRow
from holdspace.telehealth.models import Session
from tests import cast

BORN = {"month": "3", "day": "9", "year": "1984"}


@pytest.fixture(autouse=True)
def nobody_has_asked_before(db: None) -> None:
    cache.clear()


@pytest.fixture
def soon(rosas_seat: Seat) -> Seat:
    """Rosa's appointment, ten minutes from now."""
    begins = now() + timedelta(minutes=10)
    Appointment.objects.update(starts_at=begins, ends_at=begins + timedelta(minutes=50))
    return Seat.objects.select_related("practice", "appointment", "client").get(pk=rosas_seat.pk)


def path_of(seat: Seat) -> str:
    return reverse("portal:arrive", args=[seat.practice.slug, links.key_of(seat)])


def test_opening_the_link_changes_nothing(soon: Seat, client: Browser) -> None:
    before = Seat.objects.values().get(pk=soon.pk)

    response = client.get(path_of(soon))

    assert response.status_code == 200
    assert Seat.objects.values().get(pk=soon.pk) == before
    assert not VisitRow.objects.exists()
    assert not Session.objects.exists()


def test_the_page_asks_the_database_five_questions_also_where_a_code_is_sent(
    soon: Seat, client: Browser, django_assert_num_queries: Any
) -> None:
    Practice.objects.update(identity_by=Practice.Identity.CODE)

    with django_assert_num_queries(5):
        page = client.get(path_of(soon)).content.decode()

    assert "send_code" in page


def test_before_identity_the_page_names_the_practice_and_the_time_and_nobody(
    soon: Seat, client: Browser
) -> None:
    page = client.get(path_of(soon)).content.decode()

    assert "Willow Street" in page
    assert "Rosa" not in page
    assert "Osei" not in page


def test_the_right_birth_date_leads_on_without_the_secret(soon: Seat, client: Browser) -> None:
    response = client.post(path_of(soon), BORN)

    assert response.status_code == 302
    assert response["Location"] == "/v/"
    assert client.get("/v/").status_code == 200


@pytest.mark.parametrize("said", [BORN | {"day": "10"}, {"born": "03/10/1984"}])
def test_a_wrong_birth_date_gets_one_neutral_line(soon: Seat, client: Browser, said: dict[str, str]) -> None:
    response = client.post(path_of(soon), said)

    assert response.status_code == 200
    assert "what we have on file" in response.content.decode()
    assert "visit" not in response.cookies


def called(seat: Seat, first: str, last: str) -> None:
    client = seat.client
    client.birth_date, client.first_name, client.last_name = None, first, last
    client.save()


@pytest.mark.parametrize("typed", ["김민지", "김 민지"])
def test_a_name_without_a_blank_leads_on_where_names_are_written_so(
    soon: Seat, client: Browser, typed: str
) -> None:
    called(soon, "민지", "김")

    assert client.post(path_of(soon), {"full_name": typed})["Location"] == "/v/"


def test_one_word_in_a_script_with_capitals_is_no_try(soon: Seat, client: Browser) -> None:
    called(soon, "Łukasz", "Żak")

    client.post(path_of(soon), {"full_name": "Łukasz"})

    soon.refresh_from_db()
    assert soon.link_wrong == 0


@pytest.mark.parametrize(
    "said", [{"month": "13", "day": "9", "year": "1984"}, {}, {"year": "x"}, {"born": "in March"}]
)
def test_what_is_no_date_at_all_is_said_so_and_counts_as_no_try(
    soon: Seat, client: Browser, said: dict[str, str]
) -> None:
    response = client.post(path_of(soon), said)

    assert response.status_code == 422
    assert "Write your date of birth like this" in response.content.decode()
    assert said.get("born", "") in response.content.decode()
    assert Seat.objects.get(pk=soon.pk).link_wrong == 0


def test_every_way_a_link_can_fail_looks_the_same(soon: Seat, client: Browser, birch: Any) -> None:
    good = links.key_of(soon)
    pages = {
        client.get(reverse("portal:arrive", args=["willow", key]))
        .content.split(b"<main")[1]
        .split(b"csrf")[0]
        for key in (good[:-1], "nothing.here", good.split(".")[0], good.replace(".", ".x"))
    }
    Seat.objects.filter(pk=soon.pk).update(link_revoked_at=now())
    revoked = client.get(path_of(soon))
    pages.add(revoked.content.split(b"<main")[1].split(b"csrf")[0])

    assert len(pages) == 1
    assert revoked.status_code == 404
    assert client.get(reverse("portal:arrive", args=["birch", good])).status_code == 404


def test_client_pages_send_no_referrer_and_are_never_kept(soon: Seat, client: Browser) -> None:
    response = client.get(path_of(soon))

    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert response["Permissions-Policy"].startswith("camera=()")


def test_pages_that_say_no_send_no_referrer_either(soon: Seat, client: Browser) -> None:
    strict = Browser(enforce_csrf_checks=True)
    client.post(path_of(soon), BORN)
    Seat.objects.filter(pk=soon.pk).update(status="cancelled")
    answers = [
        client.get(f"{path_of(soon)}/"),
        client.post("/v/knock"),
        strict.post(path_of(soon), BORN),
        client.get(reverse("portal:arrive", args=["nowhere", links.key_of(soon)])),
    ]

    assert [answer.status_code for answer in answers] == [404, 409, 403, 404]
    assert {answer["Referrer-Policy"] for answer in answers} == {"no-referrer"}
    assert {answer["Cache-Control"] for answer in answers} == {"no-store"}


def test_the_room_page_may_use_the_camera(soon: Seat, client: Browser) -> None:
    client.post(path_of(soon), BORN)

    assert client.get("/v/room")["Permissions-Policy"].startswith("camera=(self)")


def test_without_a_visit_the_inner_pages_are_the_neutral_one(client: Browser, db: None) -> None:
    for name in ("home", "room", "ended", "status"):
        response = client.get(reverse(f"portal:{name}"))
        assert response.status_code == 404
        assert "This link doesn" in response.content.decode()


def test_the_cookie_is_for_this_seat_only_and_out_of_scripts_reach(soon: Seat, client: Browser) -> None:
    cookie = client.post(path_of(soon), BORN).cookies["visit"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_form_of_a_page_without_referrer_passes_the_csrf_check(soon: Seat) -> None:
    strict = Browser(enforce_csrf_checks=True)
    page = strict.get(path_of(soon))
    said = BORN | {"csrfmiddlewaretoken": page.context["csrf_token"]}

    foreign = strict.post(path_of(soon), said, headers={"origin": "null", "sec-fetch-site": "cross-site"})
    own = strict.post(path_of(soon), said, headers={"origin": "null", "sec-fetch-site": "same-origin"})

    assert foreign.status_code == 403
    assert own.status_code == 302


@pytest.mark.parametrize(
    ("status", "words"), [("cancelled", "isn&#x27;t on anymore"), ("confirmed", "will see you here")]
)
def test_after_identity_the_truth(soon: Seat, client: Browser, status: str, words: str) -> None:
    client.post(path_of(soon), BORN)
    Seat.objects.filter(pk=soon.pk).update(status=status)

    page = client.get("/v/").content.decode()

    assert words in page or words.replace("&#x27;", "'") in page


def test_knocking_answers_with_a_ticket_and_leaving_ends_it(soon: Seat, client: Browser) -> None:
    client.post(path_of(soon), BORN)

    knocked = client.post("/v/knock", headers={"accept": "application/json"}).json()

    assert knocked["ticket"]["right"] == "waiting"
    assert knocked["ticket"]["socket"] == "/live/?as=visit"
    client.post("/v/leave")
    assert client.post("/v/ticket", headers={"accept": "application/json"}).status_code == 409


def test_who_waits_before_the_hour_hears_of_a_move_only_if_there_was_one(soon: Seat, client: Browser) -> None:
    client.post(path_of(soon), BORN)
    client.post("/v/knock", headers={"accept": "application/json"})
    begins = now() + timedelta(hours=5)
    Appointment.objects.update(starts_at=begins, ends_at=begins + timedelta(minutes=50))
    assert "was moved" not in client.get("/v/status").content.decode()

    Appointment.objects.update(changed_at=now())

    assert "was moved" in client.get("/v/status").content.decode()


def test_too_early_is_said_in_a_sentence(soon: Seat, client: Browser) -> None:
    client.post(path_of(soon), BORN)
    begins = now() + timedelta(hours=5)
    Appointment.objects.update(starts_at=begins, ends_at=begins + timedelta(minutes=50))

    response = client.post("/v/knock", headers={"accept": "application/json"})

    assert response.status_code == 409
    assert "isn't open yet" in response.json()["sentence"]


@pytest.mark.parametrize("said", ["(312) 555-0118", "rosa@example.org", "nobody@example.org", "x" * 200, ""])
def test_send_me_my_link_always_answers_the_same(soon: Seat, client: Browser, said: str) -> None:
    response = client.post("/willow/v/send", {"reach": said})

    assert response.status_code == 404
    assert "on its way" in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_lost_link_goes_only_to_what_is_on_file_three_times_an_hour(soon: Seat, client: Browser) -> None:
    from holdspace.jobs.models import Job

    for _ in range(5):
        client.post("/willow/v/send", {"reach": "(312) 555-0118"})

    asked = Job.objects.filter(task__contains="look_up")
    assert asked.count() == 3
    assert "0118" not in str(list(asked.values_list("args", flat=True)))
    assert not Message.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_caller_asks_for_ten_links_an_hour_however_many_numbers_they_try(
    soon: Seat, client: Browser
) -> None:
    from holdspace.jobs.models import Job

    for n in range(14):
        answer = client.post("/willow/v/send", {"reach": f"(312) 555-01{n:02}"}, REMOTE_ADDR="192.0.2.7")
        assert "on its way" in answer.content.decode()

    assert Job.objects.filter(task__contains="look_up").count() == 10


def put_off(seat: Seat, person: cast.Person, by: timedelta) -> None:
    held = Appointment.objects.get(pk=seat.appointment_id)
    later, version = held.starts_at + by, held.version
    move(appointment=held, starts_at=later, version=version, anyway=True, actor=person.actor, at=now())


def test_a_client_who_knew_of_it_is_told_what_it_was_before_it_moved(
    soon: Seat, client: Browser, osei_person: cast.Person
) -> None:
    client.post(path_of(soon), BORN)
    before = soon.appointment
    Appointment.objects.update(announced=True)

    put_off(soon, osei_person, timedelta(days=7))

    page = client.get("/v/").content.decode()
    assert "This appointment was moved." in page
    assert words.span(before.starts_at, before.ends_at, before.time_zone) in page

    put_off(soon, osei_person, timedelta(days=-7))

    assert "was moved" not in client.get("/v/").content.decode()


def test_where_nobody_had_told_the_client_nothing_was_moved(
    soon: Seat, client: Browser, osei_person: cast.Person
) -> None:
    client.post(path_of(soon), BORN)

    put_off(soon, osei_person, timedelta(days=7))

    assert "was moved" not in client.get("/v/").content.decode()
