"""A code to read out: made by a press, shown once."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from holdspace.desk.views.sending import seat_of
from holdspace.desk.web import DeskRequest, desk
from holdspace.kit.clock import now
from holdspace.scheduling.actions.spoken import GOOD_FOR, make_spoken_code

# The letters' names on the phone (ICAO); figures are their own.
NAMES = {
    name[0]: name
    for name in [
        "Alfa",
        "Bravo",
        "Charlie",
        "Delta",
        "Echo",
        "Foxtrot",
        "Golf",
        "Hotel",
        "Juliett",
        "Kilo",
        "Mike",
        "November",
        "Papa",
        "Quebec",
        "Romeo",
        "Sierra",
        "Tango",
        "Uniform",
        "Victor",
        "Whiskey",
        "X-ray",
        "Yankee",
        "Zulu",
    ]
}


@require_POST
@desk("send_links")
def spoken_code(request: DeskRequest, pk: UUID) -> HttpResponse:
    """The answer is the page itself: the code stands nowhere else, and loading it again makes another."""
    seat, at = seat_of(request, pk), now()
    code = make_spoken_code(seat=seat, actor=request.actor, at=at)
    facts = {
        "seat": seat,
        "halves": (code[:4], code[4:]),
        "spelled": [NAMES.get(letter, letter) for letter in code],
        "short": settings.PUBLIC_URL.partition("://")[2] + reverse("portal:spoken"),
        "until": at + GOOD_FOR,
    }
    return render(request, "desk/spoken_code.html", facts)
