"""The sheet of levels: milestones with their months, thresholds with their points (AC5, R105–R117)."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.indicators.levels import has_milestones, threshold_scale
from samrit.engine.model import Direction, Indicator, Level
from samrit.engine.model import Formula as Way
from samrit.engine.results import IndicatorResult
from samrit.engine.ruleset import RuleSet
from samrit.reports.workbook.data import formulas
from samrit.reports.workbook.data.series import until_of
from samrit.reports.workbook.data.ways import deadlines
from samrit.reports.workbook.writing.book import Book
from samrit.reports.workbook.writing.layout import LiveFormula, Value
from samrit.reports.workbook.writing.sources import source_text


class LevelsSheet:
    """Writes the levels of all indicators and gives the formulas that read them."""

    def __init__(self, book: Book, numbered: list[tuple[int, IndicatorResult]]) -> None:
        self.book = book
        self._rows = [(no, r.indicator, level) for no, r in numbered for level in r.indicator.levels]
        self._dated = any(deadlines.is_deadline(r.indicator) for _, r in numbered)
        columns = [
            book.column("indicator_no", 6, "helper", helper=True),
            book.column("indicator_id", 14),
            book.column("level", 8, "code"),
            book.column("text", 60, "wrap"),
            book.column("due_period", 12, "code"),
            book.column("reached_period", 12, "code"),
            book.column("reached_on", 13, "date"),
            *([book.column("due_on", 13, "date")] if self._dated else []),
            *(book.column(key, 8, "helper", helper=True) for key in (deadlines.COLUMNS[1:] if self._dated else ())),
            book.column("threshold", 12, "figure"),
            book.column("points", 12, "code"),
            book.column("evidence", 24),
            *(book.column(key, 8, "helper", helper=True) for key in ("is_due", "is_reached", "run", "rank")),
            book.column("source", 24),
        ]
        self.sheet = book.add("levels", columns, len(self._rows), prefix="lv", frozen="level")

    def write(self) -> None:
        """Write every level."""
        for row, (no, indicator, level) in enumerate(self._rows):
            self.book.put(self.sheet, row, self._plain(no, indicator, level) | self._live(row, indicator, level))

    def _plain(self, no: int, indicator: Indicator, level: Level) -> dict[str, Value]:
        return {
            "indicator_no": no,
            "indicator_id": indicator.id,
            "level": level.number,
            "text": level.text,
            "due_period": level.due_period,
            "reached_period": level.reached_period,
            "reached_on": level.reached_on,
            "threshold": level.threshold,
            "evidence": level.evidence,
            "source": source_text(level.source, is_typed=level.is_typed),
        }

    def _live(self, row: int, indicator: Indicator, level: Level) -> dict[str, Value]:
        at, named, (until, as_of) = self.sheet.cell, self.sheet.name, until_of(indicator, self.book.result.as_of)
        due, reached = (_in_view(p, as_of) for p in (level.due_period, level.reached_period))
        own, up_to = at("indicator_no", row), f'"<="&{at("level", row)}'
        mine = f"{named('indicator_no')},{own},{named('level')},{up_to}"
        run = all(_in_view(lv.reached_period, as_of) for lv in indicator.levels if lv.number <= level.number)
        values: dict[str, Value] = {
            "is_due": LiveFormula(_period_in_view(at("due_period", row), until), int(due)),
            "is_reached": LiveFormula(_period_in_view(at("reached_period", row), until), int(reached)),
            "run": LiveFormula(f"IF(COUNTIFS({mine},{named('is_reached')},0)=0,1,0)", int(run)),
        }
        if deadlines.is_deadline(indicator):
            values |= deadlines.cells_of_level(self.sheet, row, level)
        return values | (self._threshold(row, indicator, level, mine) if level.threshold is not None else {})

    def _threshold(self, row: int, indicator: Indicator, level: Level, mine: str) -> dict[str, Value]:
        named = self.sheet.name
        numbers = sorted(lv.number for lv in indicator.levels if lv.threshold is not None)
        rank = sum(1 for n in numbers if n <= level.number)
        values: dict[str, Value] = {"rank": LiveFormula(f'COUNTIFS({mine},{named("threshold")},">-1E+300")', rank)}
        scale = self.book.result.ruleset.scale
        if scale is not None and len(scale.points) == len(numbers):
            values["points"] = LiveFormula(
                f"INDEX(scale_points,{self.sheet.cell('rank', row)})", scale.points[rank - 1]
            )
        else:
            values["points"] = LiveFormula(self.sheet.cell("level", row), level.number)
        return values

    def planned(self, no: str) -> str:
        """Return the highest level due (R109)."""
        due = f"({self.sheet.name('indicator_no')}={no})*{self.sheet.name('is_due')}"
        return f'IF(SUMPRODUCT({due})=0,"",SUMPRODUCT(MAX({due}*{self.sheet.name("level")})))'

    def reached(self, no: str, otherwise: str) -> str:
        """Return the highest level reached without a gap (R114); ``otherwise`` when nothing was reported."""
        mine = f"({self.sheet.name('indicator_no')}={no})"
        reported = f"SUMPRODUCT({mine}*{self.sheet.name('is_reached')})"
        return (
            f"IF({reported}=0,{otherwise},SUMPRODUCT(MAX({mine}*{self.sheet.name('run')}*{self.sheet.name('level')})))"
        )

    def step(self, no: str, value: str, direction: Direction) -> str:
        """Return how many thresholds a value meets."""
        sign = "-1*" if direction is Direction.LOWER else ""
        named = self.sheet.name
        met = f"({sign}{formulas.guarded(value)}>={sign}{named('threshold')})"
        mine = f"({named('indicator_no')}={no})*ISNUMBER({named('threshold')})"
        return f"SUMPRODUCT(MAX({mine}*{met}*{named('rank')}))"

    def value_at(self, no: str, step: str, key: str) -> str:
        """Return threshold, level or points of one step."""
        named = self.sheet.name
        return f"SUMIFS({named(key)},{named('indicator_no')},{no},{named('rank')},{step})"

    def on_scale(self, *, no: str, value: str, step: str, key: str, floor: str, interpolated: str, last: int) -> str:
        """Return what a value earns on the indicator's own thresholds, in levels or in points (AC5)."""
        low, high = self.value_at(no, step, key), self.value_at(no, f"{step}+1", key)
        from_, to = self.value_at(no, step, "threshold"), self.value_at(no, f"{step}+1", "threshold")
        linear = f"{low}+({value}-{from_})*({high}-{low})/({to}-{from_})"
        return f"IF({step}=0,{floor},IF(OR({step}={last},{interpolated}=0),{low},{linear}))"


def uses_levels(indicator: Indicator) -> bool:
    """Say whether the indicator's percent or points come from its levels, or from a day on one of them."""
    return indicator.formula in (Way.LEVELS, Way.DEADLINE) or threshold_scale(indicator) is not None


def own_steps(indicator: Indicator) -> int:
    """Return how many thresholds of its own the indicator has."""
    return sum(1 for level in indicator.levels if level.threshold is not None)


def steps_met(value: Decimal | None, indicator: Indicator) -> int | None:
    """Return how many of its own thresholds a value meets, for the stored value of that helper cell."""
    scale = threshold_scale(indicator)
    if scale is None or value is None:
        return None
    sign = -1 if indicator.direction is Direction.LOWER else 1
    return max((k for k, t in enumerate(scale.thresholds, 1) if value * sign >= t * sign), default=0)


def scale_steps(percent: Decimal | None, ruleset: RuleSet) -> int | None:
    """Return how many steps of the rule set's scale a percent meets, for the stored value of that helper cell."""
    if percent is None or ruleset.scale is None:
        return None
    return max((k for k, t in enumerate(ruleset.scale.thresholds, 1) if percent >= t), default=0)


def milestones(indicator: Indicator) -> bool:
    """Say whether the indicator's levels are steps with due months."""
    return has_milestones(indicator)


def _period_in_view(cell: str, until: str) -> str:
    return f"IF(AND(ISNUMBER({cell}),N({cell})<={until}),1,0)"


def _in_view(period: int | None, as_of: int) -> bool:
    return period is not None and period <= as_of
