"""How a room says what can be done later: `@task` for work with a cause, `@every` for the clock's.

The registry made here is also the list of what the worker may call: a path in a row that
nobody declared is never imported.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar, overload

from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks.base import DEFAULT_TASK_PRIORITY, Task

P = ParamSpec("P")
T = TypeVar("T")
# True: the same arguments.  A text: any arguments.  A function of the arguments: what it answers.
Unique = bool | str | Callable[..., str]

ATTEMPTS = 8
registry: dict[str, "LeasedTask[Any, Any]"] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeasedTask(Task[P, T]):
    """Django's Task, and how often to try, what counts as the same, and how often it recurs."""

    attempts: int = ATTEMPTS
    unique: Unique = False
    seconds: int | None = None
    when: Callable[[], bool] | None = None


@overload
def task(function: Callable[P, T], /) -> LeasedTask[P, T]: ...
@overload
def task(
    *, attempts: int = ATTEMPTS, unique: Unique | None = None
) -> Callable[[Callable[P, T]], LeasedTask[P, T]]: ...
def task(function: Any = None, /, *, attempts: int = ATTEMPTS, unique: Unique | None = None) -> Any:
    """Make a module's function enqueueable.  It may run more than once: write it idempotent.

    With `unique`, a second enqueue while the first still waits joins it instead of adding a row.
    """

    def declare(func: Callable[P, T]) -> LeasedTask[P, T]:
        return _register(func, attempts=attempts, unique=unique or False)

    return declare(function) if function else declare


def every(
    *, seconds: int, when: Callable[[], bool] | None = None
) -> Callable[[Callable[[], None]], LeasedTask[[], None]]:
    """Run a function again and again: one row, so at most one at a time over all processes.

    `when` is asked, cheaply and without a lease, whether there is anything to do at all.
    """

    def declare(func: Callable[[], None]) -> LeasedTask[[], None]:
        return _register(func, seconds=seconds, when=when)

    return declare


def _register(func: Callable[P, T], **ours: Any) -> LeasedTask[P, T]:
    declared = LeasedTask(
        func=func,
        priority=DEFAULT_TASK_PRIORITY,
        backend=DEFAULT_TASK_BACKEND_ALIAS,
        queue_name=DEFAULT_TASK_QUEUE_NAME,
        **ours,
    )
    registry[declared.module_path] = declared
    return declared


def crons() -> list[LeasedTask[Any, Any]]:
    """Every declared task that the clock causes."""
    return [declared for declared in registry.values() if declared.seconds]
