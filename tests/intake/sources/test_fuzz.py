"""Damaged files: each is read or refused, none raises, none takes long."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from proofs import SEED
from proofs.damaged_files import KINDS, damaged_files, outcomes
from tests.intake.sources.documents import needs_office

SAMPLE = 200
SURELY_REFUSED = {"xlsx", "docx", "ods", "pdf"}  # text and web pages are read however broken


@pytest.mark.slow
@needs_office
def test_damaged_files_are_read_or_refused() -> None:
    assert not [*damaged_files(range(SAMPLE), SEED)]


def test_damage_is_neither_always_noticed_nor_never(tmp_path: Path) -> None:
    found = Counter((kind, outcome) for kind, outcome, _ in outcomes(range(SAMPLE), SEED, tmp_path, leave_out={"xls"}))
    assert {(kind, "refused") for kind in SURELY_REFUSED} <= set(found)
    assert {(kind, "read") for kind in set(KINDS) - {"xls"}} <= set(found)
