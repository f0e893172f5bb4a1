"""Signing in by passkey; every other page about signing in is allauth's, with templates of ours."""

from django.urls import path

from holdspace.accounts import web_passkeys

urlpatterns = [
    path("accounts/passkeys/sign-in", web_passkeys.sign_in, name="passkey_sign_in"),
    path("accounts/passkeys/sign-in/ask", web_passkeys.ask, name="passkey_sign_in_ask"),
    path("accounts/passkeys/second", web_passkeys.second, name="passkey_second"),
    path("accounts/passkeys/second/ask", web_passkeys.ask_second, name="passkey_second_ask"),
    path("accounts/passkeys/again", web_passkeys.again, name="passkey_again"),
    path("accounts/passkeys/again/ask", web_passkeys.ask_again, name="passkey_again_ask"),
]
