"""Listening on a port, or one sentence on why not.  Standard library only: bin/run asks before installing."""

import errno
import ipaddress
import os
import socket


class PortRefused(Exception):
    """Nothing can listen there; the text says why, and what to do."""


def listen(host: str, port: int) -> socket.socket:
    """A bound socket at that address, or PortRefused."""
    if not 0 < port < 65536:
        raise PortRefused(f"{port} is no port: say a number from 1 to 65535.")
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    if os.name != "nt":  # where it would let two programs share the port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as problem:
        listening.close()
        raise PortRefused(why_not(problem, host, port)) from None
    return listening


def why_not(problem: OSError, host: str, port: int) -> str:
    match problem.errno:
        case errno.EADDRINUSE:
            return f"Port {port} is in use by another program: stop that one, or say --port {port + 1}."
        case errno.EACCES:
            return f"Port {port} may only be used by the administrator: say --port 8000."
        case _:
            return f"This machine has no address {host}: use 127.0.0.1, or one of its own."


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach that address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def names_of(host: str) -> list[str]:
    """The names under which others reach a server that listens at `host`."""
    if host not in {"0.0.0.0", "::", ""}:  # noqa: S104 -- compared, not bound
        return [host]
    here = socket.gethostname()
    return sorted({here, f"{here}.local", outward_address()})


def address(host: str, port: int) -> str:
    """Where a browser finds it.  Passkeys and cameras know `localhost`, so that is this machine's name."""
    shown = "localhost" if is_loopback(host) else names_of(host)[0]
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def outward_address() -> str:
    """This machine's address on its network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])
