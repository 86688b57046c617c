"""Workbooks for the tests: written with wrong stored values, and compared with the engine cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from samrit.engine.arithmetic import round_half_up
from samrit.engine.model import Formula, Plan, Unit
from samrit.engine.results import IndicatorResult, PlanResult, ProjectResult
from samrit.engine.ruleset import Band
from samrit.reports.texts.template import Template
from samrit.reports.workbook.assemble import assemble
from samrit.reports.workbook.writing.words import word
from samrit.vocabulary.terms import label
from tests.engine.random_plans import random_plan
from tests.reports.workbook.calc import Rows, rows_of

WRONG = Decimal("987654.25")  # stands in every formula of a workbook that is to be recalculated
_PLACES = 9

Cell = tuple[str, object, object]  # where, in the workbook, in the engine


def one_plan(seeds: Iterable[int]) -> Plan:
    """Return the projects of many random plans as one, their ids kept apart."""
    projects, units = [], dict[str, Unit]()
    for seed in seeds:
        plan = random_plan(seed)
        units |= {u.code: u for u in plan.units}
        for p in plan.projects:
            own = tuple(replace(i, id=f"{seed}-{i.id}") for i in p.indicators)
            projects.append(replace(p, id=f"{seed}-{p.id}", identity="", indicators=own))
    return Plan("many", "แผนสุ่ม", 2568, projects=tuple(projects), units=tuple(units.values()))


def written_wrong(result: PlanResult, path: Path, *, language: str = "th", template: Template | None = None) -> Path:
    """Write the workbook of ``result`` with a wrong value stored in every formula."""
    target = BytesIO()
    assemble(target, result, template=template or Template(), language=language, stored=lambda _: WRONG)
    path.write_bytes(target.getvalue())
    return path


def sheet(code: str) -> str:
    """Return the Thai name of a sheet."""
    return word("sheet", code, "th")


def head(code: str) -> str:
    """Return the Thai heading of a column."""
    return word("column", code, "th")


def differences(path: Path, result: PlanResult) -> list[Cell]:
    """Return every cell of the data sheets that does not say what the engine says."""
    return [cell for cell in (*_indicators(path, result), *_projects(path, result)) if not same(cell[1], cell[2])]


def _indicators(path: Path, result: PlanResult) -> Iterator[Cell]:
    expected = [i for r in result.projects for i in r.indicators]
    rows = _by_number(rows_of(path, sheet("indicators")))
    assert len(rows) == len(expected)
    for row, i in zip(rows, expected, strict=True):
        for code, value in _of_indicator(i).items():
            if head(code) in row:
                yield f"{i.indicator.id} {code}", row[head(code)], value


def _of_indicator(i: IndicatorResult) -> dict[str, object]:
    return {
        "plan_total": i.plan_total.value,
        **({"upper_total": i.plan_upper} if i.indicator.formula is Formula.RANGE else {}),
        "actual_total": i.actual_total.value,
        "level_planned": i.level_planned,
        "level_reached": i.level_reached,
        "state": label(i.state, "th", "state"),
        "computed_percent": i.computed_percent,
        "percent": i.percent,
        "score": i.score,
        "weight_used": i.weight,
        "effective_weight": i.effective_weight,
        "band": _band(i.band),
    }


def _projects(path: Path, result: PlanResult) -> Iterator[Cell]:
    rows = _by_number(rows_of(path, sheet("projects")))
    assert len(rows) == len(result.projects)
    for row, r in zip(rows, result.projects, strict=True):
        for code, value in _of_project(r).items():
            if head(code) in row:
                yield f"{r.project.id} {code}", row[head(code)], value


def _of_project(r: ProjectResult) -> dict[str, object]:
    return {
        "state": label(r.state, "th", "state"),
        "weight_sum": r.weight_sum,
        "computed_percent": r.computed_percent,
        "percent": r.percent,
        "score": r.score,
        "band": _band(r.band),
        "counts": int(r.counts),
        "normalised_percent": r.normalised_percent,
        "second_percent": r.second_percent,
        "second_band": _band(r.second_band),
        "lowest": r.lowest.percent if r.lowest else None,
        "lowest_indicator": r.lowest.indicator.id if r.lowest else None,
        "changed": None,
    }


def _by_number(rows: Rows) -> Rows:
    return sorted(rows, key=lambda row: int(str(row[head("no")])))


def _band(band: Band | None) -> str | None:
    return f"{band.sign} {band.name}" if band else None


def same(found: object, wanted: object) -> bool:
    """Say whether a cell holds the engine's value: figures to 9 decimals or 12 digits, text exactly."""
    if wanted is None:
        return found in (None, "")
    if isinstance(wanted, Decimal | int):
        if not isinstance(found, int | float):
            return False
        value = Decimal(repr(found))
        close = abs(value - wanted) <= abs(wanted) * Decimal("1e-12")
        return close or round_half_up(value, _PLACES) == round_half_up(Decimal(wanted), _PLACES)
    return str(found) == str(wanted)
