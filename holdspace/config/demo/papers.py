"""What the demo's clinicians hold, and whom it calls in an emergency.  Every number goes nowhere."""

from datetime import datetime, timedelta

from holdspace.practices.models import Clinician, EmergencyNumber, License, Practice

STATES = ["CA", "CO", "IL", "NY"]
TITLES = ["Licensed psychologist", "LMHC", "Licensed psychologist", "LCSW"]
# State, place, who answers, number, how long ago it was tried.
NUMBERS = [
    ("IL", "Cook County", "911 center, from elsewhere", "+13125550190", 24),
    ("IL", "Cook County", "Mobile crisis team", "+13125550191", 24),
    ("IL", "", "Crisis line of the state", "+13125550192", 210),
    ("NY", "New York", "911 center, from elsewhere", "+12125550190", 24),
    ("CO", "Denver", "911 center, from elsewhere", "+13035550190", 60),
    ("CA", "Los Angeles", "911 center, from elsewhere", "+12135550190", 60),
]


def licenses(clinician: Clinician, number: int, at: datetime) -> None:
    """One for each state of the demo's clients; the second clinician's in Colorado runs out soon."""
    License.objects.bulk_create(
        License(
            practice_id=clinician.practice_id,
            clinician=clinician,
            state=state,
            number=f"PSY-0{number + 421}",
            title=TITLES[number % len(TITLES)],
            expires_on=(at + timedelta(days=14 if number == 1 and state == "CO" else 500)).date(),
        )
        for state in STATES
    )


def emergency_numbers(practice: Practice, at: datetime) -> None:
    EmergencyNumber.objects.bulk_create(
        EmergencyNumber(
            practice=practice,
            state=state,
            place=place,
            who=who,
            number=number,
            verified_on=(at - timedelta(days=ago)).date(),
            verified_by="Marguerite Dunn",
        )
        for state, place, who, number, ago in NUMBERS
    )
