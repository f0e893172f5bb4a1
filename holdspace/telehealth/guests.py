"""A guest's way to one session: a link of their own, told once, and a cookie in the browser that used it."""

from django.conf import settings

from holdspace.kit.crypto import keys
from holdspace.telehealth.models import Invitation


def fingerprint(secret: str) -> str:
    """What is kept of a link's secret, or of a cookie."""
    return keys.links.mac(b"guest " + secret.encode()).hex()


def link_to(invitation: Invitation, secret: str) -> str:
    """The whole address, as it is handed on."""
    return f"{settings.PUBLIC_URL}/{invitation.practice.slug}/v/guest/{secret}"


def invitation_behind(slug: str, secret: str) -> Invitation | None:
    """The invitation this address leads to, while it is good; every reason why not looks the same."""
    return _good(fingerprint=fingerprint(secret), practice__slug=slug)


def guest_of(cookie: str) -> Invitation | None:
    """The invitation with which this browser went in, while it is good."""
    return _good(browser=fingerprint(cookie)) if cookie else None


def _good(**by: str) -> Invitation | None:
    known = Invitation.objects.filter(**by).select_related("practice", "session__appointment__practice")
    found = known.first()
    return found if found and found.is_good else None
