"""What each role may do.  A verb that isn't listed is denied; roles of one person add up."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

OWNER, CLINICIAN, FRONT_DESK, AUDITOR = "owner", "clinician", "front_desk", "auditor"

NAMES = {
    OWNER: _("Owner"),
    CLINICIAN: _("Clinician"),
    FRONT_DESK: _("Front desk"),
    AUDITOR: _("Auditor"),
}

VERBS: dict[str, frozenset[str]] = {
    OWNER: frozenset(
        {
            "see_every_calendar",
            "see_clients",
            "change_settings",
            "change_forms",
            "change_staff",
            "change_every_availability",
            "read_trail",
            "test_service",
            "import",
        }
    ),
    CLINICIAN: frozenset(
        {
            "see_own_calendar",
            "change_own_availability",
            "see_clients",
            "book",
            "send_links",
            "send_consent_forms",
            "record_verbal_consent",
            "hold_sessions",
            "test_service",
        }
    ),
    FRONT_DESK: frozenset(
        {
            "see_every_calendar",
            "see_clients",
            "book",
            "book_for_everyone",
            "change_every_availability",
            "send_links",
            "send_consent_forms",
            "test_service",
        }
    ),
    AUDITOR: frozenset({"read_trail"}),
}


def verbs_of(roles: Iterable[str]) -> frozenset[str]:
    """Every verb of every role in the list; unknown roles add nothing."""
    return frozenset().union(*(VERBS.get(role, frozenset()) for role in roles))
