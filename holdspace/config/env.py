"""Reads the environment, `*_FILE` secrets and the key file.  Refuses nonsense with a sentence."""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from holdspace.kit.crypto import new_ring

YES, NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """The variable, or the content of the file that NAME_FILE points at."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        return Path(file).read_text().strip()
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    said = text(name, "1" if default else "").lower()
    if said in YES | NO:
        return said in YES
    raise ImproperlyConfigured(f"{name} is {said!r}; say 1 or 0.")


def number(name: str, default: int) -> int:
    said = text(name, str(default))
    if said.isdecimal():
        return int(said)
    raise ImproperlyConfigured(f"{name} is {said!r}; say a whole number.")


def words(name: str) -> list[str]:
    """A list separated by commas or blanks."""
    return text(name).replace(",", " ").split()


def home() -> Path:
    """Where this installation keeps its database, keys and files."""
    return Path(text("HOLDSPACE_HOME", "var")).resolve()


def database(folder: Path) -> dict[str, Any]:
    """Django's description of the database in HOLDSPACE_DATABASE_URL; SQLite under `folder` without one."""
    url = text("HOLDSPACE_DATABASE_URL")
    return postgresql(url) if url else sqlite(folder)


def sqlite(folder: Path) -> dict[str, Any]:
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
    return {
        "ENGINE": "holdspace.kit.sqlite",
        "NAME": folder / "holdspace.sqlite3",
        "OPTIONS": options,
        # In so many words: the suite's runner assumes it of Django's own backend only.
        "TEST": {"NAME": ":memory:"},
        # Kept by each of the server's few threads: opening one costs more than most requests.
        "CONN_MAX_AGE": None,
    }


def postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("HOLDSPACE_DATABASE_URL must begin with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        # Shared by pages, sockets and jobs, and mended by itself when the database comes back.
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 16, "timeout": 20}},
        "CONN_MAX_AGE": 0,
    }


def key_file(folder: Path) -> Path:
    return Path(text("HOLDSPACE_KEYS_FILE") or folder / "keys.json")


def keys(folder: Path) -> tuple[dict[str, Any], bool]:
    """The key ring and whether it is kept: fresh keys, not kept, where there is no key file yet."""
    file = key_file(folder)
    if not file.exists():
        return new_ring(), False
    return json.loads(file.read_text()), True


def seal_file(folder: Path) -> Path:
    """What papers are sealed with: beside the key ring, unless said otherwise."""
    return Path(text("HOLDSPACE_SEAL_FILE") or key_file(folder).with_name("seal.pem"))


def keep_keys(folder: Path, ring: dict[str, Any]) -> None:
    """Write the ring where only its owner can read it; never over an existing one."""
    _keep(key_file(folder), json.dumps(ring, indent=1).encode())


def keep_seal(file: Path, pem: bytes) -> None:
    """Write the seal where only its owner can read it; in place of an earlier one at one stroke."""
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    _keep(fresh, pem)
    fresh.replace(file)


def _keep(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
