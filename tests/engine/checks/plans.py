"""Small plans for the tests of checks: rows of months as text, all else in order unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from samrit.engine.checks import across_works, check_plan, in_order, within_works
from samrit.engine.checks.scene import alone, scene_of
from samrit.engine.indicators.totals import Side, indicator_total
from samrit.engine.model import (
    Aggregation,
    BudgetLine,
    Entry,
    Figure,
    Fund,
    Indicator,
    Kind,
    Mark,
    Plan,
    Project,
    Strategy,
    Tactic,
    Target,
    Unit,
)
from samrit.engine.ruleset import PERCENT_OF_PLAN, RuleSet
from samrit.vocabulary.findings import Finding

YEAR = 2568


def figures(text: str) -> tuple[Figure, ...]:
    """Read a row of months: numbers, "-" for nothing planned or due, "." for an empty cell."""
    marks = {"-": Mark.NOTHING, ".": Mark.BLANK}
    return tuple(marks[word] if word in marks else Decimal(word.replace(",", "")) for word in text.split())


def entries(planned: str = "", actual: str = "", unit: str = "") -> tuple[Entry, ...]:
    """Return the entries of two rows of months, from the first month on."""
    plan, result = figures(planned), figures(actual)
    length = max(len(plan), len(result))
    rows = (row + (Mark.BLANK,) * (length - len(row)) for row in (plan, result))
    return tuple(Entry(n, unit, p, a) for n, (p, a) in enumerate(zip(*rows, strict=True), 1))


def indicator(planned: str = "10 10 10", actual: str = "10 10 10", *, number: int = 1, **fields: Any) -> Indicator:
    """Return an indicator whose target is its plan total unless ``targets`` is given."""
    target = fields.pop("target", None)
    made = Indicator(
        **{
            "id": f"P1.{number}",
            "number": number,
            "name": "จำนวนเรื่องที่แล้วเสร็จ",
            "unit_of_measure": "เรื่อง",
            "aggregation": Aggregation.SUM,
            "entries": entries(planned, actual),
            **fields,
        }
    )
    if "targets" in fields:
        return made
    value = Decimal(target) if target is not None else indicator_total(made, Side.PLANNED, 12).value
    return replace(made, targets=(Target(YEAR, Mark.NOTHING if value is None else value),))


def percentage(planned: str = "80 80 80", actual: str = "85 80 90", **fields: Any) -> Indicator:
    """Return an indicator measured in percent every month."""
    words = {"name": "ร้อยละความพึงพอใจ", "unit_of_measure": "ร้อยละ", "aggregation": Aggregation.AVERAGE}
    return indicator(planned, actual, **{**words, **fields})


def levels(planned: str = "1 2 3", actual: str = "1 2 3", **fields: Any) -> Indicator:
    """Return an indicator of levels climbed through the year."""
    words = {"name": "ระดับความสำเร็จ", "unit_of_measure": "ระดับ", "aggregation": Aggregation.LATEST}
    return indicator(planned, actual, **{**words, **fields})


def project(*indicators: Indicator, **fields: Any) -> Project:
    """Return a project that runs the whole year; indicators get ids of the project and equal weights stay unset."""
    given = {
        "id": "P1",
        "number": 1,
        "title": "โครงการตัวอย่าง",
        "strategy": "1",
        "fund": "F",
        "tactic": "1.1",
        "kind": Kind.NEW,
        "responsible_units": ("กผ.",),
        "first_period": 1,
        "last_period": 12,
        "budgets": (BudgetLine(Decimal(1000)),),
        **fields,
    }
    own = tuple(replace(i, id=f"{given['id']}.{n}", number=n) for n, i in enumerate(indicators or (indicator(),), 1))
    return Project(**{"indicators": own, **given})


def plan(*projects: Project, **fields: Any) -> Plan:
    """Return a plan of those projects with the registers that they refer to."""
    given = {
        "id": "example",
        "title": "แผนตัวอย่าง",
        "year_be": YEAR,
        "funds": (Fund("F", "กองทุน"),),
        "strategies": (Strategy("1", "ยุทธศาสตร์"), Strategy("2", "ยุทธศาสตร์")),
        "tactics": (Tactic("1.1", "1", "กลยุทธ์"),),
        "units": (Unit("กผ.", "กองแผนงาน"), Unit("กค.", "กองคลัง", aliases=("คลัง",))),
        **fields,
    }
    return Plan(projects=projects, **given)


def check(
    what: Plan | Project | Indicator | Sequence[Indicator], as_of: int = 12, ruleset: RuleSet = PERCENT_OF_PLAN
) -> tuple[Finding, ...]:
    """Check a plan, or a project or indicators put into one."""
    if isinstance(what, Indicator):
        what = [what]
    if isinstance(what, Project):
        what = plan(what)
    whole = what if isinstance(what, Plan) else plan(project(*what))
    findings = check_plan(whole, ruleset, as_of)
    assert work_by_work(whole, ruleset, as_of) == findings, "a check that is not of ACROSS_WORKS looks across works"
    return findings


def work_by_work(whole: Plan, ruleset: RuleSet, as_of: int) -> tuple[Finding, ...]:
    """Return the findings of a plan whose works are looked at one by one."""
    scene = scene_of(whole, ruleset, as_of)
    works = zip(scene.projects(), scene.year.projects, strict=True)
    found = [f for (now, lines), year in works for f in within_works(alone(scene, now, year, lines))]
    return tuple(finding for _, finding in in_order(whole, (*across_works(scene), *found)))


def codes(what: Plan | Project | Indicator | Sequence[Indicator], as_of: int = 12) -> list[str]:
    """Return the codes found, sorted; two of a kind stand twice."""
    return sorted(f.code for f in check(what, as_of))


def only(what: Plan | Project | Indicator | Sequence[Indicator], code: str, as_of: int = 12) -> Finding:
    """Return the one finding of that code; fail when there is none or more than one."""
    (finding,) = [f for f in check(what, as_of) if f.code == code]
    return finding
