"""What is asked anew at the start of a session, as the start screen and Session Details show it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from holdspace.consents.again import Again, Asking, again, again_among
from holdspace.consents.models import AskedAgain
from holdspace.consents.queries import recorder
from holdspace.consents.states import ASKED, TICKS, WHERE
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
        "again_said": _said(found),
        "again_left": in_words(found.left),
        "again_nowhere": WHERE in found.wanted and not seat.where_is_known(at),
        "again_boxes": [_box(key, seat.client.greeting, key in ticked) for key in found.wanted],
    }


def still_to_ask(seats: Iterable[Seat], at: datetime) -> dict[UUID, list[str | Promise]]:
    """What is left to ask of each of one practice's seats, in words; three questions however many."""
    return {pk: in_words(one.left) for pk, one in again_among(seats, at=at).items()}


def _said(found: Again) -> list[tuple[Asking, list[str | Promise]]]:
    """Each asking that counts with what was asked by it, in words."""
    told = [(one, in_words(key for key in found.wanted if key in one.items)) for one in found.askings]
    return [(one, words) for one, words in told if words]


def in_words(keys: Iterable[str]) -> list[str | Promise]:
    return [ASKED[key] for key in keys if key in ASKED]


def _box(key: str, name: str, ticked: bool) -> dict[str, Any]:
    return {"key": key, "words": str(TICKS[key]) % {"name": name}, "ticked": ticked}


def on_record(actor: Member, seat: Seat, at: datetime, *, met: bool) -> dict[str, Any]:
    """Session Details' part: the newest row, whether it was written before the day, and what is left out.

    `met` if a session was opened: without a row or a session nothing is said, and nothing asked for.
    """
    row = AskedAgain.objects.visible_to(actor).filter(seat=seat).first()
    found = again(seat, at=at) if row or met else None
    return {
        "asked_again": row,
        "asked_earlier": bool(row and found and found.row is None),
        "asked_items": in_words(row.items) if row else [],
        "asked_place": places.name_of(row.state) if row else "",
        "asked_left": in_words(_left(row, found, seat, at, met=met)) if found else [],
        "may_ask_again": seat.stands and recorder(seat, actor) is not None,
    }


def _left(row: AskedAgain | None, found: Again, seat: Seat, at: datetime, *, met: bool) -> list[str]:
    """What is to ask as long as there is somebody to ask; then what that day's row left out."""
    if at < seat.appointment.ends_at + GRACE:
        return found.left
    # By the questions as they were: the rule may ask others since.
    wanted = row.wanted if row and (met or found.row) else []
    return [key for key in wanted if key not in found.asked]
