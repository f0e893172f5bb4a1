"""Whether a page may offer passkeys at all."""

from django import template

from holdspace.accounts.models import User
from holdspace.accounts.queries import works_here
from holdspace.accounts.web_passkeys import can_be_used_at
from holdspace.kit.clock import now

register = template.Library()


@register.simple_tag(takes_context=True)
def passkeys_possible(context: template.Context) -> bool:
    """Browsers know them over https and on localhost only."""
    request = context.get("request")
    return request is not None and can_be_used_at(request)


@register.simple_tag
def may_choose_a_passkey(user: User) -> bool:
    """Whether a passkey would do as well as an authenticator app: at work.  A client's is no second lock."""
    return works_here(user, at=now())
