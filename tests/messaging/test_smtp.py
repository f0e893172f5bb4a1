import smtplib
import socket
import threading
from datetime import timedelta

import pytest
from django.db import connection

from holdspace.kit.clock import now
from holdspace.messaging.attachments import Attachment
from holdspace.messaging.carriers import TryAgainLater, WillNeverArrive
from holdspace.messaging.carriers.smtp import Smtp
from holdspace.messaging.models import Message
from holdspace.messaging.tasks import wipe_old_bodies

PDF = b"%PDF-1.7\n\xe2\xe3\xcf\xd3\r\n\x00"


def hand(office, **facts):
    said = {"to": "rosa@example.org", "body": "Hi Rosa\n\nж\n.\nend", "ref": "ref-1", "subject": "Your link"}
    return Smtp(**office.options).send(**(said | facts))


def test_a_letter_arrives_as_it_was_written(send, carry, post_office):
    message = carry(
        send("email", subject="Ihr Termin für Zoë", body="Hi Rosa\n\n.\nhttps://x/v/" + "a" * 200)
    )

    [letter] = post_office.letters
    assert (message.status, message.reference) == ("sent", str(message.pk))
    assert (letter["To"], letter["From"]) == ("rosa@example.org", "Willow Street <desk@example.org>")
    assert letter["Subject"] == "Ihr Termin für Zoë"
    assert letter["Message-ID"] == f"<{message.pk}@example.org>"
    assert letter.get_content().strip().replace("\r\n", "\n") == message.body
    assert post_office.raw[0].isascii()


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ("550 5.1.1 No such user", "no_such_address"),
        ("550 No", "no_such_address"),
        ("552 5.2.2 Full", "mailbox_full"),
        ("554 5.7.1 Spam", "refused"),
    ],
)
def test_a_permanent_no_is_never(post_office, reply, why):
    post_office.rcpt = reply

    with pytest.raises(WillNeverArrive) as never:
        hand(post_office)
    assert never.value.why == why


@pytest.mark.parametrize(
    ("reply", "why"), [("450 4.2.1 Greylisted", "carrier_busy"), ("452 4.2.2 Full", "mailbox_full")]
)
def test_a_passing_no_is_later(post_office, reply, why):
    post_office.rcpt = reply

    with pytest.raises(TryAgainLater) as later:
        hand(post_office)
    assert later.value.why == why


def test_a_no_to_the_letter_itself_is_told_apart_too(post_office):
    post_office.data = "451 4.3.0 Not now"
    with pytest.raises(TryAgainLater):
        hand(post_office)

    post_office.data = "554 5.6.0 We don't like it"
    with pytest.raises(WillNeverArrive):
        hand(post_office)


@pytest.mark.parametrize(
    "facts",
    [
        {"to": "rosa@example.org\nBcc: all@example.org"},
        {"subject": "Hi\nBcc: all@example.org"},
        {"to": "rösa@x.org"},
    ],
)
def test_nobody_slips_in_a_line_of_their_own(post_office, facts):
    with pytest.raises(WillNeverArrive):
        hand(post_office, **facts)
    assert not post_office.letters


def test_a_server_that_wants_no_starttls_is_shown_as_locked_and_kept(post_office):
    with pytest.raises(TryAgainLater) as later:
        Smtp(**post_office.options | {"security": "starttls"}).send(
            to="a@b.org", body="", ref="r", subject=""
        )
    assert later.value.why == "carrier_locked"


def test_a_server_that_is_gone_after_the_last_dot_leaves_nobody_knowing(send, carry, carried_by):
    with HangsUpAfterTheLetter() as port:
        carried_by("email", "holdspace.messaging.carriers.smtp.Smtp", **_options(port))

        message = carry(send("email"))

    assert message.status == "unknown"


def _options(port):
    return {"host": "127.0.0.1", "port": port, "security": "none", "sender": "desk@example.org"}


class HangsUpAfterTheLetter:
    """Says yes to everything, hears the dot, and is gone before it says so."""

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._talk, daemon=True)
        self.thread.start()
        return self.listener.getsockname()[1]

    def _talk(self):
        talk, _ = self.listener.accept()
        with talk, talk.makefile("rb") as lines:
            talk.sendall(b"220 here\r\n")
            for line in lines:
                if line.upper().startswith(b"DATA"):
                    talk.sendall(b"354 go\r\n")
                    while next(lines) != b".\r\n":
                        pass
                    return
                talk.sendall(b"250 yes\r\n")

    def __exit__(self, *_):
        self.thread.join(5)
        self.listener.close()


def test_options_that_make_no_sense_are_said_before_anything_is_sent():
    said = Smtp.faults({"host": "", "security": "ssl", "sender": "Willow", "user": "me", "password": ""})

    assert len(said) == 4
    assert smtplib.SMTP_PORT == 25  # the default here is submission, 587
    assert Smtp(host="x").port == 587


def test_a_file_goes_along_whole_and_in_seven_bits(send, carry, post_office):
    file = Attachment(
        "appointment.ics",
        "text/calendar; method=REQUEST",
        "BEGIN:VCALENDAR\r\nSUMMARY:Zoë\r\nEND:VCALENDAR\r\n",
    )
    message = carry(send("email", body="Hi Rosa", attachment=file))

    [letter] = post_office.letters
    assert letter.get_body().get_content().strip() == "Hi Rosa"
    [part] = letter.iter_attachments()
    assert (part.get_content_type(), part.get_filename()) == ("text/calendar", "appointment.ics")
    assert (part["content-type"].params["method"], part.get_content_charset()) == ("REQUEST", "utf-8")
    assert part.get_payload(decode=True).decode() == file.text
    assert post_office.raw[0].isascii()
    assert message.status == "sent"


def test_a_file_that_isnt_text_goes_along_byte_for_byte(send, carry, post_office):
    file = Attachment.of("form.pdf", "application/pdf", PDF)
    carry(send("email", body="Hi Rosa", attachment=file))

    [part] = post_office.letters[0].iter_attachments()
    assert (part.get_content_type(), part.get_filename()) == ("application/pdf", "form.pdf")
    assert part.get_content_charset() is None
    assert part.get_payload(decode=True) == PDF
    assert post_office.raw[0].isascii()


def test_a_file_is_sealed_and_wiped_with_the_text(send):
    file = Attachment("appointment.ics", "text/calendar; method=REQUEST", "BEGIN:VCALENDAR")
    message = send("email", attachment=file, at=now() - timedelta(days=31))
    with connection.cursor() as cursor:
        cursor.execute("SELECT file FROM messaging_message")
        assert "VCALENDAR" not in cursor.fetchone()[0]

    wipe_old_bodies.call()

    assert Message.objects.get(pk=message.pk).attachment is None


def test_a_text_carries_no_file(send):
    file = Attachment("appointment.ics", "text/calendar; method=REQUEST", "BEGIN:VCALENDAR")
    assert send("sms", attachment=file).attachment is None
