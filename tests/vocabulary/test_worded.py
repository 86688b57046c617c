"""Amounts in words, alone and beside a figure (R51, R214)."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from samrit.intake.tables.money import read_money
from samrit.vocabulary.money import parse_budgets, parse_money
from samrit.vocabulary.worded import written_out

DIGITS = ("ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
POWERS = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def thai(number: int) -> str:
    """Write a number as Thai says it."""
    if number >= 10**6:
        return thai(number // 10**6) + "ล้าน" + (thai(number % 10**6) if number % 10**6 else "")
    told = []
    for power in range(5, -1, -1):
        digit = number // 10**power % 10
        word = {(1, 1): "", (1, 2): "ยี่"}.get((power, digit), DIGITS[digit])
        word = "เอ็ด" if power == 0 and digit == 1 and number > 1 else word
        told.append(word + POWERS[power] if digit else "")
    return "".join(told)


def english(number: int) -> str:
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = f" {english(number % size)}" if number % size else ""
            return f"{english(number // size)} {name}{rest}"
    if number < 20:
        return ENGLISH[number]
    return TENS[number // 10] + (f"-{ENGLISH[number % 10]}" if number % 10 else "")


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
        ("งบประมาณ ห้าแสนบาท", 500_000),
        ("five hundred thousand baht", 500_000),
        ("Twenty-five thousand and fifty Baht Only", 25_050),
    ],
)
def test_an_amount_in_words_is_read_and_said(text: str, baht: int) -> None:
    money = read_money(text)
    assert (money.amount, money.reading) == (Decimal(baht), "worded")


@pytest.mark.parametrize(
    "text",
    ["สองบาท", "บาทถ้วน", "หนึ่งสอง", "ห้าแห่ง", "แสนสุขบาท", "สามรุ่น รุ่นละหนึ่งแสนบาท", "", "ล้านนา", "ล้านบาท", "พันบาท", "พันล้าน",
     "baht only", "thousand islands", "one by one"],
)  # fmt: skip
def test_other_words_are_no_amount(text: str) -> None:
    assert read_money(text).amount is None


def test_every_number_is_read_as_it_is_said() -> None:
    rng = Random(7)
    for number in [*range(1, 400), *(rng.randrange(10 ** rng.randint(3, 10)) or 1 for _ in range(400))]:
        assert written_out(f"{thai(number)}บาทถ้วน") == number
        assert written_out(f"{english(number)} baht only") == number


@pytest.mark.parametrize("shape", ["{f} บาท ({t})", "{f}.- ({t})", "จำนวน {f} บาท ({t})", "{t} ({f} บาท)",
                                   "{f} บาท\n({t})", "THB {f} ({e})", "{f} baht ({e})"])  # fmt: skip
@pytest.mark.parametrize("number", [5, 20_000, 500_000, 1_234_567])
def test_a_figure_and_its_words_are_one_amount_and_said_where_they_differ(shape: str, number: int) -> None:
    """No source of money is called "ห้าแสนบาทถ้วน", and neither of two amounts is taken."""
    for told, agrees in ((number, True), (number * 10, False)):
        text = shape.format(f=f"{number:,}", t=f"{thai(told)}บาทถ้วน", e=f"{english(told)} baht only")
        ((parsed, source),) = parse_budgets(text)
        assert (parsed.amount == number, source) == (agrees, "")
        assert [f.code for f in parse_money(text).findings] == ([] if agrees else ["money_words_differ"])
        read = read_money(text)
        assert (read.amount, read.reading) == ((Decimal(number), "") if agrees else (None, "differs"))


def test_parts_of_a_baht_are_told_too() -> None:
    assert parse_money("1,250.50 บาท (หนึ่งพันสองร้อยห้าสิบบาทห้าสิบสตางค์)").amount == Decimal("1250.50")


@pytest.mark.parametrize(
    "text", ["งบ l2,000 บาท", "B100", "S2,000", "โครงการ l2 แห่ง", "15Zone", "3 BOSS", "Zoo", "2.5MB"]
)
def test_letters_within_a_word_are_no_money(text: str) -> None:
    """Letters that look like digits are such within a figure only, and no digits are taken out of a word."""
    assert read_money(text).amount is None
    assert all(not isinstance(parsed.amount, Decimal) for parsed, _ in parse_budgets(text))


def test_a_name_that_holds_a_currency_s_letters_is_a_name() -> None:
    assert [(p.amount, name) for p, name in parse_budgets("Wonder fund 20,000")] == [(Decimal(20_000), "Wonder fund")]
    assert [name for _, name in parse_budgets("USD 20,000")] == [""]
