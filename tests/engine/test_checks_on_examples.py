"""Every error that a reader noted in the two example documents: the finding that names it, or why no check can.

The notes beginning ``DOC:`` stand in the hand-read data, which is not part of the
repository; which records have one is kept in ``tests/facts.json``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from samrit.engine.checks import check_plan
from samrit.package import read
from samrit.vocabulary.findings import Finding, sentence
from tests.documents import facts

ROOT = Path(__file__).parents[2]

# The note's record -> findings that name it, as (record, code).
SSO: dict[str, tuple[tuple[str, str], ...]] = {
    "S1-4.1": (("S1-4.1", "planned_outside_period"),),
    "S1-15": (("S1-15", "printed_percent_missing"), ("S1-15.1", "not_reported")),
    "S2-10.1": (
        ("S2-10.1", "printed_percent_differs"),
        ("S2-10.1", "identical_rows"),
        ("S2-10.1", "reported_outside_period"),
        ("S2-10.1", "actual_out_of_scale"),
    ),
    "S2-11.2": (("S2-11.2", "target_differs_from_plan_total"),),
    "S2-15.5": (("S2-15.5", "target_differs_from_plan_total"),),
    "S2-19.1": (("S2-19.1", "months_differ_from_printed_total"),),
    "S2-21.1": (("S2-21.1", "reported_outside_period"),),
    "S2-21.2": (("S2-21.2", "months_differ_from_printed_total"),),
    "S2-22": (("S2-22", "printed_with_other_places"),),
    "S2-24.1": (("S2-24.1", "percent_months_summed"), ("S2-24.1", "target_differs_from_plan_total")),
    "S2-24.3": (("S2-24.3", "cumulative_summed"),),
    "S2-26.1": (("S2-26", "weights_not_100"), ("S2-26.1", "weight_out_of_range")),
    "S2-31.1": (("S2-31.1", "percent_months_summed"), ("S2-31.1", "rounded_before_banding")),
    "S2-31.3": (("S2-31.3", "target_differs_from_plan_total"), ("S2-31.3", "printed_with_other_places")),
    "S2-33.1": (("S2-33.1", "target_differs_from_plan_total"),),
    "S2-37.2": (
        ("S2-37.2", "target_differs_from_plan_total"),
        ("S2-37.2", "name_and_unit_disagree"),
        ("S2-37.2", "actual_out_of_scale"),
    ),
    "S2-38.1": (("S2-38.1", "latest_of_flat_plan"),),
    "S2-40.2": (("S2-40.2", "target_differs_from_plan_total"),),
    "S2-44": (("S2-44.2", "printed_percent_differs"),),
    "S2-44.2": (("S2-44.2", "printed_percent_differs"),),
    "S2-45.1": (("S2-45.1", "rounded_before_banding"),),
    "S2-46.1": (("S2-46.1", "rounded_before_banding"),),
    "S2-49.1": (("S2-49.1", "target_differs_from_plan_total"),),
    "S2-50.1": (("S2-50.1", "rounded_before_banding"),),
    "S2-53.2": (("S2-53.2", "rounded_before_banding"),),
    "S2-54.2": (("S2-54.2", "rounded_before_banding"),),
    "S2-57": (("S2-57", "weights_not_100"),),
    "S2-57.1": (("S2-57", "weights_not_100"),),
    "S2-57.2": (("S2-57.2", "weight_repeats_target"), ("S2-57.2", "weight_out_of_range")),
    "S2-58": (("S2-58.1", "planned_outside_period"), ("S2-58.2", "planned_outside_period")),
    "S2-60": (("S2-60.1", "planned_outside_period"), ("S2-60.2", "planned_outside_period")),
    "S2-61": (("S2-61.1", "planned_outside_period"), ("S2-61.2", "planned_outside_period")),
    "S2-70.1": (("S2-70.1", "share_above_100"), ("S2-70.2", "identical_rows")),
    "S2-70.2": (("S2-70.2", "share_above_100"), ("S2-70.2", "identical_rows")),
    "S2-77.1": (("S2-77.1", "months_differ_from_printed_total"),),
    "S2-80.1": (("S2-80.1", "sites_differ_from_project"),),
    "S2-82.1": (("S2-82", "site_commitment_undated"), ("S2-82.1", "indicator_without_target")),
    "S2-83.1": (("S2-83.1", "months_differ_from_printed_total"),),
    "S2-84": (("S2-84.1", "planned_outside_period"),),
    "S3-3": (("S3-3.1", "target_differs_from_plan_total"),),
    "S3-3.1": (("S3-3.1", "target_differs_from_plan_total"),),
    "S3-7": (("S3-7.2", "target_differs_from_plan_total"),),
    "S3-7.2": (("S3-7.2", "target_differs_from_plan_total"),),
    "S3-11": (("S3-11.1", "name_and_unit_disagree"),),
    "S3-13": (("S3-13.1", "subtotal_counted_as_month"), ("S3-13.1", "planned_subtotal_counted_as_month")),
    "S3-13.1": (("S3-13.1", "subtotal_counted_as_month"), ("S3-13.1", "target_differs_from_plan_total")),
    "S3-30": (("S3-30.2", "unit_scale_mismatch"),),
    "S3-30.2": (("S3-30.2", "unit_scale_mismatch"),),
    "S3-34": (("S3-34.1", "months_differ_from_printed_total"),),
    "S3-34.1": (("S3-34.1", "months_differ_from_printed_total"), ("S3-34.1", "target_differs_from_plan_total")),
    "S3-38": (("S3-38.1", "stale_total"),),
    "S3-38.1": (("S3-38.1", "stale_total"), ("S3-38", "same_value_copied")),
    "S3-40": (("S3-40", "printed_percent_differs"),),
    "S3-49.1": (("S3-49", "weights_not_100"),),
    "W2-8.1": (("W2-8.1", "months_differ_from_printed_total"),),
    "W2-9.2": (("W2-9.2", "latest_of_flat_plan"),),
    "W2-10.2": (("W2-10.2", "target_differs_from_plan_total"),),
    "W2-17.1": (("W2-17.1", "increments_then_total"),),
    "W3-20.1": (("W3-20.1", "rounded_before_banding"),),
    "W3-22.2": (("W3-22.2", "latest_of_flat_plan"),),
    "W3-28": (("W3-28", "printed_percent_differs"),),
    "W3-29.2": (("W3-29.2", "latest_of_flat_plan"),),
    "W3-32": (("W3-32.2", "percent_taken_of_percent"),),
    "W3-32.2": (("W3-32.2", "percent_taken_of_percent"),),
    "W3-34.2": (("W3-34.2", "latest_of_flat_plan"),),
    "W3-34.3": (("W3-34.3", "target_differs_from_plan_total"),),
    "W3-63.2": (("W3-63.2", "months_differ_from_printed_total"), ("W3-63.2", "target_differs_from_plan_total")),
    "W3-65.1": (("W3-65.1", "target_differs_from_plan_total"),),
    "W3-66.1": (("W3-66.1", "subtotal_counted_as_month"),),
    "W3-71.2": (("W3-71.2", "actual_is_percent_of_sibling"), ("W3-71.2", "share_above_100")),
    "W3-72.2": (("W3-72.2", "actual_is_percent_of_sibling"), ("W3-72.2", "share_above_100")),
}
SSO_UNSEEN = {
    "S1-11": "the levels' wording is a sentence of the document and not in the package",
    "S2-42": "no fault: 87 is the rounding of unrounded percents, as WE1 asks",
}

# A piece of the note -> findings that name it.
HR: dict[str, tuple[tuple[str, str], ...]] = {
    "shares under figure 3": (
        ("manpower_shares[::ข้าราชการ]", "share_places_do_not_round"),
        ("manpower_shares[::พนักงานประกันสังคม]", "share_places_do_not_round"),
    ),
    "projects 19 and 22": (("HR-22", "project_counted_once"), ("HR-23", "project_counted_once")),
    "responsible unit, project 4": (("HR-4.1", "card_units_differ"), ("HR-4.2", "card_units_differ")),
    "responsible unit, project 11": (("HR-11.1", "card_units_differ"),),
    "responsible unit, project 14": (("HR-14.1", "card_units_differ"), ("HR-14.2", "card_units_differ")),
    "responsible unit, project 17": (("HR-17.1", "card_units_differ"), ("HR-17.2", "card_units_differ")),
    "supporting ทุกหน่วยงาน": (
        ("HR-3.1", "card_units_differ"),
        ("HR-21.1", "card_units_differ"),
        ("HR-27.1", "card_units_differ"),
    ),
    "frequency cell of sheet 29.1": (("HR-29.1", "report_frequency_invalid"),),
    "unit ร้อยละ, 2566/2567 targets": tuple(
        (f"HR-{n}.1", "target_unit_changed") for n in (2, 4, *range(12, 21), 22, 23)
    ),
    "other unit changes within one target row": tuple((f"HR-{n}.1", "target_unit_changed") for n in (5, 6, 11, 21)),
    "16 indicators are named จำนวน": tuple(
        (f"HR-{n}", "name_and_unit_disagree")
        for n in ("2.1", "4.1", *(f"{k}.1" for k in range(12, 21)), "22.1", "23.1", "24.1", "26.1", "26.2")
    ),
    "target falls in the plan year": tuple((f"HR-{n}.2", "target_fell") for n in range(12, 21)),
}
HR_UNSEEN = {
    "the list of 24": "a list of names printed beside the plan; the plan holds each indicator's name once",
    "sheets 19.1 = 22.1": "one definition for two indicators: prose, which is not in the package",
    "responsible unit, project 5": "both prints lead to one unit of the register (an alias), or the page is misread",
    "สำนักงานเลขาธิการกรม on sheets": "both names lead to one unit of the register (an alias)",
    "title, project 13": "cards carry no title of their own",
    "title, project 7": "cards carry no title of their own",
    "indicator 26.1": "cards carry no name of their own",
    "the sheets report once a year": "no fault: measuring and reporting frequency are two fields (R91)",
    "ITA bands on sheet 27.1": "the overlap is real: method M-E decides by the three tools as well (R264)",
    "unit of one kind of indicator differs": "จำนวน (รางวัล) and จำนวนรางวัล are read as one unit of measure",
    "project 10 (external courses)": "a contradiction of meaning between two sentences",
    "project 8: the five steps": "a contradiction of meaning between two sentences",
    "project 7: indicator is drawing": "a contradiction of meaning between two sentences",
    "project 32": "a contradiction of meaning between two sentences",
    "project 33": "a contradiction of meaning between two sentences",
    "project 5: step 2": "a contradiction of meaning between two sentences",
    "project 29: steps": "a contradiction of meaning between two sentences",
    "periods: 32 of 33": "no fault: a period may cross the year (R47)",
    "mission 1": "a difference of one word between two prints; a plan holds one",
    "strategy 5": "a difference of one word between two prints; strategies are matched by code (R7)",
    "plan names": "a difference of one word between two prints; a plan holds one",
    "line 119": "running text of the document",
    "subcommittee name": "running text of the document",
    "critical success factors": "running text of the document",
}


@cache
def findings(name: str) -> tuple[Finding, ...]:
    """Check an example as it stands in the repository, at the year's end."""
    package = read(ROOT / "examples" / name).package
    assert package is not None
    return check_plan(package.plan, package.rulesets[0], 12)


def named(name: str) -> set[tuple[str, str]]:
    return {(f.place.record, f.code) for f in findings(name)}


@pytest.mark.parametrize("note", SSO)
def test_an_error_of_the_evaluation_report_is_named(note: str) -> None:
    assert set(SSO[note]) <= named("sso-2568")


@pytest.mark.parametrize("note", HR)
def test_an_error_of_the_hr_plan_is_named(note: str) -> None:
    assert set(HR[note]) <= named("hr-2569")


def test_every_note_on_the_evaluation_report_is_accounted_for() -> None:
    assert set(facts()["evaluation_noted"]) == set(SSO) | set(SSO_UNSEEN)


def test_every_note_on_the_hr_plan_is_accounted_for() -> None:
    notes = facts()["hr_notes"]
    pieces = [*HR, *HR_UNSEEN]
    unaccounted = [note for note in notes if not any(piece in note for piece in pieces)]
    assert unaccounted == []
    assert [piece for piece in pieces if not any(piece in note for note in notes)] == []


def test_targets_that_are_not_the_plan_total_are_all_named() -> None:
    """Wherever the reading has a target and a printed plan total that differ."""
    expected = set(facts()["evaluation_targets_beside_totals"])
    assert len(expected) > 10
    found = {record for record, code in named("sso-2568") if code == "target_differs_from_plan_total"}
    assert expected - found == set()


def test_a_zero_hidden_by_a_green_average_is_named() -> None:
    (finding,) = [f for f in findings("sso-2568") if f.code == "zero_hidden" and f.place.record == "S2-20"]
    assert "S2-20.1" in sentence(finding, "th")


def test_every_finding_reads_well_in_both_languages() -> None:
    for name in ("sso-2568", "hr-2569"):
        for finding in findings(name):
            for language in ("th", "en"):
                text = sentence(finding, language)
                assert "None" not in text
                assert "{" not in text
                assert "E+" not in text


def test_no_check_fires_on_a_fifth_of_the_records() -> None:
    """A check that fires everywhere is not read; structural gaps are said once per heading."""
    for name, records in (("sso-2568", 235 + 444), ("hr-2569", 33 + 50)):
        counts: dict[str, int] = {}
        for finding in findings(name):
            counts[finding.code] = counts.get(finding.code, 0) + 1
        # The HR plan's units of measure do change on 17 of 50 cards: the document's own notes list them.
        often = {c: n for c, n in counts.items() if n * 5 > records and c != "target_unit_changed"}
        assert often == {}
