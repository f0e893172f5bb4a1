from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "holdspace.audit"
    label = "audit"

    def ready(self) -> None:
        from holdspace.audit import checks, triggers

        triggers.declare()
        checks.declare()
