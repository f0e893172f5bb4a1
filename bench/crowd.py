"""A crowd of pages, light enough not to be what is measured: bare frames over bare connections."""

import asyncio
import json
import struct
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from bench.socket_house import cookie_of

WAVE = 100
"""How many pages open at a time."""

HANDSHAKE = (
    "GET /live/?as=visit HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140 Safari/537.36\r\n"
    "Accept-Language: en-US,en;q=0.9\r\nCache-Control: no-cache\r\nPragma: no-cache\r\n"
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nCookie: who={cookie}\r\n\r\n"
)


def framed(text: str) -> bytes:
    """A text frame as a browser sends it; its mask of zeros changes nothing."""
    data = text.encode()
    length = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack("!H", len(data))
    return b"\x81" + length + b"\0\0\0\0" + data


@dataclass
class Tally:
    sent: int = 0
    delays: list[float] = field(default_factory=list)


class Page(asyncio.Protocol):
    """One page in a room of two: joins, sends notes, and times those that come."""

    def __init__(self, port: int, session: UUID, participant: UUID, role: str, tally: Tally) -> None:
        cookie = cookie_of(session, participant, role)
        self._hello = HANDSHAKE.format(port=port, cookie=cookie).encode()
        self._join = framed(json.dumps({"type": "join", "session": str(session)}))
        self._session = str(session)
        self._buffer = b""
        self._upgraded = False
        self._tally = tally
        self.me = str(participant)
        self.joined: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self._hello)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.joined.done():
            self.joined.set_exception(ConnectionError("closed before it had joined"))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._upgraded:
            self._upgrade()
        while self._upgraded and self._frame():
            pass

    def _upgrade(self) -> None:
        _, end, rest = self._buffer.partition(b"\r\n\r\n")
        if end:
            self._buffer, self._upgraded = rest, True
            self.transport.write(self._join)

    def _frame(self) -> bool:
        """Take one whole frame off the buffer, if there is one."""
        if len(self._buffer) < 2:
            return False
        start, size = 2, self._buffer[1]
        if size == 126:
            if len(self._buffer) < 4:
                return False
            start, size = 4, struct.unpack("!H", self._buffer[2:4])[0]
        if len(self._buffer) < start + size:
            return False
        opcode, text = self._buffer[0] & 0x0F, self._buffer[start : start + size]
        self._buffer = self._buffer[start + size :]
        self._heard(opcode, text)
        return True

    def _heard(self, opcode: int, text: bytes) -> None:
        if opcode == 9:
            self.transport.write(b"\x8a" + bytes([0x80 | len(text)]) + b"\0\0\0\0" + text)
        elif text.startswith(b'{"type":"note"'):
            sent = json.loads(text)["body"]["at"]
            self._tally.delays.append(time.perf_counter() - sent)
        elif text.startswith(b'{"type":"joined"'):
            self.joined.set_result(None)

    def note(self, to: "Page") -> None:
        """Words of a candidate's size, with the time they were written."""
        body = {"at": time.perf_counter(), "candidate": "candidate:842163049 1 udp 1677729535 " + "x" * 60}
        frame = {"type": "note", "session": self._session, "to": to.me, "kind": "candidate", "body": body}
        self._tally.sent += 1
        self.transport.write(framed(json.dumps(frame)))


async def gather(rooms: int, ports: list[int], tally: Tally) -> list[tuple[Page, Page]]:
    """Open two pages for each room, at the first and the last of the ports, in waves."""
    pairs: list[tuple[Page, Page]] = []
    while len(pairs) < rooms:
        wave = [_pair(ports, tally) for _ in range(min(WAVE, rooms - len(pairs)))]
        pairs += await asyncio.gather(*wave)
    return pairs


async def _pair(ports: list[int], tally: Tally) -> tuple[Page, Page]:
    session = uuid4()
    osei = await _page(ports[0], session, "clinician", tally)
    rosa = await _page(ports[-1], session, "client", tally)
    return osei, rosa


async def _page(port: int, session: UUID, role: str, tally: Tally) -> Page:
    loop = asyncio.get_running_loop()
    page: Page
    _, page = await loop.create_connection(
        lambda: Page(port, session, uuid4(), role, tally), "127.0.0.1", port
    )
    await page.joined
    return page


async def talk(pairs: list[tuple[Page, Page]], a_second: int, seconds: float) -> None:
    """So many notes a second, evenly, now one way and now the other; then a second to let the last arrive."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    for number in range(int(a_second * seconds)):
        pause = began + number / a_second - loop.time()
        if pause > 0:
            await asyncio.sleep(pause)
        one, other = pairs[number % len(pairs)]
        sender, to = (one, other) if (number // len(pairs)) % 2 else (other, one)
        sender.note(to)
    await asyncio.sleep(1)
