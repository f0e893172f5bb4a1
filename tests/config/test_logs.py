"""What is written to the log never opens anything."""

import json
import logging

import pytest

from holdspace.config.logs import JsonLines, MaskSecrets, masked
from holdspace.scheduling import links

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/willow/v/abcdefghjk.SECRETsecret-_SECRETsec",
        "/willow/v/abcdefghjk%2ESECRETsecret",
        "/willow/v/abcdefghjk.SECRETsecret/more",
        "/willow/v/abcdefghjk.SECRETsecret?from=mail",
        "/willow/v/guest/SECRETsecret-_SECRETsec",
        "https://host/willow/V/abcdefghjk~SECRETsecret",
        "/calendar/abcdefghjk/SECRETsecret-_SECRET.ics",
        "/accounts/login/?next=%2Fcalendar%2Fabcdefghjk%2FSECRETsecret.ics",
        "/accounts/login/?next=%2Fwillow%2Fv%2Fabcdefghjk.SECRETsecret",
        "/accounts/password/reset/key/1-SECRETsecret/",
    ],
)
def test_the_secret_of_a_link_is_masked_however_its_address_is_written(address):
    assert "SECRET" not in masked(f"Not Found: {address}")
    assert masked(f"'{address}' was asked for").endswith("' was asked for")


def test_an_address_that_leads_nowhere_is_logged_without_its_secret(client, rosas_seat, caplog):
    key = links.key_of(rosas_seat)
    with caplog.at_level(logging.WARNING):
        client.get(f"/willow/v/{key}/")
        client.get(f"/birch-nowhere/v/{key}")

    lines = [written(record) for record in caplog.records]
    assert lines
    assert not [line for line in lines if links.secret_of(rosas_seat) in line]


def test_an_exceptions_words_stay_out_of_the_log():
    try:
        raise ValueError("Rosa Marin, +12025550123")
    except ValueError as error:
        record = logging.LogRecord(
            "holdspace",
            logging.ERROR,
            __file__,
            1,
            "job failed",
            (),
            (ValueError, error, error.__traceback__),
        )

    assert json.loads(written(record))["raised"] == "ValueError"
    assert "Rosa" not in written(record)


def written(record: logging.LogRecord) -> str:
    MaskSecrets().filter(record)
    return JsonLines().format(record)
