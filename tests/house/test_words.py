"""The trail speaks to people: every kind of entry that the code writes has words."""

import re

from holdspace.desk.words import DONE
from tests.house.house import PACKAGE

WRITTEN = re.compile(
    r'"((?:config|accounts|practices|messaging|clients|scheduling|consents|telehealth)\.[a-z_]+\.[a-z_]+)"'
)


def test_every_kind_of_entry_has_words() -> None:
    rooms = [
        file
        for file in PACKAGE.rglob("*.py")
        if file.parent.name != "desk" and "migrations" not in file.parts
    ]
    kinds = {kind for file in rooms for kind in WRITTEN.findall(file.read_text())}

    assert sorted(kind for kind in kinds if kind not in DONE and ".tasks." not in kind) == []
