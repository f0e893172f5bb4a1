"""One line per web room."""

from django.urls import include, path

urlpatterns = [
    path("", include("holdspace.accounts.routes")),
    path("accounts/", include("allauth.urls")),
    path("", include("holdspace.desk.urls")),
    path("hooks/", include("holdspace.hooks.urls")),
    path("", include("holdspace.portal.urls")),
]
