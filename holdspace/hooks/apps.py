from django.apps import AppConfig


class HooksConfig(AppConfig):
    name = "holdspace.hooks"
    label = "hooks"
