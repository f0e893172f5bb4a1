from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "holdspace.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Every room's tasks.py is read once, so that the worker knows what it may call."""
        autodiscover_modules("tasks")
