"""What a client's device check found."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from holdspace.audit import trail
from holdspace.kit.actor import Actor
from holdspace.kit.refusals import Refusal
from holdspace.live import bus
from holdspace.scheduling.models import Seat

# Our own words for what a browser can say; the first are good enough to meet, whatever is noted beside.
GOOD = {"ok", "sound_only", "slow_network"}
FINDINGS = GOOD | {
    "blocked",
    "no_camera",
    "no_microphone",
    "no_speaker",
    "in_use",
    "silent",
    "unsupported",
    "no_network",
}


class NotAFinding(Refusal):
    sentence = _("The check of camera and sound said something we don't understand. Try it again.")


def record_check(*, seat: Seat, found: str, actor: Actor, at: datetime) -> None:
    """Note what the check found: the device light, and the trouble in our own words."""
    if found not in FINDINGS:
        raise NotAFinding
    good = found in GOOD
    changes = {"device_ok_at": at if good else None, "device_trouble": "" if found == "ok" else found}
    with transaction.atomic():
        Seat.objects.filter(pk=seat.pk).update(**changes)
        trail.record(actor, "telehealth.device.checked", seat, at=at, found=found)
        bus.publish("seat.changed", seat.topics, seat=seat.pk)
