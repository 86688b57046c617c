"""The plan's own settings on the form's first sheet: how it speaks, and by which rules it is judged."""

from __future__ import annotations

import re
from typing import Any

from samrit.engine.model import Plan, Rhythm
from samrit.engine.ruleset import RuleSet
from samrit.intake.forms.indicators import RowsByTable
from samrit.intake.forms.own_rules import described
from samrit.intake.forms.rows import FormRow
from samrit.package.ready_rules import GROUP, default_rules, ready_rules
from samrit.vocabulary.speech import Speech

_LEVELS = ("strategy_name", "tactic_name", "project_name", "planner_name")
_THAI = re.compile(r"[ก-๙]")


def settings_of(about: FormRow | None) -> dict[str, Any]:
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
        made |= words_of(about, name)
    return made


def words_of(row: FormRow, name: str) -> dict[str, Any]:
    """Return what a cell calls something, by the field of each language: "ผลผลิต | Output"."""
    words = filter(None, map(str.strip, row.text(name).split("|")))
    return {name if _THAI.search(word) else f"{name}_en": word for word in words}


def texts_of(row: FormRow | None, *names: str) -> dict[str, Any]:
    """Return the texts of a row that say something, by the fields of the same names."""
    return {} if row is None else {name: text for name in names if (text := row.text(name))}


def spoken_in(about: FormRow | None) -> Speech:
    """Return how the plan of a form speaks, to read its years and amounts by."""
    return Plan("", "", 0, **settings_of(about)).speech


def rules_of(about: FormRow | None, rows: RowsByTable) -> RuleSet:
    """Return the rule set that a form chooses or describes, the first of the ready ones where it does neither."""
    chosen = about.choice("rules", GROUP) if about is not None else ""
    return described(ready_rules().get(chosen, default_rules()), rows)
