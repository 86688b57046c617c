"""What a plan says between the lines: period, kind, links to plans above, each with how sure it is (R49, R273–R276)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from samrit.engine.model import Alignment, Kind
from samrit.intake.cleaning import cleaned
from samrit.intake.headings import pattern
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.periods import parse_span, span_periods

_NATIONAL = re.compile(
    r"(?P<mark>ยุทธศาสตร์ชาติ|(?<![ก-๙])[ยขช][ก-ฮ]{0,2})\s?\.?\s?(?:ที่|ด้านที่)?\s?(?P<code>[1-6])(?![0-9])"
)
_MASTER = re.compile(r"แผน\s?แม่\s?\S{0,4}?\s?\.?\s?(?P<code>[0-9]{1,2})(?![0-9])")
_MASTER_WORD = re.compile(r"แผน\s?แม่\s?\S{0,4}?")
_QUARTERS = re.compile(pattern("quarters"), re.IGNORECASE)  # what a calendar of any year has
_FISCAL = re.compile(r"ปี\s?งบ\s?ประมาณ|fiscal|\bFY", re.IGNORECASE)
_UNIT_PARTS = re.compile(r"\s*[/,;]\s*")
_LONGEST_UNIT = 60  # letters; a longer text lists units in words or describes them
_RIGHT_MARKS = ("ยช", "ยุทธศาสตร์ชาติ")


@dataclass(frozen=True, slots=True)
class Months:
    """First and last period, or None and None, and what was noticed."""

    first: int | None
    last: int | None
    findings: tuple[Finding, ...] = ()


def period_of(text: str, year_be: int | None, calendar: str, place: Place) -> Months:
    """Read a printed period as periods of the plan."""
    if not text:
        return Months(None, None)
    if (quarters := _QUARTERS.fullmatch(cleaned(text))) and int(quarters[1]) <= int(quarters[2] or 4):
        return Months(3 * int(quarters[1]) - 2, 3 * int(quarters[2] or quarters[1]))
    span = parse_span(text, plan_year_be=year_be, calendar=calendar, place=place)
    if span.first is None or year_be is None:
        return Months(None, None, span.findings)
    periods = span_periods(span, year_be, calendar, place=place)
    return Months(periods.first, periods.last, (*span.findings, *periods.findings))


def calendar_of(periods: Sequence[str], year_be: int | None, named: str) -> str:
    """Return the calendar of a plan without months: the one its periods lie in, else what its year is called.

    A "ปีงบประมาณ" begins in October (P12).
    """
    outside = dict.fromkeys(("calendar", "fiscal"), 0)
    for text in dict.fromkeys(periods):
        for name in outside:
            found = period_of(text, year_be, name, Place())
            outside[name] += any(f.code == "span_outside_plan" for f in found.findings)
    if outside["calendar"] != outside["fiscal"]:
        return min(outside, key=lambda name: outside[name])
    return "fiscal" if _FISCAL.search(named) else "calendar"


def kind_of(heading: str, title: str) -> tuple[Kind | None, bool]:
    """Return the kind by the heading in force, or by the title's first word, and whether heading and title agree."""
    begins_as_routine = title.startswith("งาน") and not title.startswith("งาน/โครงการ")
    by_title = Kind.ROUTINE if begins_as_routine else None
    if not heading:
        return by_title, by_title is None
    kind = Kind(heading)
    agrees = not (by_title is Kind.ROUTINE and kind is not Kind.ROUTINE)
    return kind, agrees and not (kind is Kind.ROUTINE and title.startswith("โครงการ"))


def alignments_of(remark: str, place: Place) -> tuple[tuple[Alignment, ...], str, tuple[Finding, ...]]:
    """Return the links that a remark prints ("ยช.6 แผนแม่บทฯ 20"), what else it says, and what had to be guessed."""
    text = cleaned(remark)
    national = list(_NATIONAL.finditer(text))
    masters = list(_MASTER.finditer(text))
    if not masters and not (national and (_MASTER_WORD.search(text) or len(text) <= 12)):
        return (), text, ()
    found: list[Alignment] = []
    for kind, matches in (("national_strategy", national), ("master_plan", masters)):
        for match in matches:
            link = Alignment(kind, match["code"], main=not any(a.kind == kind for a in found))
            if not any((a.kind, a.code) == (link.kind, link.code) for a in found):
                found.append(link)
    guessed = [m["mark"] for m in national if m["mark"] not in _RIGHT_MARKS]
    rest = _MASTER_WORD.sub("", _MASTER.sub("", _NATIONAL.sub("", text))).strip(" ,;ฯ.")
    rest = rest[1:-1].strip() if rest.startswith("(") and rest.endswith(")") and rest.count("(") == 1 else rest
    findings = (Finding("intake_alignment_guessed", place, {"text": text, "mark": guessed[0]}),) if guessed else ()
    return tuple(found), rest, findings


def unit_parts(text: str) -> tuple[str, ...]:
    """Return the units that a text names: "กฝ./กม." → กฝ., กม.; none where one is too long to be a unit's name."""
    parts = tuple(dict.fromkeys(part for part in _UNIT_PARTS.split(text) if part))
    return parts if all(len(part) <= _LONGEST_UNIT for part in parts) else ()
