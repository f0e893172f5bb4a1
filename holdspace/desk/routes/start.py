from django.urls import path

from holdspace.desk.views import licensing, start

urlpatterns = [
    path("start/<uuid:pk>", start.start, name="start"),
    path("start/<uuid:pk>/verbal", start.verbal, name="start_verbal"),
    path("start/<uuid:pk>/form", start.ask, name="start_ask"),
    path("start/<uuid:pk>/asked", start.asked_again, name="start_asked"),
    path("start/<uuid:pk>/mend", start.mend, name="mend"),
    path("start/<uuid:pk>/license", licensing.go_on, name="go_on"),
    path("start/<uuid:pk>/other-way", start.other_way, name="start_other_way"),
    path("start/<uuid:pk>/take-back", start.take_back, name="start_take_back"),
    path("start/<uuid:pk>/paper/<uuid:consent>", start.paper, name="start_paper"),
]
