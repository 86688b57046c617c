"""``samrit report`` and ``samrit demo``: the files stand where they say, whole or not at all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import HR, SSO, Run

MAGIC = {"docx": b"PK", "xlsx": b"PK", "pdf": b"%PDF", "html": b"<!"}


@pytest.mark.parametrize(("package", "stem"), [(SSO, "sso-2568-m12"), (HR, "hr-2569-plan")], ids=["evaluation", "book"])
def test_all_four_documents_are_written(package: Path, stem: str, run: Run, tmp_path: Path) -> None:
    result = run("report", package, "--out", tmp_path, "--json")
    assert result.exit_code == 0
    files = json.loads(result.stdout)["files"]
    assert {Path(f["path"]).name for f in files} == {f"{stem}.{kind}" for kind in MAGIC}
    for kind, magic in MAGIC.items():
        assert (tmp_path / f"{stem}.{kind}").read_bytes().startswith(magic)
    assert len(list(tmp_path.iterdir())) == len(MAGIC)


def test_only_the_formats_asked_for_are_written_and_in_english(run: Run, tmp_path: Path) -> None:
    assert run("report", HR, "--format", "html", "--lang", "en", "--out", tmp_path).exit_code == 0
    (file,) = tmp_path.iterdir()
    assert file.name == "hr-2569-plan-en.html"
    assert 'lang="en"' in file.read_text("utf-8")


def test_a_place_that_cannot_be_written_is_said_with_3(run: Run, tmp_path: Path) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("in the way")
    result = run("report", HR, "--format", "html", "--out", blocked / "below")
    assert result.exit_code == 3
    assert "a-file" in result.output
    assert blocked.read_text() == "in the way"


def test_a_template_that_is_no_template_is_said_with_3(run: Run, tmp_path: Path) -> None:
    template = tmp_path / "template.json"
    template.write_text("{not json")
    result = run("report", HR, "--format", "html", "--template", template, "--out", tmp_path / "out")
    assert result.exit_code == 3
    assert not (tmp_path / "out").exists()


def test_the_demo_shows_every_example_and_writes_its_documents(run: Run, tmp_path: Path) -> None:
    examples = tmp_path / "examples"
    examples.mkdir()
    shutil.copytree(HR, examples / HR.name)
    shown = json.loads(run("demo", "--examples", examples, "--out", tmp_path / "out", "--json").stdout)
    assert [Path(s["package"]).name for s in shown] == [HR.name]
    assert len(shown[0]["files"]) == len(MAGIC)
    assert all(Path(file).is_file() for file in shown[0]["files"])


def test_the_demo_without_examples_says_so(run: Run, tmp_path: Path) -> None:
    assert run("demo", "--examples", tmp_path).exit_code == 3
