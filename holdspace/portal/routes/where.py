from django.urls import path

from holdspace.portal.views import where

urlpatterns = [
    path("v/where", where.where, name="where"),
]
