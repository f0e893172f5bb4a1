"""State rules: shipped as data, owned by the practice in versions, kept with each consent."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client as Browser
from django.urls import reverse

from holdspace.audit.models import Entry
from holdspace.consents import actions, queries, refusals
from holdspace.consents.models import Consent, OwnRule
from holdspace.consents.rules import rule_of, rules_of
from holdspace.desk.readiness import agreed_among
from holdspace.kit import guards
from holdspace.kit.actor import Member
from holdspace.kit.refusals import MoveNotAllowed, NotYours
from holdspace.practices.models import Practice
from holdspace.scheduling.models import Seat
from tests.cast import TEN, Person
from tests.consents.conftest import record

SignIn = Callable[[Person], Browser]
SAID: dict[str, Any] = {
    "state": "IL",
    "was": 0,
    "verbal_enough": False,
    "renewal": "year",
    "ask_each_session": ["location", "present"],
    "source": "https://example.org/illinois",
    "checked": date(2026, 11, 10),
    "note": "Our payer wants it signed.",
    "at": TEN,
}
TYPED = {
    "was": "0",
    "verbal_enough": "no",
    "renewal": "year",
    "ask_each_session": ["location"],
    "source": "https://example.org/illinois",
    "checked": "11/10/2026",
    "note": "",
}


@pytest.fixture
def own(willow: Practice, owner: Member) -> OwnRule:
    """Willow asks for a signature in Illinois."""
    return actions.change_rule(practice=willow, actor=owner, **SAID)


def test_a_practices_own_row_takes_the_place_of_the_shipped_one(own: OwnRule, willow: Practice) -> None:
    rule = rule_of(willow.pk, "IL")

    assert (rule.verbal_enough, rule.version, rule.name) == (False, 1, "Illinois")
    assert rules_of(willow.pk)["IL"] == rule
    assert rule_of(willow.pk, "CA").version == 0


def test_another_practice_goes_by_its_own(own: OwnRule, birch: Practice) -> None:
    assert rule_of(birch.pk, "IL").verbal_enough


def test_the_spoken_way_gives_way_to_the_form_and_the_light_follows(
    rosas_seat: Seat, osei: Member, willow: Practice, owner: Member
) -> None:
    record(rosas_seat, osei, state="IL")
    assert agreed_among([rosas_seat], TEN) == {rosas_seat.pk}

    actions.change_rule(practice=willow, actor=owner, **SAID)

    assert queries.standing(rosas_seat, at=TEN) is None
    assert agreed_among([rosas_seat], TEN) == set()
    with pytest.raises(refusals.WritingNeeded):
        record(rosas_seat, osei, state="IL", at=TEN + timedelta(hours=1))


def test_each_consent_keeps_the_version_that_was_applied_to_it(
    rosas_seat: Seat, osei: Member, willow: Practice, owner: Member
) -> None:
    actions.change_rule(practice=willow, actor=owner, **(SAID | {"verbal_enough": True}))
    spoken = record(rosas_seat, osei, state="IL")
    actions.change_rule(practice=willow, actor=owner, **(SAID | {"was": 1}))

    kept = Consent.objects.get(pk=spoken.pk).facts["rule"]
    assert (kept["state"], kept["version"], kept["source"]) == ("IL", 1, SAID["source"])
    assert OwnRule.objects.get(state="IL", number=kept["version"]).verbal_enough


def test_a_signature_keeps_the_rule_too(own: OwnRule, signed: Consent) -> None:
    assert signed.facts["rule"]["version"] == 1


def test_every_version_stays_and_the_trail_says_what_changed(
    own: OwnRule, willow: Practice, owner: Member
) -> None:
    actions.change_rule(practice=willow, actor=owner, **(SAID | {"was": 1, "renewal": "session"}))

    assert list(OwnRule.objects.values_list("number", "renewal")) == [(2, "session"), (1, "year")]
    newest = Entry.objects.get(what="consents.rule.changed", detail__version=2)
    assert newest.detail["changes"] == {"renewal": ["year", "session"]}


def test_back_to_the_shipped_row_is_a_version_as_well(own: OwnRule, willow: Practice, owner: Member) -> None:
    actions.follow_shipped(practice=willow, state="IL", was=1, actor=owner, at=TEN)

    rule = rule_of(willow.pk, "IL")
    assert (rule.verbal_enough, rule.version, rule.confirmed) == (True, 2, False)


def test_of_two_who_change_a_row_the_later_looks_again(own: OwnRule, willow: Practice, owner: Member) -> None:
    with pytest.raises(MoveNotAllowed):
        actions.change_rule(practice=willow, actor=owner, **SAID)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"source": "my lawyer"}, refusals.SourceMissing),
        ({"source": "javascript:alert(1)"}, refusals.SourceMissing),
        ({"source": ""}, refusals.SourceMissing),
        ({"checked": date(2026, 11, 19)}, refusals.CheckedLater),
        ({"state": "ZZ"}, refusals.NoSuchState),
    ],
)
def test_a_row_without_source_or_day_is_refused(
    willow: Practice, owner: Member, wrong: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        actions.change_rule(practice=willow, actor=owner, **(SAID | wrong))

    assert not OwnRule.objects.exists()


def test_only_whoever_may_change_forms_changes_a_rule(willow: Practice, osei: Member) -> None:
    with pytest.raises(NotYours):
        actions.change_rule(practice=willow, actor=osei, **SAID)


def test_the_database_keeps_every_version_as_it_was(own: OwnRule) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnRule.objects.filter(pk=own.pk).update(verbal_enough=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnRule.objects.filter(pk=own.pk)._raw_delete("default")
    assert not {"state_rule_kept", "state_rule_fixed"} & set(guards.missing(connection))


@pytest.mark.parametrize(
    ("place", "name"), [("PR", "Puerto Rico"), ("XX", "Outside the United States"), ("", "Elsewhere")]
)
def test_a_place_that_isnt_listed_has_the_rule_for_elsewhere(willow: Practice, place: str, name: str) -> None:
    rule = rule_of(willow.pk, place)

    assert (rule.code, rule.name, rule.source) == (place, name, rule_of(willow.pk, "").source)


def test_rows_that_nobody_confirmed_say_so(willow: Practice) -> None:
    table = rules_of(willow.pk)

    assert not table["WY"].confirmed
    assert table["CA"].confirmed


@pytest.fixture
def owner_desk(owner_person: Person, signed_in: SignIn) -> Browser:
    return signed_in(owner_person)


def test_the_owner_sees_the_table_and_what_isnt_confirmed(owner_desk: Browser) -> None:
    page = owner_desk.get("/settings/states").content.decode()

    assert page.count("<tr>") == 53
    assert "Wyoming" in page
    assert "Not confirmed" in page


def test_the_owner_makes_a_version_and_goes_back(owner_desk: Browser, willow: Practice) -> None:
    assert owner_desk.post("/settings/states/IL", TYPED).status_code == 302
    assert not rule_of(willow.pk, "IL").verbal_enough
    page = owner_desk.get("/settings/states/IL").content.decode()
    assert "Version 1" in page

    owner_desk.post("/settings/states/IL/shipped", {"was": "1"})

    assert rule_of(willow.pk, "IL").verbal_enough


def test_the_row_for_elsewhere_has_an_address_too(owner_desk: Browser, willow: Practice) -> None:
    owner_desk.post("/settings/states/elsewhere", TYPED)

    assert not rule_of(willow.pk, "").verbal_enough
    assert not rule_of(willow.pk, "PR").verbal_enough


@pytest.mark.parametrize(
    "wrong", [{"source": ""}, {"checked": "soon"}, {"renewal": "x"}, {"verbal_enough": ""}]
)
def test_what_is_missing_is_said_and_the_rest_stays(owner_desk: Browser, wrong: dict[str, str]) -> None:
    response = owner_desk.post("/settings/states/IL", TYPED | {"note": "Keep me"} | wrong)

    assert response.status_code == 422
    assert "Keep me" in response.content.decode()


def test_a_source_that_is_no_address_is_refused_on_the_form(owner_desk: Browser) -> None:
    response = owner_desk.post("/settings/states/IL", TYPED | {"source": "my lawyer"})

    assert response.status_code == 409
    assert "my lawyer" in response.content.decode()


@pytest.mark.parametrize("state", ["ZZ", "il", "x"])
def test_a_state_that_isnt_one_isnt_there(owner_desk: Browser, state: str) -> None:
    assert owner_desk.get(f"/settings/states/{state}").status_code == 404


def test_the_front_desk_changes_no_rules(front_desk_person: Person, signed_in: SignIn) -> None:
    assert signed_in(front_desk_person).get("/settings/states").status_code == 404


def test_where_writing_is_needed_the_start_screen_says_whose_rule_it_is(
    own: OwnRule, rosas_seat: Seat, osei_person: Person, signed_in: SignIn
) -> None:
    page = signed_in(osei_person).get(reverse("desk:start", args=[rosas_seat.pk])).content.decode()

    assert "asks for a signature" in page
    assert "Our payer wants it signed." in page
    assert "Your own version 1" in page
    assert 'name="answer" value="yes"' not in page


def test_the_table_asks_one_question_however_many_rows_are_owned(
    own: OwnRule, willow: Practice, owner: Member, django_assert_num_queries: Any
) -> None:
    for state in ("CA", "NY", "GA"):
        actions.change_rule(practice=willow, actor=owner, **(SAID | {"state": state}))

    with django_assert_num_queries(1):
        rules_of(willow.pk)
    with django_assert_num_queries(1):
        rule_of(willow.pk, "IL")
