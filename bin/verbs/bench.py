"""bin/bench NAME: run bench/NAME.py with everything it needs; its last line is one JSON object."""

import os
import subprocess

from verbs.environment import ROOT, Stop, ready


def main(arguments: list[str]) -> int:
    files = sorted((ROOT / "bench").glob("[a-z]*.py"))
    names = [file.stem for file in files if "__main__" in file.read_text()]  # the others are their parts
    if not arguments or arguments[0] not in names:
        raise Stop(f"Say which bench: {', '.join(names) or 'there are none yet'}.")
    python = ready("dev")
    name, *words = arguments
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen([python, "-m", f"bench.{name}", *words], cwd=ROOT, env=env)
    try:
        return process.wait()
    except KeyboardInterrupt:
        # It has servers and databases of its own to put away.
        process.terminate()
        process.wait()
        raise
