"""The formulas of one project's row (WE1–WE5, BA1–BA4), each as a method that names its rule."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from samrit.engine.results import ProjectResult
from samrit.engine.ruleset import Method, WithoutPlan
from samrit.reports.workbook.data import formulas
from samrit.reports.workbook.data.overrides import OverridesSheet
from samrit.reports.workbook.writing.bands import band_limits
from samrit.reports.workbook.writing.book import Book
from samrit.reports.workbook.writing.layout import DataSheet

_ANY_NUMBER = '">-1E+300"'


class ProjectFormulas:
    """Formula texts for the rows of the sheet of projects.

    Indicators are found by the number of their project, so both sheets may be sorted.  In a
    large plan, where looking through all rows for every project would take minutes, only
    the project's own rows are looked at, and the sheets have no filter to sort by.
    """

    def __init__(self, book: Book, sheet: DataSheet, indicators: DataSheet, overrides: OverridesSheet) -> None:
        self.book = book
        self._blocks = _blocks(book.result.projects) if book.is_large else ()
        self.sheet = sheet
        self.indicators = indicators
        self.overrides = overrides
        self.limits = band_limits(book.result.ruleset)
        rules = book.result.ruleset
        self.method, self.without_plan, self.lowest_for_best = rules.method, rules.without_plan, rules.lowest_for_best

    def _column(self, row: int, key: str) -> str:
        """Return the column of all indicators, or in a large plan only the rows of this project's."""
        if not self._blocks:
            return self.indicators.name(key)
        first, last = self._blocks[row]
        return self.indicators.among(key, first, last)

    def _mine(self, row: int) -> str:
        return f"{self._column(row, 'project_no')},{self.sheet.cell('no', row)}"

    def _count(self, row: int, key: str, criterion: str) -> str:
        return f"COUNTIFS({self._mine(row)},{self._column(row, key)},{criterion})"

    def _sum(self, row: int, key: str) -> str:
        return f"SUMIFS({self._column(row, key)},{self._mine(row)})"

    def n_indicators(self, row: int) -> str:
        """Return how many indicators the project has."""
        return f"COUNTIFS({self._mine(row)})"

    def n_weights(self, row: int) -> str:
        """Return how many of them have a weight (WE2)."""
        return self._count(row, "weight", _ANY_NUMBER)

    def n_nonzero(self, row: int) -> str:
        """Return how many of them have a weight that is not 0 (WE2)."""
        return "+".join(self._count(row, "weight", f'"{sign}0"') for sign in "<>")

    def weight_given(self, row: int) -> str:
        """Return the sum of the weights that were given (WE2)."""
        return self._sum(row, "weight")

    def n_overridden(self, row: int) -> str:
        """Return how many of them the evaluators settled (WE4)."""
        return self._count(row, "override_count", '">0"')

    def weight_sum(self, row: int) -> str:
        """Return the sum of the weights used (WE1)."""
        return self._sum(row, "weight_used")

    def weight_present(self, row: int) -> str:
        """Return the sum of the weights that take part (WE3)."""
        return f"SUMIFS({self._column(row, 'weight_used')},{self._mine(row)},{self._column(row, 'takes_part')},1)"

    def state(self, row: int) -> str:
        """Return the project's state from its indicators': scored as soon as one is, else why not."""
        conditions = [(f"{self.sheet.cell('n_overridden', row)}>0", "state_scored")]
        order = ("scored", "not_reported", "no_plan", "not_due", "no_data", "not_applicable")
        conditions += [(f"{self._count(row, 'state', f'state_{s}')}>0", f"state_{s}") for s in order]
        return formulas.first_of(conditions, "state_no_data")

    def _closed(self, row: int, nothing: str, full: str) -> str:
        """Return what a work without any figure comes to: at the year's end by the rule set (AC4, BA4), else blank."""
        state, blank = self.sheet.cell("state", row), '""'
        reported = f"{self._count(row, 'actual_total', _ANY_NUMBER)}"
        planned = f"{self._count(row, 'plan_total', _ANY_NUMBER)}"
        without = {
            WithoutPlan.LISTED: blank,
            WithoutPlan.RED: nothing,
            WithoutPlan.AS_REPORTED: f"IF({reported}>0,{full},{nothing})",
        }[self.without_plan]
        conditions = [
            (f"OR(as_of<12,{state}=state_not_applicable)", blank),
            (f"OR({state}=state_no_data,AND({state}=state_not_due,{planned}+{reported}=0))", nothing),
            (f"OR({state}=state_no_plan,{state}=state_not_due)", without),
        ]
        return formulas.first_of(conditions, blank)

    def _divided(self, row: int, total: str, by: str, key: str) -> str:
        """Return ``total`` ÷ ``by``; where nothing takes part, what the year's end makes of it (AC4, BA4)."""
        weights = self._weights_with(row, key)
        absent = self._closed(row, "0", "100")
        return f"IF(ROUND({weights},guard)=0,{absent},{total}{by.format(weights)})"

    def computed_percent(self, row: int) -> str:
        """Return Σ(weight × percent) ÷ 100 (WE1); beside points over those assessed that have a percent (M-B)."""
        spread = f"*{self._sum(row, 'effective_weight')}/{{}}" if self.book.by_points else ""
        return self._divided(row, self._sum(row, "contribution"), spread, "contribution")

    def score(self, row: int) -> str:
        """Return the points: settled, of the settled percent, or computed (WE6)."""
        at = self.sheet.cell
        score, percent = at("override_score", row), at("override_percent", row)
        of_percent = percent
        if self.method is not Method.TRANSPARENCY:
            of_percent = self._points_of(percent)
        settled = f"IF(ISNUMBER({percent}),{of_percent},{at('computed_score', row)})"
        return f"IF(ISNUMBER({score}),{score},{settled})"

    def _points_of(self, percent: str) -> str:
        if self.book.result.ruleset.scale is None:
            return '""'
        step = f"SUMPRODUCT(MAX(({formulas.guarded(percent)}>=scale_threshold)*scale_rank))"
        scale = {"thresholds": "scale_threshold", "points_": "scale_points", "count_": "scale_count"}
        return formulas.points(percent, step, **scale, interpolated="scale_interpolated")

    def override_score(self, row: int) -> str:
        """Return the points that the evaluators settled (WE6)."""
        return self.overrides.score("project", self.sheet.cell("id", row))

    def computed_score(self, row: int) -> str:
        """Return Σ(weight × points) ÷ Σ weight of what was assessed (M-B)."""
        some = f"{self._count(row, 'score_contribution', _ANY_NUMBER)}>0"
        weights = self._weights_with(row, "score_contribution")
        closed = self._closed(
            row, "scale_floor", "100" if self.method is Method.TRANSPARENCY else self._points_of("100")
        )
        mean = f"IF(ROUND({weights},guard)=0,{closed},{self._sum(row, 'score_contribution')}*100/{weights})"
        return f"IF({some},{mean},{closed})"

    def _weights_with(self, row: int, key: str) -> str:
        weights, having = self._column(row, "effective_weight"), self._column(row, key)
        return f"SUMIFS({weights},{self._mine(row)},{having},{_ANY_NUMBER})"

    def normalised_percent(self, row: int) -> str:
        """Return the reading that wrong weights do not distort (WE1)."""
        weights = self._weights_with(row, "contribution")
        return f'IF(ROUND({weights},guard)=0,"",{self._sum(row, "contribution")}*100/{weights})'

    def override_count(self, row: int) -> str:
        """Return how many overrides of the project are in force (WE4)."""
        return self.overrides.found("project", self.sheet.cell("id", row))

    def override_percent(self, row: int) -> str:
        """Return the percent that the evaluators settled (WE4)."""
        return self.overrides.percent("project", self.sheet.cell("id", row))

    def override_band(self, row: int) -> str:
        """Return the name of the band that the evaluators settled (WE4)."""
        return self.overrides.band("project", self.sheet.cell("id", row))

    def percent(self, row: int) -> str:
        """Return the official percent: settled, else computed (WE4)."""
        settled = self.sheet.cell("override_percent", row)
        return f"IF(ISNUMBER({settled}),{settled},{self.sheet.cell('computed_percent', row)})"

    def band_no(self, row: int) -> str:
        """Return the number of the official band: settled, of the settled percent, or of the figure (WE4, BA1)."""
        at = self.sheet.cell
        settled = f"SUMPRODUCT((band_name={at('override_band', row)})*band_order)"
        conditions = [
            (f'IF({at("override_band", row)}="",0,{settled})>0', settled),
            *self._band_of_percent(row),
            (f"ISNUMBER({self._figure(row)})", self._computed_band(row)),
        ]
        return formulas.first_of(conditions, '""')

    def _band_of_percent(self, row: int) -> list[tuple[str, str]]:
        if self.book.by_points:
            return []
        settled = self.sheet.cell("override_percent", row)
        return [(f"ISNUMBER({settled})", formulas.band(settled, self.limits))]

    def _figure(self, row: int) -> str:
        return self.sheet.cell("score" if self.book.by_points else "computed_percent", row)

    def _held(self, row: int, band: str) -> str:
        """Return the band, or the one below the best where an indicator is short of what the best asks for (WE5)."""
        if self.lowest_for_best is None or self.method is Method.TRANSPARENCY or self.limits < 1:
            return band
        short = '"<"&(lowest_for_best-0.5*10^-guard)'
        key = "score" if self.book.by_points else "percent"
        applies = f"AND({self._count(row, key, short)}>0,{self.sheet.cell('override_count', row)}=0)"
        return f"IF({applies},MIN({self.limits},{band}),{band})"

    def _computed_band(self, row: int) -> str:
        figure = formulas.guarded(self._figure(row))
        if self.method is not Method.TRANSPARENCY:
            return self._held(row, formulas.band(self._figure(row), self.limits))
        # The classes of a transparency assessment depend on the lowest tool too (M-E).
        excellent, good = (self._tools_reach(row, limit) for limit in (95, 85))
        return f"IF({figure}<70,1,IF({figure}<85,2,IF(AND({figure}>=95,{excellent}),5,IF({good},4,3))))"

    def _tools_reach(self, row: int, limit: int) -> str:
        """Return whether every tool assessed reaches a limit; without any the total itself has to."""
        below = self._count(row, "score", f'"<"&({limit}-0.5*10^-guard)')
        alone = f"{formulas.guarded(self._figure(row))}>={limit}"
        return f"IF({self._count(row, 'score', _ANY_NUMBER)}>0,{below}=0,{alone})"

    def band_name(self, row: int, key: str) -> str:
        """Return sign and word of the band with the number in column ``key`` (BA3)."""
        at = self.sheet.cell(key, row)
        return f'IF(ISNUMBER({at}),INDEX(band_label,{at}),"")'

    def counts(self, row: int) -> str:
        """Return 1 when the project enters the tables, as all do at the year's end, without a band too (AC4, BA4).

        A line that measures a strategy itself never does (RU5).
        """
        if self.book.result.projects[row].project.level:
            return "0"
        return f"IF(OR(as_of=12,ISNUMBER({self.sheet.cell('band_no', row)})),1,0)"

    def lowest(self, row: int) -> str:
        """Return the lowest indicator's percent, which an average can hide (WE5)."""
        percent = self._column(row, "percent")
        mine = f"({self._column(row, 'project_no')}={self.sheet.cell('no', row)})*ISNUMBER({percent})"
        return f'IF({self._count(row, "percent", _ANY_NUMBER)}=0,"",MIN(IF({mine},{percent},"")))'

    def lowest_indicator(self, row: int) -> str:
        """Return the id of the lowest indicator, the first of equals (WE5)."""
        percent, number, lowest = self._column(row, "percent"), self._column(row, "no"), self.sheet.cell("lowest", row)
        own = f"({self._column(row, 'project_no')}={self.sheet.cell('no', row)})"
        first = f'MIN(IF({own}*ISNUMBER({percent})*({percent}={lowest}),{number},""))'
        return f'IF(ISNUMBER({lowest}),INDEX({self._column(row, "id")},MATCH({first},{number},0)),"")'

    def second_percent(self, row: int) -> str:
        """Return the second reading: each indicator capped, divided by the sum of weights (AC7)."""
        reading = self._divided(row, self._sum(row, "second_contribution"), "*100/{}", "contribution")
        return f'IF(ISNUMBER(second_cap),{reading},"")'

    def second_places(self, row: int) -> str:
        """Return how many decimals the second reading needs beside its band (BA2)."""
        return '""' if self.book.by_points else formulas.places(self.sheet.cell("second_percent", row), self.limits)

    def second_band_no(self, row: int) -> str:
        """Return the band of the second reading; a settled result has no parts to cap."""
        at = self.sheet.cell
        own = '""'
        if not self.book.by_points:
            second = self._held(row, formulas.band(at("second_percent", row), self.limits))
            own = f'IF(ISNUMBER({at("second_percent", row)}),{second},"")'
        return f"IF({at('override_count', row)}>0,{at('band_no', row)},{own})"

    def changed(self, row: int) -> str:
        """Return a word where the workbook no longer says what the evaluation said."""
        at = self.sheet.cell
        figure = at("score" if self.book.by_points else "percent", row)
        issued = f"N({at('issued_percent', row)})"
        same = f"ABS(N({figure})-{issued})<=10^-guard+ABS({issued})*1E-12"
        return f'IF(AND({same},{at("band", row)}={at("issued_band", row)}&""),"","{self.book.say("changed")}")'


def _blocks(results: Sequence[ProjectResult]) -> tuple[tuple[int, int], ...]:
    """Return the first and last row of every project's indicators; one row, of another project, for none."""
    ends = list(accumulate(len(r.indicators) for r in results))
    starts = [0, *ends[:-1]]
    return tuple((first, max(end - 1, first)) for first, end in zip(starts, ends, strict=True))
