"""Every address that other systems call."""

from django.urls import include, path

from holdspace.hooks.routes import calendars, messages

app_name = "hooks"
urlpatterns = [path("hooks/", include(messages.urlpatterns)), *calendars.urlpatterns]
