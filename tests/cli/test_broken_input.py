"""Broken packages at the command line: findings, exit code 3 or 1, no traceback, no partial output."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def _edit(file: str, old: str, new: str) -> Callable[[Path], None]:
    def break_it(package: Path) -> None:
        path = package / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return break_it


def _truncate(package: Path) -> None:
    path = package / "monthly.csv"
    text = path.read_bytes()
    path.write_bytes(text[: len(text) // 2 + 3] + b',"')


def _cell(package: Path, file: str, row: int, column: str, value: str) -> None:
    path = package / file
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    rows[row][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def _duplicate(package: Path) -> None:
    path = package / "projects.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[-1]]), "utf-8")


def _cycle(package: Path) -> None:
    _cell(package, "units.csv", 1, "parent", _first(package, "units.csv", 2))
    _cell(package, "units.csv", 2, "parent", _first(package, "units.csv", 1))


def _first(package: Path, file: str, row: int) -> str:
    return (package / file).read_text("utf-8").splitlines()[row].split(",")[0]


def _huge(package: Path) -> None:
    with (package / "monthly.csv").open("r+b") as stream:
        stream.truncate(200 * 1024 * 1024)


BROKEN = {
    "truncated": _truncate,
    "duplicated id": _duplicate,
    "a weight in words": lambda p: _cell(p, "indicators.csv", 3, "weight", "สิบ"),
    "month 13": lambda p: _cell(p, "monthly.csv", 5, "period", "13"),
    "a cycle": _cycle,
    "200 MB": _huge,
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_package_gets_findings_and_nothing_is_written(
    fault: str, run: Run, copy: Path, tmp_path: Path
) -> None:
    BROKEN[fault](copy)
    checked = run("check", copy, "--json")
    assert checked.exit_code in (1, 3), checked.output
    out = tmp_path / "out"
    reported = run("report", copy, "--out", out)
    assert reported.exit_code == 3, reported.output
    assert "[" in reported.output, "the findings are printed with their codes"
    assert not out.exists()


def test_all_faults_are_named_at_once(run: Run, copy: Path) -> None:
    for fault in ("duplicated id", "a weight in words", "month 13", "a cycle"):
        BROKEN[fault](copy)
    output = run("check", copy, "--lang", "en").output
    for file in ("projects.csv", "indicators.csv", "monthly.csv", "units.csv"):
        assert file in output


def test_a_thai_windows_encoding_is_read_and_said(run: Run, copy: Path) -> None:
    path = copy / "strategies.csv"
    path.write_bytes(path.read_text("utf-8").encode("cp874", errors="replace"))
    result = run("check", copy, "--json")
    codes = {f["code"] for f in json.loads(result.stdout)["findings"]}
    assert any("encoding" in code for code in codes), codes


def test_a_description_that_cannot_be_read_is_said_while_the_files_still_speak(run: Run, copy: Path) -> None:
    (copy / "datapackage.json").write_text("{", "utf-8")
    result = run("check", copy, "--json")
    assert any(f["document"].endswith("datapackage.json") for f in json.loads(result.stdout)["findings"])


def test_a_place_without_a_package_is_said(run: Run, tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere", Path(__file__)):
        result = run("evaluate", place)
        assert result.exit_code == 3
        assert len(result.output) > 20
