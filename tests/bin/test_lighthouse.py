"""bin/bench lighthouse: a page that misses a mark fails it, and its last line is figures either way."""

import json

import pytest

from bench.lighthouse import ended

FULL = {"performance": 95, "accessibility": 100, "best-practices": 100}


def test_pages_that_make_every_mark_end_with_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended({"arrive": FULL, "home": FULL | {"performance": 100}}) == 0

    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (said["pages"], said["performance_min"], said["lower"]) == (2, 95, {})


@pytest.mark.parametrize("category", FULL)
def test_one_page_that_misses_one_mark_by_one_ends_with_one(
    category: str, capsys: pytest.CaptureFixture[str]
) -> None:
    mark = FULL[category] - 1
    assert ended({"arrive": FULL, "home": FULL | {category: mark}}) == 1

    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert said["lower"] == {"home": {category.replace("-", "_"): mark}}
