from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "holdspace.config"
    label = "config"
