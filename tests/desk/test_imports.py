"""Settings, Import: handed in as a stream, listed, carried out; without script too."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from holdspace.clients.models import Client
from holdspace.jobs.runner import run_due
from holdspace.kit.clock import now
from holdspace.scheduling.imports import reading
from holdspace.scheduling.models import Import
from tests import cast

SignIn = Callable[[cast.Person], Browser]
SAID = {"what": "clients", "contact_type": "in_person"}


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path


def sent(browser: Browser, text: bytes, **said: Any) -> Any:
    file = SimpleUploadedFile("people.csv", text, content_type="text/csv")
    return browser.post("/settings/import/upload", {**SAID, **said, "file": file})


def test_handed_in_listed_and_carried_out(owner_person: cast.Person, signed_in: SignIn) -> None:
    browser = signed_in(owner_person)
    page = sent(browser, b"first_name,last_name\nRosa,<b>Marin</b>\n=1+1,Lee\n")
    found = Import.objects.get()
    assert page["Location"] == f"/settings/import/{found.pk}"
    assert "<progress" in browser.get(page["Location"]).content.decode()

    run_due(at=now())
    listed = browser.get(page["Location"]).content.decode()
    assert "Import 2 lines" in listed
    assert "&lt;b&gt;Marin" in listed
    assert not Client.objects.exists()

    browser.post(page["Location"] + "/go")
    part = browser.get(page["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    run_due(at=now())
    assert "The import is done" in browser.get(page["Location"]).content.decode()
    assert Client.objects.count() == 2


def test_the_samples_are_files_that_can_be_imported(
    owner_person: cast.Person, osei_person: cast.Person, signed_in: SignIn, willow: Any
) -> None:
    browser = signed_in(owner_person)
    cast.type_of(willow)
    for what in ("clients", "appointments"):
        sample = browser.get(f"/settings/import/{what}.csv").content
        address = sent(browser, sample, what=what)["Location"]
        run_due(at=now())
        browser.post(address + "/go")
        run_due(at=now())
        found = Import.objects.get(what=what)
        assert list(found.lines.values_list("outcome", flat=True)) == ["done"]


def test_a_form_without_a_file_or_a_choice_is_asked_again(
    owner_person: cast.Person, signed_in: SignIn
) -> None:
    browser = signed_in(owner_person)

    assert browser.post("/settings/import/upload", SAID).status_code == 422
    assert sent(browser, b"BEGIN:VCALENDAR\n", what="calendar").status_code == 422
    assert not Import.objects.exists()


def test_too_large_a_file_is_hung_up_on(
    owner_person: cast.Person, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 100_000)
    before = set(reading.folder().iterdir())

    answer = sent(signed_in(owner_person), b"name\n" * 50_000)

    assert answer.status_code == 422
    assert "50 MB" in answer.content.decode()
    assert set(reading.folder().iterdir()) == before


def test_nobody_else_hands_anything_in(
    front_desk_person: cast.Person, osei_person: cast.Person, signed_in: SignIn
) -> None:
    before = set(reading.folder().iterdir())
    for person in (front_desk_person, osei_person):
        assert sent(signed_in(person), b"name\nRosa Marin\n").status_code == 404
    assert sent(Browser(), b"name\nRosa Marin\n").status_code == 302
    assert set(reading.folder().iterdir()) == before


def test_a_forged_form_is_refused(owner_person: cast.Person, signed_in: SignIn) -> None:
    browser = Browser(enforce_csrf_checks=True)
    browser.cookies = signed_in(owner_person).cookies

    assert sent(browser, b"name\nRosa Marin\n").status_code == 403
    assert not Import.objects.exists()
    assert not list(reading.folder().iterdir())
