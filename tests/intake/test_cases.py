"""Small inputs that once went wrong, each with what is right (the folder ``cases``); nothing in them is real."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from samrit.engine.model import Figure, Indicator, Mark, Plan, Project
from samrit.intake.draft import Draft
from samrit.intake.facts import Fact, Status
from samrit.intake.importer import import_documents

CASES = Path(__file__).parent / "cases"
ONES = "1 1 1 1 1 1 1 1 1 1 1 1"


@cache
def draft(name: str) -> Draft:
    return import_documents([CASES / name])


def plan(name: str) -> Plan:
    package = draft(name).package
    assert package is not None
    return package.plan


def works(name: str) -> tuple[Project, ...]:
    return plan(name).projects


def shown(figure: Figure | None) -> str:
    return "_" if figure is None or figure is Mark.BLANK else "-" if figure is Mark.NOTHING else f"{figure:f}"


def months(indicator: Indicator, side: str) -> str:
    by_period = {e.period: getattr(e, side) for e in indicator.entries if e.span == 1}
    return " ".join(shown(by_period.get(n)) for n in range(1, 13))


def codes(name: str) -> set[str]:
    return {f.code for f in draft(name).findings}


def fact(name: str, field: str) -> Fact:
    return draft(name).facts[0].indicators[0][field]


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("a0-base-ok.txt", [("1", 1), ("1", 2)]),
        ("a1-number-goes-back.txt", [("1", 5), ("1", 3)]),
        ("a2-restart-under-kind.txt", [("1", 1), ("1", 1)]),
        ("a3-excerpt-far-numbers.txt", [("1", 3), ("1", 12), ("1", 45)]),
        ("a5-next-strategy-begins-at-2.txt", [("1", 4), ("2", 2)]),
        ("a6-restart-under-kind.xlsx", [("1", 1), ("1", 1), ("1", 1)]),
        ("b1-no-number.txt", [("1", 1), ("1", 2)]),
        ("b2-code.txt", [("1", 1), ("1", 2)]),
        ("b3-project-no.txt", [("1", 1), ("1", 2)]),
        ("b5-letter.txt", [("1", 1), ("1", 2)]),
    ],
)
def test_every_work_is_one(name: str, numbers: list[tuple[str, int]]) -> None:
    assert [(w.strategy, w.number) for w in works(name)] == numbers
    assert all(w.claim is not None and len(w.budgets) == 1 for w in works(name))
    assert [len(w.indicators) for w in works(name)] == ([4, 2, 1] if name.startswith("a6") else [1] * len(numbers))


def test_titles_are_told_from_their_labels() -> None:
    for name in ("b1-no-number.txt", "b2-code.txt", "b3-project-no.txt", "b5-letter.txt"):
        assert [w.title for w in works(name)] == ["โครงการหนึ่ง", "โครงการสอง"]
    assert "intake_label_kept" in codes("b2-code.txt")
    assert "intake_number_missing" in codes("b1-no-number.txt")


def test_two_figures_in_one_cell_are_two_months() -> None:
    done = works("c1-joined-cell.txt")[0].indicators[0]
    assert months(done, "actual") == "3104 3237 3433 3265 3122 3480 3594 3407 3736 3585 3256 3145"
    assert "intake_cell_taken_apart" in codes("c1-joined-cell.txt")


def test_a_letter_in_a_figure_is_doubtful_in_its_month() -> None:
    done = works("c2-letter-in-figure.txt")[0]
    assert months(done.indicators[0], "actual") == "3104 3237 3433 3265 3122 3480 3594 3407 3736 3585 3256 3145"
    assert fact("c2-letter-in-figure.txt", "actual.4").status is Status.DOUBTFUL
    assert done.remark == ""


@pytest.mark.parametrize(
    ("name", "at", "amount", "text"),
    [
        ("d1-budget-letter-O.txt", 0, Decimal(2344400), "2,344,4O0"),
        ("d3-budget-point-twice.txt", 0, Decimal(2344400), "2.344.400"),
        ("d4-budget-words.txt", 0, Decimal(2500000), ""),
        ("d4-budget-words.txt", 1, None, "ตามที่ได้รับจัดสรร"),
        ("d5-xlsx-budget-words.xlsx", 1, None, "ตามที่ได้รับจัดสรร"),
        ("d6-xlsx-budget-baht-dash.xlsx", 1, Decimal(500000), ""),
    ],
)
def test_money_as_people_write_it(name: str, at: int, amount: Decimal | None, text: str) -> None:
    work = works(name)[at]
    assert [(b.amount, b.text) for b in work.budgets] == [(amount, text)]
    assert work.responsible_text == ("กสท." if name.endswith("xlsx") else "สลธ.")
    told = codes(name) & {"intake_budget_reading", "intake_budget_not_read"}
    assert bool(told) is (bool(text) or name.startswith("d4"))


def test_a_long_unit_is_kept_as_text_and_said() -> None:
    name = "d8-unit-long.txt"
    assert works(name)[0].responsible_text.startswith("กองแผนงานและสารสนเทศ กองคลัง")
    assert works(name)[0].responsible_units == ()
    assert "intake_unit_unknown" in codes(name)


def test_a_percent_that_the_totals_do_not_give_is_doubtful() -> None:
    assert fact("e1-percent-700.txt", "percent").status is Status.DOUBTFUL


def test_an_empty_month_stays_empty() -> None:
    done = works("e2-empty-cell-in-average-row.txt")[0].indicators[0]
    assert months(done, "actual") == "99.42 99.33 99.33 99.36 _ 99.33 99.33 99.17 99.13 98.99 98.87 98.95"


def test_a_point_and_three_digits_is_said() -> None:
    assert fact("e4-target-1000-point.txt", "target").status is Status.DOUBTFUL
    assert fact("e4-target-1000-point.txt", "plan.12").status is Status.DOUBTFUL


@pytest.mark.parametrize("name", ["f0-plain.xlsx", "f1-quarter-sums.xlsx", "f2-target-words-blank-responsible.xlsx"])
def test_quarter_sums_are_sums_and_words_are_targets(name: str) -> None:
    people, reports = works(name)[0].indicators
    assert (months(people, "planned"), months(people, "actual")) == (
        "10 10 - 5 - - 7 - - - - 8", "10 8 - 5 - - 7 - - - - 6",
    )  # fmt: skip
    assert (months(reports, "planned"), months(reports, "actual")) == (
        "- - 3 - - - - - - 2 - -", "- - 3 - - - - - - 1 - -",
    )  # fmt: skip
    assert [t.value for t in reports.targets] == [5]
    assert (reports.unit_of_measure, works(name)[0].responsible_text) == ("ฉบับ", "กผ.")
    assert not codes(name) & {"intake_cells_left_over", "intake_total_differs"}


def test_two_placements_are_doubtful_with_both_readings() -> None:
    name = "g1-lost-dash-period-6-8.txt"
    assert months(works(name)[0].indicators[0], "actual") == "- - - - - 22 32 0 - - - -"
    assert {fact(name, f"actual.{n}").status for n in (6, 7, 8)} == {Status.DOUBTFUL}
    told = next(f for f in draft(name).findings if f.code == "intake_position_doubtful")
    assert "22 32 0" in str(told.params["other"])


def test_a_table_without_results_gives_plans() -> None:
    one, two = works("h1-plan-only-no-side.txt")
    assert (one.responsible_text, two.responsible_text) == ("กผ.", "กค.")
    assert months(one.indicators[0], "planned") == "10 10 10 10 10 10 10 10 10 10 10 10"
    assert months(two.indicators[0], "planned") == ONES
    assert months(one.indicators[0], "actual") == "_ _ _ _ _ _ _ _ _ _ _ _"


@pytest.mark.parametrize("name", ["k1-blank-cells-few-figures.xlsx", "k4-blank-cells-no-weights.xlsx"])
def test_an_indicator_with_one_filled_month_is_there(name: str) -> None:
    people, reports = works(name)[0].indicators
    assert months(people, "actual") == "10 8 _ 5 _ _ 13 _ _ _ _ _"
    assert months(reports, "planned") == months(reports, "actual") == "_ _ _ _ _ _ _ _ _ _ _ 1"


def test_rows_of_blank_cells_are_in_place() -> None:
    work = works("k3-rows-blank-cells.txt")[0].indicators[0]
    assert months(work, "planned") == months(work, "actual") == "_ _ _ _ _ _ _ _ _ _ _ 1"


def test_a_heading_in_a_longer_form_and_columns_of_strategies_are_read() -> None:
    found = works("i1-indicator-heading-longer.xlsx")
    assert [(w.strategy, w.tactic, w.goal) for w in found] == [
        ("1", "1.1", "เพื่อเพิ่มการเข้าถึง"), ("1", "1.1", "เพื่อพัฒนาทักษะ"), ("2", "2.1", "เพื่อลดค่าไฟฟ้า"),
    ]  # fmt: skip
    targets = [(t.value, t.comparator.value) for w in found for i in w.indicators for t in i.targets]
    assert targets == [(5000, "eq"), (85, "ge"), (10, "eq")]
    assert [i.name for w in found for i in w.indicators] == ["จำนวนผู้ใช้บริการ", "ร้อยละความพึงพอใจ", "ร้อยละค่าไฟฟ้าที่ลดลง"]


def test_a_zero_shown_as_a_dash_in_a_form_is_zero() -> None:
    results = [works(name)[0].indicators[0] for name in ("zero-comma.xlsx", "zero-plain.xlsx")]
    assert {months(i, "actual") for i in results} == {"10 0 _ _ _ _ _ _ _ _ _ _"}


@pytest.mark.parametrize("path", sorted(CASES.iterdir()), ids=lambda path: path.name)
def test_every_filled_cell_is_used_or_named(path: Path) -> None:
    """The ledger: no cell of two figures, and what is unused is said with its words."""
    found = draft(path.name)
    assert "intake_cell_used_twice" not in codes(path.name)
    said = " ".join(str(f.params["cells"]) for f in found.findings if f.code == "intake_cells_unused")
    assert all(unused.cell.text in said for unused in found.unused)
    assert [u.cell.text for u in found.unused] == (["99.20"] if path.name.startswith("e2") else [])
