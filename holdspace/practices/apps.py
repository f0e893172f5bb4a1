from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "holdspace.practices"
    label = "practices"
