"""Serves the floor page and relays its words between two browsers: the least a server can do."""

import socket
import threading
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

PAGE = Path(__file__).with_name("floor.html")
rooms: dict[str, list[WebSocket]] = {}


async def page(request: Request) -> Response:
    return FileResponse(PAGE)


async def relay(mine: WebSocket) -> None:
    await mine.accept()
    room = rooms.setdefault(mine.path_params["room"], [])
    room.append(mine)
    try:
        while True:
            said = await mine.receive_text()
            for other in room:
                if other is not mine:
                    await other.send_text(said)
    except WebSocketDisconnect:
        room.remove(mine)


def serve() -> str:
    """Start serving in a thread; the address to open."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    app = Starlette(routes=[Route("/", page), WebSocketRoute("/relay/{room}", relay)])
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
    return f"http://localhost:{listening.getsockname()[1]}"
