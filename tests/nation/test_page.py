"""The national page shows the figures of the results, by name, and nothing a plan says becomes a formula."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from benchmarks.nation.offices import offices
from samrit.engine.model import Mark
from samrit.nation import pool, results
from samrit.nation.figures import LAST_STEP, _floor, national_figures
from samrit.nation.outcome import Settings
from samrit.nation.page import _words, page_tables, write_html, write_workbook
from samrit.package import PlanPackage
from samrit.package.parquet import write_all
from samrit.vocabulary.sorting import thai_sort_key


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Results of twelve plans, one of them silent and one torn, and of the same plans half a year earlier."""
    folder = tmp_path_factory.mktemp("nation")
    plans = list(offices(12, 7, works=8))
    plans[0] = _renamed(_silent(plans[0]))
    write_all(plans, folder / "plans.parquet")
    (folder / "torn.zip").write_bytes(b"no")
    for name, month in (("before", 6), ("now", 12)):
        pool.score_all([folder / "plans.parquet", folder / "torn.zip"], folder / name, Settings(as_of=month), workers=1)
    return folder / "now", folder / "before"


def _silent(package: PlanPackage) -> PlanPackage:
    def blank(indicator):
        return replace(indicator, entries=tuple(replace(e, actual=Mark.BLANK) for e in indicator.entries))

    projects = (replace(p, indicators=tuple(map(blank, p.indicators))) for p in package.plan.projects)
    return replace(package, plan=replace(package.plan, projects=tuple(projects)))


def _renamed(package):
    return replace(package, plan=replace(package.plan, organisation="=HYPERLINK(1)<script>"))


def test_groups_are_sorted_by_name_and_add_up_to_the_works_that_count(runs):
    figures = national_figures(*runs)
    rows = results.table_of(runs[0], "works").to_pylist()
    counted = [row for row in rows if row["counted"]]
    assert (
        figures.everything.works
        == len(counted)
        == sum(works for _, works in figures.spread if works) + sum(row["percent"] is None for row in counted)
    )
    for kind, groups in (("ministry", figures.ministries), ("region", figures.regions)):
        assert Counter(row[kind] for row in counted) == Counter({g.name: g.works for g in groups if g.works})
        assert [g.name for g in groups] == sorted({row[kind] for row in rows}, key=thai_sort_key)
        assert all(sum(g.bands.values()) == g.works for g in groups)


def test_silent_and_broken_plans_are_named(runs):
    silent = national_figures(*runs).silent
    assert {(plan.plan, plan.broken) for plan in silent} >= {("office-000000", False), ("torn", True)}


def test_the_largest_changes_are_the_exact_differences(runs):
    now, before = (
        {(r["plan"], r["work"]): r["percent"] for r in results.table_of(f, "works").to_pylist()} for f in runs
    )
    sizes = sorted(
        (abs(Decimal(now[key]) - Decimal(before[key])) for key in now if now[key] and before.get(key)), reverse=True
    )
    changes = national_figures(*runs).changes
    assert [abs(c.now - c.before) for c in changes] == [size for size in sizes if size][:20]
    assert national_figures(runs[0]).changes == ()


@pytest.mark.parametrize("language", ["th", "en"])
def test_both_writers_show_every_table(runs, tmp_path, language):
    figures = national_figures(*runs)
    write_html(figures, tmp_path / "n.html", language)
    write_workbook(figures, tmp_path / "n.xlsx", language)
    page = (tmp_path / "n.html").read_text("utf-8")
    book = openpyxl.load_workbook(tmp_path / "n.xlsx")
    for table, sheet in zip(page_tables(figures, language), book, strict=True):
        assert _words()[table.key][language == "en"] in page
        assert sheet.max_row == len(table.rows) + 1
        assert all(cell.data_type != "f" for row in sheet for cell in row)
    assert "<script>" not in page
    assert figures.summary.digest in page


def test_unfinished_results_are_refused(tmp_path):
    with pytest.raises(ValueError, match="no finished results"):
        national_figures(tmp_path)


@pytest.mark.parametrize(
    ("percent", "floor"),
    [("-1", 0), ("0", 0), ("9.99", 0), ("10", 10), ("149.99", 140), ("150", LAST_STEP), ("9E9", 150)],
)
def test_a_percent_falls_into_its_step(percent, floor):
    assert _floor(Decimal(percent)) == floor
