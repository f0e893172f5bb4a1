"""Phone numbers: read as people write them, kept as E.164, judged before a text is sent.

Numbers set aside for stories (555-0100 to 555-0199) count as real: demos and tests live there.
"""

import phonenumbers
from phonenumbers import PhoneNumberType as Kind

from holdspace.clients import refusals

HOME = "US"
LONGEST = 40
NO_TEXTS = {
    Kind.FIXED_LINE,
    Kind.TOLL_FREE,
    Kind.PREMIUM_RATE,
    Kind.SHARED_COST,
    Kind.UAN,
    Kind.VOICEMAIL,
    Kind.PAGER,
}


def read(raw: str) -> phonenumbers.PhoneNumber:
    """The number somebody typed, or NotAPhoneNumber."""
    if len(raw) > LONGEST:
        raise refusals.NotAPhoneNumber
    try:
        number = phonenumbers.parse(raw, HOME)
    except phonenumbers.NumberParseException as error:
        raise refusals.NotAPhoneNumber from error
    if not phonenumbers.is_valid_number(number):
        raise refusals.NotAPhoneNumber
    return number


def normal(raw: str) -> str:
    """*+13125550118*; an extension is kept as RFC 3966 has it, *+12125550100;ext=12*."""
    number = read(raw)
    said = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{said};ext={number.extension}" if number.extension else said


def can_take_texts(normal_number: str) -> bool:
    """As far as the number itself tells: not toll-free, premium, a sure landline, or with an extension."""
    number = read(normal_number)
    return not number.extension and phonenumbers.number_type(number) not in NO_TEXTS


def shown(normal_number: str) -> str:
    """*(312) 555-0118* at home, *+44 20 7946 0018* elsewhere."""
    if not normal_number:
        return ""
    number = phonenumbers.parse(normal_number, HOME)
    form = phonenumbers.PhoneNumberFormat
    at_home = phonenumbers.region_code_for_number(number) == HOME or number.country_code == 1
    return phonenumbers.format_number(number, form.NATIONAL if at_home else form.INTERNATIONAL)


def ending(normal_number: str) -> str:
    """The last two digits: enough for whoever knows the number, and nothing to anybody else."""
    return normal_number.partition(";")[0][-2:]
