"""Dates of spreadsheets as shown: days since 1899-12-30, with Thai month names and Buddhist years."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from samrit.intake.sources.sheets.number_formats import FormatSection, Piece
from samrit.vocabulary.months import ENGLISH, ENGLISH_SHORT, THAI, THAI_SHORT

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a calendar day, not a moment
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_DAY = 2_958_465  # 9999-12-31
_FALSE_LEAP_DAY = 60  # the spreadsheets' calendar has a 29 February 1900
_BUDDHIST_ERA = 543
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS_TH = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")


def shown_date(value: Decimal, section: FormatSection, *, since_1904: bool = False) -> str | None:
    """Return the day and time that ``value`` counts to, as the format shows it; None when it is no date."""
    if not 0 <= value <= _LAST_DAY:
        return None
    if any(piece.kind == "elapsed" for piece in section.pieces):
        return _elapsed(value, section)
    days = int(value)
    if not since_1904 and 0 < days < _FALSE_LEAP_DAY:
        days += 1
    seconds = int(((value - int(value)) * 86400).to_integral_value())
    moment = (_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(days=days)
    if moment.year > 9998:
        return None
    return _written(moment + timedelta(seconds=seconds), section)


def _elapsed(value: Decimal, section: FormatSection) -> str:
    """Return a length of time as hours and minutes, for formats like [h]:mm."""
    minutes = int((value * 1440).to_integral_value())
    return f"{minutes // 60}:{minutes % 60:02}"


def _written(moment: datetime, section: FormatSection) -> str:
    pieces = section.pieces
    half_days = any(piece.kind == "ampm" for piece in pieces)
    parts: list[str] = []
    for at, piece in enumerate(pieces):
        match piece.kind:
            case "letters":
                minutes = piece.text.startswith("m") and _is_minutes(pieces, at)
                parts.append(_field(piece.text, moment, section, minutes=minutes, half_days=half_days))
            case "ampm":
                parts.append("AM" if moment.hour < 12 else "PM")
            case "literal":
                parts.append(piece.text)
            case "digits" if piece.text in {",", "."}:
                parts.append(piece.text)
            case _:
                continue
    return "".join(parts)


def _is_minutes(pieces: tuple[Piece, ...], at: int) -> bool:
    """Say whether an "m" means minutes: it stands after hours or before seconds."""
    before = next((p.text for p in reversed(pieces[:at]) if p.kind == "letters"), "")
    after = next((p.text for p in pieces[at + 1 :] if p.kind == "letters"), "")
    return len(pieces[at].text) <= 2 and (before.startswith("h") or after.startswith("s"))


def _field(letters: str, moment: datetime, section: FormatSection, *, minutes: bool, half_days: bool) -> str:
    size = len(letters)
    match letters[0]:
        case "d" if size > 2:
            names = _WEEKDAYS_TH if section.thai_names else _WEEKDAYS
            return names[moment.weekday()] if size > 3 or section.thai_names else names[moment.weekday()][:3]
        case "d":
            return f"{moment.day:0{size}}"
        case "m" if minutes:
            return f"{moment.minute:0{size}}"
        case "m" if size > 2:
            return _month(moment.month, size, thai=section.thai_names)
        case "m":
            return f"{moment.month:0{size}}"
        case "y" | "b" | "e":
            year = moment.year + (_BUDDHIST_ERA if letters[0] == "b" or section.buddhist else 0)
            return f"{year % 100:02}" if size <= 2 and letters[0] != "e" else f"{year:04}"
        case _:
            return _time_field(letters, moment, half_days=half_days)


def _time_field(letters: str, moment: datetime, *, half_days: bool) -> str:
    size = len(letters)
    if letters[0] == "h":
        return f"{(moment.hour - 1) % 12 + 1 if half_days else moment.hour:0{size}}"
    return f"{moment.second:0{size}}" if letters[0] == "s" else ""


def _month(month: int, size: int, *, thai: bool) -> str:
    names = (THAI if thai else ENGLISH) if size > 3 else (THAI_SHORT if thai else ENGLISH_SHORT)
    return names[month - 1] if size < 5 else names[month - 1][:1]
