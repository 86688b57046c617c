"""A printing is under way as long as its process lives and holds its folder, and not a moment longer."""

from __future__ import annotations

import errno
import os
import signal
from pathlib import Path

import pytest

from samrit.plans.models import ReportFile, Unit
from samrit.plans.records.printing import is_printing, printing, printing_begin
from samrit.plans.services.plan import report_files
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import Clock, small_plan


@pytest.fixture(autouse=True)
def root(settings, tmp_path) -> Path:
    settings.DOCUMENT_ROOT = tmp_path / "documents"
    return settings.DOCUMENT_ROOT


def killed_while_printing(evaluation: int, language: str) -> None:
    """Begin a printing in a process of its own and kill it there."""
    begun, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(begun)
        held = printing_begin(evaluation, language)
        if held is not None:
            (held.folder / "report.docx").write_text("half")
            os.write(told, b".")
            signal.pause()
        os._exit(1)
    os.close(told)
    assert os.read(begun, 1) == b"."
    os.close(begun)
    assert is_printing(evaluation, language)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_nothing_is_printed_before_it_began_and_after_it_ended(root) -> None:
    assert not is_printing(1, "th")
    with printing(1, "th") as folder:
        assert folder.is_dir()
        assert is_printing(1, "th")
        assert not is_printing(1, "en")
        assert printing_begin(1, "th") is None
    assert not is_printing(1, "th")
    assert not list(root.iterdir())


def test_a_killed_printing_is_known_to_be_dead_and_can_be_begun_again(root) -> None:
    killed_while_printing(1, "th")
    assert not is_printing(1, "th")
    assert (root / ".printing-1-th" / "report.docx").exists()
    with printing(1, "th"):
        assert is_printing(1, "th")
    assert not list(root.iterdir())


def test_the_next_printing_sweeps_what_dead_ones_left_and_nothing_of_the_living(root) -> None:
    killed_while_printing(1, "th")
    (root / ".printing-abc").mkdir()  # as an earlier version named them
    (root / "ab").mkdir()  # documents
    with printing(2, "th") as living, printing(3, "en") as own:
        assert {path.name for path in root.iterdir()} == {living.name, own.name, "ab"}


@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "no space"), MemoryError(), ValueError("of a library")])
def test_a_document_that_cannot_be_printed_says_so_and_holds_up_no_other(
    register: dict[str, Unit], clock: Clock, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def written(_result: object, name: str, _language: str, folder: Path, **_: object) -> Path:
        if name == "pdf":
            raise fault
        (folder / name).write_text(name)
        return folder / name

    plan = plan_import(SYSTEM, package=small_plan(reported=((3, 10),)), owner=register["กนผ."])
    evaluation = evaluation_close(SYSTEM, plan=plan, period=3, reason="ปิด")
    monkeypatch.setattr(report_files, "_written", written)
    begun = printing_begin(evaluation.pk, "th")
    assert begun is not None
    report_files.report_files_make(SYSTEM, evaluation=evaluation, language="th", begun=begun)
    states = dict(ReportFile.objects.values_list("format", "state"))
    assert states == {"docx": "done", "pdf": "failed", "xlsx": "done", "html": "done"}
    assert not is_printing(evaluation.pk, "th")
