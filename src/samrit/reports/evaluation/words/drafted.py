"""First drafts of the report's words from the year's records and live figures, for editors to go on with (R227–R236).

What is counted is a live value (``{S3-26.1.actual}``), so a draft stays right when a figure is corrected.  Each
paragraph has a key that stays the same from one drafting to the next; what became of it is for its keeper to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samrit.engine.model import ActionState, CarryOverState, Cause, Project
from samrit.engine.results import IndicatorResult, ProjectResult
from samrit.engine.year import YearRecord
from samrit.package.kinds.follow_up import CARRY_OVERS
from samrit.package.kinds.work import ACTIONS, CAUSES
from samrit.reports.evaluation.red_list import listed_projects, narrative_of
from samrit.reports.evaluation.view import ReportView
from samrit.reports.evaluation.words.live_values import achieved_of, planned_shown
from samrit.vocabulary.terms import label

Known = Mapping[str, Sequence[YearRecord]]  # by work: its records as they were known

MOST_CHOSEN = 5  # works drafted of a strategy: the best with most money; an editor chooses others
_MOST_FIGURES = 2  # indicators told of one work
_KEPT = (CarryOverState.PREPARED, CarryOverState.REQUESTED, CarryOverState.APPROVED)


@dataclass(frozen=True, slots=True)
class Drafted:
    """One paragraph of a draft: its place, and a text in one language."""

    section: str
    key: str
    text: str
    strategy: str = ""
    project: str = ""
    depth: int = 0


def drafted(view: ReportView, known: Known) -> tuple[Drafted, ...]:
    """Return a draft of every section in the order in which the report prints it."""
    return (
        *_achievements(view),
        *_red(view, known),
        *_problems(view, known),
        *_remedies(view, known),
        *_end(view, known),
    )


def candidates(view: ReportView) -> tuple[ProjectResult, ...]:
    """Return the works of the best band, each once, those with most money first: what may be told as achieved."""
    best = view.bands[0].code
    once = {r.project.key: r for r in reversed(view.counted) if r.band is not None and r.band.code == best}
    return tuple(sorted(once.values(), key=lambda r: (-(r.project.budget or Decimal(0)), r.project.number)))


def achievement(view: ReportView, result: ProjectResult) -> Drafted:
    """Return what a work achieved, told by its figures (R229)."""
    told = [figure for own in result.indicators if (figure := _figure(view, own))][:_MOST_FIGURES]
    key = "draft_achievement" if told else "draft_achievement_bare"
    text = view.voice.say(key, title=result.project.title, figures=view.voice.listing(told))
    return Drafted("achievement", result.project.id, text, result.project.strategy, result.project.id)


def _achievements(view: ReportView) -> Iterator[Drafted]:
    every = candidates(view)
    for strategy in view.strategies:
        own = [r for r in every if r.project.strategy == strategy.code][:MOST_CHOSEN]
        yield from (achievement(view, result) for result in own)


def _figure(view: ReportView, result: IndicatorResult) -> str:
    """Return an indicator's result against its plan with live values; empty where there is nothing to tell."""
    voice, own = view.voice, result.indicator
    achieved, planned = achieved_of(result), planned_shown(result)
    if achieved is None:
        return ""
    said = {
        "name": own.name,
        "actual": voice.measured(_live(own.id, "actual", voice.total(achieved)), own.unit_of_measure),
    }
    if planned is None:
        return voice.say("draft_figure_bare", **said)
    said["plan"] = voice.measured(_live(own.id, "plan", voice.total(planned)), own.unit_of_measure)
    if result.percent is None:
        return voice.say("draft_figure", **said)
    percent = _live(own.id, "percent", view.percent_text(result.percent))
    return voice.say("draft_figure_percent", **said, percent=percent)


def _live(record: str, field: str, value: str) -> str:
    """Return a live value, or the value itself where no text can name the record."""
    return value if re.search(r"[{}\s]", record) else f"{{{record}.{field}}}"


def _red(view: ReportView, known: Known) -> Iterator[Drafted]:
    """Yield what is told of each work below the line: result, causes, what comes next, money kept (R205, R231)."""
    for result in listed_projects(view):
        project = result.project
        lines = _story(view, result, known.get(project.id, ()))
        if lines:
            yield Drafted("red", project.id, "\n".join(lines), project.strategy, project.id)


def _story(view: ReportView, result: ProjectResult, records: Sequence[YearRecord]) -> list[str]:
    """Return the labelled lines of a work's story; none where nobody has told anything."""
    told = narrative_of(view, result)
    done = told.result if told else ""
    why = [told.cause] if told and told.cause else _causes(view, records)  # the unit's own words say more
    ahead = [*([told.next_step] if told and told.next_step else []), *_actions(view, records), *_kept(view, records)]
    if not (done or why or ahead):
        return []
    figures = view.voice.listing([f for own in result.indicators if (f := _figure(view, own))])
    parts = (("red_result", done or figures), ("red_cause", "; ".join(why)), ("red_next_step", "; ".join(ahead)))
    lines = [f"**{view.voice.say(key).strip()}** {_in_line(text)}" for key, text in parts if text]
    if told is not None and told.written_on is not None:
        lines[-1] += f" {view.voice.say('red_written_on', date=view.voice.date(told.written_on))}"
    return lines


def _causes(view: ReportView, records: Sequence[YearRecord]) -> list[str]:
    own = _of(CAUSES.name, records)
    return [_worded(cause_name(view, r.value("cause")), r.value("words")) for r in own]


def _actions(view: ReportView, records: Sequence[YearRecord]) -> list[str]:
    own = _of(ACTIONS.name, records)
    return [_action(view, r) for r in own if r.value("state") is not ActionState.DROPPED]


def _action(view: ReportView, record: YearRecord) -> str:
    due, state = record.value("due_on"), record.value("state")
    day = view.voice.date(due) if isinstance(due, date) else "–"
    said = label(state, view.voice.language) if isinstance(state, ActionState) else str(state or "")
    owner = _unit(view, str(record.value("owner") or ""))
    return view.voice.say("draft_action", words=_in_line(record.value("words")), owner=owner, day=day, state=said)


def _unit(view: ReportView, code: str) -> str:
    unit = next((u for u in view.result.plan.units if u.code == code), None)
    return view.voice.name(unit.name, unit.name_en) if unit is not None else code


def _kept(view: ReportView, records: Sequence[YearRecord]) -> list[str]:
    """Return the money of a work that is kept for the next year, each amount with how far its request is (R130)."""
    voice, found = view.voice, []
    for record in _of(CARRY_OVERS.name, records):
        amount, state = record.value("amount"), record.value("state")
        if isinstance(amount, Decimal) and isinstance(state, CarryOverState) and state in _KEPT:
            said = label(state, voice.language)
            found.append(voice.say("draft_kept", amount=voice.money(amount), state=said))
    return found


def _problems(view: ReportView, known: Known) -> Iterator[Drafted]:
    """Yield the causes, those of most works first, each with its works and their words (R234, R242)."""
    told: dict[str, list[tuple[Project, str]]] = {}
    for project in _works(view):
        for record in _of(CAUSES.name, known.get(project.id, ())):
            told.setdefault(str(record.value("cause") or ""), []).append((project, _in_line(record.value("words"))))
    for cause in _most_first(view, known):
        yield from _grouped(view, "problem", cause, told[cause])


def _remedies(view: ReportView, known: Known) -> Iterator[Drafted]:
    """Yield what is done about each cause, by a work's first cause: actions agreed, else the unit's next step."""
    told: dict[str, list[tuple[Project, str]]] = {}
    for result in _results(view):
        project, records = result.project, known.get(result.project.id, ())
        causes = [str(r.value("cause") or "") for r in _of(CAUSES.name, records)]
        done = _actions(view, records)
        words = narrative_of(view, result) if causes and not done else None
        if words is not None and words.next_step:
            done = [_in_line(words.next_step)]
        told.setdefault(causes[0] if causes else "", []).extend((project, text) for text in done)
    for cause in (*_most_first(view, known), ""):
        if told.get(cause):
            yield from _grouped(view, "remedy", cause, told[cause])


def _grouped(view: ReportView, section: str, cause: str, told: Sequence[tuple[Project, str]]) -> Iterator[Drafted]:
    """Yield a cause with its works, and below it what is told of each of them."""
    voice, works = view.voice, tuple(dict.fromkeys(project.id for project, _ in told))
    name = cause_name(view, cause) if cause else voice.say("draft_other")
    said = {"cause": name[:1].upper() + name[1:], "count": voice.count(len(works))}
    text = voice.say(f"draft_{section}", **said, works=voice.say("comma").join(works))
    yield Drafted(section, cause or "-", text)
    yield from _under(section, cause or "-", told)


def _under(section: str, cause: str, told: Sequence[tuple[Project, str]]) -> Iterator[Drafted]:
    """Yield what is told of each work below its cause, the texts of one work in one paragraph."""
    works: dict[str, tuple[Project, list[str]]] = {}
    for project, text in told:
        works.setdefault(project.id, (project, []))[1].append(text)
    for project, texts in works.values():
        if words := "; ".join(filter(None, texts)):
            yield Drafted(section, f"{cause}/{project.id}", f"{project.title}: {words}", "", project.id, 1)


def _end(view: ReportView, known: Known) -> Iterator[Drafted]:
    """Yield the closing sentence on works whose money is kept for the next year, with its sum (R236)."""
    voice, amounts = view.voice, []
    for project in _works(view):
        own = [(r.value("amount"), r.value("state")) for r in _of(CARRY_OVERS.name, known.get(project.id, ()))]
        amounts += [sum(a for a, s in own if isinstance(a, Decimal) and s in _KEPT)] * any(s in _KEPT for _, s in own)
    if amounts:
        year = view.timing.year_text(view.result.plan.year_be + 1)
        money = voice.money(Decimal(sum(amounts)))
        yield Drafted(
            "closing", "kept", voice.say("draft_closing", count=voice.count(len(amounts)), money=money, year=year)
        )


def cause_name(view: ReportView, cause: object) -> str:
    """Return what the office calls a cause, else the product; one that neither lists is its own words."""
    code = str(cause or "")
    if code in view.cause_words:
        return view.cause_words[code]
    return label(Cause(code), view.voice.language) if code in set(Cause) else code


def _worded(name: str, words: object) -> str:
    return f"{name}: {_in_line(words)}" if words else name


def _in_line(text: object) -> str:
    """Return a text as one line: what a person broke into lines would end a paragraph or begin a table."""
    return " ".join(str(text or "").split())


def _of(kind: str, records: Sequence[YearRecord]) -> list[YearRecord]:
    return [record for record in records if record.kind == kind]


def _results(view: ReportView) -> list[ProjectResult]:
    """Return the works in the plan's order, each once (RU1)."""
    once: dict[str, ProjectResult] = {}
    for result in view.result.projects:
        once.setdefault(result.project.key, result)
    return list(once.values())


def _works(view: ReportView) -> list[Project]:
    return [result.project for result in _results(view)]


def _most_first(view: ReportView, known: Known) -> list[str]:
    """Return the causes that are told, by how many works they hold up, then as the list of causes has them."""
    works: dict[str, set[str]] = {}
    for project in _works(view):
        for record in _of(CAUSES.name, known.get(project.id, ())):
            works.setdefault(str(record.value("cause") or ""), set()).add(project.id)
    places = {cause.value: at for at, cause in enumerate(Cause)}
    return sorted(works, key=lambda cause: (-len(works[cause]), places.get(cause, len(places)), cause))
