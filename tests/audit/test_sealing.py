"""The sealer numbers what was committed and chains it, practice by practice."""

from datetime import timedelta

import pytest

from holdspace.audit import actions, queries, seal, trail
from holdspace.audit.models import SYSTEM, Entry, Head
from holdspace.audit.refusals import SealedElsewhere
from holdspace.audit.tasks import seal_the_trail
from holdspace.kit.actor import System
from tests.audit.conftest import BIRCH, TEN, WILLOW, someone, thing

pytestmark = pytest.mark.django_db


def test_sealed_entries_are_numbered_without_gaps_and_chained(sealed):
    assert [entry.seq for entry in sealed] == [1, 2, 3, 4, 5]
    assert [entry.prev for entry in sealed] == ["", *[entry.mac for entry in sealed[:-1]]]
    assert all(seal.fits(entry) for entry in sealed)


def test_the_head_is_the_last_seal(sealed):
    head = Head.objects.get(pk=WILLOW)

    assert (head.count, head.mac) == (5, sealed[-1].mac)


def test_each_practice_and_the_system_has_a_chain_of_its_own():
    trail.record(someone(WILLOW), "kettle.tea.poured", thing(WILLOW), at=TEN)
    trail.record(someone(BIRCH), "kettle.tea.poured", thing(BIRCH), at=TEN)
    trail.record(System(), "kettle.tea.poured", thing(None), at=TEN)

    assert actions.seal_waiting(at=TEN) == 3
    assert set(Head.objects.values_list("pk", "count")) == {(WILLOW, 1), (BIRCH, 1), (SYSTEM, 1)}


def test_what_is_sealed_is_not_sealed_again(sealed):
    assert actions.seal_waiting(at=TEN) == 0


def test_a_late_commit_goes_to_the_end(sealed):
    late = trail.record(someone(), "kettle.tea.poured", thing(), at=TEN - timedelta(hours=1))

    seal_the_trail.call()

    late.refresh_from_db()
    assert late.seq == 6


def test_more_than_a_batch_is_still_one_chain(db):
    for _ in range(actions.BATCH + 7):
        trail.record(someone(), "kettle.tea.poured", thing(), at=TEN)

    assert actions.seal_waiting(at=TEN) == actions.BATCH + 7
    assert Head.objects.get().count == actions.BATCH + 7
    assert not queries.anything_waiting()


def test_of_two_sealers_the_slower_keeps_nothing(sealed):
    stale = Head.objects.get()
    trail.record(someone(), "kettle.tea.poured", thing(), at=TEN)
    actions.seal_waiting(at=TEN)

    with pytest.raises(SealedElsewhere):
        actions._advance(stale, count=6, mac="0" * 64, at=TEN)


def test_the_system_can_hold_entries_of_the_same_number_as_a_practice(sealed):
    trail.record(System(), "kettle.tea.poured", thing(None), at=TEN)
    actions.seal_waiting(at=TEN)

    assert Entry.objects.filter(seq=1).count() == 2
