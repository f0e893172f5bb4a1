from django.urls import path

from holdspace.portal.views import consent

urlpatterns = [
    path("v/form", consent.read, name="consent"),
    path("v/form/ask", consent.ask, name="consent_ask"),
    path("v/form/opened", consent.opened, name="consent_opened"),
    path("v/form/sign", consent.sign, name="consent_sign"),
    path("v/form/done", consent.done, name="consent_done"),
    path("v/form/reason", consent.reason, name="consent_reason"),
    path("v/papers", consent.papers, name="papers"),
    path("v/papers/<uuid:pk>", consent.paper, name="paper"),
    path("v/papers/<uuid:pk>/pdf", consent.pdf, name="paper_pdf"),
    path("v/papers/<uuid:pk>/take-back", consent.take_back, name="take_back"),
]
