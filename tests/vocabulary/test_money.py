"""Reading amounts of money as printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.vocabulary.findings import sentence
from samrit.vocabulary.numbers import NoNumber, parse_money


@pytest.mark.parametrize(
    ("text", "baht"),
    [
        ("1,234,500 บาท", "1234500"),
        ("27,160,000", "27160000"),
        ("(500 บาท)", "500"),
        ("1,234.-", "1234"),
        ("1,234.- บาท", "1234"),
        ("1,234.50 บาท", "1234.50"),
        ("15.104 ล้านบาท", "15104000"),
        ("5,408.9 ล้านบาท", "5408900000"),
        ("1.5 พันล้านบาท", "1500000000"),
        ("งบประมาณ 5,000 บาท", "5000"),
        ("วงเงิน ๑,๐๐๐ บาทถ้วน", "1000"),
        ("0", "0"),
        ("THB 1,000", "1000"),
        ("5.4 million baht", "5400000"),
    ],
)
def test_amounts_are_read_in_baht(text: str, baht: str) -> None:
    money = parse_money(text)
    assert str(money.amount) == baht
    assert not money.findings


@pytest.mark.parametrize(
    "text", ["ไม่ใช้งบประมาณ", "ไม่มีงบประมาณ", "(ไม่ใช้งบประมาณ)", "ไม่ได้รับจัดสรรงบประมาณ", "ไม่ใช้ งบประมาณ"]
)
def test_no_budget_used_is_said_and_is_not_zero(text: str) -> None:
    money = parse_money(text)
    assert money.uses_no_budget
    assert money.amount is NoNumber.NOTHING
    assert not money.findings


def test_a_dash_and_an_empty_cell_do_not_say_that_no_budget_is_used() -> None:
    assert (parse_money("-").amount, parse_money("-").uses_no_budget) == (NoNumber.NOTHING, False)
    assert (parse_money("").amount, parse_money(None).amount) == (NoNumber.BLANK, NoNumber.BLANK)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ศฟง.ภาค 1 30,000; ศฟง.ภาค 2 300,000", "money_several"),
        ("1,000 บาท และ 2,000 บาท", "money_several"),
        ("หนึ่งล้านบาท", "money_not_read"),
        ("2 คน", "money_not_read"),
        ("9" * 31 + " บาท", "money_too_long"),
        ("1" * 500, "money_too_long"),
    ],
)
def test_what_is_not_one_amount_gets_a_finding(text: str, code: str) -> None:
    money = parse_money(text)
    assert money.amount is NoNumber.BLANK
    assert [f.code for f in money.findings] == [code]
    assert money.text == text


@given(st.text(max_size=60) | st.text(alphabet="0123456789,. ล้านบาทพันไม่ใช้งบประมาณ()-", max_size=40))
def test_any_text_is_kept_and_never_raises(text: str) -> None:
    money = parse_money(text)
    assert money.text == text
    assert isinstance(money.amount, Decimal | NoNumber)
    assert all(sentence(f, language) for f in money.findings for language in ("th", "en"))
