"""Letters of PDFs: marks of fonts with other anchors, old Thai encodings, fonts that do not tell what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.intake.grid import SourceReading
from samrit.intake.sources import Confined, read_document
from tests.intake.sources import glyphs

WORDS = "เงินที่ผู้ซื้อน้ำปั้นป่ากุ้งรู้จักปี่ฟื้นไก่ขึ้นสิทธิ์ญาติฐานุกูลศุลกากร"
ORDERS = {
    "as read": lambda letters: letters,
    "by place": lambda letters: sorted(letters, key=lambda one: one[1]),
    "marks last": lambda letters: sorted(letters, key=lambda one: one[0] in glyphs.MARKS),
    "marks first": lambda letters: sorted(letters, key=lambda one: one[0] not in glyphs.MARKS),
}


@pytest.fixture(scope="module")
def confined() -> Iterator[Confined]:
    with Confined() as process:
        yield process


def text_of(reading: SourceReading) -> str:
    return "\n".join(cell.text for grid in reading.grids for row in grid.rows for cell in row)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("moved", [-0.6, -0.3, -0.05, 0.0, 0.05, 0.3, 0.6, 0.9])
def test_a_mark_joins_the_letter_beneath_it(moved: float, order: str, tmp_path: Path, confined: Confined) -> None:
    """Whatever a font draws its marks from: behind their letter, before it, or from another letter's place."""
    font = glyphs.face(moved)
    path = glyphs.write(tmp_path / "marks.pdf", ORDERS[order](glyphs.placed(WORDS, font)), font)
    assert text_of(read_document(path, confined=confined)) == WORDS


SYLLABLE = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "", "เ", "ไ"]),
        st.sampled_from("กขงจชญฐดทนบปผฝพฟมรลสหอ"),
        st.sampled_from(["", "", "\u0e31", "\u0e34", "\u0e35", "\u0e37", "\u0e38", "\u0e39"]),
        st.sampled_from(["", "", "\u0e48", "\u0e49"]),
        st.sampled_from(["", "น", "า"]),
    ),
)
FACES = {moved: glyphs.face(moved) for moved in (-0.4, 0.0, 0.4)}


@given(syllables=st.lists(SYLLABLE, min_size=1, max_size=12), moved=st.sampled_from(sorted(FACES)))
@settings(deadline=None, max_examples=40)
def test_any_thai_comes_back_as_it_is_seen(
    syllables: list[str], moved: float, tmp_path_factory: pytest.TempPathFactory, confined: Confined
) -> None:
    words = "".join(syllables)
    path = tmp_path_factory.getbasetemp() / "seen.pdf"
    glyphs.write(path, glyphs.placed(words, FACES[moved]), FACES[moved])
    assert text_of(read_document(path, confined=confined)) == words


THAI = "โครงการที่ผู้รับสิทธิ์ยื่นเรื่องครบถ้วนทั้งสิ้นในปี"
OLD = {
    "tones only": {"\u0e48": "É", "\u0e49": "Ê", "\u0e4c": "Í"},
    "Latin letters": {one: one.encode("cp874").decode("latin-1") for one in THAI},
    "private bytes": {one: chr(0xF000 + one.encode("cp874")[0]) for one in THAI},
    "moved marks": {"\u0e48": "\uf70a", "\u0e49": "\uf706", "\u0e37": "\uf704"},
}


@pytest.mark.parametrize("kind", OLD)
def test_old_thai_encodings_are_read_by_their_font(kind: str, tmp_path: Path, confined: Confined) -> None:
    font = glyphs.face()
    path = glyphs.write(tmp_path / "old.pdf", glyphs.placed(THAI, font), font, meaning=OLD[kind])
    reading = read_document(path, confined=confined)
    assert text_of(reading) == THAI
    said = [(f.code, f.params["fonts"]) for f in reading.findings]
    assert said == ([] if kind == "moved marks" else [("intake_pdf_old_fonts", "Sarabun")])


@pytest.mark.parametrize("words", ["CAFÉ À LA CARTE, ÎLE", "Ångström ÉÊÍ", "naïve ÂÃÄ"])
def test_latin_letters_stay_latin(words: str, tmp_path: Path, confined: Confined) -> None:
    font = glyphs.face()
    carried = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(set(words))]
    letters = dict(zip(sorted(set(words)), carried, strict=True))
    placed = glyphs.placed("".join(letters[one] for one in words), font)
    meaning = {drawn: one for one, drawn in letters.items()}
    reading = read_document(glyphs.write(tmp_path / "latin.pdf", placed, font, meaning=meaning), confined=confined)
    assert (text_of(reading), reading.findings) == (words, ())


def test_bullets_of_a_picture_font_are_no_thai(tmp_path: Path, confined: Confined) -> None:
    font = glyphs.face()
    meaning = dict(zip("ABCDE", "\uf0a7\uf0b7\uf0d8\uf0fc\uf0a8", strict=True))
    path = glyphs.write(
        tmp_path / "b.pdf", glyphs.placed("ABCDE", font), font, meaning=meaning, name="Wingdings-Regular"
    )
    assert text_of(read_document(path, confined=confined)) == ""


def test_letters_without_a_meaning_are_said_and_not_guessed(tmp_path: Path, confined: Confined) -> None:
    font = glyphs.face()
    path = glyphs.write(tmp_path / "none.pdf", glyphs.placed(THAI, font), font, without_meaning=True)
    reading = read_document(path, confined=confined)
    assert text_of(reading) == ""
    assert "intake_pdf_garbled_pages" in [finding.code for finding in reading.findings]
