"""One sum of money everywhere: sources, money, front, works, tables that go out and printed documents agree (R121)."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from samrit.engine.arithmetic import ZERO
from samrit.engine.choices import AllotmentSort
from samrit.engine.model import BudgetLine, Fund, MoneyMovement, MoneyState, Project, Strategy
from samrit.engine.rollup import first_lines
from samrit.engine.surroundings import Allotment
from samrit.package import PlanPackage
from samrit.plans.selectors.results.front import front
from samrit.plans.selectors.results.look import Look, look
from samrit.plans.selectors.results.money import money_of
from samrit.plans.selectors.results.naming import Names
from samrit.plans.selectors.work.choices import Choices
from samrit.plans.selectors.work.funding import Funding, funding
from samrit.plans.selectors.work.money_lines import money_lines
from samrit.plans.selectors.work.work_money import work_money
from samrit.plans.selectors.work.works import works
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from samrit.reports.document.model import Chart, Document, TableBlock
from samrit.reports.evaluation import report
from samrit.reports.plan_book import book
from samrit.web.exports.outgoing_sources import outgoing_sources
from tests.plans.office import small_plan
from tests.reports.small_plans import paragraphs, texts

TODAY, PERIOD = date(2026, 8, 20), 6
MOVED = (MoneyState.PLANNED, MoneyState.COMMITTED, MoneyState.DISBURSED, MoneyState.RETURNED)


def random_package(seed: int) -> PlanPackage:
    """Return works on one line or two in two funds of one source or two, with shares of units and lines above works."""
    lot, package = random.Random(seed), small_plan()
    lines = [_line(lot, number) for number in range(1, lot.randint(6, 14))]
    budgets = {line.key: line.budgets for line in reversed(lines)}  # a work says the same on each of its lines
    named = lot.choice(("", "งบประมาณ"))
    plan = replace(
        package.plan,
        projects=tuple(replace(line, budgets=budgets[line.key]) for line in lines),
        funds=tuple(Fund(code, f"กองทุน {code}", budget=_baht(lot), budget_source=named) for code in "FG"),
        strategies=tuple(Strategy(code, f"ยุทธศาสตร์ที่ {code}") for code in "12"),
        allotments=tuple(_allotment(lot, number) for number in range(lot.randint(0, 3))),
    )
    return replace(package, plan=plan)


def _line(lot: random.Random, number: int) -> Project:
    level = lot.choice(("", "", "", "", "strategy"))
    return Project(
        f"P{number}",
        number,
        f"งาน {number}",
        lot.choice("12"),
        fund=lot.choice("FG"),
        identity="" if level else lot.choice(("", "", "หนึ่ง", "สอง")),
        budgets=tuple(
            BudgetLine(_baht(lot), lot.choice(("", "งบประมาณ", "เงินบริจาค")), unit=lot.choice(("", "", "กฝ.")))
            for _ in range(lot.randint(0, 3))
        ),
        movements=tuple(
            MoneyMovement(lot.randint(1, 9), lot.choice(MOVED), _baht(lot)) for _ in range(lot.randint(0, 4))
        ),
        level=level,
    )


def _movement(lot: random.Random) -> MoneyMovement:
    return MoneyMovement(lot.randint(1, 9), lot.choice(MOVED), _baht(lot))


def _allotment(lot: random.Random, number: int) -> Allotment:
    sort = lot.choice(tuple(AllotmentSort))
    return Allotment(lot.choice(("งบประมาณ", "กองทุน F", "เงินบริจาค")), sort, _baht(lot), f"{number}/2569", note="เหตุ")


def _baht(lot: random.Random) -> Decimal:
    return Decimal(lot.randint(1, 10**9)).scaleb(-2)


@pytest.mark.parametrize("seed", range(6))
def test_money_comes_to_one_sum_on_every_page_and_in_print(register, clock, person, seed: int) -> None:
    """R120, R121, R123, RU1, RU5."""
    clock.set(TODAY.isoformat())
    plan = plan_import(SYSTEM, package=random_package(seed), owner=register["กนผ."])
    seen = look(plan, month=PERIOD, today=TODAY)
    names, planner = Names.of(seen), person("planner")
    page, money = funding(seen, planner), money_of(names)
    each = [work_money(seen, project, planner) for project in first_lines(names.result.plan.projects)]
    whole = page.given
    assert whole == money.total.given == front(seen).money.total.given == (money.spent.budget or ZERO)
    assert whole == sum((own.budget or ZERO for own in each), ZERO)
    assert money.spent.spent == (sum(paid, ZERO) if (paid := [o.spent for o in each if o.spent is not None]) else None)
    above = {line.id for line in names.result.plan.projects if line.level}
    assert whole == sum((line.budget or ZERO for line in money_lines(plan, PERIOD) if line.work not in above), ZERO)
    _sources_add_up(seen, page)
    of_funds = {fund.budget_source or fund.name for fund in names.result.plan.funds}
    announced = [source.in_force or ZERO for source in page.sources if source.name in of_funds]
    assert money.total.framework == sum(announced, ZERO)
    for document in (report.build(names.result), book.build(names.result.plan, ruleset=names.result.ruleset)):
        _in_print(document, whole)
    curves = [block for block in report.build(names.result).blocks if isinstance(block, Chart) and block.kind == "line"]
    assert [c.series for c in curves] == ([money.curve.series] if money.curve is not None else [])


def _sources_add_up(seen: Look, page: Funding) -> None:
    """Hold every source against its strategies, its lines, the list of works that it leads to, and its table."""
    rows = outgoing_sources(seen, page).rows
    for source in page.sources:
        assert source.given == sum((part.amount for part in source.strategies), ZERO)
        assert source.works == sum(part.works for part in source.strategies)
        assert source.for_works == (sum((line.counted for line in source.lines), ZERO) if source.lines else None)
        if source.name and source.works:
            assert works(seen, Choices(filters={"source": (source.name,)})).works == source.works
        own = [row for row in rows if row[0] == source.name]
        assert [row[-1] for row in own].count(source.given) >= 1
    assert page.given == sum((source.given for source in page.sources), ZERO)


def _in_print(document: Document, whole: Decimal) -> None:
    """Hold the sentence on money and the last row of every table of money against the plan's sum."""
    said = [text for text in paragraphs(document) if re.search("งบประมาณ.*บาท", text)]
    printed = {Decimal(figure.replace(",", "")) for text in said for figure in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}
    assert not whole or whole in printed, said
    for block in document.blocks:
        if isinstance(block, TableBlock) and "แหล่งเงิน" in block.caption:
            assert Decimal(texts(block.rows)[-1][-1].replace(",", "")) == whole
