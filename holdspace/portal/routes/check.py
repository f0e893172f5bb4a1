from django.urls import path

from holdspace.portal.views import check

urlpatterns = [
    path("v/check", check.check, name="check"),
]
