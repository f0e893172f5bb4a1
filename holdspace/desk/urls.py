"""Every address of the desk, a file per topic."""

from holdspace.desk.routes import calendar, consents, demo, frame, sessions, settings, start

app_name = "desk"
urlpatterns = [
    *frame.urlpatterns,
    *calendar.urlpatterns,
    *start.urlpatterns,
    *consents.urlpatterns,
    *sessions.urlpatterns,
    *settings.urlpatterns,
    *demo.urlpatterns,
]
