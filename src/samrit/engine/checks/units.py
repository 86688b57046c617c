"""Words that say what a figure is measured in, for checks that compare a name with its unit of measure.

They are hints for a reader, never a rule of calculation: aggregation and formula are
declared in the plan (R70).
"""

from __future__ import annotations

from decimal import Decimal

from samrit.vocabulary.numbers import is_percent_unit, unit_name

PERCENT, LEVEL, COUNT = "percent", "level", "count"

# What a name begins with, and the sort of unit that it announces.
_NAME_BEGINS = {
    "ร้อยละ": PERCENT,
    "อัตราร้อยละ": PERCENT,
    "จำนวน": COUNT,
    "ระดับ": LEVEL,
    "percent": PERCENT,
    "number of": COUNT,
    "level of": LEVEL,
}
_LEVEL_WORDS = ("ระดับ", "ขั้น", "level", "step")
_SCALES = {"พันล้าน": Decimal(1_000_000_000), "ล้าน": Decimal(1_000_000), "million": Decimal(1_000_000)}


def is_level_unit(unit: str) -> bool:
    """Say whether figures in this unit of measure are steps of a scale: ระดับ, ระดับความสำเร็จ, ขั้นตอน."""
    return unit_name(unit).casefold().startswith(_LEVEL_WORDS)


def sort_of_unit(unit: str) -> str:
    """Return "percent", "level" or "count"; "" for no unit at all."""
    if not unit.strip():
        return ""
    if is_percent_unit(unit):
        return PERCENT
    return LEVEL if is_level_unit(unit) else COUNT


def sort_of_name(name: str) -> str:
    """Return the sort of unit that an indicator's name announces by its first word, or ""."""
    plain = name.strip().casefold()
    return next((sort for word, sort in _NAME_BEGINS.items() if plain.startswith(word)), "")


def scale_of(unit: str) -> Decimal | None:
    """Return what one of this unit of measure stands for when it names a large number: ล้านคน → 1,000,000."""
    plain = unit_name(unit).casefold()
    return next((size for word, size in _SCALES.items() if plain.startswith(word)), None)
