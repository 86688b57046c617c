"""A report tells of a plan what the plan says, and nothing that it does not have (issue M)."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from samrit.engine.explain import explain
from samrit.engine.model import Entry, Indicator, Plan, Project, Rhythm, Tactic
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from samrit.package import PlanPackage
from samrit.package.ready_rules import ready_rules
from samrit.plans.evaluation.scoring import ruleset_of
from samrit.reports.document.model import Items, Paragraph, TableBlock
from samrit.reports.evaluation import report
from samrit.reports.texts.sentences import sentences
from samrit.vocabulary.findings import catalogue
from samrit.vocabulary.speech import LevelName, Speech
from samrit.vocabulary.text import filled
from tests.offices.forms import package


def text_of(plan: Plan, as_of: int = 6) -> str:
    """Return the English report of a plan as text."""
    kept = package("ngo")
    ruleset = kept.ruleset()
    assert ruleset is not None
    lines = []
    for block in report.build(score(plan, ruleset, as_of), language="en").blocks:
        match block:
            case Paragraph():
                lines.append(str(block))
            case Items():
                lines += map(str, block.items)
            case TableBlock():
                lines += [" | ".join(cell.text for cell in row.cells) for row in (*block.head, *block.rows)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("rhythm", "day", "said"),
    [
        (Rhythm.MONTHLY, 20, "by day 20 of the following month, or"),
        (Rhythm.QUARTERLY, 20, "by day 20 of the month after each quarter, or"),
        (Rhythm.HALF_YEARLY, 45, "within 45 days of the end of each half-year, or"),
        (Rhythm.YEARLY, None, "by day 5 of the month after each year of the plan, or"),
    ],
)
def test_the_duty_to_report_is_the_plans_own(rhythm: Rhythm, day: int | None, said: str) -> None:
    """R222, SP2."""
    assert said in text_of(replace(package("ngo").plan, rhythm=rhythm, due_day=day), 12)


def test_a_line_that_measures_a_strategy_is_no_work_outside_the_tables() -> None:
    plan = package("ngo").plan
    measure = Indicator("G.1", 1, "Reach", entries=(Entry(12, planned=Decimal(5)),))
    goal = Project("G", 9, "Reach of it all", plan.strategies[0].code, indicators=(measure,), level="strategy")
    with_goal = replace(plan, projects=(*plan.projects, goal))
    outside = re.findall("outside the tables.*", text_of(plan))
    assert re.findall("outside the tables.*", text_of(with_goal)) == outside


def test_a_plan_without_kinds_of_work_is_not_counted_by_kind() -> None:
    plan = replace(package("ngo").plan, projects=tuple(replace(p, kind=None) for p in package("ngo").plan.projects))
    assert "outine" not in text_of(plan)
    assert "outine" in text_of(package("tambon").plan)


def test_categories_without_a_figure_are_said_to_have_none() -> None:
    """BD1."""
    part = Indicator("P1.1.1", 1, "Women", part_of="P1.1", dimension="Sex")
    whole = Indicator("P1.1", 1, "Trained", entries=(Entry(1, planned=Decimal(5), actual=Decimal(5)),), parts=(part,))
    plan = Plan("p", "Plan", 2569, projects=(Project("P1", 1, "Work", "1", indicators=(whole,)),))
    steps = explain(score(plan, PERCENT_OF_PLAN, 1), "P1.1")
    assert [(s.code, s.shown) for s in steps.children if s.code.startswith("breakdown")] == [("breakdown", "–")]


def test_one_word_stands_for_a_work_however_the_product_says_it() -> None:
    words = Speech(project=LevelName(en="Key result/Key results"))
    for said in ("work or project", "activity or project", "work"):
        assert words.says(f"Every {said} counts", "en") == "Every key result counts"


NOUNS = r"works|projects|activities|indicators|results|units|people|persons|parts|faults"


def test_one_of_something_is_never_called_several() -> None:
    """English chooses by the number: "1 work", "2 works"."""
    every = {key: text["en"] for key, text in sentences().items()}
    wrong = {key: text for key, text in every.items() if re.search(rf"\{{\w+\}} (more )?({NOUNS})\b", text)}
    assert wrong == {}
    chosen = [text for text in every.values() if "|" in text]
    assert len(chosen) > 10
    for text in chosen:
        names = re.findall(r"\{(\w+)", text)
        one, many = (filled(text, dict.fromkeys(names, count)) for count in ("1", "2"))
        assert one != many
        assert "|" not in one + many


def test_a_year_in_a_finding_is_named_by_its_era() -> None:
    """Else it would be printed in the Buddhist era for every plan."""
    named = {
        (code, field)
        for code, message in catalogue().items()
        for field in re.findall(r"\{(\w*year\w*)", message.th + message.en)
        if not field.endswith(("year_be", "year_ce"))
    }
    assert named == set()


def test_a_plan_without_money_has_no_column_of_it() -> None:
    plan = package("ngo").plan
    moneyless = replace(plan, projects=tuple(replace(p, budgets=()) for p in plan.projects))
    assert "Budget" in text_of(plan)
    assert "Budget" not in text_of(moneyless)


def test_months_stand_under_the_spans_that_the_plan_reports_by() -> None:
    """SP2."""
    plan = package("ngo").plan
    for rhythm, said in ((None, "Quarter 4"), (Rhythm.HALF_YEARLY, "Half-year 2"), (Rhythm.YEARLY, "Whole year")):
        heads = text_of(replace(plan, rhythm=rhythm), 12)
        assert [name for name in ("Quarter 4 |", "Half-year 2 |", "Whole year |") if name in heads] == [f"{said} |"]


def test_a_package_without_rules_is_judged_by_no_offices_own() -> None:
    """The first office's bands and their texts belong to its example."""
    bare = PlanPackage(replace(package("ngo").plan, ruleset=""))
    rules = ruleset_of(bare)
    assert rules == ready_rules()["percent-4"]
    assert {band.range_text for band in rules.bands} == {""}


@pytest.mark.parametrize(
    ("level", "names", "called"),
    [
        ("strategy", {}, "Outcome"),
        ("tactic", {}, "Output"),
        ("tactic", {"level_name_en": "Deliverable"}, "Deliverable"),
    ],
)
def test_a_line_that_measures_a_goal_is_called_by_its_level_in_the_annex(
    level: str, names: dict[str, str], called: str
) -> None:
    """RU5: it is no activity, and has no number among them."""
    plan = package("ngo").plan
    code = plan.strategies[0].code
    measure = Indicator("G.1", 1, "Reach", entries=(Entry(6, planned=Decimal(5), actual=Decimal(5)),))
    goal = Project("G", 9, "Reach of it all", code, tactic="T1", indicators=(measure,), level=level)
    tactic = Tactic("T1", code, "Wells", **names)  # type: ignore[arg-type]
    text = text_of(replace(plan, projects=(goal,), tactics=(tactic,)))
    assert f"{called}: Reach of it all" in text
    assert f"Average result of: {called} (%)" in text
    assert re.findall(r"9\. Reach|of the activity", text) == []


def test_a_plan_without_weights_has_no_column_of_them() -> None:
    plan = package("ngo").plan
    bare = (replace(p, indicators=tuple(replace(i, weight=None) for i in p.indicators)) for p in plan.projects)
    assert "| Weight |" in text_of(plan)
    assert "Weight" not in text_of(replace(plan, projects=tuple(bare)))
