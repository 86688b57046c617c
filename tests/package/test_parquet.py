"""Plans go to Parquet and back to the last digit and blank, and their faults are told as those of CSV files."""

import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.engine.model import Entry, Mark
from samrit.package import PlanPackage, read, write
from samrit.package.parquet import plan_groups, write_all
from samrit.package.parquet.layout import schema
from samrit.package.parquet.reader import read_rows
from samrit.package.parquet.writer import record_table
from tests.package.plans import packages
from tests.package.test_round_trip import SLOW, small_plan
from tests.package.ways import every, exact, faults, in_parquet

LOOKED_AT = """
import sys
import pyarrow.parquet
group = pyarrow.parquet.read_metadata(sys.argv[1]).row_group(0)
print([group.column(n).statistics for n in range(group.num_columns)])
"""
EXAMPLES = Path(__file__).parents[2] / "examples"


@given(st.lists(packages(), min_size=2, max_size=3))
@settings(max_examples=5, deadline=None, suppress_health_check=SLOW)
def test_any_plans_come_back_exactly_beside_one_another(plans):
    with tempfile.TemporaryDirectory() as folder:
        assert [*in_parquet(plans, Path(folder))] == []


@pytest.mark.parametrize("name", ["sso-2568", "hr-2569"])
def test_folder_zip_parquet_and_bytes_give_the_same_plan(name, tmp_path):
    package = read(EXAMPLES / name).package
    write(package, tmp_path / "plan.zip")
    write_all([package], tmp_path / "plan.parquet")
    for path in (tmp_path / "plan.zip", tmp_path / "plan.parquet"):
        assert exact(read(path).package) == exact(package)
        assert exact(read(path.read_bytes()).package) == exact(package)


def test_faults_are_those_of_the_csv_files(tmp_path):
    package = small_plan(Entry(3, span=7, unit="ไม่มี"), Entry(4), Entry(4))
    broken = PlanPackage(replace(package.plan, ruleset="none", projects=package.plan.projects * 2))
    write(broken, tmp_path / "plan")
    write_all([broken], tmp_path / "plan.parquet")
    told = read(tmp_path / "plan").findings
    assert len(told) > 4
    assert read(tmp_path / "plan.parquet").findings == told


def test_what_another_program_wrote_is_read_by_the_same_rules(tmp_path):
    table = plain_table(tmp_path, planned=["1,530", "–", "x"], period=[1, 2, 13])
    pq.write_table(table, tmp_path / "other.parquet")
    reading = read(tmp_path / "other.parquet")
    assert [(f.code, f.place.line, f.place.column) for f in reading.findings if f.place.document == "monthly.csv"] == [
        ("package_cell_read_as", 2, "planned"),
        ("package_cell_out_of_range", 4, "period"),
        ("package_cell_not_figure", 4, "planned"),
    ]


def plain_table(tmp_path, **changed):
    """A file of one plan, three months of it, with other cells in some columns of the months."""
    write_all([small_plan(Entry(1), Entry(2), Entry(3))], tmp_path / "plain.parquet")
    table = pq.read_table(tmp_path / "plain.parquet")
    months = table.column("monthly").to_pylist()[0]
    for name, cells in changed.items():
        for row, cell in zip(months, cells, strict=True):
            row[name] = cell
    at = table.column_names.index("monthly")
    return table.set_column(at, schema().field("monthly"), pa.array([months], schema().field("monthly").type))


def test_a_column_that_a_file_lacks_reads_as_blank_and_is_said(tmp_path):
    table = plain_table(tmp_path)
    months = table.column("monthly").combine_chunks()
    keep = [n for n in range(months.values.type.num_fields) if months.values.type.field(n).name != "note"]
    kept = pa.StructArray.from_arrays(
        [months.values.field(n) for n in keep], fields=[months.values.type.field(n) for n in keep]
    )
    less = pa.ListArray.from_arrays(months.offsets, kept)
    pq.write_table(
        table.set_column(table.column_names.index("monthly"), "monthly", less).replace_schema_metadata(
            schema().metadata
        ),
        tmp_path / "less.parquet",
    )
    reading = read(tmp_path / "less.parquet")
    assert [(f.code, f.place.column) for f in reading.findings if f.place.column == "note"] == [
        ("package_column_absent", "note")
    ]
    assert len(reading.package.plan.projects[0].indicators[0].entries) == 3


def test_dash_blank_and_zero_stay_three_things(tmp_path):
    entries = (Entry(1, planned=Mark.NOTHING, actual=Mark.BLANK), Entry(2, planned=Decimal(0), actual=Decimal("0.00")))
    write_all([small_plan(*entries)], tmp_path / "plan.parquet")
    cells = pq.read_table(tmp_path / "plan.parquet").column("monthly").to_pylist()[0]
    assert [(cell["planned"], cell["actual"]) for cell in cells] == [("–", None), ("0", "0.00")]


def test_several_plans_are_no_single_package(tmp_path):
    write_all([small_plan(), small_plan()], tmp_path / "two.parquet")
    assert [f.code for f in read(tmp_path / "two.parquet").findings] == ["package_parquet_plans"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PAR1 and nothing more", "package_parquet_damaged"),
        (pa.table({"a": [1]}), "package_parquet_format"),
        (
            pa.table({"monthly": [1]}, schema=pa.schema({"monthly": pa.int64()}, schema().metadata)),
            "package_parquet_column",
        ),
    ],
)
def test_what_is_no_file_of_plans_is_said(tmp_path, content, code):
    path = tmp_path / "x.parquet"
    path.write_bytes(content) if isinstance(content, bytes) else pq.write_table(content, path)
    assert [f.code for f in read(path).findings] == [code]
    with pytest.raises(FileExistsError):
        write_all([small_plan()], path) if code != "package_parquet_column" else (_ for _ in ()).throw(FileExistsError)


@given(st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
def test_any_damage_gives_findings_and_no_exception(data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.parquet"
        write_all([small_plan(Entry(1), Entry(2))], path)
        content = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 6))):
            content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
        reading = read(bytes(content))
        assert reading.package is not None or reading.findings


@pytest.mark.parametrize("count", [1, 2])
def test_a_directory_that_would_end_the_process_is_said(tmp_path, count):
    """Arrow ends the process where what a file says about a column can't be, as one damaged file in 500 did."""
    path = tmp_path / "plans.parquet"
    write_all([small_plan()] * count, path)
    content = bytearray(path.read_bytes())
    about = pq.read_metadata(path)
    name = about.row_group(0).column(about.num_columns - 1).path_in_schema.rpartition(".")[2].encode()
    at = content.rindex(b"\x15\x0c\x19", 0, content.rindex(name))  # texts: type 6, then the list of encodings
    content[at + 1] = 0x3E  # a type that there is not
    path.write_bytes(content)
    ended = subprocess.run([sys.executable, "-c", LOOKED_AT, path], capture_output=True, check=False)
    assert ended.returncode == -signal.SIGABRT
    if count > 1:
        assert [f.code for group in plan_groups(path) for f in group.findings] == ["package_parquet_damaged"]
    else:  # of a single plan nothing is asked of the directory but where its columns are
        assert read(path).package == small_plan()


def test_where_pyarrow_is_missing_the_message_says_what_to_do(tmp_path, monkeypatch):
    write_all([small_plan()], tmp_path / "plan.parquet")
    monkeypatch.setattr("samrit.package.reader.import_module", _missing)
    assert [f.code for f in read(tmp_path / "plan.parquet").findings] == ["package_parquet_missing"]


def _missing(name):
    raise ModuleNotFoundError(name)


def months_of_two():
    """Two plans in which a figure, a blank and a dash stand in many months, and the columns of their months."""
    entries = [Entry(n % 12 + 1, unit=f"U{n % 3}", planned=Decimal(n), actual=Mark.NOTHING) for n in range(24)]
    return [small_plan(*entries[:12]), small_plan(*entries[12:])]


@given(st.randoms(use_true_random=False), st.sampled_from(["plain", "dictionary", "slice", "chunks"]))
@settings(max_examples=30, deadline=None, suppress_health_check=SLOW)
def test_rows_in_any_order_held_in_any_way_give_the_same_plans(rng, way):
    plans = months_of_two()
    table = record_table(plans)
    expected = [exact(reading.package) for _, reading in read_rows(table)]
    months = table.column("monthly").to_pylist()
    for rows in months:
        rng.shuffle(rows)
    field = schema().field("monthly")
    table = table.set_column(table.column_names.index("monthly"), field, pa.array(months, field.type))
    if way == "dictionary":
        kind = pa.list_(pa.struct([_coded(f) for f in field.type.value_type]))
        table = table.set_column(table.column_names.index("monthly"), "monthly", pa.array(months, kind))
    elif way == "slice":
        table = pa.concat_tables([table, table, table]).combine_chunks().slice(2, 2)
    elif way == "chunks":
        table = pa.concat_tables([table.slice(0, 1), table.slice(1, 1)])
    readings = [reading for _, reading in read_rows(table)]
    assert [faults(reading) for reading in readings] == [[], []]
    assert [exact(reading.package) for reading in readings] == expected


def _coded(field):
    return pa.field(field.name, pa.dictionary(pa.int8(), field.type) if pa.types.is_string(field.type) else field.type)


def test_a_key_given_twice_is_said_in_sorted_rows_too(tmp_path):
    package = small_plan(Entry(4), Entry(4))
    write_all([small_plan(Entry(4)), package], tmp_path / "two.parquet")
    told = [[f.code for f in reading.findings if "twice" in f.code] for reading in every(tmp_path / "two.parquet")]
    assert told == [[], ["package_key_twice"]]


@pytest.mark.parametrize("kind", [pa.list_(pa.string()), pa.binary(), pa.struct([("a", pa.string())])])
def test_a_cell_that_is_no_single_value_is_refused(tmp_path, kind):
    table = record_table([small_plan(Entry(4))])
    rows = pa.struct([*(f for f in schema().field("monthly").type.value_type if f.name != "note"), ("note", kind)])
    column = pa.array([[{"indicator": "x"}]], pa.list_(rows))
    pq.write_table(table.set_column(table.column_names.index("monthly"), "monthly", column), tmp_path / "x.parquet")
    assert [(f.code, f.place.column) for f in read(tmp_path / "x.parquet").findings] == [
        ("package_parquet_column", "monthly")
    ]


def test_a_required_column_that_is_blank_throughout_is_told_cell_by_cell(tmp_path):
    table = plain_table(tmp_path, indicator=[None, None, None])
    pq.write_table(table, tmp_path / "blank.parquet")
    told = [(f.code, f.place.line) for f in read(tmp_path / "blank.parquet").findings if f.place.column == "indicator"]
    assert told == [("package_cell_required", line) for line in (2, 3, 4)]
