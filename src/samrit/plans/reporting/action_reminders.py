"""Who is to be reminded of an agreed action that is due: its unit, then the head, then the division (R168, R247).

The steps are those of a month's report.  A kind of the year's records says which of its fields names the unit that
has to act (``Kind.reminds``); what is done, dropped or withdrawn reminds nobody.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from importlib import resources

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from samrit.engine.model import Project
from samrit.engine.year import YearRecord, told
from samrit.package.kinds import kind_named
from samrit.plans.evaluation.scoring import reported_plan
from samrit.plans.models import Plan, Unit
from samrit.plans.reporting.days import speech_of
from samrit.plans.reporting.register import Register, register
from samrit.plans.reporting.reminders import Reminder, ReminderLetter, Responsible, stage_of
from samrit.vocabulary.periods import format_date, period_in
from samrit.vocabulary.speech import speaking

OLDEST = timedelta(days=60)  # what waits longer is chased by the list of works to watch


def actions_due(plan: Plan, today: date) -> Iterator[Reminder]:
    """Yield every reminder of an action of ``plan`` that is due today, sent or not, with its direct link."""
    known = register()
    people = Responsible(plan, known)
    for project in reported_plan(plan).plan.projects:
        for record in told(project.records):
            yield from _of(plan, project, record, people, today)


def _of(plan: Plan, project: Project, record: YearRecord, people: Responsible, today: date) -> Iterator[Reminder]:
    kind = kind_named(record.kind)
    due = kind.overdue_since(record) if kind is not None and kind.reminds else None
    stage = stage_of(due, today) if due is not None and today - due <= OLDEST else None
    if kind is None or due is None or stage is None:
        return
    unit = _unit(str(record.value(kind.reminds) or ""), project, people.known)
    if unit is None:
        return
    period = period_in(due, plan.year_be, plan.calendar) or 12
    matter = f"{record.kind}/{project.id}/{record.id}/{due.isoformat()}"  # another day is another reminder
    words = f"{project.id} {project.title}: {record.value('words')}"
    for person in people.of(unit, stage):
        yield Reminder(plan, unit, period, stage, due, 0, person, _link(plan, project), matter[:450], words)


def _unit(code: str, project: Project, known: Register) -> Unit | None:
    """Return the unit that has to act: the one that is named, else the work's own."""
    return next((known.units[own] for own in (code, *project.responsible_units) if own in known.units), None)


def message_of_actions(letter: ReminderLetter) -> tuple[str, str]:
    """Return subject and text of a message about agreed actions, in the plan's words and one language."""
    with speaking(speech_of(letter.first.plan)):
        return _message(letter)


def _message(letter: ReminderLetter) -> tuple[str, str]:
    first = letter.first
    language = "en" if first.language == "en" else "th"
    words, owner = _words()[language], first.plan.owner
    params = {
        "count": len(letter.reminders),
        "person": first.person.display_name or first.person.username,
        "plan": (first.plan.title_en or first.plan.title) if language == "en" else first.plan.title,
        "owner": ((owner.name_en or owner.name) if language == "en" else owner.name) if owner else "",
    }
    lines = [
        words["line"].format(
            day=format_date(own.due_on, language),
            unit=(own.unit.name_en or own.unit.name) if language == "en" else own.unit.name,
            words=" ".join(own.words.split()),
            link=own.link,
        )
        for own in letter.reminders
    ]
    text = [words["opening"].format_map(params), *lines, *([words["end"].format_map(params)] if owner else [])]
    return words[first.stage.value].format_map(params), "\n".join(text)


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    content = resources.files("samrit.plans.reporting").joinpath("action_letters.toml").read_text("utf-8")
    return tomllib.loads(content)


def _link(plan: Plan, project: Project) -> str:
    try:
        path = reverse("work", args=[plan.code, project.id])
    except NoReverseMatch:
        path = "/"
    return f"{settings.BASE_URL.rstrip('/')}{path}#year"
