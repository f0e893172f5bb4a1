"""Django's Tasks interface over the lease table: `Task.enqueue` is one INSERT in the caller's transaction."""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django_tasks import TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult
from django_tasks.exceptions import TaskResultDoesNotExist

from holdspace.jobs import actions, wake
from holdspace.jobs.declare import LeasedTask, Unique, registry
from holdspace.jobs.models import Job, Status
from holdspace.kit import clock

DJANGO_STATUS = {
    Status.READY: TaskResultStatus.READY,
    Status.LEASED: TaskResultStatus.RUNNING,
    Status.DONE: TaskResultStatus.SUCCESSFUL,
    Status.DEAD: TaskResultStatus.FAILED,
}


class LeaseBackend(BaseTaskBackend):
    """Keeps tasks as rows.  Return values are not kept: a job's result is what it changed."""

    task_class = LeasedTask
    supports_defer = True
    supports_get_result = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Keep the work in the present transaction; it runs soon after the commit, or never without one."""
        self.validate_task(task)
        at = clock.now()
        job = Job(task=task.module_path, args=plain(args), kwargs=plain(kwargs), enqueued_at=at)
        job.run_at, job.unique = task.run_after or at, same_as(task, args, kwargs)
        job = actions.keep(job)
        wake.nudge()
        return self.result_of(job, task)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        try:
            job = Job.objects.get(pk=result_id)
            return self.result_of(job, registry[job.task])
        except (Job.DoesNotExist, KeyError, ValidationError) as gone:
            raise TaskResultDoesNotExist(result_id) from gone

    def result_of(self, job: Job, task: Task[Any, Any]) -> TaskResult[Any]:
        """The row in Django's words."""
        named = job.last_error.partition(" ")[0]
        return TaskResult(
            task=task,
            id=str(job.pk),
            status=DJANGO_STATUS[Status(job.status)],
            enqueued_at=job.enqueued_at,
            started_at=None,
            finished_at=job.finished_at,
            last_attempted_at=None,
            args=job.args,
            kwargs=job.kwargs,
            backend=self.alias,
            errors=[TaskError(exception_class_path=named, traceback=job.last_error)] if named else [],
            worker_ids=[job.leased_by] * job.attempts,
        )


def plain(value: Any) -> Any:
    """Ids and times as JSON has them; anything JSON can't say is a TypeError here, not in the worker."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder, allow_nan=False))


def same_as(task: Task[Any, Any], args: Any, kwargs: Any) -> str | None:
    """The dedupe key, or None where every enqueue is work of its own."""
    unique: Unique = getattr(task, "unique", False)
    if unique is False:
        return None
    return f"{task.module_path}:{_sameness(unique, args, kwargs)}"


def _sameness(unique: Unique, args: Any, kwargs: Any) -> str:
    if callable(unique):
        return unique(*args, **kwargs)
    if isinstance(unique, str):
        return unique
    said = json.dumps([plain(args), plain(kwargs)], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def revived(task: Task[Any, Any], args: list[Any]) -> list[Any]:
    """Positional arguments as the function declared them: JSON made texts of its UUIDs."""
    hints = list(_hints(task).values())
    return [UUID(arg) if i < len(hints) and hints[i] is UUID else arg for i, arg in enumerate(args)]


def _hints(task: Task[Any, Any]) -> dict[str, Any]:
    return {name: hint for name, hint in task.func.__annotations__.items() if name != "return"}
