"""A plan in order gives no finding at all, at any month of the year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from samrit.engine.model import (
    Aggregation,
    Alignment,
    BudgetLine,
    Claim,
    Comparator,
    Consolidation,
    Direction,
    Entry,
    EntryBasis,
    Formula,
    Fund,
    Indicator,
    IndicatorCard,
    Kind,
    Level,
    Mark,
    Narrative,
    Override,
    Plan,
    PrintedCell,
    ProjectStatus,
    Site,
    Target,
)
from tests.engine.checks.plans import YEAR, check, entries, indicator, levels, percentage, plan, project

D = Decimal
EVERY_MONTH = " ".join(["{}"] * 12)


def counts() -> Indicator:
    return indicator(
        "440 440 440 440 440 440 440 440 440 440 440 440",
        "440 439 418 451 433 462 437 440 425 449 455 441",
        weight=D(40),
        claim=Claim(D(5280), D(5290), D(100)),
    )


def satisfaction() -> Indicator:
    return percentage(
        "80 80 80 80 80 80 80 80 80 80 80 80",
        "81.5 80.25 84 79.5 82 85.75 81 80 83.5 84.25 80.5 82",
        weight=D(60),
        is_share=True,
        targets=(
            Target(YEAR - 1, D(78), Comparator.AT_LEAST, "ร้อยละ"),
            Target(YEAR, D(80), Comparator.AT_LEAST, "ร้อยละ"),
            Target(YEAR + 1, Mark.NOTHING),
        ),
        claim=Claim(D(80), D("82.02"), D(103)),
    )


def milestones() -> Indicator:
    steps = ((1, 2), (2, 5), (3, 8), (4, 10), (5, 12))
    reached = {1: 2, 2: 4, 3: 8, 4: 10, 5: 12}
    return levels(
        "- 1 - - 2 - - 3 - 4 - 5",
        "- 1 - 2 2 2 2 3 3 4 4 5",
        formula=Formula.LEVELS,
        levels=tuple(
            Level(n, f"ขั้นที่ {n}", due, date(2025, reached[n], 15), reached[n], evidence="บันทึก") for n, due in steps
        ),
        claim=Claim(D(5), D(5), D(100)),
    )


def vacancies() -> Indicator:
    """Lower is better, by thresholds."""
    return percentage(
        "- - - - - - - - - - - 8",
        "- - - - - - - - - - - 8",
        name="อัตราว่างต่ออัตราทั้งหมด",
        aggregation=Aggregation.LATEST,
        direction=Direction.LOWER,
        targets=(Target(YEAR, D(8), Comparator.AT_MOST, "ร้อยละ"),),
    )


def cumulative_disbursement() -> Indicator:
    return percentage(
        "3 10 20 30 40 48 55 62 70 78 85 90",
        "3.2 11.5 21 30.1 41.7 49 56.2 61.8 71 79.3 86 91.03",
        name="ร้อยละการเบิกจ่ายสะสม",
        aggregation=Aggregation.LATEST,
    )


def best_and_worst() -> tuple[Indicator, Indicator]:
    best = indicator("- - 5 - - 6 - - 6 - - 7", "- - 4 - - 6 - - 5 - - 7", aggregation=Aggregation.MAX, weight=D(50))
    least = indicator("- - 9 - - 9 - - 9 - - 9", "- - 9 - - 10 - - 11 - - 9", aggregation=Aggregation.MIN, weight=D(50))
    return best, least


def shared() -> Indicator:
    """A share that two units report with both of its parts."""
    rows = tuple(
        Entry(
            month,
            unit,
            planned=D(80),
            numerator=D(numerator),
            denominator=D(denominator),
            planned_numerator=D(80),
            planned_denominator=D(100),
        )
        for unit, numerator, denominator in (("กผ.", 83, 100), ("กค.", 160, 198))
        for month in (3, 6, 9, 12)
    )
    return percentage(entries=rows, aggregation=Aggregation.RATIO, is_share=True, consolidation=Consolidation.RATIO)


def to_date() -> Indicator:
    return indicator(
        "10 20 30 40 50 60 70 80 90 100 110 120",
        "9 21 30 42 50 58 70 80 91 99 111 118",
        entry_basis=EntryBasis.TO_DATE,
    )


def from_baseline() -> Indicator:
    return indicator("- - - - - - - - - - - 50", "- - - - - - - - - - - 52", formula=Formula.BASELINE, baseline=D(100),
                     direction=Direction.LOWER, aggregation=Aggregation.LATEST)  # fmt: skip


def buildings() -> Indicator:
    return indicator(
        entries=(),
        name="หน่วยงานก่อหนี้ผูกพัน",
        unit_of_measure="แห่ง",
        formula=Formula.SITES,
        target=2,
        claim=Claim(D(2), D(2), D(100)),
    )


def clean_plan() -> Plan:
    """Ten projects with every aggregation, levels, sites, shares of money and of units."""
    made = [
        project(counts(), satisfaction(), kind=Kind.ROUTINE, claim=Claim(percent=D(102)), status=ProjectStatus.RUNNING),
        project(milestones(), title="พัฒนาระบบงาน", kind=Kind.CONTINUING),
        project(vacancies(), title="สรรหาบุคลากร", kind=Kind.ROUTINE),
        project(cumulative_disbursement(), title="งานการคลัง", kind=Kind.ROUTINE, strategy="2", tactic=""),
        project(*best_and_worst(), title="แข่งขันทักษะ", alignments=(
            Alignment("national_strategy", "6", True), Alignment("master_plan", "20", True),
            Alignment("milestone", "13"), Alignment("sdg", "1.3"))),
        project(shared(), title="ให้บริการภายในกำหนด", responsible_units=("กผ.", "คลัง"), budgets=(
            BudgetLine(D(900)), BudgetLine(D(400), unit="กผ."), BudgetLine(D(500), unit="กค."))),
        project(to_date(), title="ตรวจสถานประกอบการ"),
        project(from_baseline(), title="ลดการประสบอันตราย"),
        project(buildings(), title="งานก่อสร้าง", kind=Kind.ROUTINE, budgets=(BudgetLine(D(700)),), sites=(
            Site("a", "อาคารหนึ่ง", "กผ.", D(300), 3, 2, 4, 4, 11, "done"),
            Site("b", "อาคารสอง", "กค.", D(400), 6, 6, 5, 2, None, "committed"))),
        project(
            indicator("- - 2 - - 2 - - 2 - - 2", "- - 0 - - 1 - - 1 - - 1"), title="ประชุมวิชาการ",
            narratives=tuple(Narrative(m, "จัดได้บางส่วน", "งดเดินทาง", "จัดต้นปีหน้า") for m in range(1, 13)),
        ),
    ]  # fmt: skip
    numbered = [project(*p.indicators, **_fields(p, n)) for n, p in enumerate(made, 1)]
    return plan(
        *numbered,
        funds=(Fund("F", "กองทุน", budget=D(9600)),),
        cards=(
            IndicatorCard("P6.1", frequency="รายเดือน", evaluating_unit="กองแผนงาน", supporting_unit="กองคลัง"),
            *(
                IndicatorCard(i.id, unit_of_measure=i.unit_of_measure, frequency="ปีละ 1 ครั้ง", evaluating_unit="กผ.")
                for p in numbered
                for i in p.indicators
                if set(p.responsible_units) == {"กผ."}
            ),
        ),
        printed=(
            PrintedCell("kinds", "", "1", "routine", D(3)),
            PrintedCell("kinds", "", "1", "project", D(6)),
            PrintedCell("kinds", "", "1", "total", D(9)),
            PrintedCell("kinds", "", "", "total", D(10)),
        ),
    )


def _fields(made: object, number: int) -> dict[str, object]:
    names = "title strategy tactic kind responsible_units budgets sites narratives alignments claim status overrides"
    return {"id": f"P{number}", "number": number, **{name: getattr(made, name) for name in names.split()}}


def test_a_clean_plan_has_no_finding() -> None:
    assert [(f.code, f.place.record, dict(f.params)) for f in check(clean_plan())] == []


@pytest.mark.parametrize("as_of", range(13))
def test_a_clean_plan_has_no_finding_within_the_year(as_of: int) -> None:
    # The prints are of the year's end and stay silent before it; what is not due yet is no fault.
    assert [(f.code, f.place.record) for f in check(clean_plan(), as_of)] == []


def test_an_empty_plan_has_no_finding() -> None:
    assert check(plan()) == ()


def test_an_override_with_a_reason_is_in_order() -> None:
    settled = indicator("5 5", "5 1", overrides=(Override(12, "คณะกรรมการเห็นชอบ", D(100), decided_by="กผ."),))
    assert check(settled) == ()


def test_entries_of_units_are_checked_unit_by_unit() -> None:
    rows = entries("10 10 10", "11 9 10", "กผ.") + entries("5 5 5", "5 5 6", "กค.")
    assert check(indicator(entries=rows)) == ()
