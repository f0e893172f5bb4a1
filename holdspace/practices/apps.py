from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "holdspace.practices"
    label = "practices"

    def ready(self) -> None:
        from holdspace.practices import guards

        guards.declare()
