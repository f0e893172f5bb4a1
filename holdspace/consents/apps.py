from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "holdspace.consents"
    label = "consents"
