"""Names of a plan's parts in the reader's language, and its bands as pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from samrit.engine.bands import band_by_code, format_percent
from samrit.engine.results import PlanResult
from samrit.engine.ruleset import Band
from samrit.engine.tree import TacticTree, tactic_tree
from samrit.plans.selectors.results.look import Look
from samrit.vocabulary.months import month_name
from samrit.vocabulary.periods import format_month, period_month, quarter_name, quarter_of, report_name
from samrit.vocabulary.speech import speech
from samrit.vocabulary.terms import everyone, is_everyone, label


@dataclass(frozen=True, slots=True)
class PeriodName:
    """A period of the plan's year and its names: of what is reported with it, and of its month alone."""

    number: int
    name: str  # "July – September 2026" of a plan that reports by quarters
    short: str
    quarter: str
    month: str  # "Sep 2026", whatever the rhythm
    abbreviation: str  # "Sep"


class Names:
    """Everything with a name in one evaluated plan, in one language; unknown codes are their own names."""

    def __init__(self, result: PlanResult, language: str, units: Mapping[str, Any] | None = None) -> None:
        self.result, self.language = result, language
        self._register = units or {}
        self.offered: dict[tuple[str, str, str], Mapping[str, str]] = {}  # of a work, by kind of record and field

    @classmethod
    def of(cls, seen: Look) -> Names:
        """Return the names of what is seen."""
        return cls(seen.result, seen.language, seen.units)

    def plan_title(self, plan: Any) -> str:
        """Return the title of a plan."""
        return (self.language == "en" and plan.title_en) or str(plan.title)

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """The rule set's bands, best first."""
        return tuple(reversed(self.result.ruleset.bands))

    def band_name(self, band: Band) -> str:
        """Return a band's name."""
        return (self.language == "en" and band.name_en) or band.name

    def percent(self, value: Decimal | None) -> str:
        """Return a figure as it is printed beside its band (BA2); "–" without one."""
        return "–" if value is None else format_percent(value, self.result.ruleset)

    def named(self, group: str, code: str) -> str:
        """Return the name of a fund, strategy, tactic or programme."""
        return self._parts[group].get(code, code)

    def number(self, group: str, code: str) -> str:
        """Return the printed number of a strategy, tactic or programme: its code, unless the plan says (R18)."""
        return self._numbers.get((group, code), code)

    def headed(self, group: str, code: str) -> str:
        """Return a name behind the number that the plan gives it beside its code, the name alone without one (R18)."""
        return f"{self._numbers.get((group, code), '')} {self.named(group, code)}".strip()

    @cached_property
    def _numbers(self) -> Mapping[tuple[str, str], str]:
        plan = self.result.plan
        found = {("programme", each.code): each.number for each in plan.programmes if each.number}
        # Where one tactic is printed with another number than its code, the others stand with theirs beside it.
        tactics = plan.tactics if any(each.number for each in plan.tactics) else ()
        return found | {("tactic", each.code): each.printed for each in tactics}

    @property
    def funds(self) -> tuple[tuple[str, str], ...]:
        """The funds to choose from, code and name: nothing where the plan has one or none (R3)."""
        funds = self.result.plan.funds
        return tuple((fund.code, self._own(fund)) for fund in funds) if len(funds) > 1 else ()

    @cached_property
    def _parts(self) -> Mapping[str, Mapping[str, str]]:
        plan = self.result.plan
        parts: dict[str, tuple[Any, ...]] = {
            "fund": plan.funds,
            "strategy": plan.strategies,
            "tactic": plan.tactics,
            "programme": plan.programmes,
        }
        return {group: {item.code: self._own(item) for item in items} for group, items in parts.items()}

    @cached_property
    def tactics(self) -> TacticTree:
        """The tree of the plan's tactics."""
        return tactic_tree(self.result.plan.tactics)

    def unit(self, code: str) -> str:
        """Return a unit's name: the register's, else the plan's, that of all units (R89), else its code."""
        found = self._register.get(code) or self._plan_units.get(code)
        if found is None and is_everyone(code):
            return everyone(self.language)
        return self._own(found) if found is not None else code

    @cached_property
    def _plan_units(self) -> Mapping[str, Any]:
        return {unit.code: unit for unit in self.result.plan.units}

    def _own(self, item: Any) -> str:
        english = getattr(item, "name_en", "")
        return str((self.language == "en" and english) or item.name or item.code)

    def word(self, code: str, group: str) -> str:
        """Return a word of the vocabulary."""
        return label(code, self.language, group)

    def period(self, number: int) -> PeriodName:
        """Return the names of a period of the plan."""
        plan = self.result.plan
        full, short = (
            report_name(plan.year_be, plan.calendar, number, self.language, short=short) for short in (False, True)
        )
        is_quarter = number % 3 == 0 and speech().months <= 3
        quarter = quarter_name(quarter_of(number), self.language, short=True) if is_quarter else short
        at = period_month(plan.year_be, plan.calendar, number)
        month = format_month(at, self.language, short=True)
        return PeriodName(number, full, short, quarter, month, month_name(at.month, self.language, short=True))


def row_name(names: Names, rows: str, row: str) -> str:
    """Return the name of a row of a table of one dimension, "all" for its total."""
    if not row:
        return "ทั้งหมด" if names.language == "th" else "all"
    if rows == "unit":
        return names.unit(row)
    if rows in ("kind", "kind_group"):
        try:
            return names.word(row, rows)
        except KeyError:
            return row
    return names.headed(rows, row)


def band_word(names: Names, code: str) -> str:
    """Return the name of a band by its code, "all bands" for none."""
    band = band_by_code(code, names.result.ruleset)
    if band is not None:
        return names.band_name(band)
    return code or ("ทุกระดับ" if names.language == "th" else "all bands")
