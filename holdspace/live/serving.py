"""How uvicorn must be started for the socket's promises to hold: small, bounded, quick to notice."""

from typing import Any

UVICORN: dict[str, Any] = {
    "ws": "websockets-sansio",
    # Compression costs a window of memory per socket, and notes are small.
    "ws_per_message_deflate": False,
    # Above our own cap, so that a page hears 4413; far above, the server closes with 1009.
    "ws_max_size": 256 * 1024,
    # A page whose network vanished counts as present for at most half a minute.
    "ws_ping_interval": 15.0,
    "ws_ping_timeout": 15.0,
    # A line that is still there when somebody presses, a minute after the page's last question.
    "timeout_keep_alive": 75,
    "timeout_graceful_shutdown": 5,
}
