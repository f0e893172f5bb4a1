"""Frames to text and back.  What is not exactly one of our frames is nothing."""

import re
from collections.abc import Callable
from dataclasses import fields
from json import JSONDecoder, JSONEncoder
from typing import Any, NoReturn, get_args, get_type_hints

from holdspace.live.schema import DOWN, FRAME_BYTES, TOPICS_PER_SOCKET, UP, Body, Down, Id, Kind, Topic, Up

_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_is_id = re.compile(_UUID).fullmatch
_is_topic = re.compile(f"(?:practice|user|seat|session|visit):{_UUID}").fullmatch


class NotOurLanguage(Exception):
    """These words are no frame of ours.  Deliberately without them: they may be private."""


class TooLarge(Exception):
    """More than a frame may hold."""


def _refuse_constant(_: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


_decode = JSONDecoder(parse_constant=_refuse_constant).decode

_KINDS = frozenset(get_args(Kind))

Check = Callable[[Any], bool]

_CHECKS: dict[Any, Check] = {
    Id: lambda value: type(value) is str and _is_id(value) is not None,
    list[Topic]: lambda value: type(value) is list and len(value) <= TOPICS_PER_SOCKET and _are_topics(value),
    Kind: lambda value: type(value) is str and value in _KINDS,
    Body: lambda value: type(value) is dict,
    int: lambda value: type(value) is int and 0 <= value < 2**53,
}


def is_topic(value: object) -> bool:
    """Whether this could be a topic at all: a known noun and a UUID, in lower case."""
    return type(value) is str and _is_topic(value) is not None


def _are_topics(values: list[object]) -> bool:
    return all(map(is_topic, values))


def _checks_of(frame: type[Up]) -> dict[str, Check]:
    return {name: _CHECKS[hint] for name, hint in get_type_hints(frame).items()}


_UP = {name: (frame, _checks_of(frame)) for name, frame in UP.items()}


def parse(text: str) -> Up:
    """The frame a page sent, or NotOurLanguage, or TooLarge."""
    if len(text) > FRAME_BYTES or (not text.isascii() and len(text.encode()) > FRAME_BYTES):
        raise TooLarge
    try:
        said = _decode(text)
        frame, checks = _UP[said.pop("type")]
        if said.keys() == checks.keys() and all(check(said[name]) for name, check in checks.items()):
            return frame(**said)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass
    # Outside the except block, so that no traceback carries the words along.
    raise NotOurLanguage


def wire_name(field: Any) -> str:
    """What a field is called on the wire, where Python's own name can't be used."""
    name: str = field.metadata.get("wire", field.name)
    return name


_WIRE = {
    frame: (name, [(wire_name(field), field.name) for field in fields(frame)]) for name, frame in DOWN.items()
}


def _plain(value: Any) -> dict[str, Any]:
    return {wire_name(field): getattr(value, field.name) for field in fields(value)}


_encode = JSONEncoder(separators=(",", ":"), default=_plain).encode


def encode(frame: Down) -> str:
    """The text of a frame to a page."""
    name, attributes = _WIRE[type(frame)]
    return _encode({"type": name, **{wire: getattr(frame, attribute) for wire, attribute in attributes}})
