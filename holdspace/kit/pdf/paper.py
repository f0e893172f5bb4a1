"""Draws blocks on pages: one column, quiet, in letters of every script that we carry fonts for."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import singledispatchmethod
from typing import Any

from fpdf import FPDF
from fpdf.drawing import PaintedPath
from fpdf.enums import PathPaintRule, TextMode

from holdspace.kit.pdf import fonts
from holdspace.kit.pdf.blocks import Block, Facts, Heading, Paragraph, Rule, Strokes

MARGIN, LEADING, SIZE, SMALL = 20, 5.4, 10.5, 9
INK, SOFT, LINE = (34, 33, 29), (95, 91, 83), (190, 185, 175)
LABELS = 46
SIGNATURE = (70, 32)
COMMAND = re.compile(r"([MLQ])([^MLQ]*)")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def drawn(
    blocks: Sequence[Block],
    *,
    title: str,
    foot: str,
    language: str,
    at: datetime,
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """The paper as a PDF, not sealed yet.

    `foot` is under each page, and in the file's plain bytes; `files` are carried inside by name.
    """
    pages = _Pages(words_of(blocks) + title + foot, foot)
    pages.set_title(title)
    pages.set_lang(language)
    pages.set_keywords(foot)
    pages.set_creator("Holdspace")
    pages.set_creation_date(at)
    pages.add_page()
    for block in blocks:
        # Letters that join or change places; plain ones need no shaper, which costs more than all else.
        pages.set_text_shaping(bool(fonts.needed(words_of([block]))))
        pages.put(block)
    for name, body in (files or {}).items():
        pages.embed_file(bytes=body, basename=name, modification_date=at, compress=True)
    return bytes(pages.output())


def words_of(blocks: Iterable[Block]) -> str:
    """Every letter that will be drawn."""
    return "".join(_words(block) for block in blocks)


def _words(block: Block) -> str:
    match block:
        case Facts(rows):
            return "".join(label + value for label, value in rows)
        case Heading(text) | Paragraph(text):
            return text
        case _:
            return ""


class _Pages(FPDF):
    def __init__(self, letters: str, foot: str) -> None:
        super().__init__(format="letter")
        self.foot = foot
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, margin=MARGIN + 4)
        others = fonts.needed(fonts.drawable(letters))
        for font in (fonts.MAIN, *others):
            self.add_font(font, fname=str(fonts.file_of(font)))
        self._letters(SIZE)
        self.set_fallback_fonts(others, exact_match=False)

    def _letters(self, size: float, color: tuple[int, int, int] = INK) -> None:
        self.set_font(fonts.MAIN, size=size)
        self.set_text_color(*color)

    def footer(self) -> None:
        """What paper this is, and which of its pages."""
        self.set_y(-MARGIN + 4)
        self._letters(8, SOFT)
        self.cell(0, 5, fonts.drawable(self.foot))
        self.cell(0, 5, f"{self.page_no()} / {{nb}}", align="R")

    @singledispatchmethod
    def put(self, block: Any) -> None:
        raise TypeError(f"a paper has no {type(block).__name__}")

    @put.register
    def _heading(self, block: Heading) -> None:
        # Not alone at the foot of a page.
        if self.will_page_break(block.size + 2 * LEADING):
            self.add_page()
        self._letters(block.size)
        self.ln(LEADING * 0.6)
        with self.local_context(text_mode=TextMode.FILL_STROKE, line_width=0.15, draw_color=INK):
            self._lines(block.text, height=block.size * 0.5)
        self.ln(LEADING * 0.2)

    @put.register
    def _paragraph(self, block: Paragraph) -> None:
        self._letters(SIZE)
        inset = 5 * (block.depth or bool(block.lead))
        if block.lead:
            self.set_x(MARGIN + inset - 5)
            self.cell(5, LEADING, block.lead)
        self.set_x(MARGIN + inset)
        self._lines(block.text)
        self.ln(LEADING * 0.35)

    @put.register
    def _facts(self, block: Facts) -> None:
        self._letters(SMALL)
        self.set_draw_color(*LINE)
        widths = (LABELS, self.epw - LABELS)
        how: dict[str, Any] = {"text_align": "LEFT", "v_align": "TOP", "padding": (0.8, 0)}
        how |= {"first_row_as_headings": False, "borders_layout": "HORIZONTAL_LINES", "line_height": 4.6}
        with self.table(col_widths=widths, **how) as table:
            for label, value in block.rows:
                row = table.row()
                row.cell(fonts.drawable(label))
                row.cell(fonts.drawable(value))
        self.ln(LEADING * 0.5)

    @put.register
    def _strokes(self, block: Strokes) -> None:
        scale = min(SIGNATURE[0] / block.width, SIGNATURE[1] / block.height)
        if self.will_page_break(block.height * scale):
            self.add_page()
        with self.drawing_context() as page:
            page.add_item(path_of(block.path, self.l_margin, self.get_y(), scale))
        self.set_y(self.get_y() + block.height * scale + 1)

    @put.register
    def _rule(self, block: Rule) -> None:
        self.set_draw_color(*LINE)
        self.ln(LEADING * 0.4)
        self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())
        self.ln(LEADING * 0.4)

    def _lines(self, text: str, height: float = LEADING) -> None:
        self.multi_cell(0, height, fonts.drawable(text), align="L", new_x="LMARGIN", new_y="NEXT")


def path_of(strokes: str, x: float, y: float, scale: float) -> PaintedPath:
    """The strokes as a vector path on the page, each number moved and scaled; lines, never a picture."""
    path = PaintedPath()
    path.style.paint_rule = PathPaintRule.STROKE
    path.style.stroke_color, path.style.stroke_width = "#22211d", 0.6
    path.style.stroke_cap_style, path.style.stroke_join_style = "round", "round"
    for command, numbers in COMMAND.findall(strokes):
        said = [float(number) for number in NUMBER.findall(numbers)]
        placed = [(x if i % 2 == 0 else y) + n * scale for i, n in enumerate(said)]
        _draw(path, command, placed)
    return path


def _draw(path: PaintedPath, command: str, placed: list[float]) -> None:
    step = 4 if command == "Q" else 2
    draws: dict[str, Callable[..., Any]] = {
        "M": path.move_to,
        "L": path.line_to,
        "Q": path.quadratic_curve_to,
    }
    for i in range(0, len(placed) - step + 1, step):
        draws[command](*placed[i : i + step])
