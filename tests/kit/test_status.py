import pytest

from holdspace.kit.refusals import MoveNotAllowed
from holdspace.scheduling.models import Seat


def test_a_move_that_is_not_in_the_table_changes_nothing(rosas_seat: Seat) -> None:
    with pytest.raises(MoveNotAllowed):
        rosas_seat.move_to("requested")

    assert Seat.objects.get(pk=rosas_seat.pk).status == "confirmed"


def test_the_slower_of_two_people_is_refused(rosas_seat: Seat) -> None:
    stale = Seat.objects.get(pk=rosas_seat.pk)
    rosas_seat.move_to("cancelled")

    with pytest.raises(MoveNotAllowed):
        stale.move_to("checked_in")
    assert Seat.objects.get(pk=rosas_seat.pk).status == "cancelled"


def test_every_status_leads_only_to_statuses() -> None:
    known = set(Seat.MOVES)

    assert all(after <= known for after in Seat.MOVES.values())
