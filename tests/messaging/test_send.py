import pytest
from django.db import transaction

from holdspace.jobs.models import Job
from holdspace.messaging.models import Message
from holdspace.messaging.refusals import NoAddress, TextTooLong


def test_a_text_is_a_row_and_a_job_of_the_same_transaction(send):
    message = send()

    assert message.status == "queued"
    assert Job.objects.get(task="holdspace.messaging.tasks.deliver").args == [str(message.pk)]


@pytest.mark.django_db(transaction=True)
def test_nothing_leaves_for_work_that_was_rolled_back(send):
    with transaction.atomic():
        send()
        transaction.set_rollback(True)

    assert not Message.objects.exists()
    assert not Job.objects.filter(cron=False).exists()


def test_a_text_counts_its_segments_and_an_email_has_none(send):
    assert send(body="x" * 161).segments == 2
    assert send("email", body="x" * 161).segments == 0


def test_a_text_to_nowhere_is_refused(send):
    with pytest.raises(NoAddress):
        send(to="")


def test_a_megabyte_of_text_is_refused(send):
    with pytest.raises(TextTooLong):
        send(body="x" * 1_000_000)
    with pytest.raises(TextTooLong):
        send("email", body="x" * 1_000_000)


def test_what_is_said_and_to_whom_is_sealed_in_the_database(send):
    message = send(body="Hi Rosa, come in")

    stored = Message.objects.filter(pk=message.pk).extra(
        select={"raw": "body", "raw_to": 'messaging_message."to"'}
    )
    raw = stored.values_list("raw", "raw_to").get()
    assert "Rosa" not in raw[0]
    assert "555" not in raw[1] or "+1312" not in raw[1]


def test_messages_about_a_seat_are_heard_on_its_topic(send, rosas_seat):
    assert send().topics == [f"practice:{rosas_seat.practice_id}", f"seat:{rosas_seat.pk}"]
    assert send(about=None).topics == [f"practice:{rosas_seat.practice_id}"]


def test_another_practice_sees_none_of_it(send, birch_person, osei):
    message = send()

    assert not Message.objects.visible_to(birch_person.actor).exists()
    assert Message.objects.visible_to(osei).get() == message
