from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "holdspace.scheduling"
    label = "scheduling"

    def ready(self) -> None:
        from holdspace.scheduling import guards

        guards.declare()
