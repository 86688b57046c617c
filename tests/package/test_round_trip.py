"""Reading back what was written gives the same plan, to the last digit and blank."""

import dataclasses
import json
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

import frictionless
import pytest
from hypothesis import HealthCheck, given, settings

from samrit.engine import model
from samrit.engine.model import Entry, Indicator, Mark, MoneyMovement, MoneyState, Plan, Project, Source, Strategy
from samrit.package import PlanPackage, read, write
from samrit.package.resources import RESOURCES
from tests.package.plans import packages
from tests.package.ways import exact, lost

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@given(packages())
@settings(max_examples=20, deadline=None, suppress_health_check=SLOW)
def test_any_plan_comes_back_exactly_by_every_way(package):
    """Folder, zip, rows as typed, Parquet; the whole number is ``make prove``."""
    assert [*lost(package)] == []


@given(packages())
@settings(max_examples=6, deadline=None, suppress_health_check=SLOW)
def test_frictionless_finds_nothing_wrong_with_any_plan(package):
    with tempfile.TemporaryDirectory() as folder:
        write(package, Path(folder) / "plan")
        report = frictionless.validate(str(Path(folder) / "plan" / "datapackage.json"))
        assert report.flatten(["type", "fieldName", "note", "message"]) == []


def small_plan(*entries: Entry) -> PlanPackage:
    indicator = Indicator("P-1.1", 1, "จำนวน", weight=Decimal(100), entries=entries)
    project = Project("P-1", 1, "งาน", "1", indicators=(indicator,))
    return PlanPackage(Plan("p", "แผน", 2568, strategies=(Strategy("1", "หนึ่ง"),), projects=(project,)))


def test_dash_blank_and_zero_are_three_things_in_the_file_and_for_frictionless(tmp_path):
    package = small_plan(
        Entry(1, planned=Mark.NOTHING, actual=Mark.BLANK), Entry(2, planned=Decimal(0), actual=Decimal("0.0"))
    )
    write(package, tmp_path / "plan")
    table = frictionless.Package(str(tmp_path / "plan" / "datapackage.json")).get_resource("monthly").read_rows()
    assert [(row["planned"], row["actual"]) for row in table] == [("–", None), ("0", "0.0")]
    assert exact(read(tmp_path / "plan").package) == exact(package)


def test_a_typed_decimal_keeps_its_digits(tmp_path):
    write(small_plan(Entry(1, planned=Decimal("95.50"), actual=Decimal("1E+3"))), tmp_path / "plan")
    entry = read(tmp_path / "plan").package.plan.projects[0].indicators[0].entries[0]
    assert (str(entry.planned), str(entry.actual)) == ("95.50", "1E+3")


def test_money_movements_keep_their_order_and_digits_and_a_plan_without_them_has_no_file(tmp_path):
    write(small_plan(), tmp_path / "none")
    assert not (tmp_path / "none" / "money_movements.csv").exists()
    moved = (
        MoneyMovement(3, MoneyState.DISBURSED, Decimal("1200.50"), "เงินกองทุน", source=Source("ใบสำคัญ", 2, 7)),
        MoneyMovement(2, MoneyState.COMMITTED, Decimal(3000)),
        MoneyMovement(3, MoneyState.DISBURSED, Decimal("-200.50"), "เงินกองทุน", "คีย์เกิน"),
    )
    package = small_plan()
    projects = (dataclasses.replace(package.plan.projects[0], movements=moved),)
    package = PlanPackage(dataclasses.replace(package.plan, projects=projects))
    write(package, tmp_path / "plan")
    table = (tmp_path / "plan" / "money_movements.csv").read_text("utf-8").splitlines()
    assert table[1] == "P-1,1,3,disbursed,1200.50,เงินกองทุน,,ใบสำคัญ,2,7,"
    assert exact(read(tmp_path / "plan").package) == exact(package)
    assert frictionless.validate(str(tmp_path / "plan" / "datapackage.json")).valid


def test_rows_are_sorted_with_numbers_counted_as_numbers(tmp_path):
    projects = tuple(Project(f"S2-{n}", n, "งาน", "1") for n in (10, 9, 1))
    plan = Plan("p", "แผน", 2568, strategies=(Strategy("1", "หนึ่ง"),), projects=projects)
    write(PlanPackage(plan), tmp_path / "plan")
    lines = (tmp_path / "plan" / "projects.csv").read_text("utf-8").splitlines()[1:]
    assert [line.split(",")[0] for line in lines] == ["S2-1", "S2-9", "S2-10"]


def test_one_changed_figure_changes_one_line(tmp_path):
    write(small_plan(*(Entry(n, planned=Decimal(n)) for n in range(1, 13))), tmp_path / "a")
    write(small_plan(*(Entry(n, planned=Decimal(n if n != 7 else 70)) for n in range(1, 13))), tmp_path / "b")
    changed = []
    for file in (tmp_path / "a").iterdir():
        old, new = file.read_text("utf-8").splitlines(), (tmp_path / "b" / file.name).read_text("utf-8").splitlines()
        changed += [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
    assert len(changed) == 1


def test_text_that_looks_like_a_formula_is_kept_as_it_is(tmp_path):
    plan = Plan("p", "=cmd|' /C calc'!A1", 2568, strategies=(Strategy("1", "+1", goal="@x"),))
    write(PlanPackage(plan), tmp_path / "plan")
    assert read(tmp_path / "plan").package.plan == plan


@pytest.mark.parametrize(
    "kind",
    [c for c in vars(model).values() if isinstance(c, type) and dataclasses.is_dataclass(c)],
    ids=lambda c: c.__name__,
)
def test_no_field_of_the_model_is_without_a_column_or_file(kind):
    columns = {column for resource in RESOURCES for column in resource.columns}
    # Fields that are files of their own, or one column under another name.
    files = {
        "missions", "funds", "strategies", "tactics", "programmes", "units", "projects", "cards", "manpower",
        "printed", "texts", "parents", "aliases", "responsible_units", "budgets", "movements", "indicators", "sites",
        "narratives", "alignments", "steps", "claim", "overrides", "entries", "targets", "levels", "last_year", "parts",
        "planned_texts", "actual_texts", "records", "values", "source", "counts", "document", "page", "line", "cell",
        "allotments", "look", "step_terms", "thresholds",
    }  # fmt: skip
    # What the year's records make of a work, and days of levels: made anew whenever they are read or scored.
    laid = {
        "bare", "commitments", "due_told", "due_before", "instalments_due", "instalments_taken", "recorded",
        "steps_over", "terms",
    }  # fmt: skip
    assert {f.name for f in dataclasses.fields(kind)} - columns - laid <= files


def test_every_column_has_a_thai_and_an_english_title(tmp_path):
    write(small_plan(), tmp_path / "plan")
    content = json.loads((tmp_path / "plan" / "datapackage.json").read_text("utf-8"))
    titles = [f["title"].split(" / ") for r in content["resources"] for f in r["schema"]["fields"]]
    assert len(titles) > 50
    for thai, *english in titles:
        assert any("ก" <= letter <= "๛" for letter in thai)
        assert not any("ก" <= letter <= "๛" for letter in "".join(english))


def test_reading_needs_neither_frictionless_nor_a_database(tmp_path):
    write(small_plan(), tmp_path / "plan")
    code = (
        "import sys; sys.path.insert(0, 'src'); from samrit.package import read; "
        f"assert read({str(tmp_path / 'plan')!r}).package; "
        "assert not {'frictionless', 'django', 'sqlite3', 'pandas'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
