"""What a killed process left of its files is swept away by the next one, and nothing of the living."""

from __future__ import annotations

import fcntl
from io import BytesIO
from pathlib import Path

import pytest
from django.db import transaction

from samrit.plans.models import Evidence, Unit
from samrit.plans.records.backup import backup
from samrit.plans.records.stored_files import document_path, evidence_path, incoming, placing
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.evidence import evidence_add
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan

HALF, NOTE = ".incoming-dead", ".placing-dead"


def placed(path: Path) -> str:
    """Put a file in its place without a row, and return its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"nobody names it")
    return path.name


@pytest.fixture
def add(register: dict[str, Unit], clock, settings):
    plan = plan_import(SYSTEM, package=small_plan(), owner=register["กนผ."])
    about = {"plan": plan, "project": "P1", "unit": register["กฝ."], "period": 3}
    return lambda text: evidence_add(SYSTEM, **about, name="a.txt", stream=BytesIO(text))


def test_the_next_file_sweeps_what_a_dead_process_left(add, settings) -> None:
    root = Path(settings.EVIDENCE_ROOT)
    kept = add(b"one").sha256
    stray = placed(evidence_path("a" * 64))
    (root / HALF).write_bytes(b"hal")
    (root / NOTE).write_text(f"{stray}\n{kept}\n{'b' * 64}")
    add(b"other")
    assert not [path for path in (root / HALF, root / NOTE, evidence_path(stray)) if path.exists()]
    assert all(evidence_path(sha).exists() for sha in Evidence.objects.values_list("sha256", flat=True))


def test_what_a_living_process_holds_stays(add, settings) -> None:
    root = Path(settings.EVIDENCE_ROOT)
    stray = placed(evidence_path("a" * 64))
    (root / NOTE).write_text(stray)
    with (root / NOTE).open() as living:
        fcntl.flock(living, fcntl.LOCK_EX)
        add(b"one")
        assert evidence_path(stray).exists()
    add(b"other")
    assert not evidence_path(stray).exists()


def test_a_backup_sweeps_too_and_looks_at_nothing_that_no_note_names(add, settings, tmp_path: Path) -> None:
    """Were the tables others than the files', nothing would be lost: only what was noted is looked at."""
    add(b"one")
    stray, foreign = placed(document_path("c" * 64)), placed(document_path("d" * 64))
    (Path(settings.DOCUMENT_ROOT) / NOTE).write_text(stray)
    (tmp_path / HALF).write_bytes(b"half a backup")
    backup(tmp_path / "all.zip")
    assert not document_path(stray).exists()
    assert document_path(foreign).exists()
    assert not (tmp_path / HALF).exists()


@pytest.mark.django_db(transaction=True)
def test_a_note_goes_once_its_write_counts_and_stays_where_it_does_not(tmp_path: Path) -> None:
    with transaction.atomic():
        placing(tmp_path, ["a" * 64])
        assert len(list(tmp_path.glob(".placing-*"))) == 1
    assert not list(tmp_path.iterdir())
    with transaction.atomic():
        placing(tmp_path, ["a" * 64])
        transaction.set_rollback(True)
    (note,) = tmp_path.iterdir()
    with note.open() as left:
        fcntl.flock(left, fcntl.LOCK_EX | fcntl.LOCK_NB)  # nobody holds it any more


def test_a_file_that_was_not_finished_is_not_there(tmp_path: Path) -> None:
    with incoming(tmp_path) as file:
        file.stream.write(b"half")
    assert not list(tmp_path.iterdir())


def test_a_worker_s_own_folder_holds_what_it_writes_and_sweeps_the_dead_ones(
    settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    from samrit.config import working

    monkeypatch.setattr(tempfile, "tempdir", None)
    settings.DATA = tmp_path
    dead = tmp_path / "working" / "dead"
    dead.mkdir(parents=True)
    (dead / "upload").write_bytes(b"somebody's evidence")
    working.use()
    own = Path(tempfile.gettempdir())
    assert own.parent == dead.parent
    assert not dead.exists()
    working.use()
    assert own.exists(), "what this process holds is not swept by another start"
    settings.DATA = tmp_path / "file"
    settings.DATA.write_bytes(b"")
    working.use()  # nothing can be made there, and serving goes on
