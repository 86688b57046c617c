"""Who is to be reminded of what today: five days before, on the day, after it; then the head, then the division (R168).

The list is computed from duties and reports; what went out is remembered per address, so
that a reminder goes out once however often the job runs, or is killed and runs again.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from samrit.plans.models import Person, Plan, Role, RoleAssignment, Unit
from samrit.plans.reporting.completeness import scene_of
from samrit.plans.reporting.days import speech_of
from samrit.plans.reporting.register import Register, register
from samrit.vocabulary.periods import format_date, period_dates, report_name
from samrit.vocabulary.speech import speaking

DAYS_BEFORE = 5
DAYS_TO_HEAD = 2
DAYS_TO_DIVISION = 5


class ReminderStage(StrEnum):
    """The steps of a reminder, in order."""

    BEFORE = "before"
    ON_DAY = "on_day"
    AFTER = "after"
    HEAD = "head"
    DIVISION = "division"


_ROLE = {ReminderStage.HEAD: Role.HEAD, ReminderStage.DIVISION: Role.PLANNER}


@dataclass(frozen=True, slots=True)
class Reminder:
    """One message to one person about one unit's month, or about an agreed action: its key and its words."""

    plan: Plan
    unit: Unit
    period: int
    stage: ReminderStage
    due_on: date
    indicators: int
    person: Person
    link: str
    matter: str = ""
    words: str = ""

    @property
    def month(self) -> str:
        """The months that the report is about, in the language of the letter."""
        return report_name(self.plan.year_be, self.plan.calendar, self.period, self.language)

    @property
    def language(self) -> str:
        """The plan's one language, else the person's own."""
        return speech_of(self.plan).language or self.person.language


def stage_of(due: date, today: date) -> ReminderStage | None:
    """Return the furthest step reached by ``today``, None before the first.

    A job that did not run for some days goes on at the step that is due now: the head is
    not told five days late that the report will be due in five days.
    """
    late = (today - due).days
    if late >= DAYS_TO_DIVISION:
        return ReminderStage.DIVISION
    if late >= DAYS_TO_HEAD:
        return ReminderStage.HEAD
    if late > 0:
        return ReminderStage.AFTER
    if late == 0:
        return ReminderStage.ON_DAY
    return ReminderStage.BEFORE if today >= due - timedelta(days=DAYS_BEFORE) else None


def reminders_due(plan: Plan, today: date) -> Iterator[Reminder]:
    """Yield every reminder that is due today for ``plan``, sent or not, with its direct link."""
    known = register()
    people, scene = Responsible(plan, known), scene_of(plan, today, known=known)
    for period in _periods(plan, today):
        for code in sorted(scene.duties[period].by_unit) if period in scene.duties else ():
            unit, cell, due = known.units[code], scene.cell(code, period), scene.due_on(code, period)
            stage = stage_of(due, today) if due is not None and _is_in_time(plan, period, due, today) else None
            if due is None or stage is None or not cell.due or not cell.is_owed:
                continue
            link = report_link(plan, unit, period)
            called = known.of_month(plan, period).units[code]
            for person in people.of(unit, stage):
                yield Reminder(plan, called, period, stage, due, cell.due, person, link)


@dataclass(frozen=True, slots=True)
class ReminderLetter:
    """One message to one person: the units whose report of one month they are reminded of at one step, one or many."""

    reminders: tuple[Reminder, ...]

    @property
    def first(self) -> Reminder:
        """Any of them: person, plan, month, step and due day are the same in all."""
        return self.reminders[0]


def letters_of(reminders: Iterable[Reminder]) -> list[ReminderLetter]:
    """Gather what goes to the same person about the same month: a division with forty late units gets one message."""
    gathered: dict[tuple[int, ReminderStage, int, date | None], list[Reminder]] = {}
    for reminder in reminders:
        # All actions are in one letter.
        about = (0, None) if reminder.matter else (reminder.period, reminder.due_on)
        gathered.setdefault((reminder.person.pk, reminder.stage, *about), []).append(reminder)
    return [ReminderLetter(tuple(rows)) for rows in gathered.values()]


def message_of(letter: ReminderLetter) -> tuple[str, str]:
    """Return subject and text of a message in the person's language."""
    with speaking(speech_of(letter.first.plan)):
        return _message(letter)


def _message(letter: ReminderLetter) -> tuple[str, str]:
    first = letter.first
    english, owner = first.language == "en", first.plan.owner
    subjects, many, head, line, end = _WORDS["en" if english else "th"]
    names = [(r.unit.name_en or r.unit.name) if english else r.unit.name for r in letter.reminders]
    params = {
        "month": first.month,
        "unit": names[0] if len(names) == 1 else many.format(count=len(names)),
        "day": format_date(first.due_on, "en" if english else "th"),
        "plan": (first.plan.title_en or first.plan.title) if english else first.plan.title,
        "person": first.person.display_name or first.person.username,
        "owner": ((owner.name_en or owner.name) if english else owner.name) if owner else "",
    }
    lines = [
        line.format(unit=name, count=reminder.indicators, link=reminder.link)
        for name, reminder in zip(names, letter.reminders, strict=True)
    ]
    text = [head.format_map(params), *lines, *([end.format_map(params)] if owner else [])]
    return subjects[first.stage].format_map(params), "".join(text)


# Subjects by step; the units when there are many; the text's beginning; one unit's lines; its end.
_WORDS: dict[str, tuple[dict[ReminderStage, str], str, str, str, str]] = {
    "th": (
        {
            ReminderStage.BEFORE: "แจ้งเตือน: รายงานผลเดือน{month} ครบกำหนดส่งวันที่ {day} – {unit}",
            ReminderStage.ON_DAY: "แจ้งเตือน: วันนี้ครบกำหนดส่งรายงานผลเดือน{month} – {unit}",
            ReminderStage.AFTER: "ติดตาม: เลยกำหนดส่งรายงานผลเดือน{month} – {unit}",
            ReminderStage.HEAD: "โปรดพิจารณา: ยังไม่ได้รับรายงานผลเดือน{month} – {unit}",
            ReminderStage.DIVISION: "หน่วยงานที่ยังไม่รายงานผลเดือน{month}: {unit}",
        },
        "{count} หน่วยงาน",
        "เรียน {person}\n\nตาม{plan} ขอให้ส่งรายงานผลเดือน{month} ภายในวันที่ {day}\n",
        "\n{unit} (ต้องรายงาน {count} ตัวชี้วัด)\nเปิดแบบรายงาน: {link}\n",
        "\nอีเมลนี้ส่งโดยระบบอัตโนมัติ สอบถามได้ที่ {owner}\n",
    ),
    "en": (
        {
            ReminderStage.BEFORE: "The report of {month} is due on {day}: {unit}",
            ReminderStage.ON_DAY: "The report of {month} is due today: {unit}",
            ReminderStage.AFTER: "The report of {month} is overdue: {unit}",
            ReminderStage.HEAD: "Report for {month} not yet received: {unit}",
            ReminderStage.DIVISION: "Units that have not reported for {month}: {unit}",
        },
        "{count} units",
        "Dear {person},\n\n{plan}: please submit the report for {month} by {day}.\n",
        "\n{unit} (indicators to report: {count})\nOpen the report: {link}\n",
        "\nThis message was sent automatically. Questions: {owner}\n",
    ),
}


def _periods(plan: Plan, today: date) -> Iterable[int]:
    """Return the months whose time of reminding may have come; older ones are chased by the control room."""
    return [period for period in range(1, 13) if period_dates(plan.year_be, plan.calendar, period)[0] <= today]


def _is_in_time(plan: Plan, period: int, due: date, today: date) -> bool:
    """Say whether ``today`` is within the reminding of a month: the whole of the month after it.

    It goes on for as long as a due day that was moved takes to reach the division.
    """
    last = period_dates(plan.year_be, plan.calendar, period)[1] + timedelta(days=1)
    ends = last.replace(day=monthrange(last.year, last.month)[1])
    return today <= max(ends, due + timedelta(days=DAYS_TO_DIVISION))


def people_asked(plan: Plan, unit: Unit, stage: ReminderStage) -> list[Person]:
    """Return who is written to about a unit's report at a step: its own people, or those of the nearest unit above."""
    return Responsible(plan, register()).of(unit, stage)


def report_link(plan: Plan, unit: Unit, period: int) -> str:
    """Return the address of a unit's report of one month."""
    try:
        path = reverse("report", kwargs={"code": plan.code, "unit": unit.code, "period": period})
    except NoReverseMatch:
        path = "/"
    return f"{settings.BASE_URL.rstrip('/')}{path}"


class Responsible:
    """Who is asked for a unit: its own people, or those of the nearest unit above that has any."""

    def __init__(self, plan: Plan, known: Register) -> None:
        self.known = known
        self.by_role: dict[str, list[RoleAssignment]] = {}
        rows = RoleAssignment.objects.select_related("person", "unit").filter(person__is_active=True)
        for row in rows.exclude(person__email=""):
            if row.plan_id in (None, plan.pk):
                self.by_role.setdefault(row.role, []).append(row)

    def of(self, unit: Unit, stage: ReminderStage) -> list[Person]:
        """Return who is asked for ``unit`` at a step."""
        role = _ROLE.get(stage, Role.REPORTER)
        rows = self.by_role.get(role, [])
        if role == Role.PLANNER:
            return _distinct(rows)
        here: Unit | None = unit
        while here is not None:
            found = _distinct(r for r in rows if r.unit_id == here.pk)
            if found:
                return found
            here = here.parent
        return []


def _distinct(rows: Iterable[RoleAssignment]) -> list[Person]:
    return list({row.person_id: row.person for row in rows}.values())
