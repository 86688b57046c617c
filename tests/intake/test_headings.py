"""Headings recognised by their words."""

from __future__ import annotations

from pathlib import Path

import pytest

from samrit.intake.headings import Headings

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
    found = Headings(own).find("column", "ค่าถ่วง")
    assert found is not None
    assert found.code == "weight"
    assert WORDS.find("column", "ค่าถ่วง") is None
