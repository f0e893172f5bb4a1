"""Which seats have a standing consent: the third light, for many seats in one query."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from holdspace.consents.models import Consent
from holdspace.scheduling.models import Seat

STANDING = (Consent.Status.SIGNED, Consent.Status.RECORDED)


def agreed_among(seats: Iterable[Seat], at: datetime) -> set[UUID]:
    """The seats among these whose client's consent to telehealth stands; a light, never a permission."""
    by_client: dict[UUID, list[UUID]] = {}
    for seat in seats:
        by_client.setdefault(seat.client_id, []).append(seat.pk)
    if not by_client:
        return set()
    found = Consent.objects.filter(client_id__in=by_client, status__in=STANDING, version__form__purpose="telehealth")
    found = found.filter(Q(expires_at=None) | Q(expires_at__gt=at))
    agreed = found.values_list("client_id", flat=True).distinct()
    return {seat for client in agreed for seat in by_client[client]}
