"""Where a clinician may treat somebody: the papers they hold, and what compacts add."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client as Browser

from holdspace.audit.models import Entry
from holdspace.kit.actor import Member
from holdspace.kit.refusals import NotYours
from holdspace.practices import actions, compacts, refusals
from holdspace.practices.licenses import license_state, number_for, worst_of
from holdspace.practices.models import Clinician, License
from holdspace.practices.places import ABROAD
from tests import cast
from tests.cast import TEN

SignIn = Callable[[cast.Person], Browser]
TODAY = date(2026, 11, 18)


@pytest.fixture
def dr_osei(osei_person: cast.Person) -> Clinician:
    """Licensed in New York and Illinois."""
    assert osei_person.clinician
    return osei_person.clinician


@pytest.mark.parametrize(
    ("expires_on", "standing"),
    [
        (None, "ok"),
        (TODAY + timedelta(days=31), "ok"),
        (TODAY + timedelta(days=30), "soon"),
        (TODAY, "soon"),
        (TODAY - timedelta(days=1), "expired"),
    ],
)
def test_a_license_is_good_through_its_last_day(
    dr_osei: Clinician, expires_on: date | None, standing: str
) -> None:
    License.objects.filter(state="IL").update(expires_on=expires_on)

    assert license_state(dr_osei, "IL", TEN).standing == standing


def test_the_last_day_is_the_clinicians_own_day(dr_osei: Clinician) -> None:
    License.objects.filter(state="IL").update(expires_on=TODAY)
    midnight_in_london = TEN.replace(day=19, hour=2)

    assert license_state(dr_osei, "IL", midnight_in_london).standing == "soon"


@pytest.mark.parametrize("state", ["GA", ABROAD])
def test_elsewhere_there_is_none(dr_osei: Clinician, state: str) -> None:
    said = license_state(dr_osei, state, TEN)

    assert (said.standing, said.is_doubtful) == ("none", True)


def test_where_nobody_said_where_the_client_is_nothing_is_doubted(dr_osei: Clinician) -> None:
    said = license_state(dr_osei, "", TEN)

    assert (said.standing, said.is_doubtful) == ("unknown", False)


def test_an_authority_under_psypact_covers_every_member_and_nobody_else(dr_osei: Clinician) -> None:
    apit = cast.license_of(dr_osei, "IL", kind="psypact", number="APIT-7")

    assert license_state(dr_osei, "GA", TEN).license == apit
    assert license_state(dr_osei, "CA", TEN).standing == "none"


def test_an_authority_from_outside_psypact_covers_nothing_more(dr_osei: Clinician) -> None:
    cast.license_of(dr_osei, "NY", kind="psypact", number="APIT-7")

    assert license_state(dr_osei, "GA", TEN).standing == "none"


def test_a_privilege_of_the_counseling_compact_is_for_one_state(dr_osei: Clinician) -> None:
    cast.license_of(dr_osei, "AZ", kind="counseling", number="P2P-1")

    assert license_state(dr_osei, "AZ", TEN).standing == "ok"
    assert license_state(dr_osei, "MN", TEN).standing == "none"


def test_a_multistate_license_covers_its_own_state_until_the_compact_works(dr_osei: Clinician) -> None:
    cast.license_of(dr_osei, "MO", kind="social_work", number="SW-1")

    assert license_state(dr_osei, "MO", TEN).standing == "ok"
    assert license_state(dr_osei, "KS", TEN).standing == "none"


def test_the_states_own_license_comes_before_a_compacts(dr_osei: Clinician) -> None:
    cast.license_of(dr_osei, "IL", kind="psypact", number="APIT-7")
    own = License.objects.get(clinician=dr_osei, state="IL", kind="state")

    assert license_state(dr_osei, "IL", TEN).license == own
    assert number_for(dr_osei, "IL", TEN) == "PSY-0421"


def test_an_authority_steps_in_where_the_states_own_has_expired(dr_osei: Clinician) -> None:
    License.objects.filter(state="IL").update(expires_on=TODAY - timedelta(days=1))
    apit = cast.license_of(dr_osei, "IL", kind="psypact", number="APIT-7")

    assert license_state(dr_osei, "IL", TEN).license == apit


def test_of_several_who_lead_the_one_without_counts(dr_osei: Clinician) -> None:
    hall = cast.person(dr_osei.practice, "Dr Ben Hall", ["clinician"]).clinician
    assert hall
    License.objects.filter(clinician=hall, state="IL").delete()

    found = worst_of([dr_osei, hall], "IL", TEN)

    assert found
    assert (found.clinician, found.standing) == (hall, "none")


def test_every_row_of_the_compacts_has_source_and_date() -> None:
    assert len(compacts.members("psypact")) > 40
    assert not compacts.members("social_work")
    assert all(row.source.startswith("https://") and row.checked for row in compacts.table())


def test_the_owner_writes_down_renews_and_removes_a_license(
    owner_person: cast.Person, dr_osei: Clinician, signed_in: SignIn
) -> None:
    browser = signed_in(owner_person)
    said = {"kind": "state", "state": "GA", "number": "GA-9", "title": "", "expires_on": "03/31/2027"}

    browser.post(f"/settings/staff/{dr_osei.membership_id}/licenses/new", said)
    made = License.objects.get(state="GA")
    browser.post(f"/settings/licenses/{made.pk}", said | {"expires_on": "03/31/2029"})
    browser.post(f"/settings/licenses/{made.pk}/remove")

    assert not License.objects.filter(state="GA").exists()
    told = Entry.objects.filter(what__startswith="practices.license.").order_by("at", "id")
    assert {entry.what.rpartition(".")[2] for entry in told} == {"added", "changed", "removed"}
    changed = told.get(what="practices.license.changed")
    assert changed.detail["changes"] == {"expires_on": ["2027-03-31", "2029-03-31"]}


def test_the_page_of_somebody_lists_their_licenses_and_what_runs_out(
    owner_person: cast.Person, dr_osei: Clinician, signed_in: SignIn
) -> None:
    License.objects.filter(state="IL").update(expires_on=date(2020, 1, 31))

    page = signed_in(owner_person).get(f"/settings/staff/{dr_osei.membership_id}").content.decode()

    assert "Illinois" in page
    assert "PSY-0421" in page
    assert "Expired" in page


def test_the_same_license_twice_is_refused(dr_osei: Clinician, owner: Member) -> None:
    with pytest.raises(refusals.LicenseThere):
        actions.add_license(
            clinician=dr_osei, kind="state", state="IL", number="PSY-0421", actor=owner, at=TEN
        )


@pytest.mark.parametrize("wrong", [{"state": "ZZ"}, {"state": ""}, {"number": "  "}])
def test_a_license_without_state_or_number_is_refused(
    dr_osei: Clinician, owner: Member, wrong: dict[str, str]
) -> None:
    with pytest.raises(refusals.LicenseIncomplete):
        actions.add_license(
            clinician=dr_osei, actor=owner, at=TEN, **({"state": "GA", "number": "1"} | wrong)
        )


def test_nobody_licenses_themselves(dr_osei: Clinician, osei: Member) -> None:
    with pytest.raises(NotYours):
        actions.add_license(clinician=dr_osei, state="GA", number="1", actor=osei, at=TEN)


def test_another_practices_license_is_not_there(
    owner_person: cast.Person, birch_person: cast.Person, signed_in: SignIn
) -> None:
    assert birch_person.clinician
    theirs = License.objects.filter(clinician=birch_person.clinician).first()
    assert theirs

    assert signed_in(owner_person).get(f"/settings/licenses/{theirs.pk}").status_code == 404
