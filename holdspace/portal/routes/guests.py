from django.urls import path

from holdspace.portal.views import guests

urlpatterns = [
    path("v/guest", guests.room, name="guest_room"),
    path("v/guest/knock", guests.knock, name="guest_knock"),
    path("v/guest/ticket", guests.ticket, name="guest_ticket"),
    path("v/guest/here", guests.here, name="guest_here"),
    path("v/guest/leave", guests.leave, name="guest_leave"),
    path("v/guest/ended", guests.ended, name="guest_ended"),
    path("<slug:slug>/v/guest/<str:secret>", guests.arrive, name="guest"),
]
