from django.urls import path

from holdspace.portal.views import arrive

urlpatterns = [
    path("v/", arrive.home, name="home"),
    path("<slug:slug>/v/send", arrive.resend, name="resend"),
    path("<slug:slug>/v/<str:key>", arrive.arrive, name="arrive"),
]
