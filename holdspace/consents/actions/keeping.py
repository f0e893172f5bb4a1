"""Sealing into the row what proves an answer, before the move after which nothing of it can change."""

import json
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from holdspace.consents import appointment, deciding, documents, fields, queries
from holdspace.consents.marks import Mark
from holdspace.consents.models import Consent

LONGEST_ADDRESS, LONGEST_AGENT = 64, 400
IDENTITY = {
    "birth_date": lambda: _("their own link and date of birth"),
    "code": lambda: _("their own link and a code sent another way"),
    "name": lambda: _("their own link and full name"),
    "clinician": lambda: _("their own link, and recognized by the clinician"),
    "account": lambda: _("their portal account and its password"),
}

# The same, said of somebody who answers for the client.
OF_CLIENT = IDENTITY | {
    "birth_date": lambda: _("the client's link and date of birth"),
    "code": lambda: _("the client's link and a code sent another way"),
    "name": lambda: _("the client's link and full name"),
    "clinician": lambda: _("the client's link, and recognized by the clinician"),
}


def browser(identity: str, address: str, agent: str) -> dict[str, Any]:
    """How the visit was identified, and what the network says of the browser."""
    return {"identity": identity, "address": address[:LONGEST_ADDRESS], "agent": agent[:LONGEST_AGENT]}


def keep_signature(mine: Consent, mark: Mark, facts: dict[str, Any], at: datetime) -> None:
    """The mark, and the document as it was shown with it: both tell of the same appointment."""
    facts = mine.facts | facts | {"identity_words": _identified(facts)} | appointment.of_seat(mine.seat)
    document = documents.signed(mine, mark, facts, at)
    facts |= {"mark": {"kind": mark.kind, "name": mark.name, "strokes": mark.strokes}}
    facts |= {"pad": {"width": mark.width, "height": mark.height}}
    facts |= {"disclosure_digest": mine.version.digest, "version": mine.version.number}
    mine.details, mine.document, mine.document_digest = json.dumps(facts), document.stored, document.digest
    mine.save(update_fields=["details", "document", "document_digest"])


def keep_no(mine: Consent, facts: dict[str, Any], at: datetime) -> None:
    """Nothing is signed: what the fields of the text said, and the rule that asked for it."""
    facts = mine.facts | facts | {"identity_words": _identified(facts)}
    facts |= {"fields": fields.of_seat(mine.seat, at), "rule": queries.rule_for(mine.seat).kept}
    facts |= {"version_digest": mine.version.digest, "version": mine.version.number}
    facts |= appointment.of_seat(mine.seat)
    mine.details = json.dumps(facts)
    mine.save(update_fields=["details", "reason"])


def _identified(facts: dict[str, Any]) -> str:
    """How we know who it was; of somebody who answers for the client, whether the chart has their name."""
    if facts["given_by"] != deciding.GUARDIAN:
        words = IDENTITY.get(facts["identity"])
        return words() if words else _("their own link")
    shown = OF_CLIENT.get(facts["identity"])
    link = shown() if shown else _("the client's link")
    known = _("a name on file as deciding for the client")
    unknown = _("a name that is not on file as deciding for the client")
    return f"{link}; {known if facts['on_file'] else unknown}"
