from datetime import timedelta

import pytest

from holdspace.messaging import actions as messages
from holdspace.messaging.models import Message
from tests.cast import TEN

SOON = TEN + timedelta(seconds=3)


@pytest.fixture
def sent(send):
    message = send()
    Message.objects.filter(pk=message.pk).update(status="sent", reference="SM1", sent_at=TEN)
    message.refresh_from_db()
    return message


def test_a_report_moves_the_message_forward(sent):
    messages.report(reference="SM1", status="delivered", at=SOON)

    sent.refresh_from_db()
    assert (sent.status, sent.delivered_at) == ("delivered", SOON)


@pytest.mark.parametrize("late", ["sent", "failed", "delivered"])
def test_older_news_changes_nothing(sent, late):
    messages.report(reference="SM1", status="delivered", at=SOON)
    messages.report(reference="SM1", status=late, at=SOON + timedelta(hours=1))

    sent.refresh_from_db()
    assert (sent.status, sent.delivered_at, sent.failed_at) == ("delivered", SOON, None)


def test_a_failure_brings_its_word(sent):
    messages.report(reference="SM1", status="failed", trouble="not_a_mobile", at=SOON)

    sent.refresh_from_db()
    assert (sent.status, sent.trouble, sent.failed_at) == ("failed", "not_a_mobile", SOON)


@pytest.mark.parametrize("before", ["sending", "unknown"])
def test_a_report_that_knows_more_than_we_do_settles_it(send, before):
    message = send()
    Message.objects.filter(pk=message.pk).update(status=before, trouble="not_known")

    messages.report(message_id=message.pk, reference="SM9", status="delivered", at=SOON)

    message.refresh_from_db()
    assert (message.status, message.reference, message.trouble) == ("delivered", "SM9", "")
    assert message.sent_at == SOON


def test_a_report_about_nothing_of_ours_is_nothing(db):
    assert messages.report(reference="SM404", status="delivered", at=SOON) is None
    assert messages.report(reference="", status="delivered", at=SOON) is None


def test_a_word_we_dont_know_changes_nothing(sent):
    messages.report(reference="SM1", status="warming up", at=SOON)

    sent.refresh_from_db()
    assert sent.status == "sent"
