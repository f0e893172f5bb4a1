"""Invited to a portal account: once, for seven days, by who knows the client's name and date of birth."""

import re
from datetime import date, datetime, timedelta

import pytest

from holdspace.accounts.models import User
from holdspace.audit.models import Entry
from holdspace.clients import actions, portal, refusals
from holdspace.clients.models import Client, Contact, PortalAccount, PortalInvitation
from holdspace.kit.actor import Actor, Member
from holdspace.kit.refusals import Refusal
from holdspace.messaging.models import Bell, Message
from holdspace.practices.models import Practice
from tests import cast

BORN = date(1984, 3, 9)


def invited(person: Client | Contact, actor: Actor, at: datetime = cast.TEN, channel: str = "email") -> str:
    """The secret that was sent."""
    actions.invite(person=person, channel=channel, actor=actor, at=at)
    body = Message.objects.filter(kind="portal_invitation").latest("queued_at", "pk").body
    found = re.search(r"/willow/portal/(\S+)", body)
    assert found
    return found[1]


def behind(secret: str, at: datetime = cast.TEN) -> PortalInvitation:
    found = portal.invitation_behind("willow", secret, at=at)
    assert found
    return found


@pytest.fixture
def rosas_account(rosa: Client, front_desk: Member) -> PortalAccount:
    return actions.open_account(
        invitation=behind(invited(rosa, front_desk)), password=cast.PASSWORD, at=cast.TEN
    )


def test_an_invitation_goes_to_the_address_on_file_and_only_its_fingerprint_is_kept(
    rosa: Client, front_desk: Member
) -> None:
    secret = invited(rosa, front_desk)

    message = Message.objects.get(kind="portal_invitation")
    assert (message.to, message.client_id, message.channel) == ("rosa@example.org", rosa.pk, "email")
    kept = PortalInvitation.objects.get()
    assert secret not in str(PortalInvitation.objects.values().get())
    assert kept.ends_at == cast.TEN + timedelta(days=7)
    assert Entry.objects.filter(what="clients.portal.invited", subject_id=rosa.pk).count() == 1


def test_it_also_goes_by_text_to_who_agreed_to_texts(rosa: Client, front_desk: Member) -> None:
    invited(rosa, front_desk, channel="sms")

    assert Message.objects.get(kind="portal_invitation").to == "+13125550118"


@pytest.mark.parametrize(
    ("missing", "no"),
    [
        ({"email": ""}, refusals.AddressForAccountMissing),
        ({"birth_date": None}, refusals.BirthDateForAccountMissing),
        ({"email_ok": False}, refusals.NoEmailWanted),
    ],
)
def test_what_is_missing_for_an_account_is_said(
    rosa: Client, front_desk: Member, missing: dict[str, object], no: type[Refusal]
) -> None:
    for name, value in missing.items():
        setattr(rosa, name, value)
    rosa.save()

    with pytest.raises(no):
        actions.invite(person=rosa, channel="email", actor=front_desk, at=cast.TEN)

    assert not Message.objects.exists()


def test_no_text_goes_to_who_did_not_agree_to_texts(rosa: Client, front_desk: Member) -> None:
    rosa.texts_agreed_at = None
    rosa.save()

    with pytest.raises(refusals.NoTextsAgreed):
        actions.invite(person=rosa, channel="sms", actor=front_desk, at=cast.TEN)


def test_a_newer_invitation_makes_the_earlier_one_worthless(rosa: Client, front_desk: Member) -> None:
    first = invited(rosa, front_desk)
    second = invited(rosa, front_desk, at=cast.TEN + timedelta(minutes=1))

    later = cast.TEN + timedelta(minutes=2)
    assert portal.invitation_behind("willow", first, at=later) is None
    assert portal.invitation_behind("willow", second, at=later)


def test_an_invitation_is_over_after_seven_days_and_at_no_other_practice(
    rosa: Client, front_desk: Member, birch: Practice
) -> None:
    secret = invited(rosa, front_desk)

    assert portal.invitation_behind("willow", secret, at=cast.TEN + timedelta(days=7)) is None
    assert portal.invitation_behind("birch", secret, at=cast.TEN) is None


def test_a_withdrawn_invitation_leads_nowhere(rosa: Client, front_desk: Member) -> None:
    secret = invited(rosa, front_desk)
    actions.withdraw_invitation(invitation=behind(secret), actor=front_desk, at=cast.TEN)
    actions.withdraw_invitation(invitation=PortalInvitation.objects.get(), actor=front_desk, at=cast.TEN)

    assert portal.invitation_behind("willow", secret, at=cast.TEN) is None
    assert Entry.objects.filter(what="clients.portal.withdrawn").count() == 1


@pytest.mark.parametrize("typed", ["Marin", "marin ", "MARÍN"])
def test_the_last_name_counts_however_a_phone_writes_it(rosa: Client, front_desk: Member, typed: str) -> None:
    invitation = behind(invited(rosa, front_desk))

    actions.show_who(invitation=invitation, last_name=typed, birth_date=BORN, at=cast.TEN)


@pytest.mark.parametrize(("name", "born"), [("Marin", date(1984, 9, 3)), ("Martin", BORN)])
def test_whoever_knows_only_half_is_refused_and_counted(
    rosa: Client, front_desk: Member, name: str, born: date
) -> None:
    invitation = behind(invited(rosa, front_desk))

    with pytest.raises(refusals.NotWhoWasInvited):
        actions.show_who(invitation=invitation, last_name=name, birth_date=born, at=cast.TEN)

    assert PortalInvitation.objects.get().wrong == 1


def wrong(invitation: PortalInvitation, at: datetime) -> None:
    with pytest.raises(refusals.NotWhoWasInvited):
        actions.show_who(invitation=invitation, last_name="Nobody", birth_date=BORN, at=at)


def test_five_wrong_answers_pause_it_even_for_the_right_one(rosa: Client, front_desk: Member) -> None:
    invitation = behind(invited(rosa, front_desk))
    for _ in range(5):
        wrong(invitation, cast.TEN)

    with pytest.raises(refusals.NotWhoWasInvited):
        actions.show_who(invitation=invitation, last_name="Marin", birth_date=BORN, at=cast.TEN)
    later = cast.TEN + timedelta(minutes=15)
    actions.show_who(invitation=invitation, last_name="Marin", birth_date=BORN, at=later)


def test_fifteen_wrong_answers_end_it_and_the_front_desk_hears(
    rosa: Client, front_desk: Member, front_desk_person: cast.Person
) -> None:
    secret = invited(rosa, front_desk)
    invitation = behind(secret)
    for number in range(15):
        wrong(invitation, cast.TEN + timedelta(minutes=20 * number))

    assert portal.invitation_behind("willow", secret, at=cast.TEN + timedelta(hours=6)) is None
    bell = Bell.objects.get(kind="portal_locked")
    assert (bell.user, bell.subject_id) == (front_desk_person.user, rosa.pk)


def test_an_account_is_opened_once_with_a_sign_in_of_its_own(
    rosa: Client, front_desk: Member, rosas_account: PortalAccount
) -> None:
    user = User.objects.get(email="rosa@example.org")

    assert (rosas_account.user, rosas_account.client) == (user, rosa)
    assert user.check_password(cast.PASSWORD)
    assert not user.memberships.exists()
    with pytest.raises(refusals.InvitationOver):
        actions.open_account(invitation=PortalInvitation.objects.get(), password=cast.PASSWORD, at=cast.TEN)
    with pytest.raises(refusals.HasAnAccount):
        actions.invite(person=rosa, channel="email", actor=front_desk, at=cast.TEN)


def test_a_sign_in_holds_its_client_and_no_other(rosas_account: PortalAccount, willow: Practice) -> None:
    theo = cast.client_of(willow, "Theodor", "Kestrel")

    [held] = portal.held_by(rosas_account.user_id, at=cast.TEN)

    assert held.client.first_name == "Rosa"
    assert held.is_self
    seen = Client.objects.visible_to(held.as_actor())
    assert list(seen) == [held.client]
    assert theo not in seen


def test_a_closed_account_holds_nobody(rosas_account: PortalAccount, front_desk: Member) -> None:
    actions.close_account(account=rosas_account, actor=front_desk, at=cast.TEN)

    assert portal.held_by(rosas_account.user_id, at=cast.TEN) == []
    assert Entry.objects.filter(what="clients.portal.closed").count() == 1


def test_a_mother_of_two_has_one_account_and_sees_both_until_each_comes_of_age(
    willow: Practice, front_desk: Member
) -> None:
    ana = cast.client_of(willow, "Ana", "Marin", birth_date=date(2010, 5, 1))
    ben = cast.client_of(willow, "Ben", "Marin", birth_date=date(2014, 5, 1))
    tie = cast.contact_of(ana, "Inez Marin", guardianship="of_minor")
    mother = tie.contact
    mother.email = "inez@example.org"
    mother.save()
    actions.tie_contact(
        client=ben, contact=mother, role=actions.Role("mother", guardianship="of_minor"),
        actor=front_desk, at=cast.TEN,
    )  # fmt: skip
    invitation = behind(invited(mother, front_desk))
    actions.show_who(invitation=invitation, last_name="Marin", birth_date=date(2014, 5, 1), at=cast.TEN)

    account = actions.open_account(invitation=invitation, password=cast.PASSWORD, at=cast.TEN)

    held = portal.held_by(account.user_id, at=cast.TEN)
    assert [one.client for one in held] == [ana, ben]
    of_age = datetime(2028, 5, 2, 12, tzinfo=cast.TEN.tzinfo)
    assert [one.client for one in portal.held_by(account.user_id, at=of_age)] == [ben]


def test_whoever_decides_for_nobody_is_not_invited(rosa: Client, front_desk: Member) -> None:
    neighbor = cast.contact_of(rosa, "Nora Hill", "neighbor").contact
    neighbor.email = "nora@example.org"
    neighbor.save()

    with pytest.raises(refusals.DecidesForNobody):
        actions.invite(person=neighbor, channel="email", actor=front_desk, at=cast.TEN)


def test_an_account_joins_the_sign_in_that_somebody_has_already(
    rosa: Client, front_desk: Member, rosas_account: PortalAccount
) -> None:
    """Rosa also decides for her father: one sign-in, two accounts."""
    father = cast.client_of(rosa.practice, "Luis", "Marin", birth_date=date(1940, 1, 2))
    tie = cast.contact_of(father, "Rosa Marin", "daughter", guardianship="by_order")
    tie.contact.email = "rosa@example.org"
    tie.contact.save()
    invitation = behind(invited(tie.contact, front_desk, at=cast.TEN + timedelta(minutes=1)))

    assert portal.signs_in_already(tie.contact)
    actions.open_account(invitation=invitation, user=rosas_account.user, at=cast.TEN)

    held = portal.held_by(rosas_account.user_id, at=cast.TEN)
    assert [one.client for one in held] == [rosa, father]
    assert User.objects.filter(email="rosa@example.org").count() == 1


def test_another_practice_sees_neither_account_nor_invitation(
    rosas_account: PortalAccount, birch_person: cast.Person, front_desk: Member
) -> None:
    assert not PortalAccount.objects.visible_to(birch_person.actor).exists()
    assert not PortalInvitation.objects.visible_to(birch_person.actor).exists()
    assert PortalAccount.objects.visible_to(front_desk).count() == 1


def test_what_a_client_says_about_themselves_is_on_the_trail_by_name_only(
    rosa: Client, rosas_account: PortalAccount
) -> None:
    [held] = portal.held_by(rosas_account.user_id, at=cast.TEN)
    reach = actions.Reach("(312) 555-0199", "rosa@example.org", texts=True, email_ok=False, voicemail_ok=True)

    assert actions.change_own(person=rosa, client=rosa, reach=reach, actor=held.as_actor(), at=cast.TEN)
    assert not actions.change_own(person=rosa, client=rosa, reach=reach, actor=held.as_actor(), at=cast.TEN)

    rosa.refresh_from_db()
    assert (rosa.phone, rosa.texts_agreed_by, rosa.texts_agreed_at) == ("+13125550199", "client", cast.TEN)
    entry = Entry.objects.get(what="clients.client.said_how")
    assert entry.actor_kind == "holder"
    assert entry.detail["fields"] == ["phone"]
    assert entry.detail["changes"] == {"email_ok": [True, False], "voicemail_ok": [False, True]}
