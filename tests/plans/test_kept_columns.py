"""Every column of a kept table stands in the history, and what older versions wrote goes on being provable."""

from __future__ import annotations

from pathlib import Path

import pytest

from samrit.plans.models import Figure, Unit
from samrit.plans.records.audit import audit
from samrit.plans.records.backup import restore
from samrit.plans.records.snapshots import KEPT, Kept, snapshot
from samrit.plans.reporting.register_file import UnitRow
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
