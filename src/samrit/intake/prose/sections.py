"""The parts of a report that are told in words: which paragraphs belong to which, and as of which month (R227–R235)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from samrit.engine.model import ReportText
from samrit.intake.headings import Headings
from samrit.intake.prose.lines import ProseLine
from samrit.vocabulary.months import month_pattern
from samrit.vocabulary.periods import parse_month, period_of_month

_STRATEGY = re.compile(
    r"(?:ประเด็น)?ยุทธศาสตร์\s*(?:ที่)?\s*([0-9]{1,2})(?![0-9.])|strategy\s*([0-9]{1,2})\b", re.IGNORECASE
)
_COUNTED = re.compile(
    r"^ดำเนินการได้ตามเป้าหมาย|^โดยมีผลการดำเนินงาน"
)  # how many works stand where: the report counts again
_MONTH = re.compile(rf"({month_pattern()})", re.IGNORECASE)
_QUARTER = re.compile(r"(?:ไตรมาส(?:ที่)?|quarter|Q)\s*([1-4])", re.IGNORECASE)
_LONGEST_HEADING = 260
_LONGEST_CAPTION = 100
_CAPTION = re.compile(r"กองทุน|แผน(?:ปฏิบัติ|งาน|การ|พัฒนา)|ตาราง(?:ที่)?|ยุทธศาสตร์|table\b|action plan", re.IGNORECASE)
_TEXTS = ("achievement", "problem", "remedy")


@dataclass(frozen=True, slots=True)
class ToldParagraph:
    """A paragraph of a part of the report: the part, the strategy that it is under, the month it tells of."""

    section: str
    paragraph: ProseLine
    strategy: str
    as_of: int | None


def told_parts(texts: Iterable[ProseLine | None], words: Headings, calendar: str) -> Iterator[ToldParagraph]:
    """Yield the paragraphs of the report's parts in words; a heading of another part or a large table ends one.

    Short lines right above such a table, from one that names a plan, a fund or a table on, are its caption.
    """
    section, strategy = "", ""
    as_of: int | None = None
    waiting: list[ToldParagraph] = []
    for paragraph in texts:
        if paragraph is None:
            yield from takewhile(lambda told: not _CAPTION.match(told.paragraph.whole), waiting)
            section, waiting = "", []
            continue
        as_of = _last_month(paragraph, calendar) or as_of
        begun = _section(paragraph, words)
        under = _STRATEGY.match(paragraph.whole) if paragraph.depth is None else None
        told = ToldParagraph(section, paragraph, strategy, as_of)
        if section and begun is None and under is None and _is_short(paragraph):
            waiting.append(told)
            continue
        if under is None or section == "achievement":
            yield from waiting
        waiting = []
        if begun is not None:
            section, strategy = begun, ""
        elif under is not None:
            strategy = under[1] or under[2]
            section = section if section == "achievement" else ""
        elif section and not _COUNTED.match(paragraph.whole):
            yield told
    yield from waiting


def _is_short(paragraph: ProseLine) -> bool:
    return paragraph.depth is None and len(paragraph.whole) <= _LONGEST_CAPTION


def report_texts(told: Iterable[ToldParagraph]) -> tuple[ReportText, ...]:
    """Return achievements, problems and remedies as texts of the report; a line without mark goes one deeper."""
    made: list[ReportText] = []
    depth = 0
    for one in told:
        if one.section not in _TEXTS:
            continue
        if one.paragraph.depth is not None:
            depth = one.paragraph.depth if one.section == "achievement" else 0
        text = one.paragraph.text
        own = depth if one.paragraph.depth is not None else min(depth + 1, 2)
        made.append(ReportText(one.section, text, one.strategy, len(made) + 1, own, one.as_of, one.paragraph.source))
    return tuple(replace(text, order=order) for order, text in enumerate(made, 1))


def _section(paragraph: ProseLine, words: Headings) -> str | None:
    """Return the part that a line begins; None for any other line."""
    if paragraph.depth is not None or len(paragraph.whole) > _LONGEST_HEADING:
        return None
    begins = words.begins("section", paragraph.whole)
    return begins[0] if begins is not None else None


def _last_month(paragraph: ProseLine, calendar: str) -> int | None:
    """Return the month up to which a heading says that it tells: "(มกราคม – ธันวาคม 2568)", "ไตรมาส 4"."""
    if paragraph.depth is not None or len(paragraph.whole) > _LONGEST_HEADING:
        return None
    quarter = _QUARTER.search(paragraph.whole)
    if quarter is None:
        return None
    months = [m for name in _MONTH.findall(paragraph.whole) if (m := parse_month(name).month) is not None]
    return period_of_month(calendar, months[-1]) if len(months) > 1 else 3 * int(quarter[1])
