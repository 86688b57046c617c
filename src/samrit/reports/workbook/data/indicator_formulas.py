"""The formulas of one indicator's row (AC1–AC7, WE2–WE4), each as a method that names its rule."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.choices import BY_SITES
from samrit.engine.indicators.points import stands_alone
from samrit.engine.indicators.totals import Side, consolidation_of
from samrit.engine.model import Direction, Indicator, Quantity
from samrit.engine.model import Formula as Way
from samrit.engine.results import IndicatorResult
from samrit.engine.ruleset import Method
from samrit.reports.workbook.data import figures, formulas, percent_formulas
from samrit.reports.workbook.data.figures import MonthsRow
from samrit.reports.workbook.data.formulas import or_nothing
from samrit.reports.workbook.data.joint_formulas import JointFormulas
from samrit.reports.workbook.data.levels import LevelsSheet, milestones, own_steps, steps_met
from samrit.reports.workbook.data.overrides import OverridesSheet
from samrit.reports.workbook.data.percent_formulas import PartialFormulas, is_settled, settled_levels
from samrit.reports.workbook.data.series import until_of
from samrit.reports.workbook.data.sites import SitesSheet
from samrit.reports.workbook.data.units import Reporting, UnitsSheet
from samrit.reports.workbook.data.ways.deadlines import DeadlineFormulas, is_deadline
from samrit.reports.workbook.data.ways.points import PointFormulas
from samrit.reports.workbook.data.ways.ranges import RangeRow, is_live_range
from samrit.reports.workbook.writing.book import Book
from samrit.reports.workbook.writing.layout import DataSheet, LiveFormula, Value


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The other sheets that an indicator's row looks at; None where the plan needs none."""

    projects: DataSheet
    overrides: OverridesSheet
    units: UnitsSheet | None = None
    levels: LevelsSheet | None = None
    sites: SitesSheet | None = None


class IndicatorFormulas:
    """Formula texts for the rows of the sheet of indicators."""

    def __init__(self, book: Book, sheet: DataSheet, neighbours: Neighbours) -> None:
        self.book = book
        self.sheet = sheet
        self.near = neighbours
        rules = book.result.ruleset
        self.ruleset = rules
        self.partial = PartialFormulas(sheet, neighbours.units)
        self.is_unbanded = rules.method is Method.TRANSPARENCY

    def totals(self, row: int, reporting: Reporting) -> dict[str, Value]:
        """Return both totals (TO1–TO6, RU3, R189) and how they are made."""
        if reporting.indicator.formula in BY_SITES and self.near.sites is not None:
            return self._site_totals(row, reporting, self.near.sites)
        if (deadline := self._deadline(row, reporting.indicator)) is not None:
            return {"made": self.book.say("live"), **deadline.totals(reporting.result)}
        if reporting.several and self.near.units is not None:
            values = JointFormulas(self.book, self.sheet, self.near.units).totals(row, reporting)
        else:
            values = self._own_totals(row, reporting)
        if is_live_range(reporting):
            values |= RangeRow(self.sheet, row, reporting, self.near.units).total()
        return values | self._levels(row, reporting) | self.partial.cells(row, reporting)

    def _deadline(self, row: int, indicator: Indicator) -> DeadlineFormulas | None:
        levels = self.near.levels
        if levels is None or not is_deadline(indicator):
            return None
        return DeadlineFormulas(levels.sheet, self.sheet.cell("no", row), indicator)

    def _own_totals(self, row: int, reporting: Reporting) -> dict[str, Value]:
        series = reporting.series[0]
        figure_row = MonthsRow(self.sheet, row, reporting.indicator, series)
        values: dict[str, Value] = {"made": self.book.say("live" if series.fits else "computed")}
        for side, total in _both(reporting.result):
            values[figures.TOTALS[side]] = figure_row.total(side, total)
        return values

    def _site_totals(self, row: int, reporting: Reporting, sites: SitesSheet) -> dict[str, Value]:
        values: dict[str, Value] = {"made": self.book.say("by_sites")}
        until, no = until_of(reporting.indicator, self.book.result.as_of)[0], self.sheet.cell("project_no", row)
        counts = reporting.indicator.formula is Way.SITES
        for side, total in _both(reporting.result):
            text = sites.count(side, no, until) if counts else sites.mean(side, no)
            values[figures.TOTALS[side]] = LiveFormula(text, total)
        return values

    def months_of_units(self, row: int, reporting: Reporting) -> dict[str, Value]:
        """Return the months of an indicator of several units on its own row."""
        units = self.near.units
        values = JointFormulas(self.book, self.sheet, units).months(row, reporting) if units else {}
        ends = RangeRow(self.sheet, row, reporting, units).months() if is_live_range(reporting) else {}
        return values | ends

    def _levels(self, row: int, reporting: Reporting) -> dict[str, Value]:
        """Return planned and reached level (AC5)."""
        indicator, result, levels = reporting.indicator, reporting.result, self.near.levels
        if levels is None or not (own_steps(indicator) or indicator.formula is Way.LEVELS):
            return {}
        at, no = self.sheet.cell, self.sheet.cell("no", row)
        values: dict[str, Value] = {}
        actual = at("actual_total", row)
        if own_steps(indicator):
            step = f'IF(ISNUMBER({actual}),{levels.step(no, actual, indicator.direction)},"")'
            values["own_step"] = LiveFormula(step, steps_met(result.actual_total.value, indicator))
        if indicator.formula is not Way.LEVELS:
            return values
        if is_settled(reporting):
            return values | settled_levels(result)
        plan = at("plan_total", row)
        planned, reached = or_nothing(plan), or_nothing(actual)
        if milestones(indicator):
            planned, reached = levels.planned(no), levels.reached(no, or_nothing(actual))
        elif own_steps(indicator):
            if indicator.quantity is not Quantity.LEVEL:
                reached = self._on_scale(levels, row, indicator, "actual_total", "own_step")
            if indicator.quantity is Quantity.VALUE:
                step = f'IF(ISNUMBER({plan}),{levels.step(no, plan, indicator.direction)},"")'
                values["plan_step"] = LiveFormula(step, steps_met(result.plan_total.value, indicator))
                planned = self._on_scale(levels, row, indicator, "plan_total", "plan_step")
        values["level_planned"] = LiveFormula(planned, result.level_planned)
        values["level_reached"] = LiveFormula(reached, result.level_reached)
        return values

    def _on_scale(self, levels: LevelsSheet, row: int, indicator: Indicator, value: str, step: str) -> str:
        """Return the level of a total on the indicator's own thresholds; nothing without a total (AC12)."""
        at = self.sheet.cell
        scale = levels.on_scale(
            no=at("no", row),
            value=at(value, row),
            step=at(step, row),
            key="level",
            floor="0",
            interpolated=str(int(indicator.interpolated)),
            last=own_steps(indicator),
        )
        return f'IF(ISNUMBER({at(value, row)}),{scale},"")'

    def state(self, row: int, reporting: Reporting) -> str:
        """Return why there is, or is not, a percent (AC4, AC6, R95)."""
        indicator, at = reporting.indicator, self.sheet.cell
        want, got = self._want_and_got(row, indicator)
        is_lower = indicator.direction is Direction.LOWER
        planned = f"ROUND(N({want}),guard)<>0"
        if indicator.formula in (Way.BASELINE, Way.RANGE) or (indicator.formula is Way.RATIO and is_lower):
            planned = f"ISNUMBER({want})"
        scored = "state_scored"
        if indicator.formula is Way.BASELINE:
            base = at("baseline", row)
            same = f"ROUND(N({base})-N({want}),guard)=0"
            if is_lower:
                same = f"AND({same},ROUND(N({want}),guard)<>0)"
            scored = f'IF(OR({base}="",{same}),state_no_plan,state_scored)'
        conditions = [(f'{at("target", row)}="–"', "state_not_applicable")]
        if self._is_judged_alone(indicator):
            due = f"{until_of(indicator, self.book.result.as_of)[0]}>={self.book.measured.get(indicator.id, 12)}"
            conditions += [(f"ISNUMBER({at('actual_total', row)})", "state_scored"), (due, "state_not_reported")]
        combined = reporting.several and indicator.formula not in (*BY_SITES, Way.DEADLINE)
        if combined and self.near.units is not None and consolidation_of(indicator) is None:
            joint = JointFormulas(self.book, self.sheet, self.near.units)
            conditions.append((joint.cannot_be_combined(row, reporting), "state_no_data"))
        conditions += [
            (planned, f"IF(ISNUMBER({got}),{scored},state_not_reported)"),
            (f"ROUND(N({got}),guard)<>0", "state_no_plan"),
            (self._says_anything(row, reporting), "state_not_due"),
        ]
        return formulas.first_of(conditions, "state_no_data")

    def _is_judged_alone(self, indicator: Indicator) -> bool:
        """Say whether points come from thresholds alone, without any monthly plan (M-B)."""
        by_scale = self.ruleset.scale is not None and self.book.by_points and not self.is_unbanded
        return by_scale and stands_alone(indicator)

    def _says_anything(self, row: int, reporting: Reporting) -> str:
        indicator = reporting.indicator
        if indicator.formula in BY_SITES or milestones(indicator):
            return "TRUE"
        if reporting.several and self.near.units is not None:
            named, no = self.near.units.sheet.name, self.sheet.cell("no", row)
            return f"SUMIFS({named('says_anything')},{named('indicator_no')},{no})>0"
        return f"{MonthsRow(self.sheet, row, indicator, reporting.series[0]).says_anything.text}=1"

    def _want_and_got(self, row: int, indicator: Indicator) -> tuple[str, str]:
        keys = ("plan_total", "actual_total")
        if indicator.formula is Way.LEVELS:
            keys = ("level_planned", "level_reached")
        return self.sheet.cell(keys[0], row), self.sheet.cell(keys[1], row)

    def computed_percent(self, row: int, reporting: Reporting) -> str:
        """Return the percent that the figures give (AC1, AC3, AC5, AC6, AC8–AC11, AC13)."""
        indicator, result = reporting.indicator, reporting.result
        want, got = self._want_and_got(row, indicator)
        made = percent_formulas.percent(indicator, want, got, self.sheet.cell("baseline", row))
        if percent_formulas.may_be_partial(indicator, result):
            made = self.partial.computed(row)
        if (deadline := self._deadline(row, indicator)) is not None:
            made = deadline.percent
        if is_live_range(reporting):
            made = RangeRow(self.sheet, row, reporting, self.near.units).percent
        state = self.sheet.cell("state", row)
        if self._is_judged_alone(indicator):
            return '""'
        return f'IF({state}=state_scored,{made},IF({state}=state_not_reported,0,""))'

    def override_count(self, row: int, result: IndicatorResult) -> Value:
        """Return how many overrides are in force (WE4); in a large plan none are looked for where there are none."""
        if self.book.is_large and not result.indicator.overrides:
            return 0
        found = self.near.overrides.found("indicator", self.sheet.cell("id", row))
        return LiveFormula(found, int(result.override is not None))

    def override_percent(self, row: int, result: IndicatorResult) -> Value:
        """Return the percent that the evaluators settled (WE4)."""
        if self.book.is_large and not result.indicator.overrides:
            return None
        settled = result.override.percent if result.override else None
        return LiveFormula(self.near.overrides.percent("indicator", self.sheet.cell("id", row)), settled)

    def override_score(self, row: int, result: IndicatorResult) -> Value:
        """Return the points that the evaluators settled (WE6)."""
        if self.book.is_large and not result.indicator.overrides:
            return None
        settled = result.override.score if result.override else None
        return LiveFormula(self.near.overrides.score("indicator", self.sheet.cell("id", row)), settled)

    def percent(self, row: int) -> str:
        """Return what is weighted: settled, else computed under the cap (WE4, AC7)."""
        settled, computed = self.sheet.cell("override_percent", row), self.sheet.cell("computed_percent", row)
        capped = f"IF(ISNUMBER(cap),MIN(cap,{computed}),{computed})"
        return f'IF(ISNUMBER({settled}),{settled},IF(ISNUMBER({computed}),{capped},""))'

    def project_row(self, row: int) -> str:
        """Return where the project is on its sheet now, however that is sorted."""
        return f"MATCH({self.sheet.cell('project_no', row)},{self.near.projects.name('no')},0)"

    def weight_used(self, row: int) -> str:
        """Return the weight as given; an equal split, or a share of what is left, where it is not (WE2)."""
        named, place, own = self.near.projects.name, self.sheet.cell("project_row", row), self.sheet.cell("weight", row)
        count, given, some, total = (
            f"INDEX({named(key)},{place})" for key in ("n_indicators", "n_weights", "n_nonzero", "weight_given")
        )
        left = f"MAX(0,100-{total})/({count}-{given})"
        return f"IF({some}=0,100/{count},IF(ISNUMBER({own}),{own},{left}))"

    def takes_part(self, row: int) -> str:
        """Return 1 when the indicator stays in the average (WE3)."""
        return f"IF(ISNUMBER({self.sheet.cell('score' if self.book.by_points else 'percent', row)}),1,0)"

    def effective_weight(self, row: int) -> str:
        """Return the weight after those of absent indicators are spread (WE3)."""
        named, at = self.near.projects.name, self.sheet.cell
        present, whole = (f"INDEX({named(k)},{at('project_row', row)})" for k in ("weight_present", "weight_sum"))
        spread = f'IF(ROUND({present},guard)=0,"",{at("weight_used", row)}*{whole}/{present})'
        return f'IF({at("takes_part", row)}=1,{spread},"")'

    def contribution(self, row: int) -> str:
        """Return the indicator's part of the project's percent (WE1)."""
        return self._product(row, "percent", self.sheet.cell("percent", row), "/100")

    def second_contribution(self, row: int) -> str:
        """Return its part under the second cap (AC7)."""
        percent = self.sheet.cell("percent", row)
        return self._product(row, "percent", f"IF(ISNUMBER(second_cap),MIN(second_cap,{percent}),{percent})", "/100")

    def score_contribution(self, row: int) -> str:
        """Return its part of the project's points."""
        return self._product(row, "score", self.sheet.cell("score", row), "/100")

    def _product(self, row: int, key: str, value: str, divided: str) -> str:
        weight = self.sheet.cell("effective_weight", row)
        return f'IF(AND(ISNUMBER({self.sheet.cell(key, row)}),ISNUMBER({weight})),{value}*{weight}{divided},"")'

    def scores(self, row: int, reporting: Reporting) -> dict[str, Value]:
        """Return the points of M-B, M-C and M-D, or the tool's own score of M-E."""
        return PointFormulas(self.sheet, self.ruleset, self.near.levels).cells(row, reporting)


def _both(result: IndicatorResult) -> tuple[tuple[Side, Decimal | None], tuple[Side, Decimal | None]]:
    return (Side.PLANNED, result.plan_total.value), (Side.ACTUAL, result.actual_total.value)
