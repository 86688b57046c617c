"""An indicator's facts: its cells as printed, put in place by the repair, every doubt named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from samrit.engine.model import Aggregation, Mark, Source
from samrit.intake.cleaning import cleaned
from samrit.intake.facts import FAIR, GOOD, POOR, SURE, Fact, RecordFacts, Status
from samrit.intake.grid import Grid, GridCell
from samrit.intake.monitoring.contradictions import contradicted
from samrit.intake.monitoring.printed_values import (
    aggregation_fact,
    month_fact,
    percent_apart,
    read_otherwise,
    target_value,
    value_fact,
    weight_value,
)
from samrit.intake.monitoring.row_doubts import doubt_both, falls, odd_month, repairs
from samrit.intake.monitoring.wording import figure_text, row_text, sides
from samrit.intake.repair.arithmetic import NEAR, total_misfit, total_of
from samrit.intake.repair.rates import facts_of_parts
from samrit.intake.repair.readings import RowReading
from samrit.intake.repair.solve import (
    LEVELS,
    RowEvidence,
    Solution,
    differing,
    filling,
    may_be_total,
    percent_agrees,
    solve,
)
from samrit.intake.tables.drafts import FigureRow, IndicatorDraft
from samrit.intake.tables.tokens import TokenKind
from samrit.vocabulary.findings import Finding, Place

SIDES = ("plan", "actual")
_MISSING = {"weight": "intake_weight_missing", "target": "intake_target_missing"}
_CLOSE_CALL = 0.5  # a next best reading nearer than this makes a repair doubtful


class IndicatorReader:
    """Turns one indicator draft into facts and findings."""

    def __init__(
        self,
        grid: Grid,
        record: str,
        draft: IndicatorDraft,
        period: tuple[int, int] | None,
        *,
        recognised: bool = True,
        monthly: bool = True,
        work_percent: Decimal | None = None,
    ) -> None:
        self._grid = grid
        self._draft = draft
        self.record = RecordFacts(record, lines=tuple(draft.lines), document=grid.document)
        self.findings: list[Finding] = []
        self._target = target_value(draft)
        self._evidence = RowEvidence(self._target, draft.unit_of_measure, period, work_percent)
        self.solution: Solution = solve(draft.plan, draft.actual, self._evidence)
        self.record.totals_proved = recognised and percent_agrees(self.solution)
        self._monthly = monthly
        self._doubts = dict.fromkeys(SIDES, "")

    def read(self) -> RecordFacts:
        """Return the facts; ``findings`` then holds what was noticed."""
        self._front()
        if self._monthly:
            self._rows_there()
        rows = {"plan": self._draft.plan, "actual": self._draft.actual}
        for side, reading in (("plan", self.solution.plan), ("actual", self.solution.actual)):
            self._side(side, rows[side], reading)
        doubt_both(self.record, self._draft.plan, self._draft.actual, self._doubts)
        if self._monthly:
            self._percent()
        if self._monthly and not any(row.certain for row in rows.values() if row is not None):
            for code, params in contradicted(self.record, self.solution, self._evidence):
                self._note(code, **params)
        self._aggregation()
        for code in self._draft.doubts:
            self._note(code)
        return self.record

    # -- before the months ---------------------------------------------------------

    def _front(self) -> None:
        draft = self._draft
        source = self._source(draft.cell)
        self._text("name", draft.name, source, "intake_name_missing")
        self._text("unit_of_measure", draft.unit_of_measure, source, "intake_unit_of_measure_missing")
        for name, cell in (("weight", draft.weight), ("target", draft.target)):
            if (name == "weight" and not self._monthly and cell is None) or (name == "target" and draft.levels):
                continue  # not asked for; or a scale is there in its place
            if cell is None or (cell.value is None and not cell.text):
                self.record[name] = Fact(None, Status.MISSING, POOR, (_MISSING[name],), source)
                self._note(_MISSING[name])
            else:
                number = self._target if name == "target" else weight_value(cell)
                self.record[name], told = value_fact(name, cell, number, self._draft.unit_of_measure)
                self.record[name] = replace(self.record[name], source=self._source(cell.cell))
                for code, params in told:
                    self._note(code, **params)
        self.record.years = {year: Fact(cleaned(c.text), source=self._source(c)) for year, c in draft.years.items()}
        self.record.levels = {n: Fact(cleaned(c.text), source=self._source(c)) for n, c in draft.levels.items()}
        self.record["target_text"] = Fact(cleaned(draft.target_text), source=source)

    def _text(self, name: str, text: str, source: Source, code: str) -> None:
        if text:
            self.record[name] = Fact(cleaned(text), source=source)
        else:
            self.record[name] = Fact("", Status.MISSING, POOR, (code,), source)
            self._note(code)

    def _rows_there(self) -> None:
        """Note an indicator whose plan or result row is not there."""
        draft = self._draft
        if draft.plan_only:
            return
        if draft.plan is not None and draft.actual is None:
            self._note("intake_result_row_missing")
        if draft.plan is None and not draft.results_only:
            self._note("intake_plan_row_missing")

    # -- months and totals ------------------------------------------------------------

    def _side(self, side: str, row: FigureRow | None, reading: RowReading | None) -> None:
        undecided = self.solution.undecided_plan if side == "plan" else self.solution.undecided_actual
        base = self._source_of_row(row)
        if reading is None:
            for period in range(1, 13):
                self.record[f"{side}.{period}"] = Fact(None, Status.MISSING, POOR, (), base)
            self.record[f"{side}_total"] = Fact(None, Status.MISSING, POOR, (), base)
            return
        spans = row.spans if row is not None else ()
        self.record.spans[side] = [(a, b, Fact(t.figure, source=self._source(t.cell))) for a, b, t in spans]
        self._row_findings(side, reading, undecided)
        fits = self._fits(side, reading)
        repaired = not reading.is_straight
        close = self.solution.margin < _CLOSE_CALL and repaired
        shifted = self.solution.shifted_plan if side == "plan" else self.solution.shifted_actual
        if close or shifted:
            self._doubt("intake_position_doubtful", side, other=row_text(self._rival(side) if close else shifted[0]))
        apart = differing(reading, *shifted)
        for period, figure in enumerate(reading.figures, 1):
            sure = fits and not close and period not in apart
            self.record[f"{side}.{period}"] = self._month(side, reading, period, figure, repaired=repaired, fits=sure)
        if close and not fits and not may_be_total(self.solution, reading, self._target):
            undecided = undecided | {n for n, f in enumerate(reading.figures, 1) if isinstance(f, Decimal)}
        for period in undecided:
            self.record[f"{side}.{period}"] = Fact(None, Status.MISSING, POOR, ("intake_months_undecided",), base)
        self._fill(side, reading)
        self._total(side, reading, base)

    def _rival(self, side: str) -> RowReading | None:
        return self.solution.rival_plan if side == "plan" else self.solution.rival_actual

    def _month(
        self, side: str, reading: RowReading, period: int, figure: Decimal | Mark, *, repaired: bool, fits: bool
    ) -> Fact:
        token = reading.source(period)
        source = self._source(token.cell) if token is not None else Source(self._grid.document, self._grid.page)
        if token is not None and token.kind in (TokenKind.UNREAD, TokenKind.TEXT):
            self._note("intake_figure_not_read", **sides(side), period=period, text=token.text)
            return Fact(None, Status.MISSING, POOR, ("intake_figure_not_read",), source)
        if period in reading.lost:
            return Fact(None, Status.MISSING, POOR, ("intake_month_lost",), source)
        told = read_otherwise(token, self._draft)
        if told and token is not None:
            whole = token.cell.whole.text if token.cell is not None else token.text
            self._note(told, **sides(side), period=period, value=token.value, text=whole)
        if period not in reading.put_in:
            sure = fits or (not repaired and not reading.values)
            return replace(month_fact(figure, told, self._doubts[side], repaired=repaired, fits=sure), source=source)
        proved = fits and not isinstance(figure, Decimal)  # a sum proves that a figure was there, not where
        status = Status.REPAIRED if proved else Status.DOUBTFUL
        return Fact(figure, status, FAIR if proved else POOR, ("intake_month_put_in",), source)

    def _fits(self, side: str, reading: RowReading) -> bool:
        if self.record.spans.get(side):
            return True
        if reading.total is None or reading.total.value is None:
            return not reading.values
        if not reading.values:
            return not reading.total.value
        return total_misfit(reading.values, reading.total.value, self.solution.aggregation) <= NEAR

    def _row_findings(self, side: str, reading: RowReading, undecided: frozenset[int]) -> None:
        """Explain every repair of a row."""
        cumulative = self.solution.aggregation is Aggregation.LATEST
        only_rises = side == "plan" or self._draft.unit_of_measure.startswith(LEVELS)
        may_be_odd = side == "plan" and self.solution.aggregation is not Aggregation.SUM
        for code, params in (
            *repairs(reading, undecided),
            *(falls(reading) if cumulative and only_rises else ()),
            *(odd_month(reading) if may_be_odd else ()),
        ):
            self._doubt(code, side, **params)
        if reading.total is None and reading.values:
            self._doubt("intake_total_missing", side)
        elif not self._fits(side, reading):
            total = reading.total.value if reading.total else None
            computed = total_of(reading.values, self.solution.aggregation) if reading.values else None
            self._doubt("intake_total_differs", side, printed=total, computed=figure_text(computed))

    def _doubt(self, code: str, side: str, **params: object) -> None:
        """Note a finding about a row; the first one is what its months are doubted for."""
        self._note(code, **sides(side), **params)
        self._doubts[side] = self._doubts[side] or code

    def _fill(self, side: str, reading: RowReading) -> None:
        """Give a lost month what is missing to the total, where that is settled and its place is known."""
        value = filling(reading, self.solution.aggregation)
        undecided = self.solution.undecided_plan if side == "plan" else self.solution.undecided_actual
        if value is None or undecided & set(reading.lost):
            for period in reading.lost:
                self._note("intake_month_lost", **sides(side), period=period)
            return
        period = reading.lost[0]
        source = self._source(reading.total.cell) if reading.total else Source(self._grid.document)
        shifted = self.solution.shifted_plan if side == "plan" else self.solution.shifted_actual
        status = Status.DOUBTFUL if shifted else Status.REPAIRED
        self.record[f"{side}.{period}"] = Fact(value, status, FAIR, ("intake_month_filled",), source)
        self._note("intake_month_filled", **sides(side), period=period, value=value)

    def _total(self, side: str, reading: RowReading, base: Source) -> None:
        total = reading.total
        if total is None or total.value is None:
            missing = bool(reading.values)
            self.record[f"{side}_total"] = Fact(
                None, Status.MISSING if missing else Status.READ, POOR if missing else SURE, (), base
            )
            return
        fits = self._fits(side, reading)
        if not fits and not may_be_total(self.solution, reading, self._target):
            code = "intake_total_unproved"
            self._note(code, **sides(side), value=total.value)
            self.record[f"{side}_total"] = Fact(None, Status.MISSING, POOR, (code,), self._source(total.cell))
            return
        status = Status.READ if fits else Status.DOUBTFUL
        codes = () if fits else ("intake_total_differs",)
        self.record[f"{side}_total"] = Fact(
            total.value, status, SURE if fits else FAIR, codes, self._source(total.cell)
        )

    # -- percent and aggregation -------------------------------------------------------

    def _percent(self) -> None:
        solution = self.solution
        rows = [r for r in (solution.actual, solution.plan) if r is not None and r.percent is not None]
        behind = [t for r in (solution.actual, solution.plan) if r is not None for t in (*r.left_over, r.percent)]
        taken = rows[0].percent if rows else None
        self.record.spares = tuple(t.value for t in behind if t and t is not taken and t.value is not None)
        if taken is None:
            self.record["percent"] = Fact(None, Status.MISSING, POOR, ("intake_percent_missing",))
            self._note("intake_percent_missing")
            return
        self.record["percent"] = Fact(taken.value, source=self._source(taken.cell))
        proved = all(
            r is not None and self._fits(s, r) for s, r in (("plan", solution.plan), ("actual", solution.actual))
        )
        computed = percent_apart(solution, taken.value) if proved else None
        if computed is not None:
            self.record["percent"] = self.record["percent"].doubted("intake_percent_differs")
            self._note("intake_percent_differs", printed=taken.value, computed=figure_text(computed))
        if rows[0] is solution.plan:
            self._note("intake_percent_on_plan_row", percent=taken.value)
            self.record["percent"] = replace(self.record["percent"], status=Status.REPAIRED, confidence=GOOD)

    def _aggregation(self) -> None:
        """Say how the aggregation was inferred, and how sure that is."""
        self.record["aggregation"], told = aggregation_fact(self.solution)
        parts = facts_of_parts(self._draft, self._source)
        self.record.facts |= parts
        for code, params in told if "aggregation" not in parts else ():
            self._note(code, **params)

    # -- sources and notes ---------------------------------------------------------------

    def _source(self, cell: GridCell | None) -> Source:
        return self._grid.source(cell) if cell is not None else Source(self._grid.document, self._grid.page)

    def _source_of_row(self, row: FigureRow | None) -> Source:
        return Source(self._grid.document, self._grid.page, row.line if row else None)

    def _note(self, code: str, **params: object) -> None:
        line = self._draft.lines[0] if self._draft.lines else None
        place = Place(self._grid.document, self._grid.page, line, record=self.record.record)
        self.findings.append(Finding(code, place, params))
