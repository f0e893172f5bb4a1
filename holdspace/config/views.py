"""For whoever watches the server: is the process alive, could it serve someone now; and what isn't there."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from holdspace.kit import guards
from holdspace.practices.models import Installation


def alive(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"alive": True})


def ready(request: HttpRequest) -> HttpResponse:
    """200 if everything that serving needs is there, else 503 and what isn't."""
    wrong = list(_wrong())
    return JsonResponse({"ready": not wrong, "wrong": wrong}, status=503 if wrong else 200)


def _wrong() -> list[str]:
    try:
        return [name for name, bad in _questions() if bad]
    except DatabaseError:
        return ["database"]


def _questions() -> list[tuple[str, bool]]:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return [("migrations", True)]
    return [
        ("keys", not settings.KEYS_KEPT),
        ("guards", bool(guards.missing(connection))),
        ("prepared", not Installation.objects.exists()),
    ]


def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """A page of allauth's that we don't have: nobody changes a sign-in's address at a forgotten screen.

    Passkeys have pages of our own, at the desk and in the portal.
    """
    raise Http404


alive.who_may = ready.who_may = nowhere.who_may = ("anyone",)  # type: ignore[attr-defined]
