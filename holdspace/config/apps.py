from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "holdspace.config"
    label = "config"

    def ready(self) -> None:
        from holdspace.config import checks  # noqa: F401 (registers them)
