from django.urls import path

from holdspace.portal.views import account, address, details, invited, passkeys, sign_in

urlpatterns = [
    path("portal/", sign_in.front, name="front"),
    path("portal/forgot", sign_in.forgot, name="forgot"),
    path("portal/forgot/sent", sign_in.forgot_sent, name="forgot_sent"),
    path("portal/sign-out", sign_in.sign_out, name="sign_out"),
    path("portal/welcome", invited.welcome, name="welcome"),
    path("portal/welcome/passkey", invited.welcome_by_passkey, name="welcome_passkey"),
    path("portal/welcome/passkey/ask", invited.ask_passkey, name="welcome_passkey_ask"),
    path("portal/of/<uuid:client>", account.account, name="account"),
    path("portal/of/<uuid:client>/details", details.details, name="details"),
    path("v/details", details.in_visit, name="visit_details"),
    path("portal/of/<uuid:client>/passkeys/add", passkeys.add, name="passkey_add"),
    path("portal/of/<uuid:client>/passkeys/add/ask", passkeys.ask, name="passkey_ask"),
    path("portal/of/<uuid:client>/passkeys/<int:pk>", passkeys.rename, name="passkey"),
    path("portal/of/<uuid:client>/passkeys/<int:pk>/remove", passkeys.remove, name="passkey_remove"),
    path("portal/of/<uuid:client>/address", address.ask, name="address"),
    path("portal/address/<str:key>", address.confirm, name="address_confirm"),
    path("portal/of/<uuid:client>/enter/<uuid:seat>", account.enter, name="enter"),
    path("portal/of/<uuid:client>/papers/<uuid:consent>", account.paper, name="account_paper"),
    path("portal/of/<uuid:client>/papers/<uuid:consent>/pdf", account.pdf, name="account_pdf"),
    path(
        "portal/of/<uuid:client>/papers/<uuid:consent>/take-back",
        account.take_back,
        name="account_take_back",
    ),
    path("<slug:slug>/portal/<str:key>", invited.invited, name="invited"),
]
