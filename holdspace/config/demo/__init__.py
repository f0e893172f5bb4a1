"""The demo: the product with people in it, made once, all at example.org and 555-01xx."""

from datetime import datetime

from django.db import transaction

from holdspace.audit import trail
from holdspace.config.demo import days, people
from holdspace.consents.actions import ensure_forms
from holdspace.kit.actor import System


def create(*, at: datetime) -> None:
    """Fill an empty database with two practices and weeks of appointments around `at`."""
    with transaction.atomic():
        for script in people.PRACTICES:
            practice = people.practice(script, at)
            ensure_forms(practice, at)
            days.hours(practice, at)
            days.fill(practice, at)
            trail.record(System(practice.pk), "config.demo.created", practice, at=at)
