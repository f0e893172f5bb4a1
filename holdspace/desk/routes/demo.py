from django.urls import path

from holdspace.desk.views import delivery, demo

urlpatterns = [
    path("demo/phone", demo.phone, name="demo_phone"),
    path("appointments/<uuid:pk>/delivery", delivery.delivery, name="delivery"),
]
