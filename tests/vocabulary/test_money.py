"""Reading amounts of money as printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.vocabulary.findings import Severity, sentence
from samrit.vocabulary.money import parse_budgets
from samrit.vocabulary.numbers import NoNumber, parse_money
from samrit.vocabulary.speech import Speech, currency, speaking


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
        ("฿ 1,250.50", "1250.50"),
        ("-฿ 1,250.50", "-1250.50"),
        ("฿-5", "-5"),
        ("−1,250 บาท", "-1250"),
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


@pytest.mark.parametrize("text", ["(1,250)", "( 1,250.50 )", "(฿1,250)", "฿ (5)"])
def test_an_amount_in_brackets_is_never_taken_for_more(text: str) -> None:
    """A spreadsheet's brackets are a minus sign; words in brackets are an explanation."""
    money = parse_money(text)
    assert (money.amount, [f.code for f in money.findings]) in (
        (NoNumber.BLANK, ["figure_in_brackets"]),
        (NoNumber.BLANK, ["money_not_read"]),
    )
    assert parse_money("(1,250 บาท)").amount == 1250


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


DOLLARS = Speech("ce", currency("USD"))


@pytest.mark.parametrize(
    ("text", "amount"),
    [("USD 42,000", "42000"), ("$9,800.50", "9800.50"), ("15 million US dollars", "15000000"), ("1,000 usd", "1000")],
)
def test_amounts_are_read_in_the_plans_money(text: str, amount: str) -> None:
    with speaking(DOLLARS):
        assert parse_money(text).amount == Decimal(amount)
    assert [f.code for f in parse_money(text).findings] == ["money_not_read"]  # of a plan in baht it is other money


@pytest.mark.parametrize("text", ["฿500", "500 บาท", "EUR 5", "5 ยูโร"])
def test_other_money_is_never_taken_for_the_plans(text: str) -> None:
    with speaking(DOLLARS):
        assert [f.code for f in parse_money(text).findings] == ["money_not_read"]
        assert [f.code for parsed, _ in parse_budgets(text) for f in parsed.findings] == ["money_not_read"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("498000 (เงินอุดหนุนเฉพาะกิจ)", [("498000", "เงินอุดหนุนเฉพาะกิจ")]),
        ("เงินอุดหนุน 860000", [("860000", "เงินอุดหนุน")]),
        ("30,000 บาท (รายได้ อบต.)", [("30000", "รายได้ อบต.")]),
        ("90,000 (ก); รายได้: 30,000; 5", [("90000", "ก"), ("30000", "รายได้"), ("5", "")]),
        ("1.5 ล้านบาท", [("1500000", "")]),
    ],
)
def test_a_budget_is_read_by_its_sources(text: str, lines: list[tuple[str, str]]) -> None:
    """R123: what stands behind an amount in brackets, or before it, is where the money comes from."""
    read = list(parse_budgets(text))
    assert [(parsed.amount, named) for parsed, named in read] == [(Decimal(a), named) for a, named in lines]
    assert [f for parsed, _ in read for f in parsed.findings] == []


@pytest.mark.parametrize("text", ["ตามที่ได้รับจัดสรร", "ละ 500", "คนละ 500 บาท", "each 500", "USD 42,000", "5-6 ล้าน"])
def test_words_that_hold_no_amount_are_an_error_and_no_budget_is_not(text: str) -> None:
    (read, _), *rest = parse_budgets(text)
    assert not rest
    assert [f.severity for f in read.findings] == [Severity.ERROR]
    assert not read.uses_no_budget
