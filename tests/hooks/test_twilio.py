import base64
import hashlib
import hmac

import pytest
from django.test import Client as Browser

from holdspace.messaging import actions as messages
from holdspace.messaging.models import Message, OptOut
from tests import cast

TOKEN = "the account's token"
ROSAS = "+13125550118"


@pytest.fixture(autouse=True)
def twilio(settings):
    settings.PUBLIC_URL = "https://willow.example.org"
    options = {"account": "AC" + "0" * 32, "token": TOKEN, "sender": "+12125550199", "confirms_itself": False}
    line = {"path": "holdspace.messaging.carriers.twilio.Twilio", "options": options}
    settings.MESSAGE_CARRIERS = settings.MESSAGE_CARRIERS | {"twilio": line}
    return options


@pytest.fixture
def call(db):
    """Call as Twilio would: signed over the public address, from behind a proxy, without our cookie."""

    def make(path, token=TOKEN, public="https://willow.example.org", **form):
        text = public + path + "".join(f"{name}{form[name]}" for name in sorted(form))
        signed = base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()
        browser = Browser(enforce_csrf_checks=True)
        return browser.post(path, form, headers={"X-Twilio-Signature": signed})

    return make


@pytest.fixture
def sent(willow, rosa, rosas_seat):
    said = {
        "to": ROSAS,
        "kind": "link",
        "subject": "",
        "body": "Hi",
        "about": rosas_seat,
        "client_id": rosa.pk,
    }
    message = messages.send(practice=willow, channel="sms", at=cast.TEN, **said)
    Message.objects.update(status="sent", reference="SM1", sent_at=cast.TEN)
    return message


def status_of(message):
    message.refresh_from_db()
    return message.status, message.trouble


def test_a_delivery_report_is_believed(call, sent):
    response = call("/hooks/twilio/status", MessageSid="SM1", MessageStatus="delivered")

    assert response.status_code == 204
    assert status_of(sent) == ("delivered", "")


def test_a_failure_says_why_in_our_words(call, sent):
    call("/hooks/twilio/status", MessageSid="SM1", MessageStatus="undelivered", ErrorCode="30006")

    assert status_of(sent) == ("failed", "not_a_mobile")


def test_a_report_that_is_quicker_than_the_answer_finds_its_message_by_our_id(call, sent):
    Message.objects.update(status="unknown", reference="", trouble="not_known")

    call(f"/hooks/twilio/status?ref={sent.pk}", MessageSid="SM7", MessageStatus="delivered")

    assert status_of(sent) == ("delivered", "")
    assert sent.reference == "SM7"


@pytest.mark.parametrize(
    "wrong", [{"token": "guessed"}, {"public": "https://evil.example.org"}, {"token": ""}]
)
def test_without_the_right_signature_there_is_nothing_there(call, sent, wrong):
    response = call("/hooks/twilio/status", MessageSid="SM1", MessageStatus="delivered", **wrong)

    assert response.status_code == 404
    assert status_of(sent) == ("sent", "")


def test_an_unsigned_call_finds_nothing(db, sent):
    assert Browser().post("/hooks/twilio/status", {"MessageSid": "SM1"}).status_code == 404
    assert Browser().post("/hooks/twilio/incoming", {"From": ROSAS, "Body": "STOP"}).status_code == 404
    assert not OptOut.objects.exists()


def test_where_twilio_isnt_set_up_an_empty_key_opens_nothing(call, settings, twilio, sent):
    twilio["token"] = ""

    assert call("/hooks/twilio/status", token="", MessageSid="SM1", MessageStatus="failed").status_code == 404
    assert status_of(sent) == ("sent", "")


def test_looking_changes_nothing(db):
    assert Browser().get("/hooks/twilio/status").status_code == 405


def test_reports_about_nothing_of_ours_are_taken_quietly(call):
    assert call("/hooks/twilio/status", MessageSid="SM404", MessageStatus="delivered").status_code == 204
    assert call("/hooks/twilio/status?ref=nonsense", MessageStatus="delivered").status_code == 204


@pytest.mark.parametrize("word", ["STOP", " stop. ", "Stop All", "UNSUBSCRIBE", "Cancel", "quit"])
def test_stop_and_its_kin_stop_texts_and_are_confirmed_once(call, rosa, birch, word):
    first = call("/hooks/twilio/incoming", From=ROSAS, Body=word)
    again = call("/hooks/twilio/incoming", From=ROSAS, Body=word)

    assert first["Content-Type"] == "text/xml"
    assert b"<Message>You won&#x27;t" in first.content or b"<Message>You won" in first.content
    assert b"<Message>" not in again.content
    assert OptOut.objects.count() == 2  # the sender is shared by both practices


def test_start_lets_texts_in_again(call, rosa):
    call("/hooks/twilio/incoming", From=ROSAS, Body="STOP")

    response = call("/hooks/twilio/incoming", From=ROSAS, Body="Start")

    assert b"<Message>You will get our texts again" in response.content
    assert not OptOut.objects.exists()


def test_help_says_whose_texts_these_are_and_how_to_stop_them(call, rosa):
    response = call("/hooks/twilio/incoming", From=ROSAS, Body="help")

    assert b"Willow Street Counseling: call (212) 555-0100. Reply STOP" in response.content


def test_help_names_nobody_where_two_practices_have_the_number(call, rosa, birch):
    cast.client_of(birch, "Rosa", "Marin")

    response = call("/hooks/twilio/incoming", From=ROSAS, Body="HELP")

    assert b"Willow" not in response.content
    assert b"Reply STOP" in response.content


@pytest.mark.parametrize("word", ["STOP", "HELP"])
def test_where_twilio_answers_itself_we_keep_quiet_but_listen(call, twilio, rosa, word):
    twilio["confirms_itself"] = True

    response = call("/hooks/twilio/incoming", From=ROSAS, Body=word)

    assert b"<Message>" not in response.content
    assert OptOut.objects.exists() == (word == "STOP")


def test_other_words_are_neither_answered_nor_kept(call, rosa, caplog):
    response = call("/hooks/twilio/incoming", From=ROSAS, Body="please stop by <at> 9, I feel unwell")

    assert response.content.endswith(b"<Response></Response>")
    assert not OptOut.objects.exists()
    assert "unwell" not in caplog.text


def test_every_hook_says_who_may():
    from holdspace.hooks.routes.messages import urlpatterns

    assert {getattr(route.callback, "who_may", ()) for route in urlpatterns} == {("twilio's signature",)}
