from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "holdspace.clients"
    label = "clients"
