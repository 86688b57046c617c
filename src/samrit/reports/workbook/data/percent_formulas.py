"""The formulas of a percent: from two figures (AC1, AC3, AC9, AC10), and where not all was reported (AC8)."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.choices import BY_SITES
from samrit.engine.indicators.totals import consolidation_of
from samrit.engine.model import Aggregation, Consolidation, Direction, EntryBasis, Indicator
from samrit.engine.model import Formula as Kind
from samrit.engine.results import IndicatorResult
from samrit.reports.workbook.data.figures import MonthsRow
from samrit.reports.workbook.data.formulas import MASK, guarded
from samrit.reports.workbook.data.joint import Road
from samrit.reports.workbook.data.levels import milestones, own_steps
from samrit.reports.workbook.data.units import Reporting, UnitsSheet
from samrit.reports.workbook.data.ways.ranges import is_live_range
from samrit.reports.workbook.writing.layout import DataSheet, Fixed, LiveFormula, Value

COLUMNS = ("part", "whole", "plan_counted", "actual_counted", "percent_counted")


def percent(indicator: Indicator, want: str, got: str, base: str) -> str:
    """Return the percent that ``got`` comes to against ``want``, as the engine's ``percent_of``."""
    if indicator.formula is Kind.LEVELS:
        return f"{got}*100/{want}"
    is_lower = indicator.direction is Direction.LOWER and indicator.formula not in BY_SITES
    plain = _lower(want, got) if is_lower else _higher(want, got)
    if indicator.formula is not Kind.BASELINE:
        return plain
    way = f"({base}-{got})*100/({base}-{want})"
    return f"IF(ROUND({base}-{want},guard)=0,{plain},{way})" if is_lower else way


def _higher(want: str, got: str) -> str:
    return f"IF({guarded(want)}<0,MAX(0,100+({got}-{want})*100/ABS({want})),{got}*100/{want})"


def _lower(want: str, got: str) -> str:
    below = f"MAX(0,100-({got}-{want})*100/ABS({want}))"
    zero = f"IF({guarded(got)}>0,0,100)"
    ratio = f"IF({guarded(got)}<=0,lower_ceiling,MIN(lower_ceiling,{want}*100/{got}))"
    return f"IF({guarded(want)}=0,{zero},IF({guarded(want)}<0,{below},{ratio}))"


def is_settled(reporting: Reporting) -> bool:
    """Say whether Samrit's own state and percent stand in place of formulas.

    Of ranges those that no cells can hold (AC13); and levels of a declared quantity on no scale (AC12).
    """
    indicator = reporting.indicator
    if indicator.formula is Kind.RANGE:
        return not is_live_range(reporting)
    on_scale = own_steps(indicator) or milestones(indicator)
    return indicator.formula is Kind.LEVELS and indicator.quantity is not None and not on_scale


def settled_levels(result: IndicatorResult) -> dict[str, Value]:
    """Return planned and reached level where no scale is in the plan (AC12)."""
    return {"level_planned": fixed(result.level_planned), "level_reached": fixed(result.level_reached)}


def fixed(value: Decimal | None, places: int = 2) -> Value:
    """Return the cell of a figure that Samrit computed; empty for none."""
    return None if value is None else Fixed(value, places)


def may_be_partial(indicator: Indicator, result: IndicatorResult) -> bool:
    """Say whether the percent depends on how much was reported (AC8 b), or does now (a, d)."""
    if indicator.formula in (Kind.RANGE, Kind.DEADLINE):
        return False  # a range's formula counts for itself
    if result.partial is not None:
        return True
    if indicator.aggregation is not Aggregation.SUM or indicator.entry_basis is EntryBasis.TO_DATE:
        return False
    if indicator.formula not in (Kind.RATIO, Kind.BASELINE):
        return False
    is_lower = indicator.direction is Direction.LOWER
    return is_lower or indicator.formula is Kind.BASELINE or _has_losses(indicator)


def is_live(reporting: Reporting) -> bool:
    """Say whether formulas make totals and percent of the indicator, whatever month is evaluated."""
    if not reporting.is_live or is_settled(reporting):
        return False
    if reporting.indicator.formula is Kind.DEADLINE:
        return True
    if may_be_partial(reporting.indicator, reporting.result):
        return _counts_are_live(reporting)
    # What units that are silent in another month take off is no formula (AC8 d).
    is_sum = reporting.indicator.aggregation is Aggregation.SUM
    return not reporting.several or (is_sum and consolidation_of(reporting.indicator) is Consolidation.SUM)


def _counts_are_live(reporting: Reporting) -> bool:
    """Say whether formulas see what was due and reported: months of a unit that owes for itself alone."""
    partial, series = reporting.result.partial, reporting.series
    if (partial is not None and partial.case != "b") or any(s.has_spans for s in series):
        return False
    if not reporting.several:
        return reporting.is_live
    by_units = all(road is Road.UNITS for road in reporting.roads.values())
    alone = all(s.unit for s in series) and not reporting.is_merged
    return by_units and alone and not _has_losses(reporting.indicator)


def _has_losses(indicator: Indicator) -> bool:
    return any(isinstance(e.planned, Decimal) and e.planned < 0 for e in indicator.entries)


class PartialFormulas:
    """The cells that say how much was reported, and what of plan and result it is compared by."""

    def __init__(self, sheet: DataSheet, units: UnitsSheet | None) -> None:
        self.sheet = sheet
        self.units = units

    def cells(self, row: int, reporting: Reporting) -> dict[str, Value]:
        """Return the cells of one indicator; empty where its percent does not depend on what is missing."""
        indicator, result = reporting.indicator, reporting.result
        if not may_be_partial(indicator, result):
            return {}
        values = self._live(row, reporting) if _counts_are_live(reporting) else self._fixed(row, result)
        at = self.sheet.cell
        made = percent(indicator, at("plan_counted", row), at("actual_counted", row), at("baseline", row))
        either = f"AND(ISNUMBER({at('plan_counted', row)}),ISNUMBER({at('actual_counted', row)}))"
        counted = result.partial.percent if result.partial else None
        values["percent_counted"] = LiveFormula(f'IFERROR(IF({either},{made},""),"")', counted)
        return values

    def computed(self, row: int) -> str:
        """Return the percent of a scored indicator: at most 100 of what counts, in the share that was reported."""
        part, whole, counted = (self.sheet.cell(key, row) for key in ("part", "whole", "percent_counted"))
        share = f"IF({counted}>0,MIN({counted},100)*{part}/{whole},{counted})"
        return f"IF(NOT(ISNUMBER({counted})),0,IF({part}<{whole},{share},{counted}))"

    def _live(self, row: int, reporting: Reporting) -> dict[str, Value]:
        indicator, partial, at = reporting.indicator, reporting.result.partial, self.sheet.cell
        due, both, plan_of_both, losses, gains = self._counts(row, reporting)
        plan, actual = at("plan_total", row), at("actual_total", row)
        filled = "FALSE"
        if indicator.formula is Kind.BASELINE:
            filled = "TRUE"
        elif _has_losses(indicator):
            filled = f"OR(AND({losses}>0,{gains}>0),{_no_percent(indicator, plan_of_both)})"
        elif indicator.direction is Direction.HIGHER:
            filled = _no_percent(indicator, plan_of_both)
        always = indicator.direction is Direction.LOWER or indicator.formula is Kind.BASELINE
        counts = "TRUE" if always else f"{losses}>0"
        missing = f"AND({counts},{both}<{due})"
        some = f'IF(AND({both}=0,NOT({filled})),"",IF({filled},{plan},{plan_of_both}))'
        added = f"IF({filled},{actual}+{plan}-{plan_of_both},{actual})"
        total, done = reporting.result.plan_total.value, reporting.result.actual_total.value
        return {
            "part": LiveFormula(f"IF({missing},{both},1)", partial.part if partial else 1),
            "whole": LiveFormula(f"IF({missing},{due},1)", partial.whole if partial else 1),
            "plan_counted": LiveFormula(f"IF({missing},{some},{plan})", partial.plan if partial else total),
            "actual_counted": LiveFormula(
                f'IF(ISNUMBER({actual}),IF({missing},{added},{actual}),"")', partial.actual if partial else done
            ),
        }

    def _counts(self, row: int, reporting: Reporting) -> tuple[str, str, str, str, str]:
        """Return the texts for figures due, those of them reported, their plan, and planned figures of each sign."""
        if reporting.several and self.units is not None:
            named, no = self.units.sheet.name, self.sheet.cell("no", row)
            keys = ("plan_count", "both_count", "plan_of_both")
            due, both, plan = (f"SUMIFS({named(key)},{named('indicator_no')},{no})" for key in keys)
            return due, both, plan, "0", "1"
        figure_row = MonthsRow(self.sheet, row, reporting.indicator, reporting.series[0])
        both, plan = (made.text for made in figure_row.of_both(12))
        planned = self.sheet.across("planned_1", "planned_12", row)
        due, losses, gains = (f'COUNTIFS({planned},"{sign}",{MASK},1)' for sign in (">-1E+300", "<0", ">0"))
        return due, both, plan, losses, gains

    def _fixed(self, row: int, result: IndicatorResult) -> dict[str, Value]:
        """Return what Samrit counted, where no formula sees who owes what."""
        partial, at = result.partial, self.sheet.cell
        if partial is None:
            plan, actual = result.plan_total.value, result.actual_total.value
            keys = (("plan_counted", "plan_total", plan), ("actual_counted", "actual_total", actual))
            refs = {key: LiveFormula(f'IF(ISNUMBER({at(of, row)}),{at(of, row)},"")', value) for key, of, value in keys}
            return {"part": 1, "whole": 1, **refs}
        return {
            "part": partial.part,
            "whole": partial.whole,
            "plan_counted": partial.plan,
            "actual_counted": partial.actual,
        }


def _no_percent(indicator: Indicator, plan: str) -> str:
    """Return whether a plan gives no percent: 0 where higher is better (AC4)."""
    return f"ROUND({plan},guard)=0" if indicator.direction is Direction.HIGHER else "FALSE"
