from django.urls import path

from holdspace.desk.views import delivery, demo

urlpatterns = [
    path("demo/phone", demo.phone, name="demo_phone"),
    path("demo/phone/<uuid:pk>/file", demo.file, name="demo_file"),
    path("appointments/<uuid:pk>/delivery", delivery.delivery, name="delivery"),
]
