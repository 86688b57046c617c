"""Due days as a calendar feed (RFC 5545): one entry per unit and month, with the direct link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from samrit.plans import rights
from samrit.plans.models import Person, Plan
from samrit.plans.reporting.days import due_on, speech_of
from samrit.plans.reporting.duties import units_reporting
from samrit.plans.reporting.register import register
from samrit.plans.reporting.reminders import report_link
from samrit.vocabulary.periods import report_name
from samrit.vocabulary.speech import speaking, speech

_LONGEST_LINE = 73  # octets of a folded line, less the space that continues it


@dataclass(frozen=True, slots=True)
class Deadline:
    """One report that is due: a day, a sentence, and where it is written."""

    uid: str
    day: date
    summary: str
    link: str


def deadlines_of(person: Person, plan: Plan) -> tuple[Deadline, ...]:
    """Return the due days of the units that ``person`` reports or heads, month by month."""
    with speaking(speech_of(plan)):
        return tuple(_deadlines(person, plan))


def _deadlines(person: Person, plan: Plan) -> Iterator[Deadline]:
    codes = rights.unit_codes(person, plan=plan)
    known = register()
    for period in range(1, 13):
        duties = units_reporting(plan, period, known=known)
        for code in sorted(codes & duties.by_unit.keys()):
            count = duties.count(code, period)
            if count:
                unit = known.of_month(plan, period).units[code]
                language = speech().language or person.language
                month = report_name(plan.year_be, plan.calendar, period, language)
                summary = (
                    f"Report of {month}: {unit.name_en or unit.name} ({count})"
                    if language == "en"
                    else f"ส่งรายงานผล{month}: {unit.name} ({count} ตัวชี้วัด)"
                )
                uid = f"{plan.code}-{unit.pk}-{period}@samrit"
                day = due_on(plan, period, unit.region)
                yield Deadline(uid, day, summary, report_link(plan, unit, period))


def calendar_feed(name: str, deadlines: Iterable[Deadline], made_at: datetime) -> str:
    """Return the feed's text; commas, semicolons, backslashes and new lines in texts are escaped, long lines folded."""
    stamp = made_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Samrit//Deadlines//TH", f"X-WR-CALNAME:{_escaped(name)}"]
    for item in deadlines:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{item.uid}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{item.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{item.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(item.summary)}",
            f"URL:{item.link}",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{_escaped(item.summary)}",
            "TRIGGER:-P5D",
            "END:VALARM",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _escaped(text: str) -> str:
    for plain, safe in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(plain, safe)
    return text


def _folded(line: str) -> str:
    """Fold a line to 75 octets without cutting a character in two."""
    parts, size = [""], 0
    for letter in line:
        octets = len(letter.encode("utf-8"))
        if size + octets > _LONGEST_LINE:
            parts.append("")
            size = 0
        parts[-1] += letter
        size += octets
    return "\r\n ".join(parts)
