from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "holdspace.consents"
    label = "consents"

    def ready(self) -> None:
        from holdspace.consents import guards

        guards.declare()
