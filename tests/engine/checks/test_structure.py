"""The plan's frame: what is missing, and what leads nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from samrit.engine.checks import check_plan
from samrit.engine.model import Aggregation, Alignment, Consolidation, Entry, Indicator, Programme, Unit
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.vocabulary.findings import sentence
from tests.engine.checks.plans import codes, entries, indicator, only, plan, project


def test_a_project_without_indicator_is_an_error() -> None:
    bare = replace(project(), indicators=())
    assert only(bare, "project_without_indicator").severity == "error"


def test_nobody_to_report_is_found_once_for_a_project() -> None:
    nobody = project(indicator(), indicator(), responsible_units=())
    assert only(nobody, "indicator_without_reporter").params["indicators"] == "1, 2"


def test_a_printed_unit_or_a_reporting_one_is_a_reporter() -> None:
    assert codes(project(responsible_units=(), responsible_text="ทุกหน่วยงาน")) == []
    assert codes(project(indicator(entries=entries("5", "5", "กผ.")), responsible_units=())) == []


def test_a_missing_kind_is_said_once_for_a_heading() -> None:
    some = [project(id=f"P{n}", number=n, title=f"งาน {n}", kind=None) for n in range(1, 4)]
    finding = only(plan(*some, project(id="P4", number=4, title="งาน 4")), "kind_missing")
    assert (finding.params["count"], finding.params["projects"]) == (3, "P1, P2, P3")


def test_a_plan_that_knows_no_kinds_is_left_alone() -> None:
    assert codes(project(kind=None)) == []


def test_a_missing_period_is_said_once_for_a_heading() -> None:
    some = [
        project(id=f"P{n}", number=n, title=f"งาน {n}", strategy=s, tactic="", first_period=None)
        for n, s in ((1, "1"), (2, "1"), (3, "2"))
    ]
    assert codes(plan(*some)) == ["period_missing", "period_missing"]


@pytest.mark.parametrize(
    ("days", "months", "found"),
    [
        ((date(2024, 10, 1), date(2025, 9, 30)), (1, 9), []),  # across the year's beginning
        ((date(2025, 11, 1), date(2026, 2, 28)), (11, 12), []),
        ((date(2024, 10, 1), date(2025, 9, 30)), (1, 12), ["work_days_differ"]),
        ((date(2025, 5, 2), date(2025, 5, 1)), (5, 5), ["work_days_differ"]),
        ((date(2026, 1, 1), date(2026, 3, 1)), (1, 3), ["work_days_differ"]),  # all of it after the year
        ((date(2025, 5, 2), None), (5, 5), []),
    ],
)
def test_days_of_a_work_touch_the_months_that_it_names(days, months, found) -> None:
    """R47, R48."""
    own = project(first_period=months[0], last_period=months[1], starts_on=days[0], ends_on=days[1])
    assert [code for code in codes(own) if code == "work_days_differ"] == found


def test_an_unknown_unit_is_said_once_with_all_that_use_it() -> None:
    two = [project(id=f"P{n}", number=n, title=f"งาน {n}", responsible_units=("กฟ.",)) for n in (1, 2)]
    finding = only(plan(*two), "unknown_unit")
    assert (finding.params["unit"], finding.params["count"], finding.params["records"]) == ("กฟ.", 2, "P1, P2")


def test_codes_names_aliases_and_everybody_are_known_units() -> None:
    assert codes(project(responsible_units=("กผ.", "กองคลัง", "คลัง", "ทุกหน่วยงาน"))) == []


def test_without_a_register_no_unit_is_unknown() -> None:
    assert codes(plan(project(responsible_units=("กฟ.",)), units=())) == []


def test_a_unit_that_reports_figures_must_be_known_too() -> None:
    strange = project(indicator(entries=(Entry(1, "สบท.", Decimal(5), Decimal(5)),)))
    assert codes(strange) == ["unknown_unit"]


def test_a_closed_unit_without_successor_is_found() -> None:
    closed = Unit("เดิม", "หน่วยเดิม", valid_to=date(2024, 9, 30))
    using = project(responsible_units=("เดิม",))
    assert codes(plan(using, units=(closed,))) == ["unit_out_of_force"]
    assert codes(plan(using, units=(replace(closed, successor="ใหม่"), Unit("ใหม่", "หน่วยใหม่")))) == []
    assert codes(plan(using, units=(replace(closed, valid_to=date(2025, 3, 31)),))) == []


def test_a_fiscal_year_begins_in_october_of_the_year_before() -> None:
    closed = Unit("เดิม", "หน่วยเดิม", valid_to=date(2024, 11, 30))
    using = project(responsible_units=("เดิม",))
    assert codes(plan(using, units=(closed,), calendar="fiscal")) == []
    assert codes(plan(using, units=(closed,))) == ["unit_out_of_force"]


def test_a_cycle_of_units_is_an_error() -> None:
    units = (Unit("กผ.", "ก", parent="ข"), Unit("ข", "ข", parent="กผ."), Unit("ค", "ค", parent="กผ."))
    assert codes(plan(project(), units=units)) == ["unit_cycle", "unit_cycle"]


def test_a_heading_that_the_plan_does_not_list_is_an_error() -> None:
    finding = only(project(strategy="9"), "unknown_heading")
    assert finding.params["code"] == "9"
    assert "ยุทธศาสตร์" in sentence(finding, "th")
    assert "unknown_heading" in codes(plan(project(programme="x"), programmes=(Programme("y", "แผนงาน"),)))


def links(*pairs: tuple[str, str]) -> object:
    kinds = [kind for kind, _ in pairs]
    return project(alignments=tuple(Alignment(k, c, main=k not in kinds[:at]) for at, (k, c) in enumerate(pairs)))


def test_numbers_that_the_plans_above_have_are_in_order() -> None:
    known = (
        ("national_strategy", "6"),
        ("master_plan", "20"),
        ("master_plan", "23"),
        ("milestone", "13"),
        ("sdg", "16.6"),
    )
    assert codes(links(*known)) == []


def test_numbers_that_they_do_not_have_are_found() -> None:
    for pair in (("national_strategy", "7"), ("master_plan", "24"), ("milestone", "0"), ("sdg", "18.1"), ("sdg", "ก")):
        assert codes(links(pair)) == ["unknown_link_code"], pair


def test_a_link_of_another_sort_or_of_a_later_plan_is_left_alone() -> None:
    assert codes(links(("ministry_plan", "99"))) == []
    assert codes(plan(links(("milestone", "14")), year_be=2571)) == ["indicator_without_target"]


def test_a_master_plan_of_another_strategy_is_a_notice() -> None:
    finding = only(links(("national_strategy", "4"), ("master_plan", "20")), "link_crosses_tree")
    assert (finding.severity, finding.params["main"]) == ("notice", 6)
    assert codes(links(("master_plan", "20"))) == []
    main, beside = Alignment("national_strategy", "4", main=True), Alignment("national_strategy", "6")
    assert codes(project(alignments=(main, beside, Alignment("master_plan", "20")))) == []


def test_of_several_links_of_a_kind_exactly_one_is_the_main_one() -> None:
    plans = tuple(Alignment("master_plan", code) for code in ("20", "21"))
    assert only(project(alignments=plans), "several_main_links").params["mains"] == 0
    both = tuple(Alignment(link.kind, link.code, main=True) for link in plans)
    assert only(project(alignments=both), "several_main_links").params["mains"] == 2
    assert codes(project(alignments=(both[0], plans[1]))) == []


@pytest.mark.parametrize("lead", ["ทุกหน่วยงาน", "all units", "จังหวัด"])
def test_one_figure_for_all_is_told_where_nothing_says_how_theirs_come_together(lead: str) -> None:
    """R89: the latest of all units is nobody's to guess; a sum, a way that is said, and figures that came are."""

    def told(*measures: Indicator) -> list[str]:
        made = plan(project(*measures, responsible_units=(lead, "กฝ.")))
        made = replace(made, units=(*made.units, Unit("จังหวัด", "จังหวัด", type="group")))
        return [f.params["indicators"] for f in check_plan(made, PERCENT_OF_PLAN, 1) if f.code == "one_reports_for_all"]

    planned = tuple(Entry(period, planned=Decimal(5)) for period in range(1, 13))
    latest = replace(indicator(), entries=planned, aggregation=Aggregation.LATEST)
    assert told(latest) == ["1"]
    assert told(replace(latest, aggregation=Aggregation.SUM)) == []
    assert told(replace(latest, consolidation=Consolidation.AVERAGE)) == []
    assert told(replace(latest, entries=(replace(planned[0], unit="กฝ."), *planned[1:]))) == []
    assert told(replace(latest, entries=(replace(planned[0], actual=Decimal(5)), *planned[1:]))) == []


def test_a_unit_that_leads_answers_for_the_whole_and_is_not_told() -> None:
    latest = indicator("10", "", aggregation=Aggregation.LATEST)
    assert "one_reports_for_all" not in codes(project(latest, responsible_units=("กฝ.", "ทุกหน่วยงาน")))
