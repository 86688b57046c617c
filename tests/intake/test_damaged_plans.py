"""Damaged plans through the command: imported whole, or refused with nothing written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from proofs import SEED, damaged_plans
from samrit.cli import importing
from samrit.package import write

SAMPLE = 44  # two of each layout


@pytest.mark.slow
def test_damaged_plans_are_imported_whole_or_refused() -> None:
    assert not [*damaged_plans.damaged_plans(range(SAMPLE), SEED)]


def test_damage_is_of_many_kinds_and_repeats_itself(tmp_path: Path) -> None:
    made = [damaged_plans.damaged(number, SEED, tmp_path) for number in (0, 1, 2, 1)]
    names = [name for name, _ in made]
    assert names[1] == names[3]
    assert {name.rsplit(", ", 1)[1] for name in names} == {"bytes", "cells", "rows"}


@pytest.mark.parametrize("fault", ["raises", "writes half", "works on"])
def test_what_must_not_be_is_seen(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof itself: a command that raises, writes before it refuses, or does not end."""

    def half(package: Any, out: Path) -> None:
        write(package, out)
        importing.shared.stop("en", "", "no")

    def without_end(*_: Any, **__: Any) -> None:
        while True:
            pass

    def raising(*_: Any, **__: Any) -> None:
        raise KeyError(fault)

    name, instead = {
        "raises": ("import_documents", raising),
        "writes half": ("write", half),
        "works on": ("import_documents", without_end),
    }[fault]
    monkeypatch.setattr(importing, name, instead)
    monkeypatch.setattr(damaged_plans, "LONGEST", 1)
    assert [*damaged_plans.damaged_plans(range(12, 15), SEED)]
