"""What the tests of the entry pages share: a plan of five indicators, somebody signed in, addresses."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse

from samrit.engine.model import Aggregation, Entry, Formula, Level, Mark
from samrit.package import PlanPackage
from samrit.plans.models import Person, Plan
from tests.plans.office import small_plan


def five() -> PlanPackage:
    """A plan of one work with five indicators; ten are due of each in every month, two months are reported."""
    return small_plan(code="five-2569", indicators=5, reported=((1, 10), (2, 10)))


def varied() -> PlanPackage:
    """A work with a plain count, a share made from its parts, a measured share, and levels with due months."""
    package = small_plan(code="varied-2569", indicators=4)
    count, ratio, share, levels = package.plan.projects[0].indicators
    months = range(1, 13)
    made = (
        count,
        replace(
            ratio,
            unit_of_measure="ร้อยละ",
            is_share=True,
            aggregation=Aggregation.RATIO,
            entries=tuple(
                Entry(m, planned=Decimal(90), planned_numerator=Decimal(90), planned_denominator=Decimal(100))
                for m in months
            ),
        ),
        replace(
            share,
            unit_of_measure="ร้อยละ",
            is_share=True,
            aggregation=Aggregation.AVERAGE,
            entries=tuple(Entry(m, planned=Decimal(98), actual=Mark.BLANK) for m in months),
        ),
        replace(
            levels,
            unit_of_measure="ระดับ",
            aggregation=Aggregation.LATEST,
            formula=Formula.LEVELS,
            entries=(),
            levels=tuple(Level(n, f"ขั้นที่ {n}", due_period=n * 3) for n in (1, 2, 3, 4)),
        ),
    )
    project = replace(package.plan.projects[0], indicators=made)
    return replace(package, plan=replace(package.plan, projects=(project,)))


def signed_in(person: Person) -> Client:
    """Return a browser without scripts that ``person`` is signed in with."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(plan: Plan, period: int = 3, unit: str = "กฝ.", name: str = "report") -> str:
    """Return the address of a report, or of what belongs to it."""
    return reverse(name, args=(plan.code, unit, period))


def cell(
    number: int, value: str, *, period: int = 3, revision: int = 0, kind: str = "a", **more: Any
) -> dict[str, str]:
    """Return the fields of one cell as a form sends them."""
    place = f"P1.{number}:{period}.1"
    return {f"{kind}:{place}": value, f"r:{place}": str(revision)} | {f"{k}:{place}": v for k, v in more.items()}
