from django.urls import path

from holdspace.desk.views import emergency, guests, sending, sessions, spoken

urlpatterns = [
    path("start/<uuid:pk>/link", sending.send_link, name="send_link"),
    path("start/<uuid:pk>/open", sending.open_room, name="open_room"),
    path("start/<uuid:pk>/resend", sending.resend_link, name="resend_link"),
    path("start/<uuid:pk>/new-link", sending.new_link, name="new_link"),
    path("start/<uuid:pk>/spoken", spoken.spoken_code, name="spoken_code"),
    path("start/<uuid:pk>/unlock", sending.unlock_link, name="unlock_link"),
    path("sessions/<uuid:pk>", sessions.room, name="room"),
    path("sessions/<uuid:pk>/waiting", sessions.waiting, name="waiting"),
    path("sessions/<uuid:pk>/ticket", sessions.ticket, name="ticket"),
    path("sessions/<uuid:pk>/here", sessions.here, name="here"),
    path("sessions/<uuid:pk>/end", sessions.end, name="end"),
    path("sessions/<uuid:pk>/guests", guests.invite, name="invite_guest"),
    path("guests/<uuid:pk>/take-back", guests.take_back, name="take_back_guest"),
    path("emergency/<uuid:pk>", emergency.card, name="emergency_card"),
    path("emergency/<uuid:pk>/told", emergency.told, name="emergency_told"),
    path("participants/<uuid:pk>/admit", sessions.admit, name="admit"),
    path("participants/<uuid:pk>/decline", sessions.decline, name="decline"),
    path("participants/<uuid:pk>/send-back", sessions.send_back, name="send_back"),
    path("participants/<uuid:pk>/remove", sessions.remove, name="remove"),
    path("participants/<uuid:pk>/tell", sessions.tell, name="tell"),
]
