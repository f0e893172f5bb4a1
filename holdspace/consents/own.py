"""A client's own side of consent, as their portal account shows it."""

from datetime import datetime

from holdspace.consents.models import OPEN, Consent
from holdspace.kit.actor import Actor
from holdspace.scheduling.links import GRACE
from holdspace.scheduling.models.seats import NOT_HELD


def waiting_for(actor: Actor, *, at: datetime) -> list[Consent]:
    """The forms that wait for this client's answer, that of the soonest appointment first."""
    open_ones = Consent.objects.visible_to(actor).filter(status__in=OPEN)
    found = open_ones.filter(seat__appointment__ends_at__gt=at - GRACE).exclude(seat__status__in=NOT_HELD)
    found = found.select_related("version__form", "seat__appointment").defer("document")
    return list(found.order_by("seat__appointment__starts_at"))


def may_be_withdrawn(consent: Consent, *, at: datetime) -> bool:
    """Whether this yes is still good for anything, and so can be taken back."""
    over = consent.expires_at is not None and consent.expires_at <= at
    return consent.is_yes and not over
