"""One line per web room."""

from django.urls import include, path

from holdspace.config import views

urlpatterns = [
    path("healthz", views.alive, name="healthz"),
    path("readyz", views.ready, name="readyz"),
    path("", include("holdspace.accounts.routes")),
    path("accounts/email/", views.nowhere),
    path("accounts/2fa/webauthn/", views.nowhere),
    path("accounts/2fa/webauthn/<path:rest>", views.nowhere),
    path("accounts/", include("allauth.urls")),
    path("", include("holdspace.desk.urls")),
    path("", include("holdspace.hooks.urls")),
    path("", include("holdspace.portal.urls")),
]
