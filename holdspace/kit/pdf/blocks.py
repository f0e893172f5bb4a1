"""What a paper is made of, from top to bottom; and how our own HTML becomes that."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser


@dataclass(frozen=True)
class Heading:
    text: str
    size: float = 12


@dataclass(frozen=True)
class Paragraph:
    """Some sentences; `lead` is the bullet or number before them, `depth` how far in they stand."""

    text: str
    lead: str = ""
    depth: int = 0


@dataclass(frozen=True)
class Facts:
    """A table of what is so: a label and its value in each row."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Strokes:
    """A drawing as numbers: the path as SVG writes it, on a pad of `width` by `height`."""

    path: str
    width: int
    height: int


@dataclass(frozen=True)
class Rule:
    """A line across the page."""


Block = Heading | Paragraph | Facts | Strokes | Rule
SIZES = {"h1": 17, "h2": 12.5, "h3": 11}
TEXTS, LISTS, INNER = {"p", "li", *SIZES}, {"ul", "ol"}, {"blockquote"}
# What isn't text that was read; a table of facts is set anew, from the facts.
LEFT_OUT = {"head", "style", "title", "svg", "table"}


def blocks_of(html: str) -> list[Block]:
    """The words of a page of ours, in order: headings, paragraphs, lists."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.flush()
    return reader.blocks


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._words: list[str] = []
        self._out = 0
        # Of each list that is open: the number of its last item, None where it has bullets.
        self._lists: list[int | None] = []
        self._depth, self._lead, self._tag = 0, "", ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in LEFT_OUT:
            self._out += 1
        elif tag in LISTS:
            self.flush()
            self._lists.append(0 if tag == "ol" else None)
        elif tag in INNER:
            self.flush()
            self._depth += 1
        elif tag == "hr":
            self.flush()
            self.blocks.append(Rule())
        elif tag == "br":
            self._words.append("\n")
        elif tag in TEXTS:
            self._begin(tag)

    def _begin(self, tag: str) -> None:
        self.flush()
        self._tag = tag
        if tag == "li":
            self._lead = self._next_lead()

    def _next_lead(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "•"
        self._lists[-1] += 1
        return f"{self._lists[-1]}."

    def handle_endtag(self, tag: str) -> None:
        if tag in LEFT_OUT:
            self._out -= 1
        elif tag in TEXTS | LISTS | INNER:
            self.flush()
            if tag in LISTS and self._lists:
                self._lists.pop()
            self._depth -= tag in INNER

    def handle_data(self, data: str) -> None:
        if not self._out:
            self._words.append(re.sub(r"\s+", " ", data))

    def flush(self) -> None:
        """What was read since the last block is one, unless it is nothing."""
        text = "".join(self._words).strip()
        self._words = []
        if not text:
            return
        if self._tag in SIZES:
            self.blocks.append(Heading(text, SIZES[self._tag]))
        else:
            self.blocks.append(Paragraph(text, self._lead, self._depth + len(self._lists)))
        self._lead, self._tag = "", ""
