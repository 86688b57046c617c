"""The twelve months of a row, plan and actual, and the totals made from them in the same row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import divide, exact
from samrit.engine.indicators.totals import Side, entries_in_view
from samrit.engine.model import Aggregation, Figure, Indicator, Mark
from samrit.engine.results import Part
from samrit.reports.workbook.data import formulas
from samrit.reports.workbook.data.formulas import Cells
from samrit.reports.workbook.data.series import PERIODS, MonthFigures, UnitSeries, until_of
from samrit.reports.workbook.writing.book import Book
from samrit.reports.workbook.writing.layout import DataColumn, DataSheet, Fixed, LiveFormula, Value

SIDES = {Side.PLANNED: "planned", Side.ACTUAL: "actual"}
TOTALS = {Side.PLANNED: "plan_total", Side.ACTUAL: "actual_total"}
COUNTS = {Side.PLANNED: "plan_count", Side.ACTUAL: "actual_count"}


@dataclass(frozen=True, slots=True)
class Features:
    """What the plan's figures need beyond twelve plain cells; columns that nothing needs are left out."""

    spans: bool
    parts: bool
    ranges: bool = False  # with their upper ends (AC13)


def features_of(series: Iterable[UnitSeries]) -> Features:
    """Return what the series of a plan need."""
    everything = tuple(series)
    return Features(any(s.has_spans for s in everything), any(s.has_parts for s in everything))


def month_columns(book: Book, features: Features) -> list[DataColumn]:
    """Return the columns of the months, then the folded ones for spans and parts."""
    kinds: list[tuple[str, str, float, str, bool]] = [
        (side, side, 8.5, "figure", False) for side in ("planned", "actual")
    ]
    if features.spans:
        kinds += [(f"{side}_{kind}", kind, 6, "helper", True) for kind in ("span", "mask") for side in SIDES.values()]
    if features.parts:
        kinds += [(f"{side}_{part}", part, 8, "figure", True) for side in SIDES.values() for part in _PARTS]
    if features.ranges:
        kinds.append(("planned_upper", "upper", 8, "figure", True))
    return [
        DataColumn(f"{key}_{m}", _heading(book, key, word, m), width, style, helper)
        for key, word, width, style, helper in kinds
        for m in PERIODS
    ]


_PARTS = ("numerator", "denominator")


def _heading(book: Book, key: str, word: str, period: int) -> str:
    side = book.heading(key.partition("_")[0])
    month = book.timing.name(period, short=True)
    return f"{side} {month}" if word == key else f"{book.heading(word)} {side} {month}"


@dataclass(frozen=True, slots=True)
class MonthsRow:
    """One row of twelve months: where it is, and whose figures it holds."""

    sheet: DataSheet
    row: int
    indicator: Indicator
    series: UnitSeries

    @property
    def has_masks(self) -> bool:
        """Whether the row has cells of its own that say which months count."""
        return self.series.fits and self.series.has_spans

    def months(self, as_of: int) -> dict[str, Value]:
        """Return the cells of the months."""
        as_of = until_of(self.indicator, as_of)[1]
        values: dict[str, Value] = {}
        for side, key in SIDES.items():
            for period, month in zip(PERIODS, self.series.side(side), strict=True):
                values[f"{key}_{period}"] = self._figure(f"{key}_{{}}_{period}", month)
                values |= self._folded(key, period, month)
            if self.has_masks:
                values |= self._masks(side, key, as_of)
        if self.sheet.has("planned_upper_1"):
            upper = zip(PERIODS, self.series.upper, strict=False)  # none but of ranges
            values |= {f"planned_upper_{period}": month.figure for period, month in upper}
        return values

    def _figure(self, pattern: str, month: MonthFigures) -> Value:
        """Return the figure, or a formula where a share was reported by its parts."""
        is_share = month.has_parts and self.indicator.aggregation is Aggregation.RATIO
        if not (is_share and self.sheet.has(pattern.format("numerator"))):
            return month.figure
        above, below = (self.sheet.cell(pattern.format(part), self.row) for part in _PARTS)
        scale = self.indicator.per
        share = _share(month.numerator, month.denominator, scale)
        return LiveFormula(f'IF(N({below})=0,"",{above}*{scale:f}/{below})', share)

    def _folded(self, key: str, period: int, month: MonthFigures) -> dict[str, Value]:
        values: dict[str, Value] = {}
        if month.span > 1 and self.sheet.has(f"{key}_span_{period}"):
            values[f"{key}_span_{period}"] = month.span
        if self.sheet.has(f"{key}_numerator_{period}"):
            values[f"{key}_numerator_{period}"] = month.numerator
            values[f"{key}_denominator_{period}"] = month.denominator
        return values

    def _masks(self, side: Side, key: str, as_of: int) -> dict[str, Value]:
        spans, months = self._across(f"{key}_span"), self.series.side(side)
        until = until_of(self.indicator, as_of)[0]
        texts = {period: formulas.month_in_view(period, spans, until) for period in PERIODS}
        return {f"{key}_mask_{p}": LiveFormula(text, int(_in_view(months, p, as_of))) for p, text in texts.items()}

    def _across(self, key: str) -> str:
        return self.sheet.across(f"{key}_1", f"{key}_12", self.row)

    def _mask(self, key: str) -> str:
        return self._across(f"{key}_mask") if self.has_masks else formulas.MASK

    def cells(self, side: Side) -> Cells:
        """Return the references to one side."""
        key = SIDES[side]
        mask = self._mask(key)
        if not (self.series.has_parts and self.sheet.has(f"{key}_numerator_1")):
            return Cells(self._across(key), mask)
        above, below = (self._across(f"{key}_{part}") for part in _PARTS)
        return Cells(self._across(key), mask, above, below)

    @property
    def ends(self) -> Cells:
        """Return the references to the upper ends of what is planned (AC13)."""
        return Cells(self._across("planned_upper"), self._mask("planned"))

    def total(self, side: Side, value: Decimal | None) -> Value:
        """Return a total's cell: a formula, or Samrit's own value where twelve cells cannot hold the entries."""
        if not self.series.fits:
            return None if value is None else Fixed(value)
        text, array = formulas.total(
            self.indicator.aggregation, self.indicator.entry_basis, self.cells(side), scale=f"{self.indicator.per:f}"
        )
        return LiveFormula(text, value, array)

    def count(self, side: Side, as_of: int) -> Value:
        """Return the cell that counts the months in view with a figure."""
        shares, as_of = self.indicator.aggregation is Aggregation.RATIO, until_of(self.indicator, as_of)[1]
        seen = len(entries_in_view(self.series.entries, side, as_of, shares=shares))
        if not self.series.fits:
            return seen
        return LiveFormula(formulas.entries_in_view(self.indicator.aggregation, self.cells(side)), seen)

    def parts(self, side: Side, total: Part | None) -> tuple[Value, Value]:
        """Return the cells of the summed numerators and denominators; empty unless every figure has its parts."""
        above, below = (total.numerator, total.denominator) if total else (None, None)
        cells, basis = self.cells(side), self.indicator.entry_basis
        if not self.series.fits or self.indicator.aggregation is not Aggregation.RATIO or not cells.numerators:
            return above, below
        sums = (formulas.part_total(basis, cells, part) for part in (cells.numerators, cells.denominators))
        condition = formulas.from_parts(cells)
        first, second = (f'IF({condition},{text},"")' for text in sums)
        return LiveFormula(first, above), LiveFormula(second, below)

    def of_both(self, as_of: int) -> tuple[LiveFormula, LiveFormula]:
        """Return how many months with a planned figure hold a result, and the sum of those planned figures (AC8 b)."""
        both = self._both(self.series.planned, as_of)
        total = sum(both, Decimal())
        found, planned = self._found(), self._across("planned")
        return LiveFormula(f"SUMPRODUCT({found})", len(both)), LiveFormula(f"SUMPRODUCT({found},{planned})", total)

    def upper_of_both(self, as_of: int) -> LiveFormula:
        """Return the sum of the upper ends of the months with a planned figure that hold a result (AC8 b, AC13)."""
        total = sum(self._both(self.series.upper, as_of), Decimal())
        return LiveFormula(f"SUMPRODUCT({self._found()},{self.ends.values})", total)

    def _found(self) -> str:
        planned, actual = (self._across(key) for key in SIDES.values())
        return f"ISNUMBER({planned})*ISNUMBER({actual})*({self._mask('planned')}=1)"

    def _both(self, months: tuple[MonthFigures, ...], as_of: int) -> list[Decimal]:
        """Return the figures of ``months`` up to ``as_of`` in which a result stands, too."""
        as_of = until_of(self.indicator, as_of)[1]
        pairs = zip(PERIODS, months, self.series.actual, strict=True)
        return [p.figure for m, p, a in pairs if m <= as_of and a.is_figure and isinstance(p.figure, Decimal)]

    @property
    def says_anything(self) -> LiveFormula:
        """1 when the year holds any figure at all; without one there is no data to be due (AC4)."""
        ranges = [self.sheet.across("planned_1", "actual_12", self.row)]
        if self.sheet.has("actual_numerator_1"):
            ranges.append(self._across("actual_numerator"))
        entries = self.series.entries
        value = any(isinstance(f, Decimal) for e in entries for f in (e.planned, e.actual, e.numerator))
        return LiveFormula(f"IF({'+'.join(f'COUNT({cells})' for cells in ranges)}>0,1,0)", int(value))


@exact
def _share(numerator: Figure, denominator: Figure, scale: Decimal) -> Decimal | None:
    if isinstance(numerator, Mark) or isinstance(denominator, Mark) or not denominator:
        return None
    return divide(numerator * scale, denominator)


def _in_view(months: tuple[MonthFigures, ...], period: int, as_of: int) -> bool:
    own = months[period - 1].span
    numbered = zip(PERIODS, months, strict=True)
    covered = any(m.span > own and period <= k <= as_of and k - m.span < period for k, m in numbered)
    return period <= as_of and not covered
