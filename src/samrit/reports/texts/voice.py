"""How a report speaks: its language, its template and its way of writing figures.

Builders write Arabic digits; ``digits.in_thai`` turns a finished document over, so
that no builder has to think of it (R287).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samrit.engine.arithmetic import round_half_up
from samrit.engine.model import Fund, Mark, Strategy, Tactic
from samrit.engine.tree import in_words_of, tactic_tree
from samrit.reports.texts.sentences import sentences
from samrit.reports.texts.template import Template
from samrit.vocabulary.figures import Ends
from samrit.vocabulary.numbers import format_number
from samrit.vocabulary.periods import format_date
from samrit.vocabulary.speech import currency, speaking, speech
from samrit.vocabulary.targets import is_percent_unit
from samrit.vocabulary.text import filled

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Voice:
    """One language and one template; everything that a builder writes goes through it."""

    language: str
    template: Template

    def say(self, key: str, **values: str) -> str:
        """Return the sentence ``key`` filled with values that are formatted already."""
        text = self.template.text(self.language, key) or sentences()[key][self.language]
        return filled(speech().says(text, self.language), values)

    def name(self, thai: str, english: str) -> str:
        """Return the name in the report's language, the Thai one where there is no English."""
        return english if self.language == "en" and english else thai

    def count(self, value: int) -> str:
        """Return a count with thousands separators."""
        return format_number(value)

    def count_or_dash(self, value: int) -> str:
        """Return a count, "–" for none, as the tables of kinds print it (R208)."""
        return format_number(value) if value else NOTHING

    def figure(self, value: Decimal | Mark | None) -> str:
        """Return a monthly figure as it was given: its own decimals, "–" for nothing planned, blank for no report."""
        if value is None or value is Mark.BLANK:
            return ""
        if isinstance(value, Mark):
            return NOTHING
        return f"{value:,f}"

    def total(self, value: Decimal | Ends | None) -> str:
        """Return a computed total with at most the template's decimals and no trailing zeros, a range by both ends."""
        if value is None:
            return NOTHING
        if isinstance(value, Ends):
            return value.written(self.total)
        return format_number(round_half_up(value, self.template.figure_places), None)

    def money(self, value: Decimal) -> str:
        """Return an amount of the plan's money: whole, or with its decimals where there are some."""
        own = speech().money.places
        places = own if own != currency().places else self.template.budget_places
        rounded = round_half_up(value, places)
        whole = rounded == rounded.to_integral_value()
        return format_number(rounded, 0 if whole else places)

    def measured(self, value: str, unit: str) -> str:
        """Return a figure with its unit, which is before the figure where Thai says it so ("ร้อยละ 100")."""
        if is_percent_unit(unit):
            return self.say("percent_of", value=value)
        return self.say(
            "measured_before" if unit == self.say("level_unit") else "measured", value=value, unit=unit
        ).strip()

    def date(self, day: date) -> str:
        """Return a date in the plan's era: "27 กุมภาพันธ์ 2569"."""
        return format_date(day, self.language)

    def listing(self, parts: Sequence[str]) -> str:
        """Return parts as a running list with "and" before the last: "a b และc", "a, b and c"."""
        if len(parts) < 2:
            return "".join(parts)
        return self.say("comma").join(parts[:-1]) + self.say("and") + parts[-1]

    def strategy_short(self, code: str) -> str:
        """Return "ยุทธศาสตร์ที่ 1"; for an empty code that no strategy is stated."""
        return self.say("strategy_n", code=code) if code else self.say("strategy_none")

    def strategy_full(self, strategy: Strategy) -> str:
        """Return number and name of a strategy, with the English name in brackets in Thai reports (R220, R291)."""
        name = self.name(strategy.name, strategy.name_en)
        if self.language == "th" and strategy.name_en:
            name = f"{name} ({strategy.name_en})"
        return self.say("strategy_named", code=strategy.code, name=name)

    def tactics_full(self, tactics: Iterable[Tactic], code: str) -> tuple[str, ...]:
        """Return number and name of each tactic from the topmost one down to ``code``, in the words of its level."""
        tree = tactic_tree(tactics)
        return tuple(self._tactic(each, tree.own.get(each)) for each in tree.line(code))

    def _tactic(self, code: str, tactic: Tactic | None) -> str:
        if tactic is None:
            return self.say("tactic_named", code=code, name="")
        name = self.name(tactic.name, tactic.name_en)
        with speaking(in_words_of(tactic)):
            return self.say("tactic_named", code=tactic.printed, name=name)

    def fund_name(self, fund: Fund | None, code: str = "") -> str:
        """Return the name of a fund, its code where the plan does not describe it."""
        if fund is None:
            return code or self.say("fund_none")
        return self.name(fund.name, fund.name_en) or fund.code
