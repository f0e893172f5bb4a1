from django.apps import AppConfig
from django.core.checks import register


class MessagingConfig(AppConfig):
    name = "holdspace.messaging"
    label = "messaging"

    def ready(self) -> None:
        from holdspace.messaging import checks

        register(checks.carriers_make_sense)
