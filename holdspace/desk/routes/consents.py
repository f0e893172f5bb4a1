from django.urls import path

from holdspace.desk.views import consents, correcting

urlpatterns = [
    path("consents/<uuid:pk>", consents.consent, name="consent"),
    path("consents/<uuid:pk>/correct", correcting.correct, name="consent_correct"),
    path("consents/<uuid:pk>/pdf", consents.pdf, name="consent_pdf"),
    path("consents/<uuid:pk>/copy", consents.send_copy, name="consent_copy"),
    path("consents/<uuid:pk>/mail", consents.send_pdf, name="consent_mail"),
    path("consents/<uuid:pk>/try-again", consents.try_again, name="consent_try_again"),
]
