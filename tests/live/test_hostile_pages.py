"""A page that lies on the socket: it loses the socket, and nobody else notices."""

import contextlib
import json
import logging
import socket as sockets
import time
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode

from holdspace.live.origin import is_ours


@pytest.fixture
def both(room, open_page):
    osei, rosa = open_page(room.oseis_key), open_page(room.rosas_key)
    osei.join(room.session)
    rosa.join(room.session)
    osei.heard()
    return osei, rosa


@pytest.mark.parametrize("text", ["{", "hello", '{"type":"admit"}', '{"type":"join"}', "[" * 50_000, "\0"])
def test_garbage_closes_the_socket(world, open_page, text):
    liar = open_page(world.sign_in(f"user:{uuid4()}"))

    liar.socket.send(text)

    assert liar.closed() == 4400


def test_so_do_bytes(world, open_page):
    liar = open_page(world.sign_in(f"user:{uuid4()}"))

    liar.socket.send(b"\xff\x00")

    assert liar.closed() == 4400


def test_a_frame_over_64_kb_closes_the_socket_and_goes_nowhere(room, both):
    osei, rosa = both

    rosa.note(room.session, room.osei, sdp="x" * 65_536)

    assert rosa.closed() == 4413
    assert [frame["type"] for frame in osei.heard()] == ["absent"]


def test_a_megabyte_isnt_even_read(room, both):
    osei, rosa = both

    rosa.socket.send('{"type":"ping","n":1,"x":"' + "x" * 1024 * 1024 + '"}')

    assert rosa.closed() == 1009
    assert [frame["type"] for frame in osei.heard()] == ["absent"]


def test_as_many_notes_pass_as_three_new_lines_need_and_a_flood_ends_the_socket(room, both):
    osei, rosa = both

    with contextlib.suppress(ConnectionClosed):
        for number in range(400):
            rosa.note(room.session, room.osei, "candidate", number=number)

    assert rosa.closed() == 4408
    passed = [frame for frame in osei.heard() if frame["type"] == "note"]
    assert 120 <= len(passed) <= 135


def test_a_flood_of_pings_does_too(world, open_page):
    liar = open_page(world.sign_in(f"user:{uuid4()}"))

    with contextlib.suppress(ConnectionClosed):
        for number in range(400):
            liar.say("ping", n=number)

    assert liar.closed() == 4408


def test_a_stamp_cannot_be_forged(room, both):
    osei, rosa = both

    rosa.say("note", **{"from": room.osei}, session=room.session, to=room.osei, kind="offer", body={})

    assert rosa.closed() == 4400
    assert [frame["type"] for frame in osei.heard()] == ["absent"]


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", None, "http://127.0.0.1.evil.example", "javascript:"]
)
def test_a_page_from_elsewhere_is_turned_away_before_its_cookie_is_read(world, open_page, origin):
    stranger = open_page(world.sign_in(f"user:{uuid4()}"), origin=origin)

    assert stranger.closed() == 4403


def test_a_host_made_to_look_like_the_page_doesnt_help(settings):
    settings.ALLOWED_HOSTS, settings.PUBLIC_URL = ["desk.example"], "https://desk.example"

    assert is_ours("https://desk.example", "127.0.0.1:8000")
    assert is_ours("https://desk.example", "desk.example")
    assert is_ours("http://desk.example:8000", "desk.example:8000")
    assert not is_ours("http://evil.example", "evil.example")
    assert not is_ours("http://desk.example:9000", "desk.example:8000")
    assert not is_ours("https://desk.example:bad", "desk.example")
    assert not is_ours("https://evil.example/desk.example", "desk.example")


def test_too_many_topics_or_rooms_are_refused(world, open_page):
    greedy = open_page(world.sign_in(f"user:{uuid4()}"))

    for _ in range(3):
        greedy.say("watch", topics=[f"seat:{uuid4()}" for _ in range(150)])

    assert greedy.heard()[1]["type"] == "watching"


def test_nothing_anybody_said_is_logged(room, both, caplog):
    caplog.set_level(logging.DEBUG)
    osei, rosa = both

    rosa.note(room.session, room.osei, sdp="a-very-private-address")
    osei.hear("note")
    rosa.socket.send('{"type":"a-very-private-word"}')
    rosa.closed()

    ours = [
        record.getMessage() for record in caplog.records if not record.name.startswith("websockets.client")
    ]
    assert not any("a-very-private" in line for line in ours)


def test_a_page_that_doesnt_read_is_dropped_and_the_writer_goes_on(room, open_page, port):
    osei = open_page(room.oseis_key)
    osei.join(room.session)
    deaf = a_page_that_never_reads(port, room.rosas_key, room.session)
    osei.hear("present")

    # Within the caps; the two machines' own buffers take the first megabytes.
    while "absent" not in [frame["type"] for frame in osei.heard()]:
        osei.note(room.session, room.rosa, sdp="x" * 65_000)
        time.sleep(0.06)

    osei.note(room.session, room.rosa)
    assert osei.hear("error")["code"] == "not_here"
    deaf.close()


def a_page_that_never_reads(port, who, session):
    """A socket with a small window, opened by hand and joined, behind which nobody listens."""
    raw = sockets.socket()
    raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    raw.connect(("127.0.0.1", port))
    lines = [
        "GET /live/?as=visit HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Origin: http://127.0.0.1:{port}",
        f"Cookie: who={who}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    ]
    raw.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
    while b"welcome" not in raw.recv(4096):
        pass
    join = json.dumps({"type": "join", "session": session}).encode()
    raw.sendall(Frame(Opcode.TEXT, join).serialize(mask=True))
    return raw
