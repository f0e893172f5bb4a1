import pytest

from holdspace.jobs import runner
from holdspace.messaging import actions as messages
from holdspace.messaging.carriers.memory import Memory
from holdspace.practices.models import Installation
from tests import cast
from tests.messaging.post_office import PostOffice


@pytest.fixture(autouse=True)
def taken():
    """What the memory carrier took in this test."""
    Memory.taken.clear()
    return Memory.taken


@pytest.fixture
def demo(db):
    return Installation.objects.create(demo=True, created_at=cast.TEN)


@pytest.fixture
def carried_by(settings):
    """Have a channel carried by a class of the test's own, or the memory carrier wherever it is."""

    def choose(channel, path="holdspace.messaging.carriers.memory.Memory", **options):
        if path.endswith("Memory"):
            options = {"anywhere": True} | options
        line = {"path": path, "options": options}
        settings.MESSAGE_CARRIERS = settings.MESSAGE_CARRIERS | {"chosen": line}
        settings.CHANNELS = settings.CHANNELS | {channel: "chosen"}

    return choose


@pytest.fixture
def send(willow, rosa, rosas_seat):
    """Send Rosa something about her seat."""

    def make(channel="sms", **facts):
        to = rosa.phone if channel == "sms" else rosa.email
        said = {"to": to, "kind": "link", "subject": "Your link", "body": "Hi Rosa", "about": rosas_seat}
        said |= {"practice": willow, "channel": channel, "client_id": rosa.pk, "at": cast.TEN}
        return messages.send(**(said | facts))

    return make


@pytest.fixture
def carry():
    """Run what is due now, and say how the message is afterwards."""

    def run(message, at=None):
        from holdspace.kit.clock import now

        runner.run_due(at=at or now())
        message.refresh_from_db()
        return message

    return run


@pytest.fixture
def post_office(carried_by):
    """A real SMTP server, and e-mail carried to it."""
    with PostOffice() as office:
        carried_by("email", "holdspace.messaging.carriers.smtp.Smtp", **office.options)
        yield office
