"""An office for tests: the register, people with roles, and small plans that the test itself writes down."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from samrit.engine.model import Aggregation, Entry, Indicator, Level, Mark, Project, Source, Strategy, Target
from samrit.engine.model import Plan as EnginePlan
from samrit.engine.model import Unit as EngineUnit
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.intake.draft import Draft
from samrit.intake.facts import POOR, Fact, Status, WorkFacts
from samrit.intake.grid import Grid, GridCell
from samrit.package import PlanPackage, read
from samrit.plans.models import Person, Plan, RoleAssignment, Unit
from samrit.plans.reporting.register_file import UnitRow, read_register
from samrit.plans.services.office.people import person_create, role_give
from samrit.plans.services.writing import SYSTEM

EXAMPLES = Path(__file__).parents[2] / "examples"
PASSWORD = "sawatdee-prasai-2569"  # noqa: S105


@cache
def example(name: str) -> PlanPackage:
    """Return an example plan package, read once per process."""
    package = read(EXAMPLES / name).package
    assert package is not None
    return package


@cache
def register_rows() -> tuple[UnitRow, ...]:
    """Return the 163-unit register of the examples."""
    rows, findings = read_register((EXAMPLES / "register" / "units.csv").read_bytes())
    assert findings == ()
    return rows


def small_plan(
    *,
    code: str = "small-2569",
    year_be: int = 2569,
    units: tuple[str, ...] = ("กฝ.",),
    aggregation: Aggregation = Aggregation.SUM,
    planned: int = 10,
    indicators: int = 1,
    levels: int = 0,
    reported: tuple[tuple[int, int], ...] = (),
) -> PlanPackage:
    """Return a plan of one project: every month ``planned`` is due of each indicator; ``reported`` is imported."""
    given = {period: Decimal(value) for period, value in reported}
    made = tuple(
        Indicator(
            f"P1.{n}",
            n,
            f"ตัวชี้วัดที่ {n}",
            unit_of_measure="ครั้ง",
            weight=Decimal(100) / indicators,
            aggregation=aggregation,
            entries=tuple(
                Entry(period, planned=Decimal(planned), actual=given.get(period, Mark.BLANK)) for period in range(1, 13)
            ),
            targets=(Target(year_be, Decimal(planned * 12)),),
            levels=tuple(Level(k, f"ระดับ {k}", due_period=k) for k in range(1, levels + 1)),
        )
        for n in range(1, indicators + 1)
    )
    project = Project("P1", 1, "โครงการทดลอง", "1", responsible_units=units, indicators=made)
    known = {row.code: row for row in register_rows()}
    plan = EnginePlan(
        code,
        "แผนทดลอง",
        year_be,
        ruleset=PERCENT_OF_PLAN.id,
        strategies=(Strategy("1", "ยุทธศาสตร์ที่ 1"),),
        units=tuple(EngineUnit(c, known[c].given["name"], type=known[c].given["type"]) for c in units),
        projects=(project,),
    )
    return PlanPackage(plan, (PERCENT_OF_PLAN,))


@dataclass
class People:
    """Makes people on demand: one per role and unit, remembered."""

    made: dict[tuple[str, str, str], Person] = field(default_factory=dict)

    def __call__(self, role: str, *, unit: str | Unit = "", plan: Plan | None = None) -> Person:
        """Return somebody who holds ``role``, for ``unit`` or ``plan`` where it is about one."""
        code = unit.code if isinstance(unit, Unit) else unit
        key = (role, code, plan.code if plan else "")
        if key not in self.made:
            self.made[key] = self._make(role, code, plan)
        # Rights are remembered on the object for one request: each call is a new one.
        return Person.objects.get(pk=self.made[key].pk)

    def _make(self, role: str, code: str, plan: Plan | None) -> Person:
        name = f"{role}-{len(self.made) + 1}"
        person = person_create(
            SYSTEM, username=name, password=PASSWORD, display_name=f"{role} {code}".strip(), email=f"{name}@example.org"
        )
        given = Unit.objects.get(code=code) if code else None
        assignment: RoleAssignment = role_give(SYSTEM, person=person, role=role, unit=given, plan=plan)
        assert assignment.pk
        return person


class Clock:
    """Sets what time it is for services and selectors."""

    def __init__(self) -> None:
        self.now = datetime(2026, 4, 3, 3, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def set(self, day: date | str, hour: int = 10) -> None:
        """Go to a day, at an hour of Bangkok."""
        chosen = date.fromisoformat(day) if isinstance(day, str) else day
        self.now = datetime(chosen.year, chosen.month, chosen.day, hour - 7, tzinfo=UTC)


def doubtful_reading(code: str = "draft-2570") -> Draft:
    """Return the reading of a document of one work whose title is doubtful."""
    work = WorkFacts("P1")
    work["title"] = Fact(
        "โครงการทดลอง", Status.DOUBTFUL, POOR, ("intake_kind_doubtful",), Source("plan.pdf", 1, line=1)
    )
    grid = Grid("plan.pdf", ((GridCell("1. โครงการทดลอง", 1),),), 1, is_table=False)
    return Draft(small_plan(code=code, year_be=2570), (), facts=(work,), grids=(grid,))
