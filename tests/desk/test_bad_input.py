from typing import Any

from django.urls import reverse

from holdspace.scheduling.models import Seat
from tests import cast


def test_a_megabyte_of_notes_is_refused_with_a_sentence_and_stays_on_the_page(
    signed_in: Any, osei_person: cast.Person, rosas_seat: Seat
) -> None:
    notes = "word " * 200_000

    response = signed_in(osei_person).post(
        reverse("desk:appointment_edit", args=[rosas_seat.pk]), {"notes": notes, "version": "1"}
    )

    page = response.content.decode()
    assert response.status_code < 500
    assert "20,000" in page or "20000" in page
    assert notes.strip()[:50_000] in page


def test_a_megabyte_at_the_verbal_consent_is_refused_with_a_sentence(
    signed_in: Any, osei_person: cast.Person, rosas_seat: Seat
) -> None:
    response = signed_in(osei_person).post(
        reverse("desk:start_verbal", args=[rosas_seat.pk]), {"location": "x" * 1_000_000, "answer": "yes"}
    )

    assert response.status_code < 500
    assert 'role="alert"' in response.content.decode()
