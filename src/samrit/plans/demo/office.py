"""Building the demonstration office: all of it in one transaction, or nothing."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from django.db import transaction

from samrit.package import read
from samrit.plans.demo.accounts import ACCOUNTS, open_accounts, staff_units
from samrit.plans.demo.moments import Telling, telling
from samrit.plans.demo.year import Year
from samrit.plans.evaluation import memory
from samrit.plans.models import HistoryEntry, Plan, Unit
from samrit.plans.records import history
from samrit.plans.records.backup import make_room
from samrit.plans.records.security_log import unwritten
from samrit.plans.reporting.duties import units_reporting
from samrit.plans.reporting.register_file import read_register
from samrit.plans.services.office.units import register_import
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM

BUILT = "demo.build"  # the history entry that says: this database is a demonstration
_PLANS = (("sso-2568", "กนผ.", True, date(2025, 1, 6)), ("hr-2569", "กบค.", False, date(2026, 1, 14)))
_MAIN = "sso-2568"


def built_from() -> str | None:
    """Return the mark of the examples that the demonstration in the database was built from, None without one."""
    # Asked also of a database of an earlier version, before its tables are brought up to date: no column but these.
    told = HistoryEntry.objects.filter(action=BUILT).order_by("-sequence").values_list("new", flat=True).first()
    return str(told["examples"]) if told is not None else None


def mark_of(examples: Path) -> str:
    """Return what changes whenever the examples or the story told with them change."""
    content = hashlib.sha256()
    for file in (*_files(examples), *sorted(Path(__file__).parent.glob("*.py"))):
        content.update(file.name.encode() + b"\0" + file.read_bytes())
    return content.hexdigest()


def build(examples: Path, *, replace: bool = False) -> None:
    """Build the office from the packages and the register in ``examples``; the database is migrated.

    With ``replace`` a demonstration that is there is thrown away, in the same transaction.
    Raises ServiceError ``restore_not_empty`` where anything else is there.
    """
    with unwritten(), memory.apart(), transaction.atomic():
        make_room(replace=replace and built_from() is not None)
        with telling() as story:
            _told(examples, story)
        history.record(None, BUILT, record="demo", new={"examples": mark_of(examples)})


def _told(examples: Path, story: Telling) -> None:
    story.on(date(2025, 1, 6), 8)
    rows, findings = read_register((examples / "register" / "units.csv").read_bytes())
    if findings:
        raise ValueError(findings)
    register_import(SYSTEM, units=rows)
    plans = {code: _imported(examples / code, owner, is_public, day) for code, owner, is_public, day in _PLANS}
    known = open_accounts(plans.values())
    main = plans[_MAIN]
    units = {unit.code: unit for unit in Unit.objects.all()}
    own = {(a.role, a.unit): known[a.username] for a in ACCOUNTS if a.unit}
    people = staff_units(units[c] for c in sorted(units_reporting(main).by_unit) if c not in {u for _, u in own})
    Year(main, units, people | own, known["planner"]).tell(story)


def _imported(folder: Path, owner: str, is_public: bool, day: date) -> Plan:
    package = read(folder).package
    if package is None:
        raise FileNotFoundError(folder)
    return plan_import(SYSTEM, package=package, is_public=is_public, owner=Unit.objects.get(code=owner))


def _files(examples: Path) -> list[Path]:
    return sorted(file for file in examples.rglob("*") if file.is_file())
