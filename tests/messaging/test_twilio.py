from typing import Any

import pytest

from holdspace.messaging.carriers import TryAgainLater, WillNeverArrive
from holdspace.messaging.carriers.twilio import Twilio
from tests.contracts.twilio_stand_in import EXAMPLE, StandIn


@pytest.fixture
def stand_in():
    with StandIn() as server:
        yield server
        assert server.wrong == []


def hand(stand_in, **options):
    said: dict[str, Any] = {"to": "+13125550118", "body": "Hi Rosa €", "ref": "0f0e", "subject": ""}
    return Twilio(**stand_in.options | options).send(**said)


def test_a_call_is_as_twilio_describes_it(stand_in, settings):
    settings.PUBLIC_URL = "https://willow.example.org"

    assert hand(stand_in) == EXAMPLE["sid"]

    [form] = stand_in.got
    assert form == {
        "To": "+13125550118",
        "Body": "Hi Rosa €",
        "From": "+12125550199",
        "StatusCallback": "https://willow.example.org/hooks/twilio/status?ref=0f0e",
    }


def test_a_messaging_service_may_be_the_sender(stand_in):
    hand(stand_in, sender="MG" + "0" * 32)

    assert stand_in.got[0]["MessagingServiceSid"] == "MG" + "0" * 32
    assert "From" not in stand_in.got[0]


def test_no_callback_is_asked_for_at_an_address_twilio_cant_reach(stand_in, settings):
    settings.PUBLIC_URL = "http://localhost:8000"

    hand(stand_in)

    assert "StatusCallback" not in stand_in.got[0]


@pytest.mark.parametrize(
    ("status", "code", "why"),
    [
        (400, 21614, "not_a_mobile"),
        (400, 21610, "opted_out"),
        (400, 21211, "no_such_number"),
        (400, 99999, "refused"),
    ],
)
def test_what_will_never_arrive(stand_in, status, code, why):
    stand_in.refuse(status, code)

    with pytest.raises(WillNeverArrive) as never:
        hand(stand_in)
    assert never.value.why == why


@pytest.mark.parametrize(
    ("status", "code", "why"),
    [
        (401, 20003, "carrier_locked"),
        (429, 20429, "carrier_busy"),
        (503, 0, "carrier_down"),
        (403, 0, "carrier_locked"),
    ],
)
def test_what_may_go_through_later(stand_in, status, code, why):
    stand_in.refuse(status, code)

    with pytest.raises(TryAgainLater) as later:
        hand(stand_in)
    assert later.value.why == why


@pytest.mark.parametrize("how", ["hang up", "fail"])
def test_an_answer_that_never_came_leaves_it_unknown_and_is_not_asked_again(
    send, carry, carried_by, stand_in, how
):
    stand_in.hang_up = how == "hang up"
    stand_in.refuse(500, 20500)
    carried_by("sms", "holdspace.messaging.carriers.twilio.Twilio", **stand_in.options)

    message = carry(send())
    carry(message)

    assert message.status == "unknown"
    assert len(stand_in.got) == 1


def test_a_text_taken_by_twilio_waits_for_its_report(send, carry, carried_by, stand_in):
    carried_by("sms", "holdspace.messaging.carriers.twilio.Twilio", **stand_in.options)

    message = carry(send())

    assert (message.status, message.reference) == ("sent", EXAMPLE["sid"])


@pytest.mark.parametrize(
    ("payload", "status", "trouble"),
    [
        ({"MessageStatus": "delivered"}, "delivered", ""),
        ({"MessageStatus": "undelivered", "ErrorCode": "30006"}, "failed", "not_a_mobile"),
        ({"MessageStatus": "failed", "ErrorCode": "30003"}, "failed", "unreachable"),
        ({"MessageStatus": "failed", "ErrorCode": "12"}, "failed", "refused"),
    ],
)
def test_reports_are_read_into_our_words(stand_in, payload, status, trouble):
    report = Twilio(**stand_in.options).read_report({"MessageSid": "SM1"} | payload)

    assert report is not None
    assert (report.reference, report.status, report.trouble) == ("SM1", status, trouble)


@pytest.mark.parametrize(
    "payload", [{"MessageStatus": "queued", "MessageSid": "SM1"}, {"MessageStatus": "sent"}]
)
def test_what_says_nothing_new_is_no_report(stand_in, payload):
    assert Twilio(**stand_in.options).read_report(payload) is None


def test_the_signature_is_the_one_twilio_documents():
    # The worked example of Twilio's documentation on request security.
    form = {
        "CallSid": ["CA1234567890ABCDE"],
        "Caller": ["+14158675309"],
        "Digits": ["1234"],
        "From": ["+14158675309"],
    }
    form |= {"To": ["+18005551212"]}
    carrier = Twilio(account="", token="12345", sender="")
    said: dict[str, Any] = {"address": "https://mycompany.com/myapp.php?foo=1&bar=2", "form": form}

    assert carrier.signed(**said, signature="RSOYDt4T1cUTdK1PDd93/VVr8B8=")
    assert not carrier.signed(**said, signature="")
    other = said | {"form": form | {"Digits": ["9"]}}
    assert not carrier.signed(**other, signature="RSOYDt4T1cUTdK1PDd93/VVr8B8=")


def test_options_that_make_no_sense_are_said():
    assert len(Twilio.faults({"account": "AC1", "token": "", "sender": "Willow"})) == 3
