"""``samrit import`` and ``samrit template`` at the command line: packages, reviews, JSON, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from samrit import package
from tests.cli.conftest import Run
from tests.intake import offices

ROWS, FIRST_MONTH = "แถวรายเดือน", 6
BROKEN = (
    "แผนปฏิบัติการ ประจำปี 2568\n\nลำดับที่\tงาน/โครงการ\tตัวชี้วัด\tหน่วยนับ\tน้ำหนัก\tแผน/ผล\t"
    + "\t".join(offices.JANUARY)
    + "\tรวม\tร้อยละ\n1\tโครงการอบรม\tจำนวนผู้เข้าอบรม\tคน\t100\tแผน\t"
    + "\t".join(["5"] * 12)
    + "\t60\t\n\t\t\t\t\tผล\t"
    + "\t".join(["5"] * 11)
    + "\t60\t100\n"
)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A plan whose result row lost a month."""
    path = tmp_path / "แผน.txt"
    path.write_text(BROKEN, "utf-8")
    return path


def test_an_import_writes_the_package_and_the_review_beside_it(run: Run, tmp_path: Path) -> None:
    result = run("import", offices.hospital(tmp_path), "--out", tmp_path / "draft", "--works")
    assert result.exit_code == 0
    assert "โครงการอบรมฟื้นฟูวิชาการพยาบาล" in result.output
    assert package.read(tmp_path / "draft").package is not None
    assert (tmp_path / "draft-review.xlsx").exists()
    assert "<html" in (tmp_path / "draft-review.html").read_text("utf-8")
    assert run("check", tmp_path / "draft").exit_code in (0, 1)


def test_json_tells_every_work_and_finding_in_both_languages(run: Run, broken: Path, tmp_path: Path) -> None:
    data = json.loads(run("import", broken, "--out", tmp_path / "draft", "--json").stdout)
    assert [work["id"] for work in data["works"]] == ["0-1"]
    assert {"intake_month_put_in", "intake_strategy_missing"} <= {f["code"] for f in data["findings"]}
    assert all(f["th"] and f["en"] and f["severity"] for f in data["findings"])


def test_a_correction_is_applied_and_kept_by_every_later_import(run: Run, broken: Path, tmp_path: Path) -> None:
    draft, book = tmp_path / "draft", tmp_path / "draft-review.xlsx"
    run("import", broken, "--out", draft)
    workbook = openpyxl.load_workbook(book)
    sheet = workbook[ROWS]
    row = next(n for n in range(2, sheet.max_row + 1) if sheet.cell(n, 2).value == "ผล")
    sheet.cell(row, FIRST_MONTH + 2).value = 9
    workbook.save(book)
    for arguments in (("--review", book), (), ("--lang", "en")):
        assert run("import", broken, "--out", draft, *arguments).exit_code == 0
        read = package.read(draft).package
        assert read is not None
        entries = read.plan.projects[0].indicators[0].entries
        assert next(e.actual for e in entries if e.period == 3) == 9


def test_the_year_may_be_given(run: Run, broken: Path, tmp_path: Path) -> None:
    run("import", broken, "--out", tmp_path / "draft", "--year", "2570")
    read = package.read(tmp_path / "draft").package
    assert read is not None
    assert read.plan.year_be == 2570


@pytest.mark.parametrize("language", ["th", "en"])
def test_what_cannot_be_read_leaves_with_3_and_writes_nothing(run: Run, language: str, tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    result = run("import", tmp_path / "letter.docx", "--out", tmp_path / "draft", "--lang", language)
    assert result.exit_code == 3
    assert "intake_kind_mismatch" in result.stderr
    assert "intake_no_plan" not in result.stderr  # the refusal says enough
    assert not (tmp_path / "draft").exists()


def test_what_cannot_be_read_is_json_too_where_json_is_asked_for(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.xlsx").write_bytes(b"")
    result = run("import", tmp_path / "empty.xlsx", "--out", tmp_path / "draft", "--json")
    data = json.loads(result.stdout)
    assert (result.exit_code, data["package"]) == (3, None)
    assert [f["code"] for f in data["findings"]] == ["intake_empty"]


def test_a_file_that_is_not_there_is_a_misuse(run: Run, tmp_path: Path) -> None:
    assert run("import", tmp_path / "nothing.xlsx").exit_code == 2
    assert run("import").exit_code == 2


def test_a_template_imports_without_a_finding_and_is_never_overwritten(run: Run, tmp_path: Path) -> None:
    form = tmp_path / "plan.xlsx"
    assert run("template", form).exit_code == 0
    assert run("template", form).exit_code == 2
    assert run("template", form, "--force", "--lang", "en", "--calendar", "fiscal").exit_code == 0
    result = run("import", form, "--out", tmp_path / "draft", "--json")
    assert (result.exit_code, json.loads(result.stdout)["findings"]) == (0, [])


def test_help_is_in_both_languages(run: Run) -> None:
    text = run("import", "--help").output
    assert "นำเข้าเอกสารแผน" in text
    assert "Import the documents" in text
