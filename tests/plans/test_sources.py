"""A source belongs to a value, not to a cell: what is typed names no old document, the old value keeps its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from samrit.engine.explain import explain
from samrit.engine.model import Entry, Level, Source
from samrit.package import PlanPackage
from samrit.package.reader import read
from samrit.package.writer import package_files, write
from samrit.plans.drafting.document import standing
from samrit.plans.drafting.from_documents import read_sent
from samrit.plans.evaluation.carrying import with_results_of
from samrit.plans.evaluation.reported_rows import ReachedLevel, laid_level
from samrit.plans.evaluation.scoring import evaluate
from samrit.plans.models import Plan, PlanDraft
from samrit.plans.selectors.results.look import look
from samrit.plans.selectors.work.month import month
from samrit.plans.services.draft.importing import draft_import
from samrit.plans.services.draft.rows import RowInput, draft_save
from samrit.plans.services.plan.plans import plan_export, plan_import
from samrit.plans.services.report.reports import report_take_back
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan
from tests.plans.test_draft_imports import CASES
from tests.plans.test_draft_imports import LETTER as CASE
from tests.plans.test_what_counts import Unit

LETTER = Source("q4.txt", 3, 1097)


def read_plan() -> PlanPackage:
    """Return the small plan, its months read from a document."""
    package = small_plan(reported=((1, 10), (2, 10), (3, 11)))
    (work, *rest) = package.plan.projects
    indicator = work.indicators[0]
    read = replace(indicator, entries=tuple(replace(e, source=LETTER) for e in indicator.entries))
    return replace(package, plan=replace(package.plan, projects=(replace(work, indicators=(read,)), *rest)))


@pytest.fixture
def unit(register, clock, person) -> Unit:
    return Unit(plan_import(SYSTEM, package=read_plan(), owner=register["กนผ."]), register, person)


def march(plan: Plan) -> Entry:
    entries = evaluate(plan, 12).plan.projects[0].indicators[0].entries
    return next(e for e in entries if e.period == 3)


def documents(derivation, side: str, *, under: str = "") -> set[str]:
    """Return the documents named below the total of a side for March."""
    under = derivation.code if derivation.code.endswith("_total") and not under else under
    found = set()
    if derivation.code.startswith("entry") and under == side and derivation.params["period"].period == 3:
        found.add(derivation.source.document)
    for child in derivation.children:
        found |= documents(child, side, under=under)
    return found


def test_a_result_that_somebody_types_names_no_document_and_its_plan_still_does(unit, person) -> None:
    before = explain(evaluate(unit.plan, 12), "P1.1")
    assert documents(before, "actual_total") == documents(before, "plan_total") == {"q4.txt"}
    unit.type("11")
    unit.send()
    assert not march(unit.plan).is_typed, "the same value is the one that was read"
    report_take_back(unit.reporter, **unit.place)
    unit.type("12")
    unit.words()
    unit.send()
    after = explain(evaluate(unit.plan, 12), "P1.1")
    assert (documents(after, "actual_total"), documents(after, "plan_total")) == ({""}, {"q4.txt"})
    shown = month(
        look(unit.plan, month="3", today=date(2025, 4, 1), language="th", public=False), "P1.1", 3, person("auditor")
    )
    (line,) = [one for one in shown.lines if one.is_typed]
    assert line.reported is not None
    assert line.actual == 12
    assert [(c.actual, c.source, c.version) for c in shown.came] == [(Decimal(11), LETTER, 1)]


def test_a_package_keeps_which_results_were_typed_and_older_files_stay_as_they_are(unit, tmp_path) -> None:
    assert b"is_typed" not in package_files(plan_export(unit.plan))["monthly.csv"]
    unit.type("12")
    unit.words()
    unit.send()
    write(plan_export(unit.plan), tmp_path / "out")
    again = read(tmp_path / "out").package.plan.projects[0].indicators[0].entries
    assert {e.period for e in again if e.is_typed} == {3}


def test_a_day_of_reaching_that_somebody_gives_is_not_the_documents() -> None:
    level, plan = Level(1, due_period=3, source=LETTER), small_plan().plan
    reached = laid_level(level, ReachedLevel(date(2025, 3, 2), "คำสั่ง"), plan)
    assert reached.is_typed
    same = replace(reached, is_typed=False)
    assert not laid_level(same, ReachedLevel(date(2025, 3, 2), "คำสั่ง"), plan).is_typed


def test_an_amendment_keeps_what_was_typed_and_names_no_other_document_for_a_result() -> None:
    old = read_plan().plan
    moved = replace(old.projects[0].indicators[0].entries[0], planned=Decimal(99), source=Source("amended.docx"))
    indicator = replace(old.projects[0].indicators[0], entries=(moved, *old.projects[0].indicators[0].entries[1:]))
    fresh = replace(old, projects=(replace(old.projects[0], indicators=(indicator,)), *old.projects[1:]))
    first, second, *_ = with_results_of(fresh, old).projects[0].indicators[0].entries
    assert (first.source.document, first.result_source) == ("amended.docx", Source())
    assert second.result_source == LETTER


@pytest.fixture
def drafted(db) -> PlanDraft:
    contents = {CASE: (CASES / CASE).read_bytes()}
    return draft_import(SYSTEM, reading=read_sent(contents), contents=contents)


def test_a_value_changed_in_a_draft_leaves_its_source_and_the_others_keep_theirs(drafted) -> None:
    rows = standing(drafted)["monthly"]
    first, second = [row for row in rows.values() if row.cells.get("source_document")][:2]
    given = [
        RowInput(first.number, {"planned": "123456"}, first.revision),
        RowInput(second.number, {"note": "ตรวจแล้ว"}, second.revision),
    ]
    draft_save(SYSTEM, draft=drafted, file="monthly", rows=given)
    now = standing(drafted)["monthly"]
    assert not any(name.startswith("source") or name == "confidence" for name in now[first.number].cells)
    assert now[second.number].cells["source_document"] == second.cells["source_document"]
