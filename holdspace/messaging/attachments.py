"""A file that goes along with an e-mail."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Attachment:
    """Text under a name.  `kind` is its media type with parameters: *text/calendar; method=REQUEST*."""

    name: str
    kind: str
    text: str
