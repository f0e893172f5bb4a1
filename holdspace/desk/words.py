"""The trail's verbs in words: an entry says *room.noun.verb*, a page says it to people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DONE: dict[str, str | Promise] = {
    "scheduling.appointment.booked": _("Booked an appointment"),
    "scheduling.appointment.edited": _("Changed an appointment"),
    "scheduling.appointment.moved": _("Moved an appointment"),
    "scheduling.appointment.cancelled": _("Cancelled an appointment"),
    "scheduling.seat.status_set": _("Set a status"),
    "scheduling.seat.opened": _("Opened Session Details"),
    "scheduling.link.entered": _("Came in by the link"),
    "scheduling.link.wrong_answer": _("Answered wrongly at the link"),
    "scheduling.link.revoked": _("Link locked after too many wrong answers"),
    "scheduling.link.renewed": _("Made a new link"),
    "scheduling.link.unlocked": _("Unlocked a link"),
    "scheduling.type.added": _("Added an appointment type"),
    "scheduling.type.changed": _("Changed an appointment type"),
    "clients.client.added": _("Added a client"),
    "clients.client.changed": _("Changed a client"),
    "clients.client.opened": _("Opened a chart"),
    "clients.client.reached_by": _("Changed how to reach a client"),
    "consents.consent.recorded": _("Recorded verbal consent"),
    "consents.consent.refused": _("Recorded that the client said no"),
    "consents.consent.requested": _("Sent a consent form"),
    "consents.consent.opened": _("Opened a consent form"),
    "consents.consent.accepted": _("Accepted a consent form"),
    "consents.consent.signed": _("Signed a consent form"),
    "consents.consent.declined": _("Declined a consent form"),
    "consents.consent.revoked": _("Withdrew a consent"),
    "consents.start.opened": _("Opened a start screen"),
    "consents.paper.read": _("Read a signed form"),
    "consents.version.published": _("Published a consent form"),
    "messaging.number.opted_in": _("A number takes texts again"),
    "messaging.number.opted_out": _("A number said STOP"),
    "scheduling.link.code_sent": _("Sent a code"),
    "scheduling.seat.identity_confirmed": _("Confirmed who the client is"),
    "telehealth.device.checked": _("Tried camera and sound"),
    "telehealth.participant.told": _("Answered somebody waiting"),
    "config.demo.created": _("Made the demo"),
    "telehealth.session.opened": _("Opened a session"),
    "telehealth.session.ended": _("Ended a session"),
    "telehealth.link.sent": _("Sent a link"),
    "telehealth.participant.waiting": _("Knocked"),
    "telehealth.participant.admitted": _("Admitted"),
    "telehealth.participant.declined": _("Declined to admit"),
    "telehealth.participant.sent_back": _("Sent back to the waiting room"),
    "telehealth.participant.removed": _("Removed from the room"),
    "telehealth.participant.left": _("Left"),
    "telehealth.service.tested": _("Tested the service"),
    "practices.practice.set_up": _("Set up the practice"),
    "practices.practice.changed": _("Changed the practice's settings"),
    "practices.clinician.changed": _("Changed a clinician's settings"),
    "practices.member.invited": _("Invited someone to work here"),
    "practices.member.changed": _("Changed someone's roles"),
    "practices.site.added": _("Added a site"),
    "practices.site.changed": _("Changed a site"),
}


def done(what: str) -> str | Promise:
    """The verb for people; one that has no words yet is shown as it stands."""
    return DONE.get(what, what)
