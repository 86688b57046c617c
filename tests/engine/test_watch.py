"""Which works to look at first (EW1): the score is the sum of its parts, each shown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from samrit.engine.forecast import POINTS, EarlyWarning, ProjectForecast, reason_text, watch_list
from samrit.engine.forecast.reasons import REASONS
from samrit.engine.model import Project
from samrit.package.kinds import KINDS
from tests.engine.rule_tables import Case, cases


def warned(own: str, percent: str | None, *codes: str) -> EarlyWarning:
    forecast = object.__new__(ProjectForecast)
    object.__setattr__(forecast, "project", Project(own, 1, "", "1"))
    object.__setattr__(forecast, "percent", None if percent is None else Decimal(percent))
    return EarlyWarning(forecast, tuple((code, {}) for code in codes))


@pytest.mark.parametrize("case", cases("watch"), ids=str)
def test_the_score_is_the_sum_of_its_parts(case: Case) -> None:
    """EW1: each reason once, the heaviest first."""
    codes = [] if case["found"] == "–" else [code.strip() for code in case["found"].split(",")]
    found = watch_list([warned("A", "40", *codes)])
    if case["score"] == "none":
        assert found == ()
        return
    assert found[0].score == int(case["score"])
    assert ", ".join(f"{part.code} {part.points}" for part in found[0].parts) == case["parts"]
    assert sum(part.count for part in found[0].parts) == len(codes)


def test_the_highest_score_comes_first_then_the_lowest_forecast() -> None:
    works = (
        warned("A", "90", "silent"),
        warned("B", "40", "silent"),
        warned("C", None, "silent"),
        warned("D", "95", "step_overdue"),
    )
    assert [w.project.id for w in watch_list(works)] == ["D", "B", "A", "C"]


def test_every_reason_has_points_on_its_page_and_words_and_every_kind_warns_with_one() -> None:
    assert POINTS.keys() <= REASONS.keys()
    assert {kind.warns for kind in KINDS} - {""} <= POINTS.keys()
    assert all(kind.waits for kind in KINDS if kind.warns)
    assert reason_text("step_overdue", {"due": "30 เม.ย. 2569", "due_en": "30 Apr 2026"}, "en").endswith("30 Apr 2026")
