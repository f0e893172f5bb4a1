from django.apps import AppConfig


class TelehealthConfig(AppConfig):
    name = "holdspace.telehealth"
    label = "telehealth"
