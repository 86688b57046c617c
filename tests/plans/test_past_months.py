"""Past months of all units in one file: handed out, looked at, taken in whole as accepted with their source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from samrit.plans.errors import ServiceError
from samrit.plans.evaluation.scoring import counted_plan, evaluate
from samrit.plans.models import Figure, HistoryEntry, MonthlyReport, ReportState, Standing
from samrit.plans.records.audit import audit
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.report.past_months import months_over, past_lines, past_look, past_take
from samrit.plans.services.writing import SYSTEM
from samrit.plans.unit_form.past_file import PastLine, read_past_file, write_past_file
from tests.plans.office import Clock, small_plan

MONTHS = [(1, "ม.ค. 69"), (2, "ก.พ. 69"), (3, "มี.ค. 69")]


@pytest.fixture
def plan(register, clock: Clock):
    clock.set(date(2026, 4, 3))
    return plan_import(SYSTEM, package=small_plan(indicators=2, reported=((1, 9),)), owner=register["กนผ."])


def filled(plan, **cells: dict[int, str]) -> tuple[PastLine, ...]:
    """Return the rows of the file that is handed out, some of them filled in, written and read again."""
    lines = [
        replace(line, months={**line.months, **cells.get(line.indicator.replace(".", "_"), {})})
        for line in past_lines(plan)
    ]
    read = read_past_file(write_past_file(lines, MONTHS), "past.xlsx")
    assert read.faults == ()
    return read.lines


def test_what_is_handed_out_comes_back_and_changes_nothing(plan, person) -> None:
    assert months_over(plan) == (1, 2, 3)
    lines = past_lines(plan)
    assert [(line.unit, line.indicator, dict(line.months)[1]) for line in lines] == [
        ("กฝ.", "P1.1", "9"), ("กฝ.", "P1.2", "9")
    ]  # fmt: skip
    looked = past_look(person("planner"), plan=plan, lines=filled(plan), source="หนังสือ")
    assert (looked.figures, looked.same, looked.faults) == (0, 2, ())
    with pytest.raises(ServiceError, match="past_nothing_new"):
        past_take(person("planner"), plan=plan, lines=filled(plan), source="หนังสือ")


def test_a_complete_month_is_accepted_with_its_source_and_another_waits_for_its_unit(plan, person) -> None:
    """What is looked at is what is taken; every figure says where it is from."""
    planner = person("planner")
    lines = filled(plan, P1_1={2: "8", 3: "7.5"}, P1_2={2: "๑๐"})
    before = HistoryEntry.objects.count()
    looked = past_look(planner, plan=plan, lines=lines, source="หนังสือ กฝ. 12/2569")
    assert HistoryEntry.objects.count() == before
    assert not Figure.objects.exists()
    done = past_take(planner, plan=plan, lines=lines, source="หนังสือ กฝ. 12/2569")
    assert done == looked
    assert (done.figures, done.accepted, done.open) == (3, 1, (("กฝ.", 3),))
    states = {r.period: (r.state, r.is_late, r.waived) for r in MonthlyReport.objects.all()}
    assert states == {
        2: (ReportState.ACCEPTED, False, "หนังสือ กฝ. 12/2569"),
        3: (ReportState.DRAFT, False, ""),
    }
    assert {f.explanation for f in Figure.objects.all()} == {"หนังสือ กฝ. 12/2569"}
    entry = HistoryEntry.objects.get(action="report.take_in")
    assert (entry.reason, entry.actor) == ("หนังสือ กฝ. 12/2569", planner)
    (work,) = evaluate(plan, 3).projects
    assert [i.actual_total.value for i in work.indicators] == [Decimal("24.5"), Decimal(19)]
    (kept,) = counted_plan(plan, 3, standing=Standing.ACCEPTED).plan.projects
    assert {e.period for e in kept.indicators[0].entries if isinstance(e.actual, Decimal)} == {1, 2}
    assert audit().faults == ()


def test_anything_wrong_takes_nothing_and_every_row_says_what(plan, register, person) -> None:
    planner, reporter = person("planner"), person("reporter", unit="กฝ.")
    figures_save(SYSTEM, plan=plan, unit=register["กฝ."], period=2, cells=[CellInput("P1.1", "5", explanation="–")])
    good = filled(plan, P1_2={2: "10"})
    wrong = (
        PastLine("กฝ.", "P1.1", "actual", {2: "8"}, 10),  # stands otherwise
        PastLine("กฝ.", "P9.9", "actual", {2: "8"}, 11),  # no such indicator
        PastLine("ไม่มี", "P1.1", "actual", {2: "8"}, 12),
        PastLine("กฝ.", "P1.2", "actual", {3: "มาก"}, 13),
        PastLine("กฝ.", "P1.2", "actual", {7: "8"}, 14),  # not over
    )
    entries = HistoryEntry.objects.count()
    looked = past_look(planner, plan=plan, lines=(*good, *wrong), source="หนังสือ")
    assert {(f.code, f.place.line) for f in looked.faults} == {
        ("past_stands_otherwise", 10), ("past_cell_refused", 11), ("past_unit_unknown", 12),
        ("past_cell_refused", 13), ("past_month_not_over", 14),
    }  # fmt: skip
    with pytest.raises(ServiceError, match="past_has_faults"):
        past_take(planner, plan=plan, lines=(*good, *wrong), source="หนังสือ")
    with pytest.raises(ServiceError, match="past_source_missing"):
        past_take(planner, plan=plan, lines=good, source=" ")
    with pytest.raises(ServiceError, match="not_allowed"):
        past_take(reporter, plan=plan, lines=good, source="หนังสือ")
    assert HistoryEntry.objects.count() == entries
    assert Figure.objects.count() == 1


def test_a_file_that_is_none_is_refused_in_words() -> None:
    for content, code in (
        (b"", "past_file_unreadable"),
        (b"not a workbook", "past_file_unreadable"),
        (write_past_file([], []), "past_file_heads"),
    ):
        assert [f.code for f in read_past_file(content, "x.xlsx").faults] == [code]
    months = write_past_file(
        [PastLine("กฝ.", "P1.1", "actual", {1: "5"}, texts=("", "", "", ""))], [(1, "ม.ค."), (1, "อื่น")]
    )
    assert [f.code for f in read_past_file(months, "x.xlsx").faults] == ["past_month_twice"]
    twice = [PastLine("กฝ.", "P1.1", "actual", {1: "5"}, texts=("", "", "", ""))] * 2
    assert [f.code for f in read_past_file(write_past_file(twice, MONTHS), "x.xlsx").faults] == ["past_row_twice"]
