"""Broken packages: every fault is told with its file, line and column; nothing raises, nothing comes out half."""

import csv
import io
import os
import resource
import stat
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.engine.model import (
    Claim,
    Entry,
    Fund,
    Indicator,
    Mark,
    Plan,
    Project,
    Strategy,
    Tactic,
    Unit,
)
from samrit.package import PlanPackage, files, read, write
from samrit.package.tables.cells import format_cell
from samrit.vocabulary.findings import Severity, sentence


def sound() -> PlanPackage:
    def indicator(own: str) -> Indicator:
        entries = tuple(Entry(n, planned=Decimal(1), actual=Decimal(n) if n < 6 else Mark.BLANK) for n in range(1, 13))
        return Indicator(own, 1, "จำนวนครั้ง", "ครั้ง", Decimal(100), entries=entries)

    projects = tuple(
        Project(
            f"S1-{n}",
            n,
            f'โครงการ "ที่ {n}", ระยะแรก',
            "1",
            "SSF",
            "1.1",
            responsible_units=("กค.",),
            indicators=(indicator(f"S1-{n}.1"),),
            claim=Claim(percent=Decimal(100)),
        )
        for n in (1, 2, 3)
    )
    return PlanPackage(
        Plan(
            "p",
            "แผนปฏิบัติการ ประจำปี",
            2568,
            funds=(Fund("SSF", "กองทุน"),),
            strategies=(Strategy("1", "บริการ"),),
            tactics=(Tactic("1.1", "1", "ดิจิทัล"),),
            units=(Unit("กค.", "กองคลัง", parent="ส่วนกลาง"), Unit("ส่วนกลาง", "ส่วนกลาง")),
            projects=projects,
        )
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(sound(), tmp_path / "plan")
    assert read(tmp_path / "plan").findings == ()
    return tmp_path / "plan"


def change(folder: Path, file: str, edit) -> None:
    """Rewrite a file as rows of cells, heading first."""
    path = folder / file
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
    edit(rows)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), "utf-8", newline="")


def put(column: str, line: int, value: str):
    def edit(rows):
        rows[line - 1][rows[0].index(column)] = value

    return edit


def told(folder: Path):
    """What was found: (code, file, line, column); and the promise that errors hold the package back."""
    reading = read(folder)
    for finding in reading.findings:
        for language in ("th", "en"):
            assert finding.place.document in sentence(finding, language)
    assert (reading.package is None) == any(f.severity is Severity.ERROR for f in reading.findings)
    return [(f.code, f.place.document, f.place.line, f.place.column) for f in reading.findings]


def test_a_weight_in_words(folder):
    change(folder, "indicators.csv", put("weight", 3, "สิบ"))
    assert told(folder) == [("package_cell_not_number", "indicators.csv", 3, "weight")]
    assert "สิบ" in sentence(read(folder).findings[0])
    assert read(folder).findings[0].place.record == "S1-2.1"


def test_a_month_thirteen(folder):
    change(folder, "monthly.csv", put("period", 13, "13"))
    assert ("package_cell_out_of_range", "monthly.csv", 13, "period") in told(folder)
    assert "1 ถึง 12" in sentence(read(folder).findings[0])


def test_a_month_that_is_text_in_the_figures(folder):
    change(folder, "monthly.csv", put("actual", 2, "ครบ"))
    assert told(folder) == [("package_cell_not_figure", "monthly.csv", 2, "actual")]


@pytest.mark.parametrize("figure", ["NaN", "Infinity", "1e999999999", "0x10", "1,00", "9" * 5000, "๑๐x"])
def test_what_is_no_figure_is_refused_at_once(folder, figure):
    change(folder, "monthly.csv", put("planned", 2, figure))
    assert told(folder) == [("package_cell_not_figure", "monthly.csv", 2, "planned")]


@pytest.mark.parametrize(
    ("typed", "read_as"), [("1,530.50", "1530.50"), ("๑๒", "12"), ("—", "–"), (" −5 ", "-5"), ("85%", "85")]
)
def test_a_figure_as_people_type_it_is_read_and_said(folder, typed, read_as):
    change(folder, "monthly.csv", put("planned", 2, typed))
    assert told(folder) == [("package_cell_read_as", "monthly.csv", 2, "planned")]
    figure = read(folder).package.plan.projects[0].indicators[0].entries[0].planned
    assert format_cell(figure) == read_as


def test_a_year_in_thai_digits_is_read_and_said(folder):
    change(folder, "plan.csv", put("year_be", 2, "๒๕๖๙"))
    assert told(folder) == [("package_cell_read_as", "plan.csv", 2, "year_be")]
    assert read(folder).package.plan.year_be == 2569


@pytest.mark.parametrize("value", ["–", "สิบ", "1.5", "1e2", ""])
def test_a_month_number_must_be_whole(folder, value):
    change(folder, "monthly.csv", put("period", 2, value))
    code = "package_cell_required" if value == "" else "package_cell_not_integer"
    assert (code, "monthly.csv", 2, "period") in told(folder)


def test_a_duplicated_id_names_both_lines(folder):
    change(folder, "projects.csv", put("id", 3, "S1-1"))
    found = read(folder).findings
    twice = next(f for f in found if f.code == "package_key_twice")
    assert (twice.place.document, twice.place.line, twice.params["first"]) == ("projects.csv", 3, 2)
    assert {f.code for f in found} == {"package_key_twice", "package_reference_unknown"}


def test_an_unknown_id(folder):
    change(folder, "monthly.csv", put("indicator", 5, "S9-9.9"))
    change(folder, "projects.csv", put("strategy", 2, "7"))
    assert told(folder) == [
        ("package_reference_unknown", "projects.csv", 2, "strategy"),
        ("package_reference_unknown", "monthly.csv", 5, "indicator"),
    ]


def test_an_unknown_unit_is_a_warning_and_the_package_is_read(folder):
    change(folder, "project_units.csv", put("unit", 2, "กฟ."))
    assert told(folder) == [("package_unit_unknown", "project_units.csv", 2, "unit")]
    assert read(folder).package.plan.projects[0].responsible_units == ("กฟ.",)


def test_a_cycle_in_the_unit_tree(folder):
    change(folder, "units.csv", put("parent", 3, "กค."))
    assert [code for code, *_ in told(folder)] == ["package_cycle"]
    assert "กค. → ส่วนกลาง → กค." in sentence(read(folder).findings[0])


def test_a_unit_that_is_its_own_parent(folder):
    change(folder, "units.csv", put("parent", 2, "กค."))
    assert [code for code, *_ in told(folder)] == ["package_cycle"]


def test_a_category_of_another_works_indicator_or_of_a_category(folder):
    """BD1: it would be scored elsewhere, or nowhere."""
    path = folder / "indicators.csv"
    head, *lines = path.read_text("utf-8").splitlines()
    by_id = {line.split(",")[0]: line.split(",")[1] for line in lines}
    one, other = next((a, b) for a in by_id for b in by_id if by_id[a] != by_id[b])
    path.write_text(
        "\n".join([f"{head},part_of", *(f"{x},{other if x.startswith(f'{one},') else ''}" for x in lines), ""])
    )
    assert [code for code, *_ in told(folder)] == ["package_part_misplaced"]


def test_a_cycle_in_the_plan_tree(folder):
    change(folder, "projects.csv", put("identity", 2, "S1-2"))
    change(folder, "projects.csv", put("identity", 3, "S1-1"))
    assert told(folder) == [("package_cycle", "projects.csv", 2, "identity")]


def test_an_indicator_claimed_for_another_project(folder):
    change(folder, "claims.csv", put("indicator", 2, "S1-3.1"))
    assert told(folder) == [("package_indicator_elsewhere", "claims.csv", 2, "indicator")]


def test_a_figure_that_reaches_back_before_the_year(folder):
    change(folder, "monthly.csv", put("span", 3, "12"))
    assert ("package_span_too_long", "monthly.csv", 3, "span") in told(folder)


def test_every_fault_of_the_money_is_told_at_its_cell(folder):
    lines = [
        "project,order,period,state,amount,note",
        "S1-1,1,13,disbursed,100,",
        "S1-9,1,2,disbursed,100,",
        "S1-2,1,2,paid,,",
        "S1-3,1,2,committed,หนึ่งพัน,",
        "S1-3,1,3,disbursed,-5.25,แก้ไข",
    ]
    (folder / "money_movements.csv").write_text("\n".join(lines) + "\n", "utf-8")
    file = "money_movements.csv"
    missing = [f for f in told(folder) if f[0] != "package_column_absent"]
    assert sorted(missing) == [
        ("package_cell_not_choice", file, 4, "state"),
        ("package_cell_not_number", file, 5, "amount"),
        ("package_cell_out_of_range", file, 2, "period"),
        ("package_cell_required", file, 4, "amount"),
        ("package_key_twice", file, 6, "project, order"),
        ("package_reference_unknown", file, 3, "project"),
    ]


def test_all_faults_at_once(folder):
    change(folder, "indicators.csv", put("weight", 2, "สิบ"))
    change(folder, "indicators.csv", put("aggregation", 3, "total"))
    change(folder, "monthly.csv", put("period", 2, "0"))
    change(folder, "plan.csv", put("year_be", 2, "2025"))
    change(folder, "units.csv", put("valid_from", 2, "2568-02-30"))
    assert {code for code, *_ in told(folder)} == {
        "package_cell_not_number",
        "package_cell_not_choice",
        "package_cell_out_of_range",
        "package_cell_not_date",
    }


def test_a_file_cut_inside_a_quotation(folder):
    path = folder / "projects.csv"
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex("ระยะแรก".encode()) + 6])
    assert told(folder)[0][:3] == ("package_quote_open", "projects.csv", 4)
    assert all(code != "package_reference_unknown" for code, *_ in told(folder))


def test_a_file_cut_inside_a_row(folder):
    path = folder / "monthly.csv"
    path.write_bytes(path.read_bytes()[:-30])
    found = told(folder)
    assert ("package_row_short", "monthly.csv", 36, "") in found
    assert ("package_no_final_newline", "monthly.csv", 36, "") in found
    assert ("package_rows_lost", "monthly.csv", None, "") in found


def test_a_file_cut_between_rows(folder):
    path = folder / "monthly.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:30]), "utf-8")
    assert told(folder) == [("package_rows_lost", "monthly.csv", None, "")]


def test_a_file_cut_inside_a_character(folder):
    path = folder / "strategies.csv"
    data = path.read_bytes()
    path.write_bytes(data[: data.index("บริการ".encode()) + 4])
    assert told(folder)[0][:3] == ("package_encoding_broken", "strategies.csv", 2)


def test_tis_620_is_read_and_said(folder):
    path = folder / "projects.csv"
    path.write_bytes(path.read_text("utf-8").encode("tis-620"))
    assert told(folder) == [("package_encoding_thai", "projects.csv", None, "")]
    assert read(folder).package == sound()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_and_said(folder, encoding):
    path = folder / "projects.csv"
    path.write_bytes(path.read_text("utf-8").encode(encoding))
    assert told(folder) == [("package_encoding_utf16", "projects.csv", None, "")]
    assert read(folder).package == sound()


def test_a_byte_order_mark_is_no_fault(folder):
    path = folder / "projects.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert told(folder) == [("package_bom", "projects.csv", None, "")]
    assert read(folder).package == sound()


def test_a_workbook_under_a_csv_name(folder):
    (folder / "units.csv").write_bytes(b"PK\x03\x04\x14\0\0\0\x08\0" + bytes(range(256)))
    assert told(folder)[0][:2] == ("package_not_text", "units.csv")


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_another_separator_is_read_and_said(folder, delimiter):
    rows = list(csv.reader(io.StringIO((folder / "units.csv").read_text("utf-8"))))
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    (folder / "units.csv").write_text(text.getvalue(), "utf-8", newline="")
    assert told(folder) == [("package_delimiter", "units.csv", 1, "")]
    assert read(folder).package == sound()


def test_missing_unknown_and_doubled_columns(folder):
    def edit(rows):
        rows[0][rows[0].index("project")] = "projekt"
        rows[0][rows[0].index("note")] = "weight"

    change(folder, "indicators.csv", edit)
    found = told(folder)
    assert ("package_column_missing", "indicators.csv", 1, "project") in found
    assert ("package_column_unknown", "indicators.csv", 1, "projekt") in found
    assert ("package_column_twice", "indicators.csv", 1, "weight") in found
    assert ("package_column_absent", "indicators.csv", 1, "note") in found


def test_a_column_of_someone_else_is_said_and_left_alone(folder):
    change(folder, "projects.csv", lambda rows: [row.append("x" if n else "ความเห็น") for n, row in enumerate(rows)])
    assert told(folder) == [("package_column_unknown", "projects.csv", 1, "ความเห็น")]
    assert read(folder).package == sound()


def test_a_missing_file(folder):
    (folder / "indicators.csv").unlink()
    assert told(folder) == [("package_file_missing", "indicators.csv", None, "")]


def test_a_folder_without_description_is_read_with_a_warning(folder):
    (folder / "datapackage.json").unlink()
    assert told(folder) == [("package_descriptor_missing", "datapackage.json", None, "")]
    assert read(folder).package == sound()


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 100_000, b"null", b'{"resources": [1]}', b"\xff\xfe\x00"])
def test_a_damaged_description(folder, content):
    (folder / "datapackage.json").write_bytes(content)
    assert told(folder) == [("package_descriptor_damaged", "datapackage.json", None, "")]


def test_an_empty_file_and_two_plans(folder):
    (folder / "units.csv").write_bytes(b"")
    change(folder, "plan.csv", lambda rows: rows.append(["q", *rows[1][1:]]))
    assert {code for code, *_ in told(folder)} == {"package_file_empty", "package_plan_rows"}


def test_thousands_of_the_same_fault_are_counted_not_listed(folder):
    change(folder, "monthly.csv", lambda rows: rows.extend([["?"] * len(rows[0])] * 5000))
    findings = read(folder).findings
    assert len(findings) < 3000
    assert any(f.code == "package_more_of_the_same" and f.params["count"] > 4000 for f in findings)


def test_nothing_there_or_not_a_package(tmp_path):
    assert [f.code for f in read(tmp_path / "no").findings] == ["package_not_found"]
    assert [f.code for f in read(tmp_path).findings] == ["package_not_a_package"]
    (tmp_path / "letter.docx").write_bytes(b"hello")
    assert [f.code for f in read(tmp_path / "letter.docx").findings] == ["package_zip_damaged"]


def test_a_file_of_200_megabytes_is_refused_unread(folder):
    with (folder / "monthly.csv").open("ab") as stream:
        stream.truncate(200 * 1024 * 1024)
    before = peak_memory()
    found = told(folder)
    assert ("package_file_too_large", "monthly.csv", None, "") in found
    assert "package_file_missing" not in {code for code, *_ in found}
    assert peak_memory() - before < 50 * 1024


def peak_memory() -> int:
    """The process's peak memory in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def as_zip(folder: Path, **extra: bytes) -> Path:
    path = folder.parent / "plan.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in sorted(folder.iterdir()):
            archive.write(item, item.name)
        for name, content in extra.items():
            archive.writestr(name, content)
    return path


def test_a_zip_with_one_folder_inside_is_read(folder):
    path = folder.parent / "nested.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for item in folder.iterdir():
            archive.write(item, f"my plan/{item.name}")
    assert read(path).package == sound()
    assert read(path).findings == ()


@pytest.mark.parametrize(
    "name", ["../evil.csv", "/etc/evil.csv", "..\\..\\evil.csv", "C:\\evil.csv", "a/../../evil.csv"]
)
def test_a_name_that_leads_out_of_a_zip_is_refused(folder, name):
    assert ("package_path_refused", None) in [(c, n) for c, _, n, _ in told(as_zip(folder, **{name: b"x"}))]


def test_a_zip_bomb_is_refused_unopened(folder):
    (folder / "monthly.csv").unlink()
    path = folder.parent / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("monthly.csv", "w", force_zip64=True) as stream:
            for _ in range(100):
                stream.write(b"," * 1024 * 1024)
        for item in folder.iterdir():
            archive.write(item, item.name)
    assert path.stat().st_size < 1024 * 1024
    assert ("package_file_too_large", "monthly.csv", None, "") in told(path)


def test_a_zip_that_lies_about_sizes_is_refused(folder, monkeypatch):
    monkeypatch.setattr(files, "LARGEST_FILE", 100_000)
    path = as_zip(folder)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("steps.csv", b"," * 1_000_000)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"steps.csv"))
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    assert read(path).package is None


def test_links_are_refused(folder):
    (folder / "steps.csv").symlink_to("/etc/passwd")
    assert told(folder) == [("package_link_refused", "steps.csv", None, "")]


def test_a_link_inside_a_zip_is_refused(folder):
    path = as_zip(folder)
    entry = zipfile.ZipInfo("steps.csv")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(entry, "/etc/passwd")
    assert told(path) == [("package_link_refused", "steps.csv", None, "")]


def test_a_pipe_is_not_waited_for(folder):
    os.mkfifo(folder / "steps.csv")
    assert told(folder) == [("package_not_a_file", "steps.csv", None, "")]


def test_a_name_twice_in_a_zip(folder):
    path = as_zip(folder)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("plan.csv", "id\n")
    assert told(path) == [("package_file_twice", "plan.csv", None, "")]


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_any_damage_gives_findings_and_no_exception(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("damaged") / "plan"
    write(sound(), folder)
    path = data.draw(st.sampled_from(sorted(folder.iterdir())))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        cut = data.draw(st.integers(0, 40))
        content[at : at + cut] = data.draw(
            st.one_of(st.binary(max_size=8), st.sampled_from([b'"', b",", b"\n", b"\r"]))
        )
    path.write_bytes(bytes(content))
    told(folder)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_damage_to_a_zip_gives_findings_and_no_exception(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("damaged")
    write(sound(), folder / "plan.zip")
    content = bytearray((folder / "plan.zip").read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    (folder / "plan.zip").write_bytes(bytes(content))
    reading = read(folder / "plan.zip")
    assert reading.package is not None or reading.findings
