"""bin/bench NAME: run bench/NAME.py with everything it needs; its last line is one JSON object."""

import os
import subprocess

from verbs.environment import ROOT, Stop, ready


def main(arguments: list[str]) -> int:
    names = sorted(f.stem for f in (ROOT / "bench").glob("[a-z]*.py"))
    if not arguments or arguments[0] not in names:
        raise Stop(f"Say which bench: {', '.join(names) or 'there are none yet'}.")
    python = ready("dev")
    name, *words = arguments
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    return subprocess.run([python, f"bench/{name}.py", *words], cwd=ROOT, env=env, check=False).returncode
