"""Whether a page may offer passkeys at all."""

from django import template

from holdspace.accounts.web_passkeys import can_be_used_at

register = template.Library()


@register.simple_tag(takes_context=True)
def passkeys_possible(context: template.Context) -> bool:
    """Browsers know them over https and on localhost only."""
    request = context.get("request")
    return request is not None and can_be_used_at(request)
