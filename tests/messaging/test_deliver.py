import logging
from datetime import timedelta

import pytest
from django.db import connection

from holdspace.jobs.models import Job
from holdspace.kit.clock import now
from holdspace.messaging import tasks
from holdspace.messaging.carriers.memory import Memory
from holdspace.messaging.models import Bell, Message

OURS = "tests.messaging.carriers_of_the_tests."


def test_a_text_is_carried_once_however_often_its_job_runs(send, carry, carried_by, taken):
    carried_by("sms")

    message = carry(send())
    tasks.deliver.call(str(message.pk))

    assert message.status == "delivered"
    assert [one["to"] for one in taken] == ["+13125550118"]


def test_in_a_demo_nothing_leaves_whatever_the_settings_say(demo, send, carry, carried_by, taken):
    carried_by("sms", OURS + "Landline")

    message = carry(send())

    assert (message.status, message.carrier, len(taken)) == ("delivered", "memory", 1)


def test_outside_a_demo_a_practice_without_a_carrier_is_told_so(send, carry, taken):
    message = carry(send())

    assert (message.status, message.trouble) == ("failed", "no_carrier")
    assert not taken


def test_a_carrier_that_is_down_keeps_the_text_and_tries_again_later(send, carry, carried_by, taken):
    carried_by("sms", OURS + "Down")
    message = carry(send(at=now()))
    assert (message.status, message.trouble, message.tries) == ("queued", "carrier_down", 1)

    carried_by("sms")
    carry(message)
    assert message.status == "queued"  # not yet
    carry(message, at=now() + timedelta(minutes=1))

    assert (message.status, message.trouble, message.tries) == ("delivered", "", 2)
    assert len(taken) == 1


def test_each_try_comes_later_up_to_a_quarter_of_an_hour():
    pauses = [tasks.backoff(tries, lambda: 0.5).total_seconds() for tries in (1, 2, 3, 8, 50)]

    assert pauses == [5, 10, 20, 640, 900]


def test_after_a_whole_day_it_is_given_up(send, carry, carried_by):
    carried_by("sms", OURS + "Down")

    message = carry(send(at=now() - timedelta(days=1, minutes=1)))

    assert (message.status, message.trouble) == ("failed", "gave_up")


def test_a_number_that_cant_take_texts_fails_with_a_word_and_rings(send, carry, carried_by, osei_person):
    carried_by("sms", OURS + "Landline")

    message = carry(send(tell=osei_person.user.pk))

    assert (message.status, message.trouble) == ("failed", "not_a_mobile")
    bell = Bell.objects.get(user=osei_person.user)
    assert (bell.kind, bell.subject_id) == ("message_failed", message.about_id)


def test_a_line_cut_in_the_middle_leaves_it_unknown_and_it_is_not_sent_again(send, carry, carried_by, taken):
    carried_by("sms", OURS + "CutOff")
    message = carry(send())
    assert (message.status, message.trouble) == ("unknown", "not_known")

    carried_by("sms")
    carry(message, at=now() + timedelta(days=2))
    tasks.look_after_the_forgotten.call()
    carry(message, at=now() + timedelta(days=2))

    assert message.status == "unknown"
    assert not taken


def test_what_nobody_is_sending_any_more_is_unknown(send, carry, carried_by):
    carried_by("sms", OURS + "Slow")
    message = send()
    Message.objects.update(status="sending", carrier="chosen", sending_at=now() - timedelta(minutes=2))

    assert carry(message).status == "unknown"


def test_what_may_still_be_on_its_way_is_looked_at_again_later(send, carry, carried_by):
    carried_by("sms", OURS + "Slow")
    message = send()
    Message.objects.update(status="sending", carrier="chosen", sending_at=now())

    assert carry(message).status == "sending"
    assert Job.objects.get(status="ready", cron=False).run_at > now() + timedelta(seconds=50)


def test_where_the_carrier_says_it_surely_didnt_get_it_it_is_sent_again(send, carry, carried_by, taken):
    carried_by("sms")
    message = send()
    Message.objects.update(
        status="sending", carrier="chosen", sending_at=now() - timedelta(minutes=2), tries=1
    )
    Message.objects.update(queued_at=now())

    assert carry(message).status == "queued"
    assert carry(message, at=now() + timedelta(minutes=1)).status == "delivered"


def test_a_number_that_said_stop_gets_nothing_even_if_it_was_queued_before(
    send, carry, carried_by, taken, willow
):
    from holdspace.messaging import actions as messages

    carried_by("sms")
    message = send()
    messages.opt_out(willow, "+13125550118", now())

    carry(message)

    assert (message.status, message.trouble) == ("failed", "opted_out")
    assert not taken


def test_a_text_whose_job_was_given_up_gets_a_new_one(send, carry, carried_by):
    carried_by("sms")
    message = send(at=now() - timedelta(hours=2))
    Job.objects.filter(cron=False).delete()

    tasks.look_after_the_forgotten.call()

    assert carry(message).status == "delivered"


def test_what_was_said_is_forgotten_after_a_month_but_not_that_it_was(send, carry, carried_by):
    carried_by("sms")
    old, new = send(at=now() - timedelta(days=31)), send(at=now() - timedelta(days=29))

    tasks.wipe_old_bodies.call()

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.body, old.subject, bool(old.wiped_at)) == ("", "", True)
    assert (old.to, new.body) == ("+13125550118", "Hi Rosa")


class Nosy(Memory):
    in_transaction: bool | None = None

    def send(self, **text):
        Nosy.in_transaction = connection.in_atomic_block
        return super().send(**text)


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_carrier_is_called(send, carry, carried_by):
    carried_by("sms", "tests.messaging.test_deliver.Nosy", anywhere=True)

    message = carry(send())

    assert message.status == "delivered"
    assert Nosy.in_transaction is False


@pytest.mark.parametrize("carrier", ["Down", "Landline", "CutOff"])
def test_no_log_line_knows_a_name_or_a_number(carrier, send, carry, carried_by, caplog):
    carried_by("sms", OURS + carrier)

    with caplog.at_level(logging.DEBUG):
        carry(send(body="Hi Rosa, here is /v/abc.def"))

    for secret in ("Rosa", "5550118", "abc.def"):
        assert secret not in caplog.text
