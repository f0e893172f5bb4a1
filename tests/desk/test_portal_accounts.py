"""Staff invite from the chart, and see what became of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from holdspace.audit.models import Entry
from holdspace.clients import actions
from holdspace.clients.models import Client, PortalAccount, PortalInvitation
from holdspace.messaging.models import Message
from holdspace.practices.models import Practice
from tests import cast


@pytest.fixture
def desk(signed_in: Callable[[cast.Person], Browser], front_desk_person: cast.Person) -> Browser:
    return signed_in(front_desk_person)


def page(client: Client) -> str:
    return reverse("desk:client_portal", args=[client.pk])


def press(desk: Browser, name: str, client: Client, **said: Any) -> Any:
    return desk.post(reverse(f"desk:{name}", args=[client.pk]), said, follow=True)


def test_the_chart_leads_to_the_portal_account(desk: Browser, rosa: Client) -> None:
    assert page(rosa) in desk.get(reverse("desk:client", args=[rosa.pk])).content.decode()
    assert "Invite by e-mail" in desk.get(page(rosa)).content.decode()
    assert Entry.objects.filter(what="clients.client.opened", subject_id=rosa.pk).exists()


def test_inviting_sends_it_and_the_page_says_until_when(desk: Browser, rosa: Client) -> None:
    shown = press(desk, "portal_invite", rosa, person=rosa.pk, channel="sms").content.decode()

    assert Message.objects.get(kind="portal_invitation").channel == "sms"
    assert "By text, good until" in shown
    assert "Withdraw it" in shown


def test_withdrawing_ends_it(desk: Browser, rosa: Client) -> None:
    press(desk, "portal_invite", rosa, person=rosa.pk, channel="email")
    shown = press(desk, "portal_withdraw", rosa, person=rosa.pk).content.decode()

    assert PortalInvitation.objects.get().ended_at
    assert "Invite by e-mail" in shown


def test_a_guardian_is_offered_beside_the_client(desk: Browser, rosa: Client) -> None:
    tie = cast.contact_of(rosa, "Inez Marin", guardianship="by_order")
    tie.contact.email = "inez@example.org"
    tie.contact.save()
    cast.contact_of(rosa, "Nora Hill", "neighbor")

    shown = desk.get(page(rosa)).content.decode()
    press(desk, "portal_invite", rosa, person=tie.contact.pk, channel="email")

    assert "Inez Marin" in shown
    assert "Nora Hill" not in shown
    assert PortalInvitation.objects.get().contact == tie.contact


def test_what_is_missing_is_said_on_the_page(desk: Browser, rosa: Client) -> None:
    Client.objects.filter(pk=rosa.pk).update(birth_date=None)

    response = desk.post(
        reverse("desk:portal_invite", args=[rosa.pk]), {"person": rosa.pk, "channel": "email"}
    )

    assert response.status_code == 409
    assert "date of birth" in response.content.decode()


def test_an_open_account_says_who_signs_in_and_can_be_closed(desk: Browser, rosa: Client) -> None:
    press(desk, "portal_invite", rosa, person=rosa.pk, channel="email")
    actions.open_account(
        invitation=PortalInvitation.objects.get(),
        password=cast.PASSWORD,
        at=PortalInvitation.objects.get().made_at,
    )

    assert "signs in as rosa@example.org" in desk.get(page(rosa)).content.decode()
    press(desk, "portal_close", rosa, person=rosa.pk)
    assert PortalAccount.objects.get().closed_at


def test_somebody_of_another_chart_is_not_there(desk: Browser, rosa: Client, willow: Practice) -> None:
    theo = cast.client_of(willow, "Theodor", "Kestrel")

    response = desk.post(
        reverse("desk:portal_invite", args=[rosa.pk]), {"person": theo.pk, "channel": "email"}
    )

    assert response.status_code == 404
    assert not Message.objects.exists()


def test_the_page_asks_the_same_however_many_decide(
    desk: Browser, rosa: Client, django_assert_max_num_queries: Any
) -> None:
    for name in ("Inez Marin", "Luis Marin", "Aunt Marin"):
        cast.contact_of(rosa, name, guardianship="by_order")
    desk.get(page(rosa))

    with django_assert_max_num_queries(16):
        desk.get(page(rosa))
