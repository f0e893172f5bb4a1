"""A name as keyboards, scripts and habits write it: the same, or not."""

import pytest

from holdspace.clients import names


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("Rosa", "Marin", "  rosa   MARIN "),
        ("José", "Núñez", "Jose\u0301 Nu\u0301n\u0303ez"),
        ("Jose\u0301", "Nunez", "José Núñez"),
        ("민지", "김", "김민지"),
        ("민지", "김", "김 민지"),
        ("김", "민지", "김민지"),
        ("민지", "김", "\u1100\u1175\u11b7\u1106\u1175\u11ab\u110c\u1175"),
        ("小明", "王", "王小明"),
        ("Łukasz", "Żak", "łukasz żak"),
        ("Łukasz", "Żak", "Lukasz Zak"),
        ("ليلى", "الأحمد", "ليلى الاحمد"),
        ("ليلى", "الأحمد", "\u200fلَيْلى الأحـمد"),
        ("Anna", "Strauß", "ANNA STRAUẞ"),
        ("Anna", "Strauß", "anna strauss"),
        ("İpek", "Yıldız", "ipek yildiz"),
        ("Sean", "O'Brien", "sean o\u2019brien"),
        ("Mary-Ann", "de la Cruz", "Mary Ann Delacruz"),
        ("Νίκος", "Παππάς", "ΝΙΚΟΣ ΠΑΠΠΑΣ"),
    ],
)
def test_it_is_them(first: str, last: str, said: str) -> None:
    assert names.is_called(said, first=first, last=last)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("Rosa", "Marin", "Rosa"),
        ("Rosa", "Marin", "Rosa Marino"),
        ("Rosa", "Marin", ""),
        ("Rosa", "Marin", "- -"),
        ("민지", "김", "민지"),
        ("민지", "김", "박민지"),
        ("\u4f50\u3005\u6728", "希", "\u4f50\u6728 希"),
        ("ليلى", "الأحمد", "ليلى"),
        ("-", "-", ""),
    ],
)
def test_it_is_not(first: str, last: str, said: str) -> None:
    assert not names.is_called(said, first=first, last=last)


@pytest.mark.parametrize("said", ["Rosa Marin", "김민지", "김 민지", "王小明", "ليلى الأحمد", "Łukasz Żak"])
def test_it_can_be_a_whole_name(said: str) -> None:
    assert names.is_whole(said)


@pytest.mark.parametrize("said", ["", "test", "Łukasz", "김", "123 456", "12345", "a@example.org", "ẞ"])
def test_it_can_not(said: str) -> None:
    assert not names.is_whole(said)
