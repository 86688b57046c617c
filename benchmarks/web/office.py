"""The measured office, built in the database of the environment: ``python -m benchmarks.web.office``.

163 units and more that report, one reporter each; the example plan of 235 works, whose
last month nobody has reported yet, and the same plan ten times as large, whose last
month stands as reported rows with their history, and waits for its head in ten units.
Prints as JSON what a load needs: everybody's cookie, the addresses, and every cell of
the evening on which all report.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import django

from benchmarks.enlarged import EXAMPLE, enlarged, example
from samrit.engine.model import Aggregation, Mark, Plan, Project
from samrit.package import PlanPackage

MONTH = 12
TIMES = 10
HEADS = 10  # units of the large plan whose report waits for a head
_WAITING = range(10, 61)  # indicators in such a report


def main() -> None:
    """Build the office and print what a load needs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.web.settings")
    django.setup()
    begun = time.perf_counter()
    told = build()
    print(json.dumps({**told, "seconds": time.perf_counter() - begun}))


def build() -> dict[str, Any]:
    """Migrate and build everything."""
    from django.core.management import call_command

    from benchmarks.web import rival
    from samrit.plans.models import Unit
    from samrit.plans.reporting.register_file import read_register
    from samrit.plans.services.office.units import register_import
    from samrit.plans.services.plan.plans import plan_import
    from samrit.plans.services.writing import SYSTEM

    call_command("migrate", verbosity=0)
    rows, _ = read_register((EXAMPLE.parent / "register" / "units.csv").read_bytes())
    register_import(SYSTEM, units=rows)
    owner, package = Unit.objects.get(code="กนผ."), example()
    large = replace(package, plan=replace(enlarged(package.plan, TIMES), id=f"{package.plan.id}-x{TIMES}"))
    one, ten = (plan_import(SYSTEM, package=unreported(p), owner=owner) for p in (package, large))
    rival.fill(large.plan)
    report_month(ten, large.plan)
    return told(one, ten)


def unreported(package: PlanPackage) -> PlanPackage:
    """Return the package as if nobody had reported the month: all that is left is what was planned in it."""

    def without(project: Project) -> Project:
        indicators = tuple(
            replace(
                i,
                entries=tuple(
                    replace(e, actual=Mark.BLANK, numerator=Mark.BLANK, denominator=Mark.BLANK)
                    if e.period == MONTH
                    else e
                    for e in i.entries
                ),
            )
            for i in project.indicators
        )
        return replace(project, indicators=indicators)

    return replace(package, plan=replace(package.plan, projects=tuple(map(without, package.plan.projects))))


def report_month(plan: Any, source: Plan) -> None:
    """Report what the source says of the month, unit by unit, as the units would."""
    from samrit.plans.models import Unit
    from samrit.plans.reporting.duties import units_reporting
    from samrit.plans.reporting.inputs import CellInput
    from samrit.plans.services.report.figures import figures_save
    from samrit.plans.services.writing import SYSTEM

    entries = ((i, e) for p in source.projects for i in p.indicators for e in i.entries if e.period == MONTH)
    said = {(i.id, e.unit): e.actual for i, e in entries}
    units = {u.code: u for u in Unit.objects.all()}
    for code, duties in units_reporting(plan, MONTH).by_unit.items():
        cells = [
            CellInput(d.indicator.id, said.get((d.indicator.id, d.figure_unit), Decimal(1)), explanation="–")
            for d in duties
            if d.indicator.aggregation is not Aggregation.RATIO
        ]
        figures_save(SYSTEM, plan=plan, unit=units[code], period=MONTH, cells=cells)


def told(one: Any, ten: Any) -> dict[str, Any]:
    """Return cookies, addresses, and the cells of the evening."""
    from samrit.plans.models import Figure, Unit
    from samrit.plans.reporting.duties import units_reporting

    leaders = {role: cookie_of(person(role, role)) for role in ("executive", "planner")}
    duties, tenfold = units_reporting(one, MONTH).by_unit, units_reporting(ten, MONTH).by_unit
    units = {u.code: u for u in Unit.objects.filter(code__in=duties)}
    reporters = {code: cookie_of(person(f"r{n}", "reporter", units[code])) for n, code in enumerate(sorted(duties))}
    heads = sent(ten, {code: own for code, own in tenfold.items() if len(own) in _WAITING}, units)
    standing = {(f.indicator, f.unit_code): f.revision for f in Figure.objects.filter(plan=ten, period=MONTH, span=1)}
    return {
        **leaders,
        "one": one.code,
        "ten": ten.code,
        "month": MONTH,
        "works": [p.id for p in example().plan.projects],
        "reporters": reporters,
        "heads": list(heads.values()),
        "evening": {code: [_cell(d) for d in own] for code, own in duties.items()},
        "saves": {
            code: next(
                ([d.indicator.id, standing.get((d.indicator.id, d.figure_unit), 0)] for d in own if _is_plain(d)), None
            )
            for code, own in tenfold.items()
            if code not in heads
        },
    }


def sent(plan: Any, duties: Mapping[str, Any], units: Mapping[str, Any]) -> dict[str, str]:
    """Send the complete reports among ``duties``, the first few, and return the cookie of each one's head by unit."""
    from samrit.plans.errors import ServiceError
    from samrit.plans.services.report.reports import report_submit
    from samrit.plans.services.writing import SYSTEM

    heads: dict[str, str] = {}
    for code in sorted(duties):
        try:
            report_submit(SYSTEM, plan=plan, unit=units[code], period=MONTH)
        except ServiceError:
            continue
        heads[code] = cookie_of(person(f"h{len(heads)}", "head", units[code]))
        if len(heads) == HEADS:
            break
    return heads


def person(name: str, role: str, unit: Any = None) -> Any:
    """Make a person with one role."""
    from samrit.plans.services.office.people import person_create, role_give
    from samrit.plans.services.writing import SYSTEM

    made = person_create(SYSTEM, username=name, display_name=name, email=f"{name}@example.org")
    role_give(SYSTEM, person=made, role=role, unit=unit)
    return made


def cookie_of(signed_in: Any) -> str:
    """Return the cookies of a browser in which the person has signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(signed_in.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = signed_in.get_session_auth_hash()
    session.save()
    token = secrets.token_hex(16)
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={token}"


def _is_plain(duty: Any) -> bool:
    return duty.indicator.aggregation is not Aggregation.RATIO and not duty.indicator.levels


def _cell(duty: Any) -> dict[str, Any]:
    """Return one indicator of a unit's evening: what it is, what is typed, which work it belongs to."""
    own = (e.planned for e in duty.indicator.entries if e.period == MONTH and e.unit == duty.figure_unit)
    planned = next(own, None)
    value = str(planned) if isinstance(planned, Decimal) and planned else "1"
    return {
        "indicator": duty.indicator.id,
        "unit": duty.figure_unit,
        "work": duty.project.id,
        "parts": duty.indicator.aggregation is Aggregation.RATIO,
        "value": value,
    }


if __name__ == "__main__":
    main()
