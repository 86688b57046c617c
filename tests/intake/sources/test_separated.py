"""CSV and plain text: separators, quotes, encodings."""

from __future__ import annotations

from pathlib import Path

import pytest

from samrit.intake.sources import read_document
from tests.intake.sources.documents import codes, covering, errors

TABLE = [["งาน", "แผน", "ผล"], ["ตรวจ, ติดตาม", "1,200", "1,180"], ["อบรม", "20", "21"], ["เผยแพร่", "5", "5"]]


def file(tmp_path: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def quoted(separator: str) -> str:
    return "".join(separator.join(f'"{cell}"' for cell in row) + "\r\n" for row in TABLE)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_separator_is_found(tmp_path: Path, separator: str) -> None:
    reading = read_document(file(tmp_path, "plan.csv", quoted(separator)))
    assert reading.origin == "csv"
    assert [covering(grid) for grid in reading.grids] == [TABLE]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", []), ("utf-8-sig", ["package_bom"]), ("utf-16", ["package_encoding_utf16"]),
     ("cp874", ["package_encoding_thai"])],
)  # fmt: skip
def test_any_encoding_is_read_and_said(tmp_path: Path, encoding: str, said: list[str]) -> None:
    reading = read_document(file(tmp_path, "plan.csv", quoted(","), encoding))
    assert [covering(grid) for grid in reading.grids] == [TABLE]
    assert codes(reading) == said


def test_cells_keep_line_and_column_over_quoted_line_ends(tmp_path: Path) -> None:
    (grid,) = read_document(file(tmp_path, "a.csv", 'งาน,ผล\n"บรรทัดหนึ่ง\nบรรทัดสอง",5\nข,6\n')).grids
    assert [(cell.text, cell.line, cell.name) for cell in grid.rows[2]] == [("ข", 4, "1"), ("6", 4, "2")]


def test_blank_rows_of_a_csv_file_part_tables(tmp_path: Path) -> None:
    reading = read_document(file(tmp_path, "a.csv", "ก,1\n,\nหัว,ผล\nข,2\n"))
    assert [covering(grid) for grid in reading.grids] == [[["ก", "1"]], [["หัว", "ผล"], ["ข", "2"]]]


def test_sentences_with_commas_are_no_table(tmp_path: Path) -> None:
    text = "แผนปฏิบัติการ, ปี 2568\nประกอบด้วยงานประจำ, โครงการเดิม, และโครงการใหม่\nรายละเอียดตามตาราง\n"
    reading = read_document(file(tmp_path, "note.txt", text))
    assert reading.origin == "text"
    assert [grid.is_table for grid in reading.grids] == [False]


def test_commas_in_a_text_file_are_a_table_when_every_row_has_them(tmp_path: Path) -> None:
    reading = read_document(file(tmp_path, "note.txt", "งาน,แผน,ผล\nก,1,2\nข,3,4\n"))
    assert reading.origin == "csv"
    assert covering(reading.grids[0])[2] == ["ข", "3", "4"]


def test_text_with_tabs_is_tables_between_running_text(tmp_path: Path) -> None:
    reading = read_document(file(tmp_path, "scan.txt", "หัวเรื่อง\nก\t1\nข\t2\n\nท้าย\n"))
    assert [(grid.is_table, len(grid.rows)) for grid in reading.grids] == [(False, 1), (True, 2), (False, 1)]


@pytest.mark.parametrize(
    ("rows", "code"),
    [("x,1\n" * 600_000, "intake_too_much_memory"), ("," * 20_000 + "\n" + "1\n" * 5, "intake_too_many_cells")],
    ids=["long", "wide"],
)
def test_too_many_cells_are_refused(tmp_path: Path, rows: str, code: str) -> None:
    (found,) = errors(read_document(file(tmp_path, "a.csv", rows)))
    # Where memory runs out inside the reader of the standard library, the process ends before it can say so.
    assert found in {code, "intake_reader_died"}


def test_an_unclosed_quote_over_a_large_file_is_damage(tmp_path: Path) -> None:
    text = 'งาน,ผล\nก,1\n"' + "ข,2\n" * 60_000
    assert errors(read_document(file(tmp_path, "a.csv", text))) == ["intake_damaged"]


def test_broken_letters_are_said_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("งาน,ผล\nตรวจสอบ,5\n".encode().replace("ต".encode(), b"\xe0\xb8"))
    reading = read_document(path)
    assert [(f.code, f.place.line, f.params["count"]) for f in reading.findings] == [("intake_letters_broken", 2, 1)]
    assert covering(reading.grids[0]) == [["งาน", "ผล"], ["\ufffdรวจสอบ", "5"]]
