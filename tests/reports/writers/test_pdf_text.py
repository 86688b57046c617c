"""The text of the PDF as programs read it: searched, copied and read aloud, in Thai above all."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.package import read
from samrit.reports.document.model import Cell, Document, Paragraph, Row, Run, TableBlock
from samrit.reports.writers import pdf
from samrit.reports.writers.typeset.thai_glyphs import is_thai, letters_by_outline, thai_letters
from samrit.reports.writers.typeset.typeface import FACES, made

EXAMPLE = Path(__file__).parents[3] / "examples" / "sso-2568"
# Syllables whose drawing is unlike their letters: tall and tailed consonants, ำ with tones, marks of Pali.
HARD = (
    "น้ำ ซ้ำ ค่ำ ปำ ปล้ำ ฝำ ฟำ กำหนด จำนวน ดำเนินการ ทั้งนี้ ที่ หน้าที่ที่ พื้นที่ ฟื้นฟู ซึ่ง ผู้ ปู่ ปี ปี่ ฝั่ง ฟ้า ป๊าป ไม้ เป๋"
    " ญู ญาณ ฎุ ฏิ ปฏิบัติ ฐู รัฐ อัฐิ ฬี กีฬา ฤๅษี เกษียณ ภาษี รักษั เอ็น การณ์ ศูนย์ สิทธิ์ ศักดิ์ สุ่ กู้ พุทฺธ ก็"
).split()


def squeezed(text: str) -> str:
    """Return text without what a page adds or drops at the ends of lines, hyphens among it."""
    return re.sub(r"[-\s\u00ad\u200b\ufffe]", "", text)


def chrome(content: bytes) -> str:
    """Return the text as the reader of Chrome and Edge gives it."""
    with pypdfium2.PdfDocument(content) as document:
        return squeezed("".join(document[page].get_textpage().get_text_range() for page in range(len(document))))


def without_hints(content: bytes) -> str:
    """Return the text as a reader gives it that knows glyphs only, as that of Firefox does."""
    return squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages))


def printed(*texts: str, style: str = "body") -> bytes:
    blocks = tuple(Paragraph(text, style) for text in texts)
    return pdf.pdf_bytes(Document("ร", "th", "", "", blocks, ()))  # type: ignore[arg-type]


def strings_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        yield from (text for field in dataclasses.fields(value) for text in strings_of(getattr(value, field.name)))
    elif isinstance(value, tuple | list | frozenset):
        yield from (text for item in value for text in strings_of(item))


@cache
def thai_of_the_example() -> tuple[str, ...]:
    """Return every Thai string of the example plan, as it stands in its files."""
    return tuple(sorted({text for text in strings_of(read(EXAMPLE).package.plan) if is_thai(text)}))


@pytest.mark.slow
@pytest.mark.parametrize("reader", [chrome, without_hints])
def test_every_thai_string_of_a_plan_is_found_whole(reader: object) -> None:
    texts = thai_of_the_example()
    assert len(texts) > 900
    found = reader(_example_printed())  # type: ignore[operator]
    assert [text for text in texts if squeezed(text) not in found] == []


@cache
def _example_printed() -> bytes:
    return printed(*thai_of_the_example())


def test_no_syllable_is_said_twice() -> None:
    twice = re.compile("([ก-ฮ][ัิ-ฺ็-๎]+)\\1")
    meant = len(twice.findall(squeezed("".join(thai_of_the_example()))))
    assert len(twice.findall(chrome(_example_printed()))) == meant


@pytest.mark.parametrize("reader", [chrome, without_hints])
@pytest.mark.parametrize("face", [{}, {"bold": True}, {"italic": True}, {"bold": True, "italic": True}])
def test_hard_syllables_are_read_in_every_face(reader: object, face: dict[str, bool]) -> None:
    rows = tuple(Row((Cell((Run(text, **face),)), Cell("1"))) for text in HARD)  # type: ignore[arg-type]
    content = pdf.pdf_bytes(Document("ร", "th", "", "", (TableBlock((), rows, (1.0, 1.0)),), ()))
    found = reader(content)  # type: ignore[operator]
    assert [text for text in HARD if f"{text}1" not in found] == []


SYLLABLE = st.builds(
    "".join,
    st.tuples(
        st.sampled_from("กขคงจชซญฎฏฐณดตถทนบปผฝพฟมยรลวศษสหฬอฮ"),
        st.sampled_from(["", *"ัิีึืุู็"]),
        st.sampled_from(["", *"่้๊๋์"]),
        st.sampled_from(["", "ำ", "า", "ะ", "ร"]),
    ),
).filter(lambda text: not re.search("[ัิีึืุู็์].*ำ|็[่-์]", text))


@settings(max_examples=8)
@given(st.lists(SYLLABLE, min_size=40, max_size=40, unique=True))
def test_any_syllables_are_read_as_they_were_typed(syllables: list[str]) -> None:
    content = printed(*(f"{text}{number}" for number, text in enumerate(syllables)))
    for reader in (chrome, without_hints):
        found = reader(content)
        assert [text for number, text in enumerate(syllables) if f"{text}{number}" not in found] == []


@pytest.mark.parametrize("face", FACES)
def test_glyphs_of_different_letters_have_different_outlines(face: str) -> None:
    font = made(face)
    letters = thai_letters(font)
    assert len(letters) > 100
    known = letters_by_outline(font)
    assert set(known.values()) == set(letters.values())
    assert {chr(code) for code in font.getBestCmap() if is_thai(chr(code))} <= set(letters.values())


def test_the_file_is_packed_and_keeps_its_tags() -> None:
    rows = tuple(Row(tuple(Cell(f"{row * 10 + column}") for column in range(10))) for row in range(200))
    content = pdf.pdf_bytes(Document("ร", "th", "", "", (TableBlock((), rows, (1.0,) * 10),), ()))
    with pikepdf.open(io.BytesIO(content)) as document:
        cells = [o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/TD"]
        assert len(cells) == 2000
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "th"
        assert b"pdfuaid:part" in document.Root.Metadata.read_bytes()
    assert len(content) < 150_000  # 380,000 as the typesetter writes it
