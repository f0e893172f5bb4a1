"""Tasks that only tests declare."""

import os
import time
from uuid import UUID

from holdspace.jobs import every, task

done: list[object] = []


class CarrierAsleep(Exception):
    pass


@task
def note_down(what: str) -> None:
    done.append(what)


@task
def look_up(row: UUID) -> None:
    done.append(row)


@task(attempts=3)
def never_works(words: str) -> None:
    raise CarrierAsleep(f"could not reach {words}")


@task(unique=True)
def tidy(what: str) -> None:
    done.append(what)


@task(attempts=1000)
def mark(n: int, file: str) -> None:
    """Leave a line in a file: done twice is as good as done once."""
    time.sleep(0.005)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(handle, f"{n}\n".encode())
    os.close(handle)


@task
def slowly(file: str) -> None:
    with open(file, "a", buffering=1) as out:
        out.write("begun\n")
        time.sleep(1)
        out.write("ended\n")


@every(seconds=60)
def wind_the_clock() -> None:
    done.append("wound")


def cannot_say() -> bool:
    raise CarrierAsleep


@every(seconds=60, when=cannot_say)
def asks_in_vain() -> None:
    raise CarrierAsleep


@every(seconds=60, when=lambda: False)
def nothing_to_do() -> None:
    done.append("never")
