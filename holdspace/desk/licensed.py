"""Which seats' clients are where somebody who leads has no license: for many seats, in one query.

The same judgment as `telehealth.licensing`, which decides.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from holdspace.practices.licenses import judged
from holdspace.practices.models import Clinician, License
from holdspace.scheduling.models import Seat


def doubtful_among(seats: Iterable[tuple[Seat, Sequence[Clinician]]], at: datetime) -> set[UUID]:
    """The seats among these, each with who leads it, that a light should warn of."""
    said = [(seat, leads) for seat, leads in seats if seat.location_state]
    papers = _papers_of({lead.pk for _seat, leads in said for lead in leads})
    return {
        seat.pk
        for seat, leads in said
        if any(judged(lead, papers.get(lead.pk, []), seat.location_state, at).is_doubtful for lead in leads)
    }


def _papers_of(clinicians: set[UUID]) -> dict[UUID, list[License]]:
    found: dict[UUID, list[License]] = {}
    for paper in License.objects.filter(clinician__in=clinicians) if clinicians else ():
        found.setdefault(paper.clinician_id, []).append(paper)
    return found
