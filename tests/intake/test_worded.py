"""Amounts in Thai words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from samrit.intake.tables.money import read_money


@pytest.mark.parametrize(
    ("text", "baht"),
    [
        ("หนึ่งแสนบาทถ้วน", 100_000),
        ("สองหมื่นห้าพันบาท", 25_000),
        ("หนึ่งล้านสองแสนสามหมื่นสี่พันห้าร้อยหกสิบเจ็ดบาทถ้วน", 1_234_567),
        ("สิบสองล้านบาท", 12_000_000),
        ("ยี่สิบเอ็ดล้านบาทถ้วน", 21_000_000),
        ("สองพันล้านบาท", 2_000_000_000),
        ("สาม แสน บาท", 300_000),
        ("ร้อยบาท", 100),
    ],
)
def test_an_amount_in_words_is_read_and_said(text: str, baht: int) -> None:
    money = read_money(text)
    assert (money.amount, money.reading) == (Decimal(baht), "worded")


@pytest.mark.parametrize(
    "text", ["สองบาท", "บาทถ้วน", "หนึ่งสอง", "ห้าแห่ง", "แสนสุขบาท", "สามรุ่น รุ่นละหนึ่งแสนบาท", "", "ล้านนา"]
)
def test_other_words_are_no_amount(text: str) -> None:
    assert read_money(text).amount is None
