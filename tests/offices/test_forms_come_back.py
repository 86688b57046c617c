"""A plan written as its form comes back whole through the reader of forms (issue M, point 8)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from samrit.cli.main import main
from samrit.engine.model import Plan
from samrit.intake.forms.template import write_filled
from samrit.intake.importer import import_documents
from samrit.package import PlanPackage, write
from samrit.package.flatten import rows_of
from tests.offices.forms import package

NAMES = ("tambon", "faculty", "ngo", "health-district", "province", "okr")
_PLACES = frozenset({"source_document", "source_page", "source_line", "source_cell"})


def told(kept: PlanPackage) -> Mapping[str, list[dict[str, Any]]]:
    """Return all that a package says but where it was read: a target's words are its figure's."""
    rows = rows_of(kept)
    return {
        name: [
            {
                column: value
                for column, value in row.items()
                if column not in _PLACES and (name, column) not in {("plan", "id"), ("targets", "text")}
            }
            for row in table
        ]
        for name, table in rows.items()
    }


def again(kept: PlanPackage, path: Path, language: str) -> PlanPackage:
    write_filled(path, kept, language=language)
    found = import_documents([path]).package
    assert found is not None
    return found


@pytest.mark.parametrize("office", NAMES)
def test_an_office_comes_back_whole(office: str, tmp_path: Path) -> None:
    plan = package(office)
    language = plan.plan.language or "th"
    assert told(again(plan, tmp_path / "form.xlsx", language)) == told(plan)


def test_the_command_writes_a_filled_form(tmp_path: Path) -> None:
    write(package("okr"), tmp_path / "okr")
    form = tmp_path / "form.xlsx"
    done = CliRunner().invoke(main, ["template", str(form), "--from", str(tmp_path / "okr"), "--lang", "en"])
    assert done.exit_code == 0, done.output
    found = import_documents([form]).package
    assert found is not None
    assert isinstance(found.plan, Plan)
    assert [p.title for p in found.plan.projects] == [p.title for p in package("okr").plan.projects]
