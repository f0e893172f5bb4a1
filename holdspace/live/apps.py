from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "holdspace.live"
    label = "live"
