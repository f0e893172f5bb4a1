"""How somebody is reached and what they allow, as they say it themselves in the portal."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from holdspace.audit import trail
from holdspace.clients import phones
from holdspace.clients.actions.reaching import BY_CLIENT, address, agree, set_phone
from holdspace.clients.models import Client, Contact
from holdspace.kit.actor import Actor

SAID_BY_CLIENT, SAID_BY_CONTACT = "clients.client.said_how", "clients.contact.said_how"


@dataclass(frozen=True)
class Reach:
    """Number and address as they were typed, and what is allowed each way."""

    phone: str
    email: str
    texts: bool
    email_ok: bool
    voicemail_ok: bool


def change_own(*, person: Client | Contact, client: Client, reach: Reach, actor: Actor, at: datetime) -> bool:
    """Keep what `person` says, the client or who decides for them; says whether anything changed.

    Texts newly allowed are so on their own word, from now.  Refuses what isn't a number or an address,
    and texts to a number that can't take them.
    """
    what = SAID_BY_CLIENT if person == client else SAID_BY_CONTACT
    return keep_reach(person, client, reach, what, actor, at)


def reach_of(person: Client | Contact) -> Reach:
    """How somebody is reached as it stands on file."""
    texts = person.texts_agreed_at is not None
    return Reach(person.phone, person.email, texts, person.email_ok, person.voicemail_ok)


def keep_reach(
    person: Client | Contact, client: Client, reach: Reach, what: str, actor: Actor, at: datetime
) -> bool:
    """The same, with an entry that says who gave the word: `what`."""
    before = asdict(reach_of(person))
    _describe(person, reach, at)
    after = asdict(reach_of(person))
    changed = [name for name in after if before[name] != after[name]]
    if changed:
        with transaction.atomic():
            person.save()
            changes = {name: [before[name], after[name]] for name in changed if name not in SEALED}
            sealed = [name for name in changed if name in SEALED]
            trail.record(actor, what, client, at=at, fields=sealed, changes=changes)
    return bool(changed)


def _describe(person: Client | Contact, reach: Reach, at: datetime) -> None:
    phone = phones.normal(reach.phone) if reach.phone.strip() else ""
    if isinstance(person, Client) and phone != person.phone:
        # A STOP was about the old number.
        person.texts_stopped_at = None
    person.email = address(reach.email) if reach.email.strip() else ""
    person.email_ok, person.voicemail_ok = reach.email_ok, reach.voicemail_ok
    set_phone(person, phone, agreed_by="", at=at)
    if not reach.texts:
        person.texts_agreed_at, person.texts_agreed_by = None, ""
    elif not person.texts_agreed_at:
        agree(person, BY_CLIENT, at)


SEALED = ("phone", "email")
