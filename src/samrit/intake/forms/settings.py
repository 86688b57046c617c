"""The plan's own settings on the form's first sheet: how it speaks, and by which rules it is judged."""

from __future__ import annotations

import re
from typing import Any

from samrit.engine.model import Plan, Rhythm
from samrit.engine.ruleset import PERCENT_OF_PLAN, RuleSet
from samrit.intake.forms.rows import Row
from samrit.package.ready_rules import GROUP, default_rules, ready_rules
from samrit.vocabulary.speech import Speech

_LEVELS = ("strategy_name", "tactic_name", "project_name", "planner_name")
_THAI = re.compile(r"[ก-๙]")


def settings_of(about: Row | None) -> dict[str, Any]:
    """Return the plan's own settings as fields of a plan; the era is that of the year as typed where none is chosen."""
    if about is None:
        return {}
    year = about.typed_year("year_be")
    made: dict[str, Any] = {
        "era": about.choice("era", "era") or ("ce" if year is not None and year.era == "ce" else ""),
        "currency": about.text("currency").upper(),
        "language": about.choice("language", "language"),
        "holiday_country": about.text("holiday_country").upper(),
        "rhythm": Rhythm(rhythm) if (rhythm := about.choice("rhythm", "rhythm")) else None,
        "due_day": about.whole("due_day"),
    }
    for name in _LEVELS:
        for word in filter(None, map(str.strip, about.text(name).split("|"))):
            made[name if _THAI.search(word) else f"{name}_en"] = word
    return made


def spoken_in(about: Row | None) -> Speech:
    """Return how the plan of a form speaks, to read its years and amounts by."""
    return Plan("", "", 0, **settings_of(about)).speech


def rules_of(about: Row | None) -> RuleSet:
    """Return the rule set that a form chooses, the first of the ready ones where it chooses none.

    A workbook without the form's first sheet is an evaluation of ours, which has the office's own rules.
    """
    if about is None:
        return PERCENT_OF_PLAN
    return ready_rules().get(about.choice("rules", GROUP), default_rules())
