from django.urls import path

from holdspace.desk.views import appointments, booking, calendar, changing, editing, roster, settling

urlpatterns = [
    path("calendar", calendar.calendar, name="calendar"),
    path("calendar/feed", calendar.feed, name="feed"),
    path("calendar/zone", calendar.zone, name="zone"),
    path("appointments/new", booking.new, name="appointment_new"),
    path("appointments/clients", booking.find_client, name="find_client"),
    path("appointments/drop", changing.drop, name="appointment_drop"),
    path("appointments/<uuid:pk>", appointments.details, name="appointment"),
    path("appointments/<uuid:pk>/edit", changing.edit, name="appointment_edit"),
    path("appointments/<uuid:pk>/move", changing.move, name="appointment_move"),
    path("appointments/<uuid:pk>/editing", editing.editing, name="appointment_editing"),
    path("appointments/<uuid:pk>/others", editing.others, name="appointment_others"),
    path("appointments/<uuid:pk>/status", settling.status, name="appointment_status"),
    path("appointments/<uuid:pk>/explain", settling.explain, name="appointment_explain"),
    path("appointments/<uuid:pk>/cancel", settling.cancel, name="appointment_cancel"),
    path("appointments/<uuid:pk>/roster", roster.roster, name="roster"),
    path("appointments/<uuid:pk>/take-out", roster.take_out, name="take_out"),
    path("appointments/<uuid:pk>/history", appointments.history, name="appointment_history"),
]
