"""What happens to consents while nobody looks."""

import subprocess
import sys
from pathlib import Path

import holdspace
from holdspace.consents import queries
from holdspace.consents.actions.ends import expire
from holdspace.consents.actions.papers import tell_of
from holdspace.consents.models import Paper
from holdspace.jobs import every
from holdspace.kit.clock import now

HOME = Path(holdspace.__file__).parent.parent


@every(seconds=600)
def expire_consents() -> None:
    """Whatever is over says so; whether one stands never depends on this."""
    expire(at=now())


def papers_wait() -> bool:
    return queries.papers_due(at=now())


@every(seconds=5, when=papers_wait)
def seal_papers() -> None:
    """Make the PDFs of what was answered, one worker at a time.

    In a process of its own: drawing and sealing would hold the interpreter just when, after a yes,
    a call begins.  Pages of this process hear of it from here: a bus in memory ends with its process.
    """
    waiting = list(Paper.objects.due(now()).select_related("consent"))
    subprocess.run([sys.executable, "-m", "django", "seal_papers"], cwd=HOME, check=True)
    for paper in waiting:
        tell_of(paper)
