"""Why this much money: inputs and arithmetic, in both languages, down to each movement and its source (MO1–MO3)."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from samrit.engine.explain import as_data, explain_money, explain_money_sum
from samrit.engine.model import BudgetLine, Fund, MoneyMovement, MoneyState, Plan, Project, Source, Strategy
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score

D = Decimal
PAID = (
    MoneyMovement(2, MoneyState.COMMITTED, D(600)),
    MoneyMovement(3, MoneyState.DISBURSED, D("100.50"), "เงินกองทุน", "งวดที่ 1", Source("ฎีกา 7", 1)),
    MoneyMovement(4, MoneyState.DISBURSED, D("-0.50"), note="คืนเศษ"),
    MoneyMovement(9, MoneyState.DISBURSED, D(200)),
)
LINES = (BudgetLine(D(700), source=Source("แผน", 12)), BudgetLine(D(300)), BudgetLine(D(300), unit="กผ."))


def evaluated(as_of: int = 6) -> object:
    works = (
        Project("A", 1, "งาน ก", "1", "F", budgets=LINES, movements=PAID),
        Project("A2", 2, "งาน ก", "2", "F", identity="A", budgets=LINES),
        Project("B", 3, "งาน ข", "2", "F", budgets=(BudgetLine(D(1000)),)),
        Project("C", 4, "งาน ค", "2", "F", movements=(MoneyMovement(1, MoneyState.COMMITTED, D(5)),)),
    )
    plan = Plan("p", "แผน", 2569, funds=(Fund("F", "กองทุน"),), strategies=(Strategy("1", "ก"), Strategy("2", "ข")))
    return score(replace(plan, projects=works), PERCENT_OF_PLAN, as_of)


def sentences(derivation: object, language: str) -> list[str]:
    return [step.sentence(language) for step in derivation.walk()]


def test_a_works_percent_shows_its_inputs_and_every_movement_up_to_the_month() -> None:
    made = explain_money(evaluated(), "A")
    assert (made.value, made.shown) == (100, "10.00")
    assert sentences(made, "en") == [
        "A งาน ก: 100 of a budget of 1,000 baht spent, 10.00 %",
        "disbursed to date 100 ÷ budget 1,000 × 100 = 10",
        "budget in force in Jun B.E. 2569: 700 + 300 = 1,000",
        "committed up to Jun B.E. 2569: 600",
        "Feb B.E. 2569: 600",
        "disbursed up to Jun B.E. 2569: 100.50 − 0.50 = 100",
        "Mar B.E. 2569: 100.50 · เงินกองทุน · งวดที่ 1",
        "Apr B.E. 2569: -0.50 · คืนเศษ",
    ]
    assert "เบิกจ่ายสะสมถึง มิ.ย. 2569: 100.50 − 0.50 = 100" in sentences(made, "th")
    told = [step for step in made.walk() if step.code == "money_state"]
    assert [step.rule for step in told] == ["MO1", "MO3"]
    assert told[1].children[0].source == Source("ฎีกา 7", 1)


def test_the_second_line_of_a_work_tells_the_same_money() -> None:
    assert explain_money(evaluated(), "A2").value == explain_money(evaluated(), "A").value == 100


def test_no_data_is_said_and_is_not_nothing() -> None:
    made = explain_money(evaluated(), "B")
    assert (made.value, made.shown) == (None, "–")
    assert "no data" in made.sentence("en")
    assert "ยังไม่มีข้อมูลการเบิกจ่าย" in made.sentence("th")


def test_a_sum_counts_each_work_once_and_says_for_how_many_nothing_is_known() -> None:
    made = explain_money_sum(evaluated())
    assert made.sentence("en") == "Σ: 100 spent of budgets of 2,000 baht, 5.00 %"
    assert [(s.code, s.record) for s in made.children] == [
        ("money_percent", ""),
        ("money_missing", ""),
        ("money_work", "A"),
    ]
    assert [s.record for s in made.children[1].children] == ["B"], "C has no budget, A2 is A"
    assert "1 of the 2 works" in made.children[1].sentence("en")
    second = explain_money_sum(evaluated(), rows="strategy", row="2")
    assert (second.value, second.params["budget"]) == (100, "2,000"), "its line stands in the second strategy too"


def test_a_sum_of_works_without_any_payment_is_no_data() -> None:
    made = explain_money_sum(evaluated(as_of=1))
    assert (made.code, made.value, made.shown) == ("money_sum_unknown", None, "–")


def test_the_derivation_is_data_in_both_languages() -> None:
    data = as_data(explain_money(evaluated(), "A"))
    assert json.loads(json.dumps(data, ensure_ascii=False))["value"] == "100"
    assert data["th"] != data["en"]


def test_what_is_not_there_has_no_derivation() -> None:
    with pytest.raises(KeyError):
        explain_money(evaluated(), "Z")
    with pytest.raises(KeyError):
        explain_money_sum(evaluated(), rows="colour")
