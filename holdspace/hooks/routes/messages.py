from django.urls import path

from holdspace.hooks.views import twilio

urlpatterns = [
    path("twilio/status", twilio.status, name="twilio_status"),
    path("twilio/incoming", twilio.incoming, name="twilio_incoming"),
]
