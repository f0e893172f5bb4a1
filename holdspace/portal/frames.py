"""Which frame the pages about signing in stand in: the portal's own for whoever only holds an account."""

from typing import Any

from allauth.account.internal.stagekit import unstash_login
from allauth.account.utils import url_str_to_user_pk
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from holdspace.accounts.adapter import CHOSE
from holdspace.accounts.models import User
from holdspace.clients.models import PortalAccount
from holdspace.practices.queries import memberships_of

OURS = ("account_", "mfa_", "passkey")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Template context: the portal's frame and its practice, or nothing where the desk's is right."""
    led_to = request.resolver_match
    if led_to is None or not (led_to.url_name or "").startswith(OURS):
        return {}
    account = _account_of(request)
    if account is None or memberships_of(account.user_id):
        return {}
    return {"sign_in_frame": "portal/lone.html", "practice": account.practice}


def _account_of(request: HttpRequest) -> PortalAccount | None:
    pk = _whose(request)
    known = PortalAccount.objects.filter(user=pk, closed_at=None) if pk else PortalAccount.objects.none()
    return known.select_related("practice").order_by("opened_at").first()


def _whose(request: HttpRequest) -> Any:
    """Who is signed in, is half signed in, follows the link to a new password, or has just chosen one."""
    if isinstance(request.user, User):
        return request.user.pk
    login = unstash_login(request, peek=True)
    if login:
        return login.user.pk
    return _of_link(request) or request.session.get(CHOSE)


def _of_link(request: HttpRequest) -> Any:
    """The frame gives away no more than that the address of the page is a client's own."""
    said = request.resolver_match.kwargs.get("uidb36", "") if request.resolver_match else ""
    try:
        return url_str_to_user_pk(said) if said else None
    except (ValueError, ValidationError):
        return None
