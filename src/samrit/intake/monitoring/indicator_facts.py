"""An indicator's facts: its cells as printed, put in place by the repair, every doubt named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from samrit.engine.model import Mark, Source
from samrit.intake.cleaning import cleaned
from samrit.intake.facts import FAIR, GOOD, POOR, SURE, Fact, RecordFacts, Status
from samrit.intake.grid import Grid, GridCell
from samrit.intake.monitoring.drafts import FigureRow, IndicatorDraft
from samrit.intake.repair.arithmetic import NEAR, percent_misfit, total_misfit, total_of
from samrit.intake.repair.readings import RowReading
from samrit.intake.repair.solve import Evidence, Solution, filling, solve
from samrit.intake.repair.tokens import Kind, Token
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.numbers import unit_name

SIDES = ("plan", "actual")
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
    ) -> None:
        self._grid = grid
        self._draft = draft
        self.record = RecordFacts(record, lines=tuple(draft.lines), document=grid.document)
        self.findings: list[Finding] = []
        target = draft.target.value if draft.target else None
        self.solution: Solution = solve(draft.plan, draft.actual, Evidence(target, draft.unit_of_measure, period))
        self.record.totals_proved = recognised and _percent_agrees(self.solution)
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
        if self._monthly:
            self._percent()
        self._aggregation()
        for code in self._draft.doubts:
            self._note(code)
        return self.record

    # -- before the months ---------------------------------------------------------

    def _front(self) -> None:
        draft = self._draft
        source = self._source(draft.cell)
        self._text("name", draft.name, source, "intake_name_missing")
        self._text(
            "unit_of_measure",
            unit_name(draft.unit_of_measure) if draft.unit_of_measure else "",
            source,
            "intake_unit_of_measure_missing",
        )
        for name, cell in (("weight", draft.weight), ("target", draft.target)):
            if name == "weight" and not self._monthly:
                continue
            if cell is None or (cell.value is None and not cell.text):
                self.record[name] = Fact(None, Status.MISSING, POOR, (f"intake_{name}_missing",), source)
                self._note(f"intake_{name}_missing")
            else:
                value = cell.value if cell.value is not None else Mark.NOTHING if cell.kind is Kind.DASH else None
                self.record[name] = Fact(value, source=self._source(cell.cell))
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
        if draft.plan is not None and draft.actual is None:
            self._note("intake_result_row_missing")
        if draft.plan is None:
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
        self._row_findings(side, reading, undecided)
        fits = self._fits(reading)
        repaired = not reading.is_straight
        close = self.solution.margin < _CLOSE_CALL and repaired
        for period, figure in enumerate(reading.figures, 1):
            self.record[f"{side}.{period}"] = self._month(
                side, reading, period, figure, repaired=repaired, fits=fits and not close
            )
        for period in undecided:
            self.record[f"{side}.{period}"] = Fact(None, Status.MISSING, POOR, ("intake_months_undecided",), base)
        self._fill(side, reading)
        self._total(side, reading, base)

    def _month(
        self, side: str, reading: RowReading, period: int, figure: Decimal | Mark, *, repaired: bool, fits: bool
    ) -> Fact:
        token = reading.source(period)
        source = self._source(token.cell) if token is not None else Source(self._grid.document, self._grid.page)
        if token is not None and token.kind is Kind.UNREAD:
            self._note("intake_figure_not_read", side=_label(side), period=period, text=token.text)
            return Fact(None, Status.MISSING, POOR, ("intake_figure_not_read",), source)
        if period in reading.lost:
            return Fact(None, Status.MISSING, POOR, ("intake_month_lost",), source)
        code = self._doubts[side]
        if not repaired:
            sure = fits or not reading.values
            return Fact(
                figure,
                Status.READ if sure else Status.DOUBTFUL,
                SURE if sure else FAIR,
                () if sure else (code,) if code else (),
                source,
            )
        if period in reading.put_in:
            return Fact(
                figure,
                Status.REPAIRED if fits else Status.DOUBTFUL,
                FAIR if fits else POOR,
                ("intake_month_put_in",),
                source,
            )
        return Fact(
            figure,
            Status.REPAIRED if fits else Status.DOUBTFUL,
            GOOD if fits else POOR,
            (code,) if code else (),
            source,
        )

    def _fits(self, reading: RowReading) -> bool:
        if reading.total is None or reading.total.value is None:
            return not reading.values
        if not reading.values:
            return not reading.total.value
        return total_misfit(reading.values, reading.total.value, self.solution.aggregation) <= NEAR

    def _row_findings(self, side: str, reading: RowReading, undecided: frozenset[int]) -> None:
        """Explain every repair of a row."""
        for code, params in _repairs(reading, undecided):
            self._note(code, side=_label(side), **params)
            self._doubts[side] = self._doubts[side] or code
        if reading.total is None and reading.values:
            self._note("intake_total_missing", side=_label(side))
            self._doubts[side] = self._doubts[side] or "intake_total_missing"
        elif not self._fits(reading):
            total = reading.total.value if reading.total else None
            computed = total_of(reading.values, self.solution.aggregation) if reading.values else None
            self._note("intake_total_differs", side=_label(side), printed=total, computed=_shown(computed))
            self._doubts[side] = self._doubts[side] or "intake_total_differs"

    def _fill(self, side: str, reading: RowReading) -> None:
        """Give a lost month what is missing to the total, where that is settled and its place is known."""
        value = filling(reading, self.solution.aggregation)
        undecided = self.solution.undecided_plan if side == "plan" else self.solution.undecided_actual
        if value is None or undecided & set(reading.lost):
            for period in reading.lost:
                self._note("intake_month_lost", side=_label(side), period=period)
            return
        period = reading.lost[0]
        source = self._source(reading.total.cell) if reading.total else Source(self._grid.document)
        self.record[f"{side}.{period}"] = Fact(value, Status.REPAIRED, FAIR, ("intake_month_filled",), source)
        self._note("intake_month_filled", side=_label(side), period=period, value=value)

    def _total(self, side: str, reading: RowReading, base: Source) -> None:
        total = reading.total
        if total is None or total.value is None:
            missing = bool(reading.values)
            self.record[f"{side}_total"] = Fact(
                None, Status.MISSING if missing else Status.READ, POOR if missing else SURE, (), base
            )
            return
        fits = self._fits(reading)
        status = Status.READ if fits else Status.DOUBTFUL
        codes = () if fits else ("intake_total_differs",)
        self.record[f"{side}_total"] = Fact(
            total.value, status, SURE if fits else FAIR, codes, self._source(total.cell)
        )

    # -- percent and aggregation -------------------------------------------------------

    def _percent(self) -> None:
        solution = self.solution
        rows = [r for r in (solution.actual, solution.plan) if r is not None and r.percent is not None]
        if not rows or rows[0].percent is None:
            self.record["percent"] = Fact(None, Status.MISSING, POOR, ("intake_percent_missing",))
            self._note("intake_percent_missing")
            return
        token = rows[0].percent
        self.record["percent"] = Fact(token.value, source=self._source(token.cell))
        if rows[0] is solution.plan:
            self._note("intake_percent_on_plan_row", percent=token.value)
            self.record["percent"] = replace(self.record["percent"], status=Status.REPAIRED, confidence=GOOD)

    def _aggregation(self) -> None:
        """Say how the aggregation was inferred, and how sure that is."""
        solution = self.solution
        if solution.proved and solution.proved == solution.tested and not self._rivals_matter():
            fact = Fact(solution.aggregation.value, confidence=GOOD if solution.proved == 1 else SURE)
        else:
            confidence = FAIR if solution.proved else POOR
            fact = Fact(solution.aggregation.value, Status.REPAIRED, confidence, ("intake_aggregation_assumed",))
            self._note(
                "intake_aggregation_assumed",
                aggregation=solution.aggregation.value,
                proved=solution.proved,
                tested=solution.tested,
            )
        self.record["aggregation"] = fact

    def _rivals_matter(self) -> bool:
        """Say whether another aggregation gives the same printed totals although months have several values."""
        rows = [r for r in (self.solution.plan, self.solution.actual) if r is not None]
        return bool(self.solution.rivals) and any(len(set(r.values)) > 1 for r in rows)

    # -- sources and notes ---------------------------------------------------------------

    def _source(self, cell: GridCell | None) -> Source:
        return self._grid.source(cell) if cell is not None else Source(self._grid.document, self._grid.page)

    def _source_of_row(self, row: FigureRow | None) -> Source:
        return Source(self._grid.document, self._grid.page, row.line if row else None)

    def _note(self, code: str, **params: object) -> None:
        line = self._draft.lines[0] if self._draft.lines else None
        place = Place(self._grid.document, self._grid.page, line, record=self.record.record)
        self.findings.append(Finding(code, place, params))


def _percent_agrees(solution: Solution) -> bool:
    """Say whether both printed totals give the printed percent exactly."""
    plan, actual = solution.plan, solution.actual
    if plan is None or actual is None or plan.total is None or actual.total is None or solution.percent is None:
        return False
    planned, done = plan.total.value, actual.total.value
    return (
        bool(planned)
        and planned is not None
        and done is not None
        and percent_misfit(done, planned, solution.percent) <= NEAR
    )


def _repairs(reading: RowReading, undecided: frozenset[int]) -> Iterator[tuple[str, dict[str, object]]]:
    dropped = reading.dropped
    if dropped:
        numbers = [t for t in dropped if t.value is not None]
        code = "intake_numbers_dropped" if numbers else "intake_cells_dropped"
        yield code, {"count": len(dropped), "cells": _cells(dropped)}
    if reading.put_in:
        yield "intake_month_put_in", {"periods": _periods(reading.put_in)}
    if undecided:
        yield "intake_months_undecided", {"periods": _periods(sorted(undecided))}
    if reading.left_over:
        yield "intake_cells_left_over", {"cells": _cells(reading.left_over)}


def _cells(tokens: tuple[Token, ...]) -> str:
    return " | ".join(t.text or "(ว่าง)" for t in tokens)


def _periods(periods: object) -> str:
    return ", ".join(str(p) for p in periods)  # type: ignore[attr-defined]


def _label(side: str) -> str:
    return "แผน" if side == "plan" else "ผล"


def _shown(value: Decimal | None) -> str:
    if value is None:
        return "–"
    rounded = value.quantize(Decimal("0.01")) if value != value.to_integral_value() else value.to_integral_value()
    return f"{rounded:,f}"
