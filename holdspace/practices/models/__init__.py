"""The rows of a practice, a file per idea."""

from holdspace.practices.models.emergencies import EmergencyNumber
from holdspace.practices.models.licenses import License
from holdspace.practices.models.practice import (
    SLUG,
    Clinician,
    ClinicianQuerySet,
    Installation,
    Membership,
    Practice,
    Site,
)

__all__ = [
    "SLUG",
    "Clinician",
    "ClinicianQuerySet",
    "EmergencyNumber",
    "Installation",
    "License",
    "Membership",
    "Practice",
    "Site",
]
