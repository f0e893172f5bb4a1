"""A practice from nothing: one press, one transaction, everything a first session needs."""

from datetime import datetime
from typing import Any

from django.db import transaction

from holdspace.consents import actions as consents
from holdspace.practices import actions as practices
from holdspace.practices.models import Membership
from holdspace.scheduling.actions.types import add_usual_types


def set_up_practice(*, at: datetime, **said: Any) -> Membership:
    """The practice and its owner, the usual appointment types, the consent forms; see `practices.set_up`."""
    with transaction.atomic():
        owner = practices.set_up(at=at, **said)
        add_usual_types(practice=owner.practice)
        consents.ensure_forms(owner.practice, at)
    return owner
