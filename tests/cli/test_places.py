"""Places that can't be written: said with what to do, exit code 3 or 2, and what stands there is as it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import HR, Run

Command = Callable[[Path], tuple[object, ...]]


@pytest.fixture
def commands(run: Run, tmp_path: Path) -> dict[str, Command]:
    """Every command of plan packages that writes, ready but for its place."""
    form, parquet, results = tmp_path / "form.xlsx", tmp_path / "plans.parquet", tmp_path / "results"
    for made in (("template", form), ("package", "to-parquet", HR, "--out", parquet)):
        assert run(*made).exit_code == 0
    assert run("score", HR, "--workers", 1, "--out", results).exit_code == 0
    return {
        "import": lambda out: ("import", Path(__file__), "--out", out),
        "report": lambda out: ("report", HR, "--format", "html", "--out", out),
        "template": lambda out: ("template", out),
        "to-parquet": lambda out: ("package", "to-parquet", HR, "--out", out),
        "from-parquet": lambda out: ("package", "from-parquet", parquet, "--out", out),
        "score": lambda out: ("score", HR, "--workers", 1, "--out", out),
        "nation": lambda out: ("nation", results, "--out", out),
    }


def _standing(folder: Path) -> Iterator[tuple[str, bytes]]:
    return ((str(p.relative_to(folder)), p.read_bytes() if p.is_file() else b"") for p in sorted(folder.rglob("*")))


def test_a_place_that_cannot_be_written_is_said_in_words_and_stays_as_it_was(
    run: Run, tmp_path: Path, commands: dict[str, Command]
) -> None:
    notes, folder = tmp_path / "notes.zip", tmp_path / "own"
    notes.write_text("mine")
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    places = [notes, notes / "below", notes / "below" / "it.zip", tmp_path / ("n" * 300)]
    before = list(_standing(tmp_path))
    for name, command in commands.items():
        for place in places + [folder] * (name in {"import", "score"}):
            for language in ("th", "en"):
                done = run(*command(place), "--lang", language)
                assert done.exit_code in {2, 3}, (name, place, done.output)
                assert len(done.output) > 20
                assert not re.search("Errno|not a (?:plan package|file of plans)", done.output), done.output
                if done.exit_code == 3:
                    assert bool(re.search("[ก-๙]{6}", done.output)) is (language == "th"), done.output
        assert list(_standing(tmp_path)) == before, name


def test_an_import_asks_for_room_before_it_reads(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "samrit.cli.importing.import_documents", lambda *_, **__: pytest.fail("the documents were read")
    )
    (tmp_path / "draft").write_text("mine")
    monkeypatch.chdir(tmp_path)
    for place in ("draft", "."):
        assert "หรือย้ายของเดิมออกก่อน" in run("import", Path(__file__), "--out", place).output


def test_an_import_over_its_own_earlier_draft_is_taken(run: Run, tmp_path: Path) -> None:
    form, out = tmp_path / "form.xlsx", tmp_path / "draft"
    assert run("template", form, "--from", HR).exit_code == 0
    for _ in range(2):
        assert run("import", form, "--out", out).exit_code == 0
