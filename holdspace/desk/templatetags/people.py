"""Who can be signed in as with one click, on the sign-in page of a demo."""

from django import template

from holdspace.practices.models import Membership
from holdspace.practices.queries import anything_set_up, is_demo
from holdspace.practices.roles import NAMES

register = template.Library()


@register.simple_tag
def demo_people() -> dict[str, list[dict[str, object]]]:
    """The demo's people by practice; nobody outside a demo."""
    if not is_demo():
        return {}
    found: dict[str, list[dict[str, object]]] = {}
    for one in (
        Membership.objects.filter(active=True).select_related("user", "practice").order_by("created_at", "pk")
    ):
        roles = ", ".join(str(NAMES.get(role, role)) for role in one.roles)
        found.setdefault(one.practice.name, []).append({"pk": one.pk, "name": one.user.name, "roles": roles})
    return found


@register.simple_tag
def needs_setup() -> bool:
    """Whether nobody has set anything up yet."""
    return not anything_set_up()
