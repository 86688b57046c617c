"""Indicators of a form: their months from the wide table or the long one, targets, and what was settled by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from samrit.engine.model import (
    Aggregation,
    Claim,
    Comparator,
    Consolidation,
    Direction,
    Entry,
    EntryBasis,
    Figure,
    Formula,
    Indicator,
    Level,
    Mark,
    Override,
    Quantity,
    Rhythm,
    Target,
)
from samrit.intake.forms.rows import FormRow
from samrit.vocabulary.numbers import is_percent_unit
from samrit.vocabulary.periods import period_of_month

RowsByTable = Mapping[str, Sequence[FormRow]]


def rows_of(rows: RowsByTable, table: str, column: str, own: str) -> Iterator[FormRow]:
    """Return the rows of a table whose ``column`` names ``own``."""
    return (row for row in rows.get(table, ()) if row.text(column) == own and not row.is_void)


def overrides_of(rows: RowsByTable, own: str) -> Iterator[Override]:
    """Yield what the evaluators settled for a work or indicator."""
    for row in rows_of(rows, "overrides", "record", own):
        yield Override(
            row.whole("period") or 12,
            row.text("reason"),
            percent=row.number("percent"),
            band=row.text("band"),
            decided_by=row.text("decided_by"),
            source=row.source(),
        )


class IndicatorForm:
    """Reads the indicators of one form."""

    def __init__(self, rows: RowsByTable, year_be: int, calendar: str) -> None:
        self._rows = rows
        self._year = year_be
        self._calendar = calendar

    def indicator(self, row: FormRow) -> Indicator:
        """Return the indicator of a row; the long table of months, where there is one, goes before the wide one."""
        own = row.text("id")
        unit = row.text("unit_of_measure")
        consolidation = row.choice("consolidation", "consolidation")
        percent = row.number("claim_percent")
        upper, quantity = row.number("upper"), row.choice("quantity", "quantity")
        levels = _levels(list(rows_of(self._rows, "levels", "indicator", own)))
        usual = "range" if upper is not None else "levels" if levels else "ratio"
        formula = Formula(row.choice("formula", "formula") or usual)
        months = "latest" if formula is Formula.LEVELS else "sum"  # nobody adds up levels, or values on thresholds
        aggregation = Aggregation(row.choice("aggregation", "aggregation") or months)
        entries = tuple(self._long_entries(own) or self._wide_entries(row))
        return Indicator(
            id=own,
            number=row.whole("number") or 0,
            name=row.text("name"),
            unit_of_measure=unit,
            weight=row.number("weight"),
            aggregation=aggregation,
            consolidation=Consolidation(consolidation) if consolidation else None,
            entry_basis=EntryBasis(row.choice("entry_basis", "entry_basis") or "month"),
            direction=Direction(row.choice("direction", "direction") or "higher"),
            formula=formula,
            is_share=is_percent_unit(unit),
            baseline=row.number("baseline"),
            entries=entries if upper is None else _with_upper_end(entries, upper, aggregation),
            targets=self._targets(row),
            claim=Claim(percent=percent, source=row.source()) if percent is not None else None,
            overrides=tuple(overrides_of(self._rows, own)),
            levels=levels,
            note=row.text("note"),
            source=row.source(),
            scale=row.number("scale"),
            quantity=Quantity(quantity) if quantity else None,
            parts=self._parts(own),
            rhythm=Rhythm(rhythm) if (rhythm := row.choice("rhythm", "rhythm")) else None,
            **_said_seldom(row),
        )

    def _parts(self, own: str) -> tuple[Indicator, ...]:
        """Return the categories that the indicator is broken down by; their months are in the long table (BD1)."""
        made = []
        for number, row in enumerate(rows_of(self._rows, "breakdowns", "indicator", own), 1):
            part = row.text("id") or f"{own}.{number}"
            made.append(
                Indicator(
                    part,
                    number,
                    row.text("category"),
                    part_of=own,
                    dimension=row.text("dimension"),
                    entries=tuple(self._long_entries(part)),
                    source=row.source(),
                )
            )
        return tuple(made)

    def _targets(self, row: FormRow) -> tuple[Target, ...]:
        value, own = row.figure(row.cells.get("target"), "target"), row.text("id")
        # A year that can't be read is told by its row; a target of no year is none.
        yearly = tuple(_target(row, year) for row, year in self._years(own))
        if value is Mark.BLANK or any(target.year_be == self._year for target in yearly):
            return yearly
        comparator = Comparator(row.choice("comparator", "comparator") or "eq")
        unit, upper = row.text("unit_of_measure"), row.number("upper")
        printed = row.text("target") + (f"–{row.text('upper')}" if upper is not None else "")
        this_year = Target(self._year, value, comparator, unit, printed, row.source(), upper)
        return tuple(sorted((*yearly, this_year), key=lambda target: target.year_be))

    def _years(self, own: str) -> Iterator[tuple[FormRow, int]]:
        for row in rows_of(self._rows, "targets", "indicator", own):
            year = row.year("year")
            if year is not None:
                yield row, year

    def _long_entries(self, own: str) -> list[Entry]:
        made = []
        for row in rows_of(self._rows, "monthly", "indicator", own):
            planned, actual = (row.figure(row.cells.get(side), side) for side in ("planned", "actual"))
            period = row.whole("period")
            if period is None:  # told by its row
                continue
            made.append(
                Entry(
                    period=period,
                    unit=row.text("unit"),
                    planned=planned,
                    actual=actual,
                    numerator=row.figure(row.cells.get("numerator"), "numerator"),
                    denominator=row.figure(row.cells.get("denominator"), "denominator"),
                    planned_numerator=row.figure(row.cells.get("planned_numerator"), "planned_numerator"),
                    planned_denominator=row.figure(row.cells.get("planned_denominator"), "planned_denominator"),
                    planned_upper=row.figure(row.cells.get("planned_upper"), "planned_upper"),
                    span=row.whole("span") or 1,
                    note=row.text("note"),
                    source=row.source(),
                    confidence=row.number("confidence"),
                )
            )
        return made

    def _wide_entries(self, row: FormRow) -> Iterator[Entry]:
        made: dict[tuple[int, int], dict[str, Figure]] = {}
        for (side, month), cell in row.months.items():
            figure = row.figure(cell)
            covered = row.figure(row.spans.get((side, month)))
            stretch = (period_of_month(self._calendar, month), int(covered) if isinstance(covered, Decimal) else 1)
            made.setdefault(stretch, {})[side] = figure
        for (period, span), figures in sorted(made.items()):
            planned, actual = (figures.get(side, Mark.BLANK) for side in ("planned", "actual"))
            yield Entry(period=period, planned=planned, actual=actual, span=span, source=row.source())


def _target(row: FormRow, year_be: int) -> Target:
    return Target(
        year_be,
        row.figure(row.cells.get("value"), "value"),
        Comparator(row.choice("comparator", "comparator") or "eq"),
        row.text("unit_of_measure"),
        row.text("text") or row.text("value"),
        row.source(),
        row.number("upper"),
    )


def _said_seldom(row: FormRow) -> dict[str, Any]:
    """Return what few indicators say: whose results they take, what they are the same as, how their years count."""
    return {
        "figures_of": row.text("figures_of"),
        "identity": row.text("identity"),
        "interpolated": row.choice("interpolated", "yes_no") == "yes",
        "years_add_up": row.choice("years_add_up", "yes_no") == "yes",
        "baseline_year_be": row.year("baseline_year_be"),
    }


def _levels(rows: Sequence[FormRow]) -> tuple[Level, ...]:
    """Return the levels of an indicator; further rows of one say what it asks for from a period on (AC5)."""
    rows = [row for row in rows if row.whole("number") is not None]  # one that can't be read is told
    later = [row for row in rows if row.whole("from_period") is not None]
    made = [_level(row) for row in rows if row not in later]
    made += [
        replace(_level(row), threshold=None) for row in later if row.whole("number") not in {v.number for v in made}
    ]
    held: dict[int, list[tuple[int, Decimal]]] = {}
    for row in later:
        threshold = row.number("threshold")
        if threshold is not None:
            held.setdefault(row.whole("number") or 0, []).append((row.whole("from_period") or 0, threshold))
    return tuple(replace(level, thresholds=tuple(sorted(held.get(level.number, ())))) for level in made)


def _level(row: FormRow) -> Level:
    return Level(
        number=row.whole("number") or 0,
        text=row.text("text"),
        due_period=row.whole("due_period"),
        threshold=row.number("threshold"),
        source=row.source(),
    )


def _with_upper_end(entries: tuple[Entry, ...], upper: Decimal, aggregation: Aggregation) -> tuple[Entry, ...]:
    """Return the months with the upper end of the year's range beside their plan (AC13).

    Months that are added up have ends of their own, which the form does not ask for; one of them has the year's.
    """
    planned = [e for e in entries if isinstance(e.planned, Decimal)]
    if aggregation is Aggregation.SUM and len(planned) > 1:
        return entries
    return tuple(replace(e, planned_upper=upper) if isinstance(e.planned, Decimal) else e for e in entries)
