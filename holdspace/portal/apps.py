from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "holdspace.portal"
    label = "portal"
