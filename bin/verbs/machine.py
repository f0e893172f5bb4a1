"""What bin/test needs from the machine: found, installed where we may, or named exactly."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from verbs.environment import Stop, step
from verbs.services import binary

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The same engine without windows, menus and profiles: a journey in it takes two thirds of the time.
SHELL = "chromium-headless-shell"
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


@dataclass(frozen=True)
class Need:
    """A program, how to see whether it is there, and Debian's package that brings it."""

    what: str
    found: Callable[[], str | None]
    package: str


def chromium() -> str | None:
    said = os.environ.get("HOLDSPACE_TEST_CHROMIUM")
    if said:
        return said if Path(said).exists() else None
    on_path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    return on_path or (MAC_CHROME if Path(MAC_CHROME).exists() else None)


def shell() -> str | None:
    """Where Debian has the shell and we may install it, no other will do."""
    found = os.environ.get("HOLDSPACE_TEST_SHELL") or shutil.which(SHELL)
    return found or (None if on_debian() and may_install() else chromium())


def on_debian() -> bool:
    said = Path("/etc/os-release")
    return said.exists() and "ID=debian" in said.read_text().splitlines()


def font() -> str | None:
    """Chromium alone brings no letters on Linux, and a page without letters can't be measured."""
    if sys.platform != "linux":
        return "the system's"
    places = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
    return next((str(f) for place in places for f in place.rglob("*.[to]tf")), None)


def evolution(part: str) -> str | None:
    """Where Debian puts what it brings: none of it is on the path."""
    names = {
        "factory": "libexec/evolution-calendar-factory",
        "binding": "lib/**/girepository-1.0/ECal-2.0.typelib",
    }
    return next((str(found) for found in Path("/usr").glob(names[part])), None)


def python_with_gi() -> str | None:
    python = "/usr/bin/python3"
    seen = Path(python).exists() and subprocess.run(
        [python, "-c", "import gi"], capture_output=True, check=False
    )
    return python if seen and seen.returncode == 0 else None


NEEDS = (
    Need("Chromium (or HOLDSPACE_TEST_CHROMIUM, saying where it is)", chromium, "chromium"),
    Need("Chromium's headless shell", shell, SHELL),
    Need("a font for Chromium", font, "fonts-liberation"),
    Need("PostgreSQL's server programs (initdb, postgres, psql)", lambda: binary("initdb"), "postgresql"),
    Need("redis-server", lambda: binary("redis-server"), "redis-server"),
    Need("coturn (turnserver)", lambda: binary("turnserver"), "coturn"),
    # Another's judge of our sealed papers, and a reader of what they say.
    Need("pdfsig (and pdftotext)", lambda: shutil.which("pdfsig"), "poppler-utils"),
    # Two programs that read our calendars as a clinician's own would.
    Need("khal", lambda: shutil.which("khal"), "khal"),
    Need("Evolution's data server", lambda: evolution("factory"), "evolution-data-server"),
    Need("its binding (ECal) for other languages", lambda: evolution("binding"), "gir1.2-ecal-2.0"),
    Need("the system's Python with gi", python_with_gi, "python3-gi"),
    Need("dbus-run-session", lambda: shutil.which("dbus-run-session"), "dbus"),
)


@contextmanager
def equipping() -> Iterator[Callable[[], None]]:
    """Meanwhile the machine gets what it lacks of NEEDS; what is given waits until it has all of it.

    Where we may not install, one message lists what is missing, before anything else is done.
    """
    missing = [need for need in NEEDS if not need.found()]
    if missing and not may_install():
        raise Stop(lines_about(missing))
    with ThreadPoolExecutor(1) as aside:
        installing = aside.submit(install, missing)
        yield installing.result


def install(missing: Sequence[Need]) -> None:
    if missing:
        apt_install([need.package for need in missing])
    missing = [need for need in missing if not need.found()]
    if missing:
        raise Stop(lines_about(missing))


def may_install() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(packages: Sequence[str]) -> None:
    wanted = shlex.join(packages)
    apt = "apt-get -q -y"
    words = f"{apt} update && {apt} install --no-install-recommends {wanted}"
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    step(f"Meanwhile installing {', '.join(packages)}", ["sh", "-c", words], env=env, live=False)


def lines_about(missing: list[Need]) -> str:
    names = " ".join(need.package for need in missing)
    listed = "\n".join(f"  - {need.what}" for need in missing)
    return (
        f"bin/test needs these, and this machine lacks them:\n{listed}\n"
        f"On Debian or Ubuntu: apt-get install {names}   (bin/test does it by itself as root)."
    )
