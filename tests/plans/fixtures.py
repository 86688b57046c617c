"""The fixtures of every test that needs the database; ``tests/plans`` and ``tests/web`` take them from here."""

from __future__ import annotations

from pathlib import Path

import pytest

from samrit.plans.evaluation import memory
from samrit.plans.models import Plan, Unit
from samrit.plans.services.office.units import register_import
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import Clock, People, example, register_rows
from tests.plans.remembering import written_once


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path: Path) -> Path:
    """Give every test folders of its own, the first not made yet, and a process that remembers no table."""
    settings.DATA = tmp_path / "kept"
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    settings.DOCUMENT_ROOT = tmp_path / "documents"
    memory.rewind()
    return tmp_path


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that stands on 3 April 2026 (B.E. 2569) until it is set."""
    chosen = Clock()
    monkeypatch.setattr("django.utils.timezone.now", chosen)
    return chosen


@pytest.fixture
def register(db) -> dict[str, Unit]:
    """The register of 163 units, by code."""
    written_once("register", lambda: register_import(SYSTEM, units=register_rows()))
    return {unit.code: unit for unit in Unit.objects.all()}


@pytest.fixture
def sso(register: dict[str, Unit]) -> Plan:
    """The example plan of 2568 with its results, owned by the planning division."""
    return _example("sso-2568", register["กนผ."])


@pytest.fixture
def hr(register: dict[str, Unit]) -> Plan:
    """The example HR plan of 2569, owned by the HR division."""
    return _example("hr-2569", register["กบค."])


def _example(code: str, owner: Unit) -> Plan:
    written_once(code, lambda: plan_import(SYSTEM, package=example(code), owner=owner))
    return Plan.objects.get(code=code)


@pytest.fixture
def person(db) -> People:
    """Makes people: ``person("reporter", unit="กฝ.")``."""
    return People()
