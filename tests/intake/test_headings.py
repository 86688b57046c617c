"""Headings recognised by their words."""

from __future__ import annotations

from pathlib import Path

import pytest

from samrit.intake.headings import Headings, read_words
from samrit.vocabulary.findings import Finding, sentence

WORDS = Headings()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ตัวชี้วัด งาน/โครงการ", "name"),
        ("งบประมาณ (บาท)", "budget"),
        ("น้ำ หนัก", "weight"),
        ("น้ำหนก", "weight"),
        ("หน่วย\nนับ", "unit_of_measure"),
        ("ผลการดำเนินงาน (ร้อยละ)", "percent"),
        ("งบประมาณ/ ผู้รับผิดชอบ", "budget_and_unit"),
        ("Unit of measure", "unit_of_measure"),
        ("ระยะ เวลา", "period"),
    ],
)
def test_a_heading_is_found_whatever_its_spacing_and_small_errors(text: str, code: str) -> None:
    found = WORDS.find("column", text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["", "โครงการอบรมบุคลากรด้านการเงินและบัญชี", "1,200", "-", "กองคลัง"])
def test_what_is_no_heading_is_not_taken_for_one(text: str) -> None:
    assert WORDS.find("column", text) is None


def test_short_words_must_be_spelt_right() -> None:
    assert WORDS.find("side", "แผน") is not None
    assert WORDS.find("side", "แผ") is None
    assert WORDS.find("side", "ผลิต") is None


def test_an_office_adds_its_own_words(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[column]\nweight = ["ค่าถ่วง"]\n', "utf-8")
    read = read_words(own)
    assert not isinstance(read, Finding)
    found = Headings(read).find("column", "ค่าถ่วง")
    assert found is not None
    assert found.code == "weight"
    assert WORDS.find("column", "ค่าถ่วง") is None


@pytest.mark.parametrize(
    "content",
    [
        b"[column\nweight = 1",
        b"[column]\nweight = 1",
        b"column = 5",
        b"[column]\nweight = [1]",
        '[column]\nweight = ["ค่า"]'.encode("utf-16"),
        b"[column]\nweight = " + b"9" * 5000,
        b"a = " + b"[" * 20_000,
        b"#" * (2 << 20),
    ],
    ids=["no toml", "no list", "no group", "no words", "no utf-8", "a long number", "a deep list", "too large"],
)
def test_own_words_that_cannot_be_read_are_told_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(content)
    found = read_words(path)
    assert isinstance(found, Finding)
    assert "own.toml" in sentence(found, "th")
