"""Whoever has a record before them is on the trail, whatever their request says of itself."""

import pytest
from django.urls import reverse

from holdspace.audit.models import Entry

pytestmark = pytest.mark.django_db

FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def desk(signed_in, osei_person):
    return signed_in(osei_person)


def entries(what, subject):
    return Entry.objects.filter(what=what, subject_id=subject.pk).count()


def test_saying_again_without_having_looked_before_leaves_an_entry(desk, rosas_seat):
    desk.get(reverse("desk:appointment", args=[rosas_seat.pk]), {"again": "1"}, headers=FRAGMENT)
    desk.get(reverse("desk:appointment", args=[rosas_seat.pk]), {"again": "1"}, headers=FRAGMENT)

    assert entries("scheduling.seat.opened", rosas_seat) == 1


@pytest.mark.parametrize("page", ["edit", "move", "cancel", "history"])
def test_pages_beside_session_details_leave_the_same_entry_once(desk, rosas_seat, page):
    for _ in range(2):
        desk.get(reverse(f"desk:appointment_{page}", args=[rosas_seat.pk]))

    assert entries("scheduling.seat.opened", rosas_seat) == 1


@pytest.mark.parametrize("page", ["desk:start", "desk:send_link"])
def test_a_part_of_the_start_screen_leaves_the_entry_too(desk, rosas_seat, page):
    desk.get(reverse(page, args=[rosas_seat.pk]), headers=FRAGMENT)

    assert entries("consents.start.opened", rosas_seat) == 1


@pytest.mark.parametrize("page", ["desk:client_edit", "desk:client_phone", "desk:client_email"])
def test_the_forms_of_a_chart_leave_the_charts_entry(desk, rosas_seat, page):
    for _ in range(2):
        desk.get(reverse(page, args=[rosas_seat.client_id]))

    assert entries("clients.client.opened", rosas_seat.client) == 1


def test_each_colleague_leaves_their_own(desk, signed_in, front_desk_person, rosas_seat):
    address = reverse("desk:appointment", args=[rosas_seat.pk])
    desk.get(address)
    signed_in(front_desk_person).get(address, {"again": "1"}, headers=FRAGMENT)

    assert entries("scheduling.seat.opened", rosas_seat) == 2
