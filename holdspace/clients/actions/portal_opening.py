"""From an invitation to an account: who they say they are, counted tries, and a sign-in of their own."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from holdspace.accounts.actions import add_user
from holdspace.accounts.models import User
from holdspace.accounts.passkeys import NewPasskey, keep
from holdspace.audit import trail
from holdspace.clients import names, portal, refusals
from holdspace.clients.models import Client, PortalAccount, PortalInvitation
from holdspace.kit.actor import Holder, System
from holdspace.messaging import actions as messages
from holdspace.practices.queries import front_desk_of

# As for a client's link.
PAUSE_AFTER, LOCK_AFTER, PAUSE = 5, 15, timedelta(minutes=15)


def show_who(*, invitation: PortalInvitation, last_name: str, birth_date: date, at: datetime) -> None:
    """Refuse whoever doesn't know the client's last name and date of birth; tries are counted.

    What can't be read as an answer at all never gets here: a mail scanner's nonsense is no try.

    Five wrong ones pause the invitation for 15 minutes; fifteen in all end it, and the front desk hears.
    """
    with transaction.atomic():
        right = _tried(invitation, last_name, birth_date, at)
    # Outside, so that a wrong try stays counted.
    if not right:
        raise refusals.NotWhoWasInvited


def _tried(invitation: PortalInvitation, last_name: str, birth_date: date, at: datetime) -> bool:
    mine = _held(invitation)
    if not mine.works(at) or (mine.paused_until and at < mine.paused_until):
        return False
    known = [one for one in portal.clients_of(mine, at=at) if one.birth_date == birth_date]
    if any(names.is_same(last_name, one.last_name) for one in known):
        return True
    _count_wrong(mine, at)
    return False


def _held(invitation: PortalInvitation) -> PortalInvitation:
    """The row as it is now, ours until the commit."""
    found = PortalInvitation.objects.select_for_update(of=("self",))
    held: PortalInvitation = found.select_related("practice", "client", "contact").get(pk=invitation.pk)
    return held


def _count_wrong(mine: PortalInvitation, at: datetime) -> None:
    mine.wrong += 1
    trail.record(
        System(mine.practice_id), "clients.portal.wrong_answer", mine.person, at=at, wrong=mine.wrong
    )
    if mine.wrong >= LOCK_AFTER:
        _lock(mine, at)
    elif mine.wrong % PAUSE_AFTER == 0:
        mine.paused_until = at + PAUSE
    mine.save(update_fields=["wrong", "paused_until", "ended_at"])


def _lock(mine: PortalInvitation, at: datetime) -> None:
    mine.ended_at = at
    trail.record(System(mine.practice_id), "clients.portal.locked", mine.person, at=at)
    about = next(iter(portal.clients_of(mine, at=at)), None)
    if about:
        users = front_desk_of(mine.practice_id)
        messages.ring(practice=mine.practice, users=users, kind="portal_locked", subject=about, at=at)


def open_account(
    *,
    invitation: PortalInvitation,
    at: datetime,
    password: str = "",
    user: User | None = None,
    passkey: NewPasskey | None = None,
) -> PortalAccount:
    """Use the invitation up: an account for `user`, or for a new sign-in with this password or passkey.

    The caller has seen to it that they showed who they are.  Refuses what was used or ended meanwhile.
    """
    try:
        with transaction.atomic():
            mine = _held(invitation)
            if not mine.works(at):
                raise refusals.InvitationOver
            account = _opened(mine, user or _new_user(mine, password, passkey), at)
            if passkey:
                keep(user=account.user, credential=passkey.credential, at=at)
            return account
    except IntegrityError as another:
        raise refusals.HasAnAccount from another


def _new_user(mine: PortalInvitation, password: str, passkey: NewPasskey | None) -> User:
    person = mine.person
    name = person.full_name if isinstance(person, Client) else person.name
    if passkey:
        return add_user(email=person.email, name=name, pk=passkey.user_id)
    return add_user(email=person.email, name=name, password=password)


def _opened(mine: PortalInvitation, user: User, at: datetime) -> PortalAccount:
    account = PortalAccount.objects.create(
        practice_id=mine.practice_id, user=user, client=mine.client, contact=mine.contact, opened_at=at
    )
    PortalInvitation.objects.filter(pk=mine.pk).update(used_at=at)
    about = next(iter(portal.clients_of(mine, at=at)), None)
    actor = Holder(account.pk, user.pk, about.pk, mine.practice_id) if about else System(mine.practice_id)
    trail.record(actor, "clients.portal.opened", mine.person, at=at, account=account.pk)
    return account
