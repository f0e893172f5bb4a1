"""Questions about consents: does one stand, is one being asked for."""

from datetime import datetime

from holdspace.consents.models import Consent
from holdspace.scheduling.models import Seat

S = Consent.Status


def standing(seat: Seat, *, purpose: str = "telehealth", at: datetime) -> Consent | None:
    found = Consent.objects.filter(client_id=seat.client_id, status__in=[S.SIGNED, S.RECORDED])
    found = found.filter(version__form__purpose=purpose)
    for consent in found.order_by("-answered_at"):
        if consent.expires_at is None or consent.expires_at > at:
            return consent
    return None


def live_request(seat: Seat) -> Consent | None:
    return Consent.objects.filter(seat=seat, status__in=[S.REQUESTED, S.OPENED, S.ACCEPTED]).order_by("-requested_at").first()
