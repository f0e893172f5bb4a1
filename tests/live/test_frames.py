"""What is not exactly one of our frames is nothing."""

import json
from typing import Any

import pytest

from holdspace.live.frames import NotOurLanguage, TooLarge, encode, is_topic, parse
from holdspace.live.schema import Hint, HintName, Id, Note, NoteFrom, Ping

# Fixed: a name of a test that holds one must be the same in every process.
SESSION, TO = "6f1d2a50-9f5c-4a1b-8d1e-2b7c3d4e5f60", "0c9b8a70-1e2d-4c3b-9a4f-5e6d7c8b9a01"
NOTE = {"type": "note", "session": SESSION, "to": TO, "kind": "offer", "body": {"sdp": "v=0"}}


def test_a_note_is_understood():
    assert parse(json.dumps(NOTE)) == Note(Id(SESSION), Id(TO), "offer", {"sdp": "v=0"})


@pytest.mark.parametrize(
    "change",
    [
        {"session": SESSION.upper()},
        {"session": f" {SESSION}"},
        {"session": f"{SESSION}\n"},
        {"session": None},
        {"to": 7},
        {"kind": "shout"},
        {"kind": ["offer"]},
        {"body": "v=0"},
        {"body": []},
        {"from": TO},
        {"type": "welcome"},
        {"type": ["note"]},
        {"type": None},
    ],
)
def test_a_note_with_anything_wrong_is_not(change: dict[str, Any]):
    with pytest.raises(NotOurLanguage):
        parse(json.dumps(NOTE | change))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "7",
        '"note"',
        "{",
        "{}",
        '{"type":"ping"}',
        '{"type":"ping","n":true}',
        '{"type":"ping","n":-1}',
        '{"type":"ping","n":1e3}',
        '{"type":"ping","n":NaN}',
        '{"type":"ping","n":' + "9" * 5000 + "}",
        '{"type":"watch","topics":["practice:*"]}',
        '{"type":"watch","topics":"practice"}',
        "[" * 20_000,
    ],
)
def test_garbage_is_not(text: str):
    with pytest.raises(NotOurLanguage) as refused:
        parse(text)

    assert not refused.value.args
    assert refused.value.__context__ is None


def test_a_frame_may_hold_64_kb_and_no_more():
    room = 64 * 1024 - len('{"type":"ping","n":1}')

    assert parse('{"type":"ping","n":1' + " " * room + "}") == Ping(1)
    with pytest.raises(TooLarge):
        parse('{"type":"ping","n":1' + " " * (room + 1) + "}")


def test_letters_are_counted_as_bytes():
    with pytest.raises(TooLarge):
        parse(json.dumps(NOTE | {"body": {"sdp": "ü" * 33_000}}, ensure_ascii=False))


def test_a_lone_surrogate_passes_through_unharmed():
    frame = parse(json.dumps(NOTE | {"body": {"sdp": "\ud800"}}))

    assert isinstance(frame, Note)
    assert "\\ud800" in encode(NoteFrom(frame.session, frame.to, frame.kind, frame.body))


def test_a_frame_to_the_page_is_flat_and_typed():
    hint = encode(Hint(HintName("seat.changed"), {"seat": Id(TO)}))

    assert hint == f'{{"type":"hint","name":"seat.changed","ids":{{"seat":"{TO}"}}}}'
    assert json.loads(encode(NoteFrom(Id(SESSION), Id(TO), "offer", {})))["from"] == TO


@pytest.mark.parametrize(
    "topic", ["seat", "seat:", f"client:{TO}", f"seat:{TO}x", f"seat:{TO.upper()}", 7, None]
)
def test_what_is_no_topic(topic: object):
    assert not is_topic(topic)
