from django.urls import path

from holdspace.portal.views import arrive, calendars

urlpatterns = [
    path("v/", arrive.home, name="home"),
    path("v/appointment.ics", calendars.one, name="add_to_calendar"),
    path("v/appointments.ics", calendars.series, name="add_series"),
    path("<slug:slug>/v/send", arrive.resend, name="resend"),
    path("<slug:slug>/v/<str:key>", arrive.arrive, name="arrive"),
]
