"""The formulas of points: on the rule set's scale, on an indicator's own levels, or a tool's score (M-B to M-E)."""

from __future__ import annotations

from samrit.engine.indicators.points import points_of_levels
from samrit.engine.model import Formula as Way
from samrit.engine.model import Quantity
from samrit.engine.ruleset import Method, RuleSet
from samrit.reports.workbook.data import formulas
from samrit.reports.workbook.data.levels import LevelsSheet, own_steps, scale_steps
from samrit.reports.workbook.data.units import Reporting
from samrit.reports.workbook.writing.layout import DataSheet, LiveFormula, Value

# The scale of the rule set, by the names that the workbook gives it.
_SCALE = {"thresholds": "scale_threshold", "points_": "scale_points", "count_": "scale_count"}


class PointFormulas:
    """Formula texts for the points of the sheet of indicators."""

    def __init__(self, sheet: DataSheet, ruleset: RuleSet, levels: LevelsSheet | None) -> None:
        self.sheet, self.ruleset, self.levels = sheet, ruleset, levels
        self.is_unbanded = ruleset.method is Method.TRANSPARENCY

    def cells(self, row: int, reporting: Reporting) -> dict[str, Value]:
        """Return the points of M-B, M-C and M-D, or the tool's own score of M-E."""
        result = reporting.result
        at = self.sheet.cell
        left = ("not_due", "not_applicable", "no_data", *(() if self.is_unbanded else ("no_plan",)))
        absent = ",".join(f"{at('state', row)}=state_{s}" for s in left)
        core = self._transparency(row) if self.is_unbanded else self._points(row, reporting)
        settled = at("override_score", row)
        core = f"IF(ISNUMBER({settled}),{settled},{core})"
        score = f'IF(AND({at("override_count", row)}=0,OR({absent})),"",{core})'
        values: dict[str, Value] = {"score": LiveFormula(score, result.score)}
        if self.ruleset.scale is not None and not self.is_unbanded:
            met = f"SUMPRODUCT(MAX(({formulas.guarded(at('percent', row))}>=scale_threshold)*scale_rank))"
            values["score_step"] = LiveFormula(
                f'IF(ISNUMBER({at("percent", row)}),{met},"")', scale_steps(result.percent, self.ruleset)
            )
        return values

    def _transparency(self, row: int) -> str:
        at = self.sheet.cell
        settled = at("override_percent", row)
        return f"IF(ISNUMBER({settled}),{settled},N({at('actual_total', row)}))"

    def _points(self, row: int, reporting: Reporting) -> str:
        if self.ruleset.scale is None:
            return '""'
        at, indicator = self.sheet.cell, reporting.indicator
        general = formulas.points(
            at("percent", row), at("score_step", row), interpolated="scale_interpolated", **_SCALE
        )
        text = f"IF(ISNUMBER({at('percent', row)}),{general},scale_floor)"
        ladder = points_of_levels(indicator, self.ruleset.scale)
        if indicator.formula is Way.LEVELS and ladder is not None:
            free = f"AND(NOT(ISNUMBER({at('override_percent', row)})),ISNUMBER({at('level_reached', row)}))"
            text = f"IF({free},{formulas.by_ladder(at('level_reached', row), ladder)},{text})"
        if ladder and indicator.quantity is not Quantity.LEVEL and own_steps(indicator) and self.levels:
            own = self.levels.on_scale(
                no=at("no", row), value=at("actual_total", row), step=at("own_step", row), last=own_steps(indicator),
                key="points", floor="scale_floor", interpolated="scale_interpolated",
            )  # fmt: skip
            own = f"IF(ISNUMBER({at('actual_total', row)}),{own},scale_floor)"
            text = f"IF(NOT(ISNUMBER({at('override_percent', row)})),{own},{text})"
        return text
