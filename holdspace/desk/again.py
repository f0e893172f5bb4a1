"""What is asked anew at the start of a session, as the start screen and Session Details show it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from holdspace.consents.again import again
from holdspace.consents.models import AskedAgain
from holdspace.consents.queries import recorder
from holdspace.consents.states import ASKED, TICKS
from holdspace.desk.forms.start import AgainForm
from holdspace.kit.actor import Member
from holdspace.practices import places
from holdspace.scheduling.links import GRACE
from holdspace.scheduling.models import Seat


def to_ask(seat: Seat, at: datetime, form: AgainForm | None = None) -> dict[str, Any]:
    """The start screen's part: what stands, and the boxes, ticked as they were or as they came back."""
    found = again(seat, at=at)
    ticked = form["items"].value() or [] if form else found.done
    return {
        "again": found,
        "again_form": form,
        "again_done": in_words(found.done),
        "again_left": in_words(found.left),
        "again_boxes": [_box(key, seat.client.greeting, key in ticked) for key in found.wanted],
    }


def in_words(keys: Iterable[str]) -> list[str | Promise]:
    return [ASKED[key] for key in keys if key in ASKED]


def _box(key: str, name: str, ticked: bool) -> dict[str, Any]:
    return {"key": key, "words": str(TICKS[key]) % {"name": name}, "ticked": ticked}


def on_record(actor: Member, seat: Seat, at: datetime, *, met: bool) -> dict[str, Any]:
    """Session Details' part: the row that counts, and what was left out; `met` if a session was opened.

    Without a row it is said what there is to ask as long as there is somebody to ask.
    """
    row = AskedAgain.objects.visible_to(actor).filter(seat=seat).first()
    left = row.left_out if row else _still_to_ask(seat, at, met=met)
    return {
        "asked_again": row,
        "asked_items": in_words(row.items) if row else [],
        "asked_place": places.name_of(row.state) if row else "",
        "asked_left": in_words(left),
        "may_ask_again": seat.stands and recorder(seat, actor) is not None,
    }


def _still_to_ask(seat: Seat, at: datetime, *, met: bool) -> list[str]:
    is_over = at >= seat.appointment.ends_at + GRACE
    return again(seat, at=at).left if met and not is_over else []
