"""Parameters of findings as a person reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from samrit.engine.model import Mark
from samrit.intake.repair.readings import RowReading
from samrit.intake.tables.tokens import Token


def cells_text(tokens: Sequence[Token]) -> str:
    """Return cells as printed, one beside the other."""
    return " | ".join(t.text or "␣" for t in tokens)


def periods_text(periods: Iterable[int]) -> str:
    """Return periods as a list."""
    return ", ".join(str(p) for p in periods)


def row_text(reading: RowReading | None) -> str:
    """Return the twelve months of a reading, one beside the other."""
    if reading is None:
        return "–"
    return " ".join(f"{f:f}" if isinstance(f, Decimal) else "–" if f is Mark.NOTHING else "□" for f in reading.figures)


def sides(side: str) -> Mapping[str, str]:
    """Return the word for "plan" or "actual" in both languages, as a finding's sentences take it."""
    return {"side": "แผน", "side_en": "plan"} if side == "plan" else {"side": "ผล", "side_en": "result"}


def figure_text(value: Decimal | None) -> str:
    """Return a computed figure with two decimals at most."""
    if value is None:
        return "–"
    rounded = value.quantize(Decimal("0.01")) if value != value.to_integral_value() else value.to_integral_value()
    return f"{rounded:,f}"
