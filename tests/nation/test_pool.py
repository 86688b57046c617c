"""One digest for serial, pool and any order; a broken plan, a killed worker or a killed run changes nothing."""

import json
import multiprocessing
from collections import Counter
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from decimal import Decimal

import pytest

from samrit.engine.model import Entry, Indicator, Mark, Plan, Project
from samrit.engine.rollup import tabulate
from samrit.engine.score import score
from samrit.nation import pool, results
from samrit.nation.inputs import outcomes, pieces
from samrit.nation.outcome import Settings, digest, outcome
from samrit.package import PackageReading, PlanPackage, read
from samrit.package.parquet import plan_groups, read_group
from samrit.package.ready_rules import default_rules
from tests.nation.many import lay_out

# More in the full proof; here some of every kind.
PLANS, SEED = 120, 2569
TEN = Decimal(10)


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    return lay_out(tmp_path_factory.mktemp("plans"), PLANS, SEED)


@pytest.fixture(scope="module")
def serial(sources, tmp_path_factory):
    out = tmp_path_factory.mktemp("serial")
    return out, pool.score_all(sources, out, Settings(), workers=1)


def test_broken_plans_are_findings_and_stop_nothing(serial, sources):
    out, summary = serial
    assert summary.plans == PLANS + 2
    assert summary.broken == PLANS // 10 + 2
    plans = results.table_of(out, "plans").to_pylist()
    told = {(row["source"], row["plan"]) for row in results.table_of(out, "findings").to_pylist()}
    for row in plans:
        assert row["state"] == "scored" or ((row["source"], row["plan"]) in told and row["works"] is None)
    codes = {row["code"] for row in results.table_of(out, "findings").to_pylist()}
    assert {"package_reference_unknown", "package_zip_damaged", "package_parquet_damaged"} <= codes
    assert "package_cell_out_of_range" in codes


def test_figures_are_those_of_the_engine(serial, sources):
    out, _ = serial
    works = {(row["plan"], row["work"]): row for row in results.table_of(out, "works").to_pylist()}
    path = sources[1]
    seen = 0
    for group in plan_groups(path):
        for _, reading in read_group(path, group.number):
            if reading.package is None:
                continue
            plan = reading.package.plan
            as_of = next(r["as_of"] for r in results.table_of(out, "plans").to_pylist() if r["plan"] == plan.id)
            for item in score(plan, reading.package.ruleset(), as_of).projects:
                row = works[plan.id, item.project.id]
                assert row["percent"] == (None if item.percent is None else str(item.percent))
                assert row["band"] == (item.band.code if item.band else "")
                seen += 1
    assert seen > 200


def test_a_pool_gives_the_same_digest_and_rows_though_a_worker_is_killed(serial, sources, tmp_path):
    out, summary = serial
    killed = []

    def progress(done, of):
        if done and not killed:
            child = multiprocessing.active_children()[0]
            child.kill()
            killed.append(child.pid)

    assert pool.score_all(sources, tmp_path / "out", Settings(), workers=2, progress=progress) == summary
    assert killed
    for name in ("works", "indicators", "findings"):
        ours, theirs = (results.table_of(folder, name).to_pylist() for folder in (tmp_path / "out", out))
        assert sorted(map(str, ours)) == sorted(map(str, theirs))


def test_a_run_that_was_killed_goes_on_where_it_was(serial, sources, tmp_path, monkeypatch):
    out = tmp_path / "out"

    def stop(done, of):
        if done > of // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pool.score_all(sources, out, Settings(), workers=1, progress=stop)
    assert results.summary_of(out) is None
    done = len(list((out / "plans").glob("*.parquet")))
    did = []
    monkeypatch.setattr(pool, "do_piece", lambda p, *rest: did.append(p) or results.write_part(*part(p, *rest)))

    def part(piece, out, settings):
        return out, piece.key, outcomes(piece, settings)

    assert pool.score_all(sources, out, Settings(), workers=1) == serial[1]
    assert len(did) == len(pieces(sources, Settings())) - done > 0
    did.clear()
    assert pool.score_all(sources, out, Settings(), workers=1) == serial[1]
    assert did == []


def test_other_settings_or_a_changed_file_are_done_anew(sources, tmp_path):
    before = {piece.key for piece in pieces(sources, Settings())}
    assert before.isdisjoint(piece.key for piece in pieces(sources, Settings(as_of=6)))
    path = sources[0] / "0002.zip"
    path.touch()
    assert len(before - {piece.key for piece in pieces(sources, Settings())}) == 1


def test_a_piece_that_kills_its_worker_twice_becomes_a_finding(sources, tmp_path, monkeypatch):
    class Dead:
        def __enter__(self):
            return self

        def __exit__(self, *error):
            return False

        def submit(self, *call):
            raise BrokenProcessPool

    results.prepare(tmp_path / "out", ())
    monkeypatch.setattr(pool, "_executor", lambda workers: Dead())
    piece = pieces(sources, Settings())[0]
    assert list(pool._alone(piece, tmp_path / "out", Settings())) == [piece]
    rows = results.table_of(tmp_path / "out", "findings").to_pylist()
    assert {row["code"] for row in rows} == {"score_worker_lost"}


def test_a_rule_set_that_a_plan_lacks_is_its_finding(sources):
    piece = next(p for p in pieces(sources, Settings()) if p.group is not None and p.plans > 1)
    made = list(outcomes(piece, Settings(ruleset="none")))
    assert {o.plan["state"] for o in made} == {"broken"}
    assert "score_ruleset_unknown" in {row["code"] for o in made for row in o.findings}


def test_a_digest_changes_with_any_exact_value_and_not_with_the_order():
    piece = [f"{n:064}" for n in range(5)]
    assert digest(piece) == digest(piece[::-1])
    assert digest(piece) != digest([*piece[:-1], "x"])
    package = read("examples/hr-2569").package
    first, *others = package.plan.projects
    one = first.indicators[0]
    entry = replace(one.entries[0], planned=one.entries[0].planned + 1)
    changed = replace(first, indicators=(replace(one, entries=(entry, *one.entries[1:])), *first.indicators[1:]))
    other = replace(package, plan=replace(package.plan, projects=(changed, *others)))
    settings = Settings(as_of=12)
    told = [outcome("x", "", PackageReading(p, ()), settings).plan["digest"] for p in (package, package, other)]
    assert told[0] == told[1] != told[2]


def test_tables_count_each_work_once_and_add_up(serial):
    out, summary = serial
    counted = sum(row["counted"] or 0 for row in results.table_of(out, "plans").to_pylist())
    for name, table in results.tables(out).items():
        assert sum(table.column("works").to_pylist()) == counted, name
    assert json.loads((out / "summary.json").read_text("utf-8"))["digest"] == summary.digest


@pytest.mark.parametrize("planned", [Mark.NOTHING, TEN])
def test_a_plans_works_are_counted_as_its_own_tables_count_them(planned):
    """RU1: a work on two lines counts by the one in a band, whichever comes first (AC4)."""
    one = Indicator("1.1", 1, "n", entries=(Entry(1, planned=planned, actual=TEN),))
    other = replace(one, id="2.1", entries=(Entry(1, planned=TEN, actual=TEN),))
    lines = Project("1", 1, "", "1", indicators=(one,)), Project("2", 2, "", "1", identity="1", indicators=(other,))
    plan = Plan("p", "แผน", 2569, projects=lines)
    told = outcome("x", "", PackageReading(PlanPackage(plan, (default_rules(),)), ()), Settings(as_of=12))
    total = tabulate((r for r in score(plan, default_rules(), 12).projects if r.counts), columns="band").total
    assert Counter(row["band"] for row in told.works if row["counted"]) == Counter(dict(total.cells))
    assert (told.plan["counted"], total.cell("good")) == (total.total, 1)


def test_a_folder_of_something_else_is_left_alone(sources, tmp_path):
    (tmp_path / "letter.txt").write_text("x")
    with pytest.raises(FileExistsError):
        pool.score_all(sources, tmp_path, Settings(), workers=1)
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]
