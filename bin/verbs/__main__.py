"""`python bin/verbs VERB ...`: one door, so that a sentence replaces every foreseeable traceback."""

import importlib
import signal
import sys
from pathlib import Path
from types import FrameType

# Python put this folder on the path; the package stands one higher, and `test` here must not hide Python's.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from verbs.environment import Stop  # noqa: E402 -- the path first

VERBS = ("run", "test", "check", "build", "bench")


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in VERBS:
        print(f"Say one of: {', '.join(VERBS)}.", file=sys.stderr)
        return 2
    verb = importlib.import_module(f"verbs.{arguments[0]}")
    signal.signal(signal.SIGTERM, terminated)
    try:
        return int(verb.main(arguments[1:]))
    except Stop as sentence:
        print(f"\n{sentence}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def terminated(_signal: int, _frame: FrameType | None) -> None:
    """Unwind as for Ctrl-C, so that the temporary servers are stopped too."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
