"""What every carrier promises, whoever it is: one text, two ways to fail, no word of it elsewhere.

A new carrier is one more *world* here: the carrier, one that is unreachable, an address that
can't receive, and a way to see what arrived.
"""

import logging
import socket
import uuid
from contextlib import contextmanager

import pytest
from django.utils.module_loading import import_string

from holdspace.live import bus
from holdspace.messaging.carriers import TryAgainLater, WillNeverArrive
from holdspace.messaging.carriers.bell import Bell
from holdspace.messaging.carriers.memory import LANDLINE, Memory
from holdspace.messaging.carriers.smtp import Smtp
from holdspace.messaging.carriers.twilio import Twilio
from holdspace.messaging.refusals import DO, WHY
from tests.contracts.twilio_stand_in import StandIn
from tests.messaging.post_office import PostOffice

BODY = "Hi Rosa — your link: https://willow.example.org/willow/v/abc.def"
SHUT = {"host": "127.0.0.1", "sender": "desk@example.org", "security": "none"}


class World:
    def __init__(self, carrier, *, to, never, arrived, unreachable=None, options=None, refuse=lambda: None):
        self.carrier, self.to, self.never, self.arrived = carrier, to, never, arrived
        self.unreachable, self.options, self.refuse = unreachable, options or {}, refuse


@contextmanager
def memory(_):
    Memory.taken.clear()
    never = f"+1312{LANDLINE}"
    yield World(
        Memory(anywhere=True),
        to="+13125550118",
        never=never,
        arrived=lambda: [t["body"] for t in Memory.taken],
    )


@contextmanager
def bell(monkeypatch):
    heard = []
    monkeypatch.setattr(bus, "publish", lambda name, topics, **ids: heard.append((name, topics)))
    yield World(Bell(), to=str(uuid.uuid4()), never="nobody", arrived=lambda: heard)


@contextmanager
def smtp(_):
    with PostOffice() as office:
        yield World(
            Smtp(**office.options),
            to="rosa@example.org",
            never="gone@example.org",
            arrived=lambda: [letter.get_content().strip() for letter in office.letters],
            unreachable=Smtp(**SHUT, port=_closed_port()),
            options=office.options,
            refuse=lambda: setattr(office, "rcpt", "550 5.1.1 No such user"),
        )


@contextmanager
def twilio(_):
    with StandIn() as stand_in:
        yield World(
            Twilio(**stand_in.options),
            to="+13125550118",
            never="+13125550190",
            arrived=lambda: [form["Body"] for form in stand_in.got],
            unreachable=Twilio(**stand_in.options | {"base_url": f"http://127.0.0.1:{_closed_port()}"}),
            options=stand_in.options,
            refuse=lambda: stand_in.refuse(400, 21614),
        )
        assert stand_in.wrong == []


def _closed_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(params=[memory, bell, smtp, twilio], ids=lambda world: world.__name__)
def world(request, monkeypatch, settings):
    settings.PUBLIC_URL = "https://willow.example.org"
    with request.param(monkeypatch) as made:
        yield made


def handed(world, to, *, by=None):
    return (by or world.carrier).send(to=to, body=BODY, ref=str(uuid.uuid4()), subject="Your link")


def test_a_text_arrives_once_and_has_a_reference(world):
    reference = handed(world, world.to)

    assert 0 < len(reference) <= 100
    assert len(world.arrived()) == 1
    assert world.arrived()[0] == BODY or isinstance(world.carrier, Bell)


def test_an_address_that_cant_receive_says_never_in_our_own_words(world):
    world.refuse()

    with pytest.raises(WillNeverArrive) as never:
        handed(world, world.never)

    assert never.value.why in WHY
    assert never.value.why in DO


def test_an_unreachable_carrier_says_later(world):
    if world.unreachable is None:
        pytest.skip("it is in this very process: nothing to reach")

    with pytest.raises(TryAgainLater) as later:
        handed(world, world.to, by=world.unreachable)

    assert later.value.why in WHY


def test_no_log_and_no_exception_quotes_the_text_or_the_address(world, caplog):
    world.refuse()

    with caplog.at_level(logging.DEBUG), pytest.raises(WillNeverArrive) as never:
        handed(world, world.never)

    # The other side of the test's own post office logs too; that isn't ours.
    logged = " ".join(record.getMessage() for record in caplog.records if record.name != "mail.log")
    said = logged + repr(never.value) + repr(never.value.__cause__)
    for secret in ("Rosa", "abc.def", world.never):
        assert secret not in said


def test_a_callback_about_nothing_is_no_report(world):
    assert world.carrier.read_report({}) is None


def test_it_says_whether_an_interrupted_text_was_surely_not_taken(world):
    assert world.carrier.surely_not_taken(ref=str(uuid.uuid4())) in {True, False}


def test_good_options_have_no_fault(world):
    assert type(world.carrier).faults(world.options) == []


def test_every_word_a_carrier_knows_has_a_sentence_and_a_next_step(settings):
    from holdspace.messaging.carriers import smtp as s
    from holdspace.messaging.carriers import twilio as t

    words = {*t.NEVER.values(), *t.LATER.values(), *s.ENHANCED.values(), *s.CODES.values()}
    assert words <= set(WHY)
    assert set(WHY) == set(DO)


@pytest.mark.parametrize("name", ["memory", "smtp", "twilio", "bell"])
def test_the_settings_know_every_carrier(settings, name):
    assert import_string(settings.MESSAGE_CARRIERS[name]["path"])
