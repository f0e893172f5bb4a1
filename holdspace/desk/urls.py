"""Every address of the desk, a file per topic."""

from holdspace.desk.routes import calendar, demo, frame, sessions, settings, start

app_name = "desk"
urlpatterns = [
    *frame.urlpatterns,
    *calendar.urlpatterns,
    *start.urlpatterns,
    *sessions.urlpatterns,
    *settings.urlpatterns,
    *demo.urlpatterns,
]
