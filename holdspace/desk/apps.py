from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "holdspace.desk"
    label = "desk"
