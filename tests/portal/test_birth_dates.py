"""A date of birth in one field, as people write it."""

from datetime import date

import pytest

from holdspace.portal.forms.birth_dates import read_date

BORN = date(1984, 4, 12)


@pytest.mark.parametrize(
    "said",
    [
        "04/12/1984", "4/12/1984", " 4 / 12 / 1984 ", "4-12-1984", "4.12.1984", "04 12 1984", "04121984",
        "1984-04-12", "April 12, 1984", "apr 12 1984", "Apr. 12th, 1984", "12 April 1984",
    ],
)  # fmt: skip
def test_the_ways_people_write_it(said: str) -> None:
    assert read_date(said) == BORN


@pytest.mark.parametrize(
    "said",
    [
        "", "04/12/84", "13/12/1984", "02/30/1984", "1984", "4121984", "Apil 12 1984", "12/1984", "0/0/0000",
        "x" * 40,
    ],
)  # fmt: skip
def test_what_cant_be_read_is_never_guessed(said: str) -> None:
    assert read_date(said) is None
