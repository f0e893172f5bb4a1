"""bin/run on machines that lack something: one clear sentence each, and nothing half done."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from verbs import environment

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., "subprocess.CompletedProcess[str]"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="bin/run is a shell script; Windows starts bin/verbs")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """As much of a fresh clone as bin/run looks at before it installs anything."""
    for folder in ("bin", "requirements", "holdspace/config"):
        shutil.copytree(ROOT / folder, tmp_path / "clone" / folder, ignore=shutil.ignore_patterns("*.pyc"))
    (tmp_path / "clone" / "holdspace" / "__init__.py").touch()
    return tmp_path / "clone"


@pytest.fixture
def bin_run(clone: Path) -> Run:
    def run(*words: str, path: str = "") -> "subprocess.CompletedProcess[str]":
        folder = os.path.dirname(sys.executable)
        env = {"PATH": path or f"{folder}:/usr/bin:/bin", "HOME": str(clone)}
        return subprocess.run(
            ["/bin/sh", str(clone / "bin" / "run"), *words],
            check=False,
            env=env,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def a_python(folder: Path, script: str) -> str:
    """A search path with nothing but that script as its Python, and what a shell script needs."""
    folder.mkdir()
    (folder / "python3").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "python3").chmod(0o755)
    (folder / "dirname").symlink_to(shutil.which("dirname") or "/usr/bin/dirname")
    return str(folder)


def test_a_port_in_use_is_said_before_anything_is_installed(
    bin_run: Run, clone: Path, taken_port: int
) -> None:
    done = bin_run("--port", str(taken_port))

    assert done.returncode == 1
    assert one_sentence(done) == (
        f"Port {taken_port} is in use by another program: stop that one, or say --port {taken_port + 1}."
    )
    assert not (clone / ".venv").exists()


def test_an_old_python_is_named(bin_run: Run, tmp_path: Path) -> None:
    old = a_python(
        tmp_path / "old", 'case "$2" in *platform*) echo "this machine has 3.9.2";; *) exit 1;; esac'
    )

    done = bin_run(path=old)

    assert done.returncode == 1
    assert "needs Python 3.11 or newer (this machine has 3.9.2)" in one_sentence(done)


def test_no_python_at_all_is_one_sentence_too(bin_run: Run, tmp_path: Path) -> None:
    none = a_python(tmp_path / "none", "exit 127")

    assert "needs Python 3.11 or newer (none was found)" in one_sentence(bin_run(path=none))


def test_a_missing_venv_module_names_the_package(bin_run: Run, clone: Path, tmp_path: Path) -> None:
    """Debian's Python without python3-venv: `import ensurepip` fails, as it does here."""
    lacking = tmp_path / "lacking"
    lacking.mkdir()
    (lacking / "ensurepip.py").write_text("raise ImportError('not on this system')\n")
    real = a_python(tmp_path / "debian", f'PYTHONPATH={lacking} exec {sys.executable} "$@"')

    done = bin_run("--port", str(free_port()), path=real)

    assert done.returncode == 1
    assert "apt install python3-venv" in one_sentence(done)
    assert not (clone / ".venv").exists()


@pytest.mark.parametrize(("compiled", "chosen"), [("'--enable-optimizations'", "this"), ("", "the system's")])
def test_a_python_compiled_without_optimisation_gives_way_to_the_systems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compiled: str, chosen: str
) -> None:
    systems = tmp_path / "python3"
    systems.symlink_to(sys.executable)
    monkeypatch.setattr(environment, "SYSTEM", str(systems))
    monkeypatch.setattr("sysconfig.get_config_var", lambda name: compiled)

    assert environment.quickest() == (sys.executable if chosen == "this" else str(systems))


def test_a_system_that_cannot_make_an_environment_is_not_asked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = a_python(tmp_path / "lacking", "exit 1")
    monkeypatch.setattr(environment, "SYSTEM", f"{lacking}/python3")
    monkeypatch.setattr("sysconfig.get_config_var", lambda name: "")

    assert environment.quickest() == sys.executable


def test_a_folder_that_cannot_be_written_is_named(bin_run: Run, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()

    done = bin_run("--port", str(free_port()), "--home", str(file / "home"))

    assert done.returncode == 1
    assert one_sentence(done).startswith(f"Holdspace can't write to {file / 'home'}:")


def test_an_address_of_another_machine_is_refused(bin_run: Run) -> None:
    done = bin_run("--host", "192.0.2.77", "--port", str(free_port()))

    assert "This machine has no address 192.0.2.77" in one_sentence(done)


@pytest.mark.parametrize("port", ["0", "70000", "-1"])
def test_what_is_no_port_is_refused(bin_run: Run, port: str) -> None:
    assert f"{port} is no port" in one_sentence(bin_run("--port", port))


def one_sentence(done: "subprocess.CompletedProcess[str]") -> str:
    """What was said, which must be one line and no traceback."""
    said = done.stderr.strip()
    assert "Traceback" not in said
    assert len(said.splitlines()) == 1, said
    return said


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
