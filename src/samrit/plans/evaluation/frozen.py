"""A plan up to a month, as a closed evaluation holds it: what came later is not in it, and what it changed is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from samrit.engine.indicators.achievement import override_at
from samrit.engine.model import Entry, Figure, Indicator, Level, Mark, Override, Plan, Project, ReportText, Site
from samrit.engine.year import YearRecord
from samrit.package.kinds import bare, changes_state, laid
from samrit.package.kinds.follow_up import EXPLANATIONS
from samrit.vocabulary.narrative import texts_of
from samrit.vocabulary.periods import period_dates, quarter_of

YEAR_END = 12


def up_to(plan: Plan, period: int) -> Plan:
    """Return ``plan`` with everything planned, and nothing that was reported, paid, settled or said after ``period``.

    0 is before its first month.  Works and sites are what they were before a state that they came into later.
    What a document claims for the whole year is known only at its end.
    """
    if period >= YEAR_END:
        return plan
    first, last = period_dates(plan.year_be, plan.calendar, max(period, 1))
    day = last if period else first - timedelta(days=1)
    return replace(
        plan,
        projects=tuple(laid(_project(bare(p), period, day), plan) for p in plan.projects),
        printed=tuple(c for c in plan.printed if c.table != "bands"),
        texts=tuple(t for t in plan.texts if t.as_of is None or t.as_of <= period),
    )


def _known_by(records: Iterable[YearRecord], period: int, day: date) -> tuple[YearRecord, ...]:
    """Return the records without later states of works and sites, as dated now, and explanations of later months.

    Other words keep their day (R165).
    """
    rows = tuple(records)
    last = {(r.kind, r.id): r for r in sorted(rows, key=lambda r: r.revision)}
    return tuple(r for r in rows if not _is_later(last[r.kind, r.id], period, day))


def _is_later(record: YearRecord, period: int, day: date) -> bool:
    if record.kind == EXPLANATIONS.name:
        told_of = record.value("period")
        return isinstance(told_of, int) and told_of > period
    return changes_state(record.kind) and record.happened_on > day


def _project(project: Project, period: int, day: date) -> Project:
    return replace(
        project,
        indicators=tuple(_indicator(i, period, day) for i in project.indicators),
        movements=tuple(m for m in project.movements if m.period <= period),
        narratives=tuple(n for n in project.narratives if n.period <= period),
        sites=tuple(_site(s, period) for s in project.sites),
        records=_known_by(project.records, period, day),
        overrides=_settled(project.overrides, period),
        claim=None,
    )


def _indicator(indicator: Indicator, period: int, day: date) -> Indicator:
    entries = (e if e.period <= period else _unreported(e) for e in indicator.entries)
    return replace(
        indicator,
        entries=tuple(e for e in entries if e.period <= period or _says_something(e)),
        levels=tuple(_level(level, period, day) for level in indicator.levels),
        overrides=_settled(indicator.overrides, period),
        claim=replace(indicator.claim, actual_total=None, percent=None) if indicator.claim else None,
        parts=tuple(_indicator(part, period, day) for part in indicator.parts),
    )


def _unreported(entry: Entry) -> Entry:
    blank = Mark.BLANK
    return replace(entry, actual=blank, numerator=blank, denominator=blank, note="", is_typed=False)


def _says_something(entry: Entry) -> bool:
    return entry.planned is not Mark.BLANK or entry.planned_denominator is not Mark.BLANK


def _level(level: Level, period: int, day: date) -> Level:
    later = (level.reached_on is not None and level.reached_on > day) or (level.reached_period or 0) > period
    return replace(level, reached_on=None, reached_period=None, evidence="") if later else level


def _settled(overrides: tuple[Override, ...], period: int) -> tuple[Override, ...]:
    return tuple(o for o in overrides if o.period <= period)


def _site(site: Site, period: int) -> Site:
    done = site.done_period is None or site.done_period <= period
    return replace(
        site,
        committed_period=site.committed_period if (site.committed_period or 0) <= period else None,
        done_period=site.done_period if done else None,
        outcome=site.outcome if done else "",
        actual_texts=site.actual_texts[: quarter_of(period) if period else 0],
    )


@dataclass(frozen=True, slots=True)
class FrozenChange:
    """What an edition holds otherwise than the one before it; ``period`` is 0 for what belongs to no month."""

    record: str
    what: str  # "figure", "level", "money", "settlement", "words", "plan", "text_achievement" and the like
    period: int = 0
    unit: str = ""
    old: str = ""
    new: str = ""


def changes_between(before: Plan, after: Plan) -> tuple[FrozenChange, ...]:
    """Return every value in which two frozen plans differ, in the order of the later one."""
    olds = {p.id: p for p in before.projects}
    found: list[FrozenChange] = []
    for project in after.projects:
        found += _project_changes(olds.pop(project.id, None), project)
    return (
        *found,
        *(FrozenChange(code, "plan", old=p.title) for code, p in olds.items()),
        *_text_changes(before, after),
    )


def _text_changes(before: Plan, after: Plan) -> Iterator[FrozenChange]:
    """Yield the report's paragraphs that only one of the two has."""
    olds, news = ({_said_in(text) for text in plan.texts} for plan in (before, after))
    yield from (_text_change(text, old=text.text) for text in before.texts if _said_in(text) not in news)
    yield from (_text_change(text, new=text.text) for text in after.texts if _said_in(text) not in olds)


def _said_in(text: ReportText) -> tuple[object, ...]:
    return text.section, text.strategy, text.project, text.as_of, text.text, text.text_en


def _text_change(text: ReportText, *, old: str = "", new: str = "") -> FrozenChange:
    record = text.project or text.strategy or "–"
    return FrozenChange(record, f"text_{text.section}", text.as_of or 0, old=old, new=new)


def _project_changes(old: Project | None, new: Project) -> Iterator[FrozenChange]:
    if old is None:
        yield FrozenChange(new.id, "plan", new=new.title)
        return
    indicators = {i.id: i for i in old.measures}
    for indicator in new.measures:
        yield from _indicator_changes(indicators.pop(indicator.id, Indicator(indicator.id, 0, "")), indicator)
    for code, gone in indicators.items():
        yield FrozenChange(code, "plan", old=gone.name)
    yield from _differing(new.id, "settlement", _overrides(old.overrides), _overrides(new.overrides))
    money = [{(i, m.period, ""): f"{m.amount:f}" for i, m in enumerate(p.movements)} for p in (old, new)]
    yield from _differing(new.id, "money", *money)
    words = [
        {(i, n.period, ""): "\n".join(texts_of(n).values()) for i, n in enumerate(p.narratives)} for p in (old, new)
    ]
    yield from _differing(new.id, "words", *words)


def _indicator_changes(old: Indicator, new: Indicator) -> Iterator[FrozenChange]:
    yield from _differing(new.id, "figure", _figures(old), _figures(new))
    yield from _differing(new.id, "level", _levels(old), _levels(new))
    yield from _differing(new.id, "settlement", _overrides(old.overrides), _overrides(new.overrides))


Place = tuple[int, int, str]  # span or number, period, unit


def _figures(indicator: Indicator) -> Mapping[Place, str]:
    return {(e.span, e.period, e.unit): _said(e) for e in indicator.entries}


def _said(entry: Entry) -> str:
    parts = (entry.numerator, entry.denominator)
    shown = _text(entry.actual)
    return (
        f"{shown} ({_text(parts[0])} / {_text(parts[1])})".strip() if any(p is not Mark.BLANK for p in parts) else shown
    )


def _text(figure: Figure) -> str:
    return figure.value if isinstance(figure, Mark) else f"{figure:f}"


def _levels(indicator: Indicator) -> Mapping[Place, str]:
    return {(v.number, 0, ""): v.reached_on.isoformat() if v.reached_on else "" for v in indicator.levels}


def _overrides(overrides: tuple[Override, ...]) -> Mapping[Place, str]:
    """Return what was settled, by month: of several settlements the one that holds (WE6)."""
    held = ((period, override_at(overrides, period)) for period in {o.period for o in overrides})
    return {(0, period, ""): o.band or _percent(o) for period, o in held if o is not None}


def _percent(settled: Override) -> str:
    return "" if settled.percent is None else f"{settled.percent:f} %"


def _differing(record: str, what: str, old: Mapping[Place, str], new: Mapping[Place, str]) -> Iterator[FrozenChange]:
    for place in sorted(old.keys() | new.keys()):
        was, now = old.get(place, ""), new.get(place, "")
        if was != now:
            yield FrozenChange(record, what, place[1], place[2], was, now)
