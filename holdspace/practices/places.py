"""The states by their two letters, and everywhere else: where a client can be."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Not in any state of ours.  The letters are nobody's, so they can't be mistaken for a place.
ABROAD = "XX"

STATES: dict[str, str | Promise] = {
    "AL": _("Alabama"), "AK": _("Alaska"), "AS": _("American Samoa"), "AZ": _("Arizona"),
    "AR": _("Arkansas"), "CA": _("California"), "CO": _("Colorado"), "CT": _("Connecticut"),
    "DE": _("Delaware"), "DC": _("District of Columbia"), "FL": _("Florida"), "GA": _("Georgia"),
    "GU": _("Guam"), "HI": _("Hawaii"), "ID": _("Idaho"), "IL": _("Illinois"), "IN": _("Indiana"),
    "IA": _("Iowa"), "KS": _("Kansas"), "KY": _("Kentucky"), "LA": _("Louisiana"), "ME": _("Maine"),
    "MD": _("Maryland"), "MA": _("Massachusetts"), "MI": _("Michigan"), "MN": _("Minnesota"),
    "MS": _("Mississippi"), "MO": _("Missouri"), "MT": _("Montana"), "NE": _("Nebraska"), "NV": _("Nevada"),
    "NH": _("New Hampshire"), "NJ": _("New Jersey"), "NM": _("New Mexico"), "NY": _("New York"),
    "NC": _("North Carolina"), "ND": _("North Dakota"), "MP": _("Northern Mariana Islands"),
    "OH": _("Ohio"), "OK": _("Oklahoma"), "OR": _("Oregon"), "PA": _("Pennsylvania"),
    "PR": _("Puerto Rico"), "RI": _("Rhode Island"), "SC": _("South Carolina"), "SD": _("South Dakota"),
    "TN": _("Tennessee"), "TX": _("Texas"), "VI": _("U.S. Virgin Islands"), "UT": _("Utah"),
    "VT": _("Vermont"), "VA": _("Virginia"), "WA": _("Washington"), "WV": _("West Virginia"),
    "WI": _("Wisconsin"), "WY": _("Wyoming"),
}  # fmt: skip


def name_of(code: str) -> str | Promise:
    """The place in words; nothing for what nobody said."""
    return _("Outside the United States") if code == ABROAD else STATES.get(code, code)


def is_place(code: str) -> bool:
    return code in STATES or code == ABROAD
