"""The places where people are seen."""

from datetime import datetime
from typing import Any

from django.db import transaction

from holdspace.audit import trail
from holdspace.kit.actor import Member
from holdspace.kit.refusals import NotYours
from holdspace.practices.actions.changes import change
from holdspace.practices.models import Practice, Site


def add_site(*, practice: Practice, actor: Member, at: datetime, **facts: Any) -> Site:
    if not actor.may("change_settings"):
        raise NotYours
    with transaction.atomic():
        site = Site.objects.create(practice=practice, **facts)
        trail.record(actor, "practices.site.added", site, at=at, fields=sorted(facts))
    return site


def change_site(*, site: Site, actor: Member, at: datetime, **facts: Any) -> None:
    if not actor.may("change_settings"):
        raise NotYours
    change(site, "practices.site.changed", actor=actor, at=at, **facts)
