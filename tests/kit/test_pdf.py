"""Papers: letters of every script, blocks from our own HTML, and a seal that covers every byte."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uharfbuzz  # type: ignore[import-untyped]  # has no stubs

from holdspace.kit.pdf import certificate, examining, fonts, sealing
from holdspace.kit.pdf.blocks import Facts, Heading, Paragraph, Rule, Strokes, blocks_of
from holdspace.kit.pdf.paper import drawn

AT = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
NAMES = [
    "Rosa Marín", "Ольга Чехова", "Ελένη Παπαδοπούλου", "Nguyễn Thị Hương", "فاطمة", "שרה", "王小明",
    "さくら", "김민지", "ሰላም", "Արմեն", "ნინო", "สมชาย", "ਗੁਰ", "தமிழ்", "ગુજ", "తెలు", "বাং", "देव", "ខ្មែរ",
    "သီရိ", "ဒေါ်ခင်ကြည်", "ສົມຈິດ ວົງສາ", "ກຳແພງ", "ᏎᏉᏯ", "ꮳꮃꭹ",
]  # fmt: skip


def pdf_of(*blocks) -> bytes:
    return drawn(blocks, title="A form", foot="Paper 1", language="en", at=AT)


def words_in(pdf: bytes, folder: Path) -> str:
    (folder / "a.pdf").write_bytes(pdf)
    said = subprocess.run(
        ["pdftotext", "-layout", str(folder / "a.pdf"), "-"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return said.stdout


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_each_of_these_scripts_can_be_drawn(name: str) -> None:
    assert fonts.is_drawable(name)


def test_names_of_many_scripts_stand_on_one_paper(tmp_path: Path) -> None:
    said = words_in(pdf_of(Facts(tuple(("Name", name) for name in NAMES))), tmp_path)

    # Marks that Indic scripts set around a letter come back in another order: the rest is compared.
    for name in NAMES[:12]:
        assert name in said


@pytest.mark.parametrize(
    ("font", "name"),
    [
        ("NotoSansKhmer", "ខ្មែរ"),
        ("NotoSansMyanmar", "ဒေါ်ခင်ကြည်"),
        ("NotoSansLao", "ສົມຈິດ ວົງສາ"),
        ("NotoSansCherokee", "ᏎᏉᏯ"),
    ],
)
def test_a_script_is_drawn_by_its_own_font_letter_by_letter(font: str, name: str, tmp_path: Path) -> None:
    said = words_in(pdf_of(Facts((("Name", name),))), tmp_path)
    carried = subprocess.run(
        ["pdffonts", str(tmp_path / "a.pdf")], capture_output=True, text=True, check=True, timeout=60
    )

    assert fonts.needed(name) == [font]
    assert f"+{font} " in carried.stdout
    # Vowels that stand before or around their letter may come back elsewhere, but none is lost.
    assert not set(name) - set(said)
    assert "[U+" not in said


@pytest.mark.parametrize("name", NAMES)
def test_no_letter_of_a_name_is_an_empty_box(name: str) -> None:
    """Shaped as the paper shapes it, each part of the name has a picture of its own in the font."""
    font = next(iter(fonts.needed(name)), fonts.MAIN)
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(fonts.file_of(font))))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(name.replace(" ", ""))
    buffer.guess_segment_properties()

    uharfbuzz.shape(uharfbuzz.Font(face), buffer)

    assert buffer.glyph_infos
    assert 0 not in {glyph.codepoint for glyph in buffer.glyph_infos}


def test_a_letter_without_a_picture_is_written_by_its_number() -> None:
    assert fonts.drawable("Rosa 🙂") == "Rosa [U+1F642]"
    assert not fonts.is_drawable("Rosa 🙂")


def test_what_turns_the_direction_of_writing_is_left_out() -> None:
    assert fonts.drawable("Ro\u202esa\x07") == "Ro sa "


def test_a_letter_and_its_mark_are_one() -> None:
    assert fonts.drawable("Mari\u0301n") == "Marín"


def test_our_html_becomes_blocks_in_order() -> None:
    html = (
        "<html><head><title>x</title><style>p{}</style></head><body><h1>Form</h1><p>One <em>two</em>&amp;</p>"
        "<ol><li>a</li><li><p>b</p><ul><li>c</li></ul></li></ol><hr><blockquote><p>q</p></blockquote>"
        "<svg><path/></svg><table><tr><td>left out</td></tr></table></body></html>"
    )

    assert blocks_of(html) == [
        Heading("Form", 17),
        Paragraph("One two&"),
        Paragraph("a", "1.", 1),
        Paragraph("b", "2.", 1),
        Paragraph("c", "•", 2),
        Rule(),
        Paragraph("q", "", 1),
    ]


def test_a_long_paper_has_pages_with_numbers(tmp_path: Path) -> None:
    said = words_in(pdf_of(*[Paragraph("Many words. " * 40)] * 20), tmp_path)

    assert "1/3" in said.replace(" ", "")
    assert said.count("Paper 1") == 3


def test_strokes_at_the_edge_of_the_pad_are_drawn() -> None:
    strokes = Strokes("M0,0L350,176Q10,20 30,40M-5,3L9999,9999", 350, 176)

    assert pdf_of(strokes).startswith(b"%PDF")


def test_a_seal_made_anew_keeps_the_certificates_before_it_and_no_key() -> None:
    first = certificate.new_seal("Ours", at=AT)
    second = certificate.new_seal("Ours", at=AT, before=first)

    assert second.count(b"PRIVATE KEY-----") == 2  # one key: its first line and its last
    assert certificate.read(second).fingerprints[1:] == certificate.read(first).fingerprints


def test_a_file_without_a_seal_or_that_is_no_pdf_says_so() -> None:
    assert examining.examine(pdf_of(Paragraph("x"))).damage == (examining.NO_SEAL,)
    assert examining.examine(b"").damage == (examining.NO_SEAL,)
    assert examining.examine(b"/ByteRange [0 5 3 9]").damage == (examining.MARK,)


def test_a_sealed_file_is_whole_and_names_its_seal() -> None:
    seal = certificate.read(certificate.new_seal("Ours", at=AT))

    seen = examining.examine(sealing.sealed(pdf_of(Paragraph("x")), seal, reason="A test"))

    assert seen.intact
    assert seen.certificate == seal.fingerprints[0]
