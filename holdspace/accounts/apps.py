from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out


class AccountsConfig(AppConfig):
    name = "holdspace.accounts"
    label = "accounts"

    def ready(self) -> None:
        from holdspace.accounts.web import tell_open_pages

        user_logged_out.connect(tell_open_pages, dispatch_uid="holdspace.signed_out")
