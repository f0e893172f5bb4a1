"""How a text is carried: what every carrier promises, and which one takes a channel.

Carriers are called so because in American health care a *provider* is a clinician.  One is a
dotted path and options in `settings.MESSAGE_CARRIERS`; `settings.CHANNELS` says which takes what.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from holdspace.messaging.attachments import Attachment
from holdspace.practices.queries import is_demo


class TryAgainLater(Exception):
    """It surely wasn't handed over; the same text may go through later.  `why` is one of our words."""

    def __init__(self, why: str = "carrier_down") -> None:
        self.why = why
        super().__init__(why)


class WillNeverArrive(Exception):
    """This address can't receive it: wrong number, opted out, blocked.  `why` is one of our words."""

    def __init__(self, why: str = "refused") -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True)
class Report:
    """What a carrier says became of a text: `sent`, `delivered` or `failed`."""

    reference: str
    status: str
    trouble: str = ""


class Carrier(Protocol):
    """Takes one text at a time.  Made anew for each, from the options in settings."""

    # Whether what it has taken has arrived, so that no report will come.
    delivers_at_once: ClassVar[bool]

    def send(
        self, *, to: str, body: str, ref: str, subject: str, attachment: Attachment | None = None
    ) -> str:
        """Hand the text over and return the carrier's own reference for it.

        Only an e-mail has an attachment.

        Raises TryAgainLater only where it surely was not handed over, WillNeverArrive where
        trying again is useless.  Any other exception means that nobody knows.
        """

    def surely_not_taken(self, *, ref: str) -> bool:
        """Whether a text whose sender died on the way can't have been handed over."""

    def read_report(self, payload: Mapping[str, str]) -> Report | None:
        """What the carrier's callback says, or None where it says nothing about a text."""

    @classmethod
    def faults(cls, options: Mapping[str, Any]) -> list[str]:
        """What makes no sense in the options, as sentences for whoever runs this."""


def path_of(name: str) -> str:
    return str(_line(name)["path"])


def options_of(name: str) -> dict[str, Any]:
    """What the settings say about a carrier; nothing for one they don't know."""
    return dict(_line(name).get("options", {}))


def _line(name: str) -> dict[str, Any]:
    known: dict[str, dict[str, Any]] = settings.MESSAGE_CARRIERS
    return known.get(name, {})


def named(name: str) -> Carrier:
    """The carrier of this name, with its options."""
    return cast(Carrier, import_string(path_of(name))(**options_of(name)))


def for_channel(channel: str) -> tuple[str, Carrier]:
    """Who takes this channel, by name.  In a demo nothing leaves, whatever the settings say."""
    if is_demo() and channel != "bell":
        return "memory", cast(Carrier, import_string(path_of("memory"))(anywhere=True))
    name = settings.CHANNELS[channel]
    return name, named(name)
