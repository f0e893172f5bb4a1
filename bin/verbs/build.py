"""bin/build: the front end, from frontend/ into holdspace/kit/static/built (committed by itself)."""

import filecmp
import tempfile
from collections.abc import Iterator
from pathlib import Path

from verbs.environment import ROOT, Stop, front_end, npm, step

BUILT = ROOT / "holdspace" / "kit" / "static" / "built"


def main(arguments: list[str]) -> int:
    env = front_end()
    if arguments == ["--compare"]:
        return compare(env)
    if arguments:
        raise Stop("bin/build takes no words but --compare.")
    step("Building the front end", npm("run", "build", "--prefix", "frontend"), env=env)
    print(f"  {sum(f.stat().st_size for f in files(BUILT)) // 1024} KiB in {BUILT.relative_to(ROOT)}")
    return 0


def compare(env: dict[str, str]) -> int:
    """Build somewhere else, and say what differs from the committed build."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "built"
        words = npm("run", "build", "--prefix", "frontend", "--", "--outDir", str(fresh), "--emptyOutDir")
        step("Building the front end beside the committed one", words, env=env)
        differing = sorted(differences(BUILT, fresh))
    for name in differing:
        print(f"  differs: {name}")
    if differing:
        print("The committed build isn't what frontend/ makes: run bin/build and commit it by itself.")
    return 1 if differing else 0


def differences(committed: Path, fresh: Path) -> Iterator[str]:
    names = {f.relative_to(folder) for folder in (committed, fresh) for f in files(folder)}
    for name in names:
        one, other = committed / name, fresh / name
        if not (one.exists() and other.exists() and filecmp.cmp(one, other, shallow=False)):
            yield name.as_posix()


def files(folder: Path) -> list[Path]:
    return [f for f in folder.rglob("*") if f.is_file()] if folder.exists() else []
