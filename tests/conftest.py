"""Where tests live: a home of their own with fresh keys, a cheap hasher, and the cast as fixtures."""

import gc
import os
import tempfile

# Before Django reads its settings: nothing of a developer's own installation is touched.
os.environ.setdefault("HOLDSPACE_HOME", tempfile.mkdtemp(prefix="holdspace-tests-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdspace.config.settings")

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.test import Client as Browser

from holdspace.clients.models import Client
from holdspace.kit.pdf.certificate import new_seal
from holdspace.practices.models import Practice
from holdspace.scheduling.models import Seat
from tests import cast
from tests.audit.flushing import tables_can_be_cleared_between_tests  # noqa: F401
from tests.jobs.apart import Apart, Empty, apart


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test that may open the database: the others are the same on whichever it is."""
    for item in items:
        if "db" in getattr(item, "fixturenames", ()) or item.get_closest_marker("django_db"):
            item.add_marker("database")


def pytest_collection_finish() -> None:
    """Every module and thousands of tests stay to the end: no later search for rubbish walks over them."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Empty]:
    """The suite's database, and a copy of it from before any test."""
    with django_db_blocker.unblock(), Empty(tmp_path_factory.mktemp("empty")).kept() as empty:
        django_db_blocker.block()
        yield empty


@pytest.fixture
def place(db: None, tmp_path: Path, django_db_setup: Empty) -> Iterator[Apart]:
    """Where real processes share a database of their own, made like the suite's, which `db` asks for."""
    with apart(tmp_path, django_db_setup) as place:
        yield place


@pytest.fixture(autouse=True)
def cheap_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def willow(db: None) -> Practice:
    return cast.practice("Willow Street Counseling", "willow")


@pytest.fixture
def birch(db: None) -> Practice:
    return cast.practice("Birch Lane", "birch")


@pytest.fixture
def osei_person(willow: Practice) -> cast.Person:
    return cast.person(willow, "Dr Ama Osei", ["clinician"])


@pytest.fixture
def osei(osei_person: cast.Person) -> Any:
    return osei_person.actor


@pytest.fixture
def front_desk_person(willow: Practice) -> cast.Person:
    return cast.person(willow, "Bea Lind", ["front_desk"])


@pytest.fixture
def front_desk(front_desk_person: cast.Person) -> Any:
    return front_desk_person.actor


@pytest.fixture
def owner_person(willow: Practice) -> cast.Person:
    return cast.person(willow, "Ines Moor", ["owner"])


@pytest.fixture
def owner(owner_person: cast.Person) -> Any:
    return owner_person.actor


@pytest.fixture
def auditor_person(willow: Practice) -> cast.Person:
    return cast.person(willow, "Tom Reed", ["auditor"])


@pytest.fixture
def birch_person(birch: Practice) -> cast.Person:
    """Everything at once, at the other practice."""
    return cast.person(birch, "Dr Uma Patel", ["owner", "clinician", "front_desk"])


@pytest.fixture
def rosa(willow: Practice) -> Client:
    return cast.client_of(willow, "Rosa", "Marin")


@pytest.fixture
def rosas_seat(osei_person: cast.Person, rosa: Client) -> Seat:
    """Rosa's confirmed telehealth appointment with Dr Osei at TEN."""
    assert osei_person.clinician
    return cast.appointment(osei_person.clinician, rosa)


@pytest.fixture(scope="session")
def a_seal() -> bytes:
    """A seal like one that `holdspace prepare` makes."""
    return new_seal("Holdspace at localhost", at=cast.TEN - timedelta(days=365))


@pytest.fixture
def seal(a_seal: bytes, settings: Any, tmp_path: Path) -> Path:
    """The file that papers are sealed with."""
    file = settings.SEAL_FILE = tmp_path / "seal.pem"
    file.write_bytes(a_seal)
    return file


@pytest.fixture
def ten() -> datetime:
    return cast.TEN


@pytest.fixture
def at_ten(ten: datetime) -> Iterator[Any]:
    """The clock stands at TEN, and may be moved on."""
    with time_machine.travel(ten, tick=False) as clock:
        yield clock


@pytest.fixture
def signed_in() -> Callable[[cast.Person], Browser]:
    """A browser signed in as a person of the cast."""

    def make(person: cast.Person) -> Browser:
        browser = Browser()
        browser.force_login(person.user, backend=django_settings.AUTHENTICATION_BACKENDS[0])
        return browser

    return make
