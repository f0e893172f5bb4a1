from django.urls import path

from holdspace.portal.views import room

urlpatterns = [
    path("v/room", room.room, name="room"),
    path("v/knock", room.knock, name="knock"),
    path("v/ticket", room.ticket, name="ticket"),
    path("v/here", room.here, name="here"),
    path("v/leave", room.leave, name="leave"),
    path("v/checked", room.checked, name="checked"),
    path("v/status", room.status, name="status"),
    path("v/ended", room.ended, name="ended"),
]
