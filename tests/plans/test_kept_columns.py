"""Every column of a kept table stands in the history, and what older versions wrote goes on being provable."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from samrit.package.columns.plan import UNITS
from samrit.package.schema import Type
from samrit.plans.evaluation.units import unit_of
from samrit.plans.models import Figure, Unit
from samrit.plans.records.audit import audit
from samrit.plans.records.backup import restore
from samrit.plans.records.snapshots import KEPT, Kept, snapshot
from samrit.plans.reporting.register_file import LINKS, UnitRow, unit_row
from samrit.plans.services.office.units import unit_save
from samrit.plans.services.writing import SYSTEM

OFFICES = sorted((Path(__file__).parent / "offices").glob("*.zip"))


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.action)
def test_what_is_left_out_is_a_column_and_has_its_reason(kept: Kept) -> None:
    columns = {c.name for c in (*kept.model._meta.fields, *kept.model._meta.many_to_many)}
    assert kept.left_out.keys() | kept.named_later | set(kept.keys) <= columns
    assert all(len(reason) > 20 for reason in kept.left_out.values())
    assert set(kept.fields) | kept.left_out.keys() | {"id", "plan", "sequence"} >= columns


@pytest.mark.parametrize("office", OFFICES, ids=lambda path: path.stem)
def test_the_backup_of_an_older_version_comes_back_and_is_proved(db, office: Path) -> None:
    restore(office, replace=True, unsigned=True)
    assert Figure.objects.count() == 3
    assert audit(with_files=False).faults == ()
    Figure.objects.filter(period=2).update(note="changed behind the services' back")
    assert [fault.code for fault in audit(with_files=False).faults] == ["figure_changed"]


def test_a_row_older_than_a_column_holds_the_column_s_default(register) -> None:
    unit_save(SYSTEM, unit=UnitRow("ใหม่", {"name": "หน่วยใหม่", "type": "central"}))
    unit = Unit.objects.get(code="ใหม่")
    kept = next(k for k in KEPT if k.model is Unit)
    before = {name: value for name, value in snapshot(unit).items() if name != "region"}  # as if regions came later
    assert kept.differences(before, snapshot(unit)) == []
    unit.region = "ภาคใต้"
    assert kept.differences(before, snapshot(unit)) == ["region"]


def test_every_column_of_a_plan_s_units_comes_from_the_register_and_goes_back_to_it() -> None:
    words = {f.name: f"mark of {f.name}" for f in UNITS.fields if f.kind is Type.TEXT and f.name not in LINKS}
    days = {f.name: date(2026, 1, at) for at, f in enumerate(UNITS.fields, 1) if f.kind is Type.DATE}
    links = {name: Unit(code=f"mark of {name}") for name in LINKS}
    given = {**words, **days, **dict.fromkeys(LINKS)} | {name: f"mark of {name}" for name in LINKS}
    assert given.keys() == set(UNITS.columns)
    known = unit_of(Unit(**words, **days, **links))
    assert {name: getattr(known, name) for name in given} == given
    assert dict(unit_row(known).given) | {"code": known.code, "aliases": ()} == {**given, "aliases": ()}
    assert {name: getattr(unit_of(Unit(**words)), name) for name in LINKS} == dict.fromkeys(LINKS, "")
