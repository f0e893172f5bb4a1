"""A bad setup is explained before it hurts; health says whether someone could be served now."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser

from holdspace.config import checks
from holdspace.practices.models import Installation


@pytest.fixture
def sound(settings: Any, db: None, ten: Any) -> Any:
    settings.KEYS_KEPT = True
    Installation.objects.create(demo=False, created_at=ten)
    return settings


def test_several_processes_need_redis(settings: Any) -> None:
    settings.PROCESSES, settings.REDIS_URL = 2, ""

    [error] = checks.processes_hear_each_other()

    assert error.id == "config.E001"


def test_a_relay_without_its_secret_is_named(settings: Any) -> None:
    settings.TURN_URLS, settings.TURN_SECRET = ["turn:relay.example.org"], ""

    [error] = checks.relay_has_its_secret()

    assert error.id == "config.E004"


def test_an_address_that_is_no_relays_is_named(settings: Any) -> None:
    settings.TURN_URLS = ["https://relay.example.org"]

    assert [error.id for error in checks.relay_addresses_make_sense()] == ["config.E005"]


def test_plain_http_on_a_network_is_warned_of(settings: Any) -> None:
    settings.PUBLIC_URL = "http://holdspace.example.org"

    assert [warning.id for warning in checks.public_address_is_one()] == ["config.W006"]


def test_whoever_watches_hears_that_all_is_well(sound: Any) -> None:
    assert Browser().get("/healthz").json() == {"alive": True}
    assert Browser().get("/readyz").json() == {"ready": True, "wrong": []}


def test_a_guard_that_is_gone_makes_it_unready(sound: Any) -> None:
    on = " ON practices_installation" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER installation_kept{on}")

    response = Browser().get("/readyz")

    assert response.status_code == 503
    assert response.json()["wrong"] == ["guards"]
    assert [error.id for error in checks.guards_stand(databases=["default"])] == ["config.E007"]
