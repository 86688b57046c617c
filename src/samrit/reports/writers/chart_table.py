"""The figures of a chart as a table: its text alternative in every format (ux.md)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from samrit.reports.document.inline import bands_of
from samrit.reports.document.model import Cell, Chart, Document, Row, Series, TableBlock
from samrit.reports.writers.words import word
from samrit.vocabulary.numbers import format_number

_PLACES = 2
_MOST_COLUMNS = 13
_SHORT_LABEL = 12


def chart_table(chart: Chart, document: Document, *, small: bool = True) -> TableBlock:
    """Return the chart's figures, turned so that the columns have short heads and the rows are few."""
    corner = Cell(chart.unit or word("item", document.language), "centre")
    count = max((len(series.values) for series in chart.series), default=0)
    categories = chart.categories[:count]
    if _categories_across(categories, [series.name for series in chart.series]):
        head = (corner, *(Cell(category, "centre") for category in categories))
        rows = [
            (_name(series, document), *(_value(series, index, document) for index in range(len(categories))))
            for series in chart.series
        ]
    else:
        head = (corner, *(_name(series, document, "centre") for series in chart.series))
        rows = [
            (Cell(category), *(_value(series, index, document) for series in chart.series))
            for index, category in enumerate(categories)
        ]
    widths = (2.5, *(1.0 for _ in head[1:]))
    return TableBlock((Row(head),), tuple(Row(row) for row in rows), widths, small=small)


def _categories_across(categories: Sequence[str], names: Sequence[str]) -> bool:
    """Say whether the categories make the better heads of columns."""
    if len(categories) > _MOST_COLUMNS or max(map(len, categories), default=0) > _SHORT_LABEL:
        return False
    names_fit = len(names) <= _MOST_COLUMNS and max(map(len, names), default=0) <= _SHORT_LABEL
    return not names_fit or len(categories) > len(names)


def _name(series: Series, document: Document, align: str = "left") -> Cell:
    band = series.band if series.band in bands_of(document) else ""
    return Cell(series.name, align, band=band)


def _value(series: Series, index: int, document: Document) -> Cell:
    value = series.values[index] if index < len(series.values) else None
    if value is None:
        return Cell(word("no_value", document.language), "right")
    return Cell(shown(value, document.digits), "right")


def shown(value: Decimal, digits: str) -> str:
    """Return a chart's value for print: whole numbers whole, others with two places (DI1)."""
    places = 0 if value == value.to_integral_value() else _PLACES
    return format_number(value, places, digits)
