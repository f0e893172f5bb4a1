"""What clients read is easy to read: grade eight or below, every text of it."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from holdspace.consents import reading
from holdspace.consents.shipped import SHIPPED
from holdspace.kit.refusals import Refusal
from holdspace.messaging.texts import TEXTS
from tests.house.house import PACKAGE, calls, python_files, rungs

SYLLABLES = {
    "a": 1, "the": 1, "you": 1, "phone": 1, "called": 1, "stopped": 1, "through": 1, "they're": 1, "rules": 1,
    "agree": 2, "people": 2, "wanted": 2, "table": 2, "danger": 2, "quiet": 2, "being": 2, "private": 2,
    "places": 2, "boxes": 2, "changes": 2, "noticed": 2, "wasn't": 2, "business": 2, "something": 2,
    "video": 3, "computer": 3, "clinician": 3, "agreement": 3, "recorded": 3, "guardian": 3, "telehealth": 3,
    "appointment": 3, "serious": 3, "area": 3, "whatever": 3, "perfectly": 3, "emergency": 4, "society": 4,
}  # fmt: skip
HARD = (
    "Notwithstanding the aforementioned limitations, the undersigned individual hereby acknowledges the "
    "availability of alternative modalities, including but not limited to in-person psychotherapeutic "
    "intervention, and voluntarily consents to the utilization of telecommunication technologies."
)
WORDS = re.compile(
    r"{% translate \"([^\"]+)\"|{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}", re.DOTALL
)
# What no page for clients can say, and why not; everything else in the rooms below those pages might.
ONLY_STAFF = {
    "practices.refusals.SlugTaken": "said while a practice is set up",
    "scheduling.refusals.NotByVideo": "said to whoever makes a code to read out",
    "scheduling.refusals.OutsideHours": "said to whoever books",
}
TEMPLATES = sorted((PACKAGE / "portal" / "templates").rglob("*.html"))


def refusals_of(file: Path) -> dict[str, type[Refusal]]:
    """Every refusal that a file defines, by its place in the package."""
    if "(Refusal)" not in file.read_text():
        return {}
    name = ".".join(file.relative_to(PACKAGE).with_suffix("").parts)
    module = import_module(f"{PACKAGE.name}.{name}")
    own = (one for one in vars(module).values() if getattr(one, "__module__", "") == module.__name__)
    return {
        f"{name}.{one.__name__}": one for one in own if isinstance(one, type) and issubclass(one, Refusal)
    }


BELOW = [room for room, height in rungs().items() if height < rungs()["portal"]]
REFUSALS = {name: no for file in python_files(*BELOW) for name, no in refusals_of(file).items()}


def said_by(template: str) -> list[str]:
    """Every string that a template of the client's pages puts on the screen, without its markup."""
    found = [one or other for one, other in WORDS.findall(template)]
    plain = [re.sub(r"{{[^}]*}}", "Rosa", re.sub(r"{% plural[^%]*%}", ". ", text)) for text in found]
    return [re.sub(r"<[^>]+>|&amp;", "", text) for text in plain]


@pytest.mark.parametrize("word", SYLLABLES)
def test_syllables_are_counted_as_they_are_said(word: str) -> None:
    assert reading.syllables(word) == SYLLABLES[word]


def test_the_measure_tells_easy_from_hard() -> None:
    assert reading.grade("We meet by video. You can stop at any time.") < 4
    assert reading.grade(HARD) > 20
    assert reading.grade("") == 0


def test_the_measure_agrees_with_a_count_by_hand() -> None:
    """Eleven words in two sentences, thirteen syllables."""
    text = "The cat sat by the door. It wanted to go outside."

    assert reading.grade(text) == pytest.approx(0.39 * 11 / 2 + 11.8 * 13 / 11 - 15.59)


def test_a_heading_is_a_sentence_of_its_own() -> None:
    apart = "## Information about insurance\n\nYour insurance company can tell you."

    assert reading.grade(apart) < reading.grade(apart.replace("\n\n", " "))


@pytest.mark.parametrize("purpose", SHIPPED)
@pytest.mark.parametrize("part", ["text", "script", "disclosure"])
def test_a_form_we_ship_is_easy_to_read(purpose: str, part: str) -> None:
    assert reading.grade(SHIPPED[purpose].words[part]) <= reading.EASY


@pytest.mark.parametrize("kind", TEXTS)
def test_a_message_is_easy_to_read(kind: str) -> None:
    assert reading.grade(str(TEXTS[kind].sms)) <= reading.EASY
    assert reading.grade(str(TEXTS[kind].email)) <= reading.EASY


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_page_for_clients_is_easy_to_read(template) -> None:
    assert reading.grade("\n\n".join(said_by(template.read_text()))) <= reading.EASY


@pytest.mark.parametrize("file", python_files("portal"), ids=lambda path: path.name)
def test_what_a_clients_page_says_from_its_code_is_easy_to_read(file) -> None:
    said = [
        str(node.args[0].value)
        for called, node in calls(file)
        if called in {"_", "gettext", "gettext_lazy"} and isinstance(node.args[0], ast.Constant)
    ]

    assert reading.grade("\n\n".join(said)) <= reading.EASY


@pytest.mark.parametrize("name", [name for name in REFUSALS if name not in ONLY_STAFF])
def test_a_no_to_a_client_is_easy_to_read(name: str) -> None:
    assert reading.grade(str(REFUSALS[name].sentence)) <= reading.EASY


@pytest.mark.parametrize("name", ONLY_STAFF)
def test_a_no_is_left_out_only_while_it_has_to_be(name: str) -> None:
    assert reading.grade(str(REFUSALS[name].sentence)) > reading.EASY


def test_the_refusals_are_really_found() -> None:
    assert {"consents.refusals.NobodyDecidesForThem", "scheduling.refusals.NotOn"} <= set(REFUSALS)
    assert {"scheduling.actions.links.NotThem", "telehealth.actions.devices.NotAFinding"} <= set(REFUSALS)


def test_the_pages_are_really_read() -> None:
    assert sum(len(said_by(one.read_text())) for one in TEMPLATES) > 150
