"""Six offices unlike the first: from the form that a person filled to the right figure, band and money of each work.

The right values stand in examples/offices/README.md, reckoned by hand.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from samrit.engine.model import Rhythm
from samrit.engine.overall import scores
from samrit.engine.score import score
from samrit.package import read, write
from samrit.package.flatten import rows_of
from samrit.package.ready_rules import ready_rules
from samrit.vocabulary.findings import Severity
from tests.offices.forms import by_hand, draft, package

NAMES = ("tambon", "faculty", "ngo", "health-district", "province", "okr")


@pytest.mark.parametrize("row", by_hand("offices"), ids=lambda row: "-".join(row[:3]))
def test_a_work_has_the_figure_band_and_money_that_a_hand_reckons(row: list[str]) -> None:
    office, month, work, figure, band, money, _ = row
    plan = package(office)
    ruleset = plan.ruleset()
    assert ruleset is not None
    found = score(plan.plan, ruleset, int(month)).project(work)
    assert found is not None
    told = None if found.figure is None else found.figure.quantize(Decimal("0.00000001"))
    assert told == (None if figure == "none" else Decimal(figure))
    assert (found.band.code if found.band else "–") == band
    assert found.project.budget == (None if money == "–" else Decimal(money))


@pytest.mark.parametrize("row", by_hand("scores"), ids=lambda row: "-".join(row[:3]))
def test_a_part_of_the_plan_has_the_score_that_a_hand_reckons(row: list[str]) -> None:
    """RU5, from the filled form."""
    office, month, of, figure, _ = row
    plan = package(office)
    ruleset = plan.ruleset()
    assert ruleset is not None
    found = scores(score(plan.plan, ruleset, int(month)))
    assert found is not None
    level, _, key = of.partition(" ")
    assert found.of(level, key).figure == Decimal(figure)


@pytest.mark.parametrize("office", NAMES)
def test_a_filled_form_is_a_plan_without_an_error_and_is_kept_whole(office: str, tmp_path: Path) -> None:
    assert [f for f in draft(office).findings if f.severity is Severity.ERROR] == []
    write(package(office), tmp_path / "kept")
    kept = read(tmp_path / "kept")
    assert kept.findings == ()
    assert kept.package is not None
    assert rows_of(kept.package) == rows_of(package(office))


def test_the_settings_of_the_first_sheet_are_the_plans_own() -> None:
    ngo = package("ngo").plan
    assert (ngo.year_be, ngo.era, ngo.currency, ngo.language, ngo.holiday_country) == (2569, "ce", "USD", "en", "KE")
    assert (ngo.strategy_name_en, ngo.tactic_name_en, ngo.project_name_en) == (
        "Outcome/Outcomes",
        "Output/Outputs",
        "Activity/Activities",
    )
    province = package("province").plan
    assert (province.rhythm, province.due_day, province.strategies[0].weight) == (Rhythm.HALF_YEARLY, 15, 60)
    tambon = package("tambon").plan
    assert (tambon.calendar, tambon.era, tambon.strategy_name, tambon.language) == ("fiscal", "", "ด้าน", "th")


@pytest.mark.parametrize(
    ("office", "rules"),
    [
        ("tambon", "percent-4"),
        ("faculty", "level-5"),
        ("ngo", "logframe-3"),
        ("health-district", "logframe-3"),
        ("province", "level-5"),
        ("okr", "percent-4"),
    ],
)
def test_a_form_takes_a_ready_made_rule_set(office: str, rules: str) -> None:
    assert package(office).ruleset() == ready_rules()[rules]


@pytest.mark.parametrize("rules", ready_rules().values(), ids=lambda rules: rules.id)
def test_a_ready_made_rule_set_says_its_limits_only_once(rules: object) -> None:
    """BA1: texts are made from the limits, so none can say something else."""
    bands = rules.bands  # type: ignore[attr-defined]
    assert [band.range_text for band in bands] == [""] * len(bands)
    limits = [band.upper for band in bands]
    assert limits[-1] is None
    assert limits[:-1] == sorted(limits[:-1])
