from django.urls import path

from holdspace.portal.views import spoken

urlpatterns = [
    path("j", spoken.code, name="spoken"),
    path("j/who", spoken.who, name="spoken_who"),
]
