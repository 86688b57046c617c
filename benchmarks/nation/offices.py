"""Plans of made-up offices, as many as wanted: works and figures of both examples, mixed and changed by a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from samrit.engine.model import Entry, Indicator, Mark, Plan, Project
from samrit.engine.ruleset import Method, PointScale, RuleSet
from samrit.package import PlanPackage, read

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
WORKS = 47
_REGIONS = ("ภาคกลาง", "ภาคเหนือ", "ภาคใต้", "ภาคตะวันออก", "ภาคตะวันออกเฉียงเหนือ")


def offices(count: int, seed: int, *, works: int = WORKS) -> Iterator[PlanPackage]:
    """Yield ``count`` plans of ``works`` works each; the same seed gives the same plans."""
    for number in range(count):
        yield _office(random.Random(f"{seed}/{number}"), number, works)  # noqa: S311


@cache
def _example(name: str) -> PlanPackage:
    package = read(EXAMPLES / name).package
    if package is None:
        raise SystemExit(f"{EXAMPLES / name} can't be read")
    return package


def _office(rng: random.Random, number: int, works: int) -> PlanPackage:
    base = _example(rng.choice(("sso-2568", "hr-2569")))
    plan = base.plan
    chosen = [rng.choice(plan.projects) for _ in range(works)]
    projects = tuple(_project(rng, p, f"P{at}") for at, p in enumerate(chosen, 1))
    ruleset = _ruleset(rng, base.rulesets[0])
    region = rng.choice(_REGIONS)
    units = tuple(replace(u, region=u.region or region) for u in plan.units)
    made = Plan(
        **{
            **{name: getattr(plan, name) for name in Plan.__slots__},
            "id": f"office-{number:06}",
            "organisation": f"สำนักงานที่ {number % 20 + 1}",
            "ruleset": ruleset.id,
            "projects": projects,
            "units": units,
            "cards": (),
            "printed": (),
            "texts": (),
        }
    )
    return PlanPackage(made, (ruleset,))


def _project(rng: random.Random, project: Project, own: str) -> Project:
    # Most works of most offices have one indicator; some keep all that the example has.
    kept = project.indicators if rng.random() < 0.15 else project.indicators[:1]
    indicators = tuple(_indicator(rng, i, f"{own}.{n}") for n, i in enumerate(kept, 1))
    if len(kept) < len(project.indicators):
        indicators = tuple(replace(i, weight=Decimal(100)) for i in indicators)
    # Of a group, what the example laid over a member came with it; its head may not have been chosen.
    return replace(project, id=own, identity="", shares_with="", indicators=indicators, overrides=(), claim=None)


def _indicator(rng: random.Random, indicator: Indicator, own: str) -> Indicator:
    entries = indicator.entries
    if len(entries) < 12:
        planned = Decimal(rng.randrange(1, 400)) / 4
        entries = tuple(Entry(period, planned=planned) for period in range(1, 13))
    done = rng.choice((Decimal("0.4"), Decimal("0.75"), Decimal("0.985"), Decimal(1), Decimal("1.25")))
    until = rng.choice((12, 12, 12, 9, 6, 0))
    return replace(indicator, id=own, entries=tuple(_entry(e, done, until) for e in entries), claim=None, overrides=())


def _entry(entry: Entry, done: Decimal, until: int) -> Entry:
    if entry.period > until:
        return replace(entry, actual=Mark.BLANK)
    return replace(entry, actual=entry.planned * done if isinstance(entry.planned, Decimal) else entry.planned)


def _ruleset(rng: random.Random, base: RuleSet) -> RuleSet:
    if rng.random() < 0.7:
        return base
    points = PointScale(tuple(map(Decimal, (50, 75, 90, 99, 100))), tuple(map(Decimal, range(1, 6))))
    return replace(base, method=rng.choice((Method.FIVE_LEVEL, Method.STEPS)), scale=points)
