"""The formulas of a deadline: due and reached as 1 or nothing, and what lateness takes off (AC11)."""

from __future__ import annotations

from samrit.engine.indicators.deadlines import deadline_of, months_late
from samrit.engine.model import Formula as Way
from samrit.engine.model import Indicator, Level
from samrit.engine.results import IndicatorResult
from samrit.reports.workbook.writing.layout import DataSheet, LiveFormula, Value

COLUMNS = ("due_on", "due_before", "late")


def is_deadline(indicator: Indicator) -> bool:
    """Say whether the indicator's percent comes from a day or month by which something is due."""
    return indicator.formula is Way.DEADLINE


def cells_of_level(sheet: DataSheet, row: int, level: Level) -> dict[str, Value]:
    """Return the cells of a level that say by when it is due, and by how many months it came late."""
    at = sheet.cell
    due_on, reached_on, due, reached = (
        at(key, row) for key in ("due_on", "reached_on", "due_period", "reached_period")
    )
    apart = f"(YEAR({reached_on})-YEAR({due_on}))*12+MONTH({reached_on})-MONTH({due_on})"
    by_day = f"IF({reached_on}>{due_on},MAX({apart},1),0)"
    by_month = f"MAX({reached}-{due}+N({at('due_before', row)}),0)"
    late = f"IF(AND(ISNUMBER({due_on}),ISNUMBER({reached_on})),{by_day},{by_month})"
    return {
        "due_on": level.due_on,
        "due_before": level.due_before or None,
        "late": LiveFormula(f'IF(AND(ISNUMBER({due}),ISNUMBER({reached})),{late},"")', months_late(level)),
    }


class DeadlineFormulas:
    """The formulas of one deadline on the row of its indicator; they read the sheet of levels."""

    def __init__(self, levels: DataSheet, no: str, indicator: Indicator) -> None:
        level = deadline_of(indicator.levels)
        self._named = levels.name
        self._where = f"{levels.name('indicator_no')},{no},{levels.name('level')},{level.number if level else -1}"

    def _of(self, key: str) -> str:
        return f"SUMIFS({self._named(key)},{self._where})"

    def totals(self, result: IndicatorResult) -> dict[str, Value]:
        """Return 1 as plan once it is due, and 1 as result once it was reached."""
        due, reached = self._of("is_due"), self._of("is_reached")
        return {
            "plan_total": LiveFormula(f'IF({due}>0,1,"")', result.plan_total.value),
            "actual_total": LiveFormula(f'IF(AND({due}>0,{reached}>0),1,"")', result.actual_total.value),
        }

    @property
    def percent(self) -> str:
        """100 in time, less what the rule set takes off for each month of lateness, never below 0."""
        return f"MAX(0,100-late_month*{self._of('late')})"
