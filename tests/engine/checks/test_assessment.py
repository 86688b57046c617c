"""What an evaluation hides, asks for, and what was settled by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from samrit.engine.model import Narrative, Override, ProjectStatus
from samrit.engine.ruleset import PERCENT_OF_PLAN
from tests.engine.checks.plans import check, codes, indicator, only, project

D = Decimal


def test_a_zero_under_a_green_average_is_found() -> None:
    calendars = project(
        indicator("- 4000000", ". .", weight=D(30)),
        indicator("25 25", "60 65", weight=D(70), target=50),
        narratives=(),
    )
    finding = only(calendars, "zero_hidden")
    assert (finding.params["indicators"], finding.params["percent"], finding.params["project_percent"]) == (
        "P1.1",
        0,
        175,
    )


def test_a_low_indicator_under_a_low_average_is_not_hidden() -> None:
    assert "zero_hidden" not in codes(project(indicator("10", "0"), indicator("10", "10")))
    assert codes(project(indicator("10", "8"), indicator("10", "13"))) == []


def test_a_band_settled_by_hand_hides_nothing() -> None:
    settled = project(indicator("10", "1"), overrides=(Override(12, "คณะกรรมการเห็นชอบ", D(100)),))
    assert "zero_hidden" not in codes(settled)


RED = indicator("10 10 10 10 10 10", "1 1 1 1 1 1")


def explained(period: int, **words: str) -> object:
    return project(RED, narratives=(Narrative(period, **words),))


def test_a_red_project_without_a_word_is_found() -> None:
    finding = only(RED, "red_without_explanation")
    assert finding.params["percent"] == 10


@pytest.mark.parametrize("words", [{"result": "ลงนามแล้ว"}, {"cause": "ไม่มีผู้ยื่นซอง"}])
def test_result_or_cause_of_the_quarter_is_an_explanation(words: dict[str, str]) -> None:
    assert codes(explained(6, **words), as_of=6) == []
    assert codes(explained(4, **words), as_of=6) == []


def test_a_word_of_an_earlier_quarter_or_only_a_next_step_is_none() -> None:
    assert codes(explained(3, cause="ไม่มีผู้ยื่นซอง"), as_of=6) == ["red_without_explanation"]
    assert codes(explained(6, next_step="ประกาศใหม่"), as_of=6) == ["red_without_explanation"]


def test_the_rule_set_says_from_which_band_on() -> None:
    orange = indicator("10", "6")
    assert codes(orange) == []
    strict = replace(PERCENT_OF_PLAN, explain_below="low")
    assert [f.code for f in check(orange, ruleset=strict)] == ["red_without_explanation"]
    assert check(RED, ruleset=replace(PERCENT_OF_PLAN, explain_below="")) == ()


def test_a_soft_target_is_a_notice_above_the_limit_only() -> None:
    assert only(indicator("10 10", "15 16"), "over_achieved").severity == "notice"
    assert codes(indicator("10 10", "15 15")) == []


def test_running_ahead_within_the_year_is_no_soft_target() -> None:
    early = indicator("10 10 10 10", "18 10 . .")
    assert codes(early, as_of=1) == []
    assert codes(indicator("10 10 10 10", "65 10 . ."), as_of=1) == ["over_achieved"]


def test_an_override_needs_a_reason_on_indicator_and_project() -> None:
    silent = (Override(12, " ", D(80)),)
    assert codes(project(indicator(overrides=silent))) == ["override_without_reason"]
    assert codes(project(overrides=silent)) == ["override_without_reason"]
    assert codes(project(overrides=(Override(12, "ตามมติ", D(80)),))) == []


def test_an_override_names_a_band_that_exists() -> None:
    assert codes(project(overrides=(Override(12, "ตามมติ", band="blue"),))) == ["override_band_unknown"]
    assert codes(project(overrides=(Override(12, "ตามมติ", band="good"),))) == []


def test_a_status_must_fit_the_result() -> None:
    done = project(RED, status=ProjectStatus.DONE, narratives=(Narrative(12, "ช้า"),))
    assert codes(done) == ["done_with_poor_result"]
    assert codes(project(status=ProjectStatus.NOT_STARTED)) == ["not_started_with_result"]
    assert codes(project(status=ProjectStatus.DONE)) == []


def test_a_record_settled_twice_for_one_month_is_named() -> None:
    """WE6: the latest by day holds, whatever the order."""
    twice = (
        Override(12, "มติ", D(80), decided_on=date(2026, 1, 9)),
        Override(12, "มติเดิม", D(60), decided_on=date(2026, 1, 5)),
    )
    finding = only([indicator(overrides=twice)], "override_superseded")
    assert (finding.params["count"], finding.params["settled"]) == (2, 80)
    assert "override_superseded" not in codes([indicator(overrides=twice[:1])])
