from django.urls import path

from holdspace.hooks.views import calendars

urlpatterns = [path("calendar/<str:handle>/<str:secret>.ics", calendars.feed, name="feed")]
