from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


def put_guards_back(using: str, **_: Any) -> None:
    from holdspace.kit import guards

    guards.put_up(connections[using])


class KitConfig(AppConfig):
    name = "holdspace.kit"
    label = "kit"

    def ready(self) -> None:
        # A framework signal, not one of the domain's: migrations rebuild tables and drop triggers.
        post_migrate.connect(put_guards_back, dispatch_uid="guards")
