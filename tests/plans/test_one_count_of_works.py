"""One count of works everywhere: front page, plan list, closed evaluation and the printed report, over random plans."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs

import pytest

from samrit.cli.summary import _data as summary
from samrit.cli.summary import headline
from samrit.engine.model import Entry, Fund, Indicator, Mark, Project, Strategy
from samrit.engine.rollup import works_of
from samrit.engine.ruleset import Band
from samrit.package import PlanPackage
from samrit.plans.drafting.filling.rule_choice import rule_choices
from samrit.plans.drafting.overview import overview
from samrit.plans.drafting.reading import read_draft
from samrit.plans.models import Evaluation, Plan
from samrit.plans.selectors.control.closing import closing_page, gaps_kept
from samrit.plans.selectors.results.compare import Moved, comparison, evaluated
from samrit.plans.selectors.results.evaluation_page import evaluation_page
from samrit.plans.selectors.results.front import Front, front
from samrit.plans.selectors.results.heat import heat
from samrit.plans.selectors.results.look import look
from samrit.plans.selectors.work.choices import Choices, choices_from
from samrit.plans.selectors.work.works import works
from samrit.plans.services.draft.opening import draft_amend
from samrit.plans.services.plan import report_files
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from samrit.reports.document.model import Document
from samrit.reports.evaluation import report
from tests.plans.office import small_plan
from tests.reports.small_plans import paragraphs, table, texts

TODAY = date(2026, 8, 20)
PERIOD = 6


def random_package(seed: int) -> PlanPackage:
    """Return a plan whose works stand on one line or two, in two strategies and funds, some not due, some silent."""
    lot, package = random.Random(seed), small_plan(units=("กฝ.", "กม."))
    projects = tuple(_work(lot, n) for n in range(1, lot.randint(6, 14)))
    plan = replace(
        package.plan,
        projects=projects,
        funds=(Fund("F", "กองทุน F"), Fund("G", "กองทุน G")),
        strategies=(Strategy("1", "ยุทธศาสตร์ที่ 1"), Strategy("2", "ยุทธศาสตร์ที่ 2"), Strategy("3", "ว่าง")),
    )
    return replace(package, plan=plan)


def _work(lot: random.Random, number: int) -> Project:
    first = lot.choice((1, 1, 1, 5, 9))
    entries = tuple(
        Entry(
            month,
            planned=Decimal(lot.choice((0, 10, 10))),
            actual=lot.choice((Mark.BLANK, Decimal(0), Decimal(4), Decimal(8), Decimal(10))),
        )
        for month in range(first, 13)
    )
    return Project(
        f"P{number}",
        number,
        f"งาน {number}",
        lot.choice("12"),
        fund=lot.choice("FG"),
        identity=lot.choice(("", "", "", "หนึ่ง", "สอง")),
        responsible_units=tuple(lot.sample(("กฝ.", "กม."), lot.choice((1, 1, 2)))),
        indicators=(Indicator(f"P{number}.1", 1, "ตัวชี้วัด", weight=Decimal(100), entries=entries),),
        level="strategy" if lot.random() < 0.1 else "",
    )


@pytest.mark.parametrize("seed", range(4))
def test_works_are_counted_alike_on_every_page_and_in_the_printed_report(register, clock, person, seed: int) -> None:
    clock.set(TODAY.isoformat())
    plan = plan_import(SYSTEM, package=random_package(seed), owner=register["กนผ."])
    for month in (1, PERIOD, 12):
        _list_beside_front(plan, month)
    _counts_beside_their_lists(plan, PERIOD)
    _heat_beside_its_lists(plan)
    _moves_beside_bands(plan)
    _commands_beside_front(plan)
    _draft_beside_front(plan)
    before = front(look(plan, month=PERIOD, today=TODAY))
    told = {group.kind: group.count for group in closing_page(plan, PERIOD, TODAY).groups}
    closed = evaluation_close(person("planner"), plan=plan, period=PERIOD, reason="ปิดตามกำหนด")
    _evaluation_beside_front(closed, before, told)


def _list_beside_front(plan: Plan, month: int) -> None:
    seen = look(plan, month=month, today=TODAY, with_previous=True)
    page, listed = front(seen), lambda **filters: works(seen, Choices(filters=filters)).works
    assert page.works == listed() == page.bar.total + page.bar.waiting
    assert sum(part.count for part in page.bar.parts) + page.bar.without == page.bar.total
    for part in page.bar.parts:
        assert listed(band=(part.band.code,)) == part.count, part.band.code
    for name, bars in (("strategy", page.strategies), ("fund", page.funds)):
        assert {bar.key: bar.total + bar.waiting for bar in bars} == {
            bar.key: listed(**{name: (bar.key,)}) for bar in bars
        }
        assert sum(bar.total + bar.waiting - bar.repeated for bar in bars) == page.works


def _counts_beside_their_lists(plan: Plan, month: int) -> None:
    """Every number beside a filter or in the tree is the number of works that its address lists."""
    seen = look(plan, month=month, today=TODAY)
    for chosen in ({}, {"band": ("improve",)}, {"unit": ("กม.",), "state": ("scored",)}, {"strategy": ("1",)}):
        page, listed = works(seen, Choices(filters=chosen)), lambda filters: works(seen, Choices(filters=filters)).works
        for group in page.filters:
            for option in group.options:
                assert option.count == listed({**chosen, group.name: (option.value,)}), (chosen, group.name, option)
        for branch in page.tree:
            assert branch.count == works(seen, choices_from(parse_qs(branch.query))).works, (chosen, branch)


def _heat_beside_its_lists(plan: Plan) -> None:
    """A cell of the heat map counts the works that its address lists, in its own month."""
    shown = heat(look(plan, month=PERIOD, today=TODAY), "good")
    for row in shown.rows:
        for month, cell in enumerate(row.cells, 1):
            then = look(plan, month=month, today=TODAY)
            best = works(then, Choices(filters={"lead": (row.code,), "band": (shown.best.code,)}))
            assert best.works == cell.part, (row.code, month)
        assert works(then, Choices(filters={"lead": (row.code,)})).works == row.works


def _moves_beside_bands(plan: Plan) -> None:
    """What came into a band less what left it is by how much it grew, and as many fell as the front page says."""
    seen = look(plan, month=PERIOD, today=TODAY, with_previous=True)
    assert seen.previous is not None
    shown = comparison(evaluated(plan, seen.previous.as_of), evaluated(plan, PERIOD), seen=seen)
    moved = [one for _, group in shown.moved for one in group]
    for pair in shown.bands:
        came, left = (sum(band == pair.band for band in bands) for bands in zip(*map(_bands, moved), strict=True))
        assert came - left == pair.change, pair.band.code
    counts = {direction: len(group) for direction, group in shown.moved}
    page = front(seen)
    assert (page.fallen, page.risen) == (counts.get("down", 0), counts.get("up", 0))
    assert shown.matched == page.same


def _commands_beside_front(plan: Plan) -> None:
    """The command's summary, its table of bands and the page of closing hold the works of the front page."""
    seen = look(plan, month=PERIOD, today=TODAY)
    page, told = front(seen), summary(seen.result, Counter())
    assert (told["projects"], told["counted"]) == (page.works, page.bar.total)
    assert sum(told["states"].values()) == page.works
    assert len(told["worst"]) == told["bands"][seen.result.ruleset.bands[0].code]
    best = next(p.count for p in page.bar.parts if p.band is seen.result.ruleset.bands[-1])
    assert f": {best} of {page.bar.total} " in headline(seen.result, "en")
    assert closing_page(plan, PERIOD, TODAY).works == page.works


def _bands(moved: Moved) -> tuple[Band | None, Band | None]:
    return moved.after_band, moved.before_band


def _draft_beside_front(plan: Plan) -> None:
    """An amendment without changes holds the same works, and its own rules give the same bands."""
    draft = draft_amend(SYSTEM, plan=plan, effective_period=PERIOD + 1)
    reading = read_draft(draft)
    own = next(c for c in rule_choices(draft, reading, [plan]).choices if c.is_own)
    page = front(look(plan, month=rule_choices(draft, reading, [plan]).as_of, today=TODAY))
    assert [(band.code, count) for band, count in own.bands] == [(p.band.code, p.count) for p in page.bar.parts]
    shown = overview(reading, "th")
    assert shown.total is not None
    assert shown.total.works == page.works
    assert sum(count for _, count in shown.bands) == sum(1 for r in works_of(reading.trial.projects) if r.band)
    assert {line.code: line.works for line in shown.strategies if line.works} == {
        b.key: b.total + b.waiting for b in page.strategies
    }


def _evaluation_beside_front(closed: Evaluation, before: Front, told: dict[str, int]) -> None:
    shown = evaluation_page(closed, "th")
    assert (shown.works, shown.bar.total, shown.bar.waiting) == (before.works, before.bar.total, before.bar.waiting)
    bands = [part.count for part in shown.bar.parts]
    assert bands == [part.count for part in before.bar.parts]
    document = report.build(report_files._result(closed), closed=report_files._closed_over(closed))
    *_, total, _ = texts(table(document, "รวมทุกกองทุน จำแนกตามยุทธศาสตร์และระดับ").rows)
    assert list(map(int, total[1 : 2 + len(bands)])) == [shown.bar.total, *bands]
    due = {int(found[1]) for text in paragraphs(document) if (found := re.search(r"มีผลรายงานแล้ว \d+ จาก (\d+)", text))}
    assert due == {shown.bar.total}
    assert {group.kind: group.count for group in gaps_kept(closed)} == told == _closed_over(document)


def _closed_over(document: Document) -> dict[str, int]:
    """Return how many units or records the printed report names, by the kind of gap."""
    words = {
        "ขาดส่ง": "missing",
        "หัวหน้ายังไม่ยืนยัน": "unconfirmed",
        "ล่าช้า": "late",
        "ข้อผิดพลาดที่ยังไม่ได้พิจารณา": "error",
    }
    try:
        rows = texts(table(document, "หน่วยงานและตัวเลขที่ยังไม่ครบเมื่อปิดการประเมิน").rows)
    except ValueError:  # there is no such table: nothing was incomplete
        return {}
    return {words[what]: int(count) for row in rows for what, count in re.findall(r"^(.+) \((\d+)\)$", row[0])}
