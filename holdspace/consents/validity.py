"""How long a yes is good: the form's choice, or the state's where that comes round sooner."""

from datetime import datetime
from typing import TypedDict

from dateutil.relativedelta import relativedelta

from holdspace.consents.models import Renewal
from holdspace.consents.states import StateRule, shorter

MONTHS = {Renewal.HALF_YEAR: 6, Renewal.YEAR: 12}


class Validity(TypedDict):
    """The columns that say until when, and whether for one seat only."""

    expires_at: datetime | None
    one_session: bool


def of(renewal: str, rule: StateRule, at: datetime) -> Validity:
    """What an answer given at this moment is good for."""
    chosen = Renewal(shorter(renewal, rule.renewal))
    months = MONTHS.get(chosen)
    expires = at + relativedelta(months=months) if months else None
    return {"expires_at": expires, "one_session": chosen == Renewal.SESSION}
