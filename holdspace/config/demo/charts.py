"""What stands on the charts of the demo: addresses, people to call, two minors of one mother, a couple."""

from datetime import date, datetime

from holdspace.clients.models import Address, Client, Contact, Guardianship, Tie
from holdspace.practices.models import Practice

TOWNS = {
    "NY": ["Brooklyn 11201", "Albany 12207", "Yonkers 10701"],
    "IL": ["Chicago 60601", "Evanston 60201", "Peoria 61602"],
    "CO": ["Denver 80202", "Boulder 80302", "Pueblo 81003"],
    "CA": ["Oakland 94607", "Fresno 93721", "San Diego 92101"],
}
STREETS = ["Example Street", "Sample Avenue", "Specimen Lane", "Placeholder Road"]
KIN = [
    ("partner", "Robin"),
    ("sister", "Clara"),
    ("brother", "Ezra"),
    ("mother", "Ruth"),
    ("friend", "Marlow"),
]
# The two who are under age, and stay so for some years.
MINORS = {("Ivy", "Castellan"): date(2012, 2, 29), ("Sam", "Oyelaran"): date(2010, 9, 14)}
LANGUAGES = {("Marisol", "Vega"): "es", ("Lin", "Tran"): "vi", ("Noor", "Haddad"): "ar"}
PRONOUNS = {("Dee", "Larkin"): "they/them", ("Rosa", "Marin"): "she/her"}


def fill(client: Client, number: int, at: datetime) -> None:
    """A home for nearly everybody, work for some, and somebody to call."""
    who = (client.first_name, client.last_name)
    client.language, client.pronouns = LANGUAGES.get(who, "en"), PRONOUNS.get(who, "")
    client.voicemail_ok = number % 3 == 0
    client.save()
    if number % 8 != 6:  # one hasn't said yet, as in life
        _address(client, "Home", number, usual=True)
    if number % 4 == 0:
        _address(client, "School" if who in MINORS else "Work", number + 7, usual=False)
    if number % 6 != 5:
        relation, first = KIN[number % len(KIN)]
        tie(client, person(client.practice, f"{first} {client.last_name}", 40 + number, at), relation)


def households(practice: Practice, at: datetime) -> None:
    """The mother of two clients who are minors, and two clients who come as a couple."""
    if practice.slug != "willow":
        return
    mother = person(practice, "Nadia Castellan", 90, at, email="nadia.castellan@example.org")
    for first, last in MINORS:
        child = practice.clients.get(first_name=first, last_name=last)
        tie(child, mother, "mother", guardianship=Guardianship.OF_MINOR, basis="Birth certificate seen.")
    one, other = (practice.clients.get(first_name=first) for first in ("Walter", "Hanna"))
    for client, partner in ((one, other), (other, one)):
        row = person(practice, partner.full_name, 0, at, email=partner.email)
        row.phone = partner.phone
        row.save()
        tie(client, row, "husband" if partner == one else "wife")


def person(practice: Practice, name: str, number: int, at: datetime, *, email: str = "") -> Contact:
    phone = f"+121255501{number:02d}" if number else ""
    return Contact.objects.create(
        practice=practice, name=name, phone=phone, email=email, voicemail_ok=number % 2 == 0, created_at=at
    )


def tie(client: Client, contact: Contact, relation: str, **role: str) -> None:
    Tie.objects.create(
        practice=client.practice,
        client=client,
        contact=contact,
        relation=relation,
        emergency=True,
        position=client.ties.count() + 1,
        **role,
    )


def _address(client: Client, label: str, number: int, *, usual: bool) -> None:
    towns = TOWNS[client.state]
    lines = f"{number * 7 + 12} {STREETS[number % len(STREETS)]}\n{towns[number % len(towns)]}"
    Address.objects.create(
        practice=client.practice,
        client=client,
        label=label,
        lines=lines,
        state=client.state,
        position=client.addresses.count() + 1,
        usual=usual,
    )
