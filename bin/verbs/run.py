"""bin/run: from a fresh clone to a running Holdspace, with nothing but Python on the machine."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from verbs.environment import ROOT, Stop, ready, writable


def main(arguments: list[str]) -> int:
    said = parse(arguments)
    address = check_port(said.host, said.port)
    home = Path(said.home).expanduser().resolve()
    writable(home)

    print("Holdspace", flush=True)
    python = ready("base")
    env = {
        "HOLDSPACE_PUBLIC_URL": address,
        # For whoever sits at this terminal; the heads of the trail are kept in a file as well.
        "HOLDSPACE_LOG_LEVEL": "WARNING",
        **os.environ,
        "HOLDSPACE_HOME": str(home),
        "PYTHONUNBUFFERED": "1",
    }
    os.umask(0o077)  # what is kept from here on is its owner's alone
    prepare = [str(python), "manage.py", "prepare", *(["--empty"] if said.empty else [])]
    if subprocess.run(prepare, cwd=ROOT, env=env, check=False).returncode:
        raise Stop("Holdspace couldn't be prepared; the reason is above.")
    return serve(python, said, env)


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/run", description="Start Holdspace on this machine.")
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (default: this machine only)"
    )
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (default: 8000)")
    parser.add_argument(
        "--home", default=str(ROOT / "var"), metavar="FOLDER", help="where data is kept (default: var/)"
    )
    parser.add_argument("--empty", action="store_true", help="start without the demo, and set up a practice")
    parser.add_argument(
        "--demo-on-network", action="store_true", help="let others on the network see the demo"
    )
    return parser.parse_args(arguments)


def check_port(host: str, port: int) -> str:
    """The address it will have.  Refused before minutes of installing; `serve` asks once more."""
    sys.path.append(str(ROOT))
    from holdspace.config import ports

    try:
        ports.listen(host, port).close()
    except ports.PortRefused as sentence:
        raise Stop(str(sentence)) from None
    return ports.address(host, port)


def serve(python: Path, said: argparse.Namespace, env: dict[str, str]) -> int:
    words = [str(python), "manage.py", "serve", "--host", said.host, "--port", str(said.port)]
    words += ["--demo-on-network"] if said.demo_on_network else []
    os.chdir(ROOT)
    sys.stdout.flush()
    if os.name != "nt":
        os.execve(words[0], words, env)  # one process: signals reach the server itself
    return subprocess.run(words, env=env, check=False).returncode
