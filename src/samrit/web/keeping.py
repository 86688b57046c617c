"""What a page of entry sends: fields by name, kept through the services, and what became of each.

A field's name is its kind, its record and its place, with colons between:

    a: n: d:   figure, numerator, denominator of  <indicator>:<period>.<span>
    x: o:      explanation and note of the same;  r: the revision they were typed over
    rs:        those of all its months at once, of  <indicator>: "1.1=2 3.1=1"
    l: lt: lr: day a level was reached, its evidence, its revision, of  <indicator>:<number>
    wr:   revision of  <project>; its words have the names of their declaration (``vocabulary.narrative``)

``lv:`` marks a cell of levels: a note there says how far it is, and stands as "–".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from samrit.engine.model import Mark
from samrit.plans.errors import ServiceError, in_language
from samrit.plans.fields import text_of
from samrit.plans.models import Figure, Person, Plan, Unit
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.selectors.report.entry_lines import Typed
from samrit.plans.services.report.figures import FiguresOutcome, figures_save
from samrit.plans.services.report.levels import level_reach
from samrit.plans.services.report.narratives import narrative_save
from samrit.vocabulary.findings import Finding, Place, sentence
from samrit.vocabulary.narrative import WORDS, joined
from samrit.vocabulary.numbers import NoNumber, parse_figure, whole
from samrit.vocabulary.periods import parse_date

_CELL = {"a": "actual", "n": "numerator", "d": "denominator", "x": "explanation", "o": "note", "lv": "levels"}
_WORDS = {word.field: word.name for word in WORDS}
_LEVEL = {"l": "day", "lt": "text"}


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody saved the same thing meanwhile: both values, who and when; nothing was overwritten."""

    name: str
    mine: str
    theirs: str
    who: str
    at: datetime | None
    revision: int


@dataclass(frozen=True, slots=True)
class KeepOutcome:
    """What became of the fields, by cell name (``c:<indicator>:<period>.<span>``, ``l:…``, ``w:…``)."""

    at: datetime
    saved: Mapping[str, int] = field(default_factory=dict)  # the revision that stands now
    clashes: Mapping[str, Clash] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether everything that was sent is kept."""
        return not self.clashes and not self.refused


def keep(person: Person, plan: Plan, unit: Unit, *, period: int, post: QueryDict, language: str) -> KeepOutcome:
    """Keep every field of ``post`` that can be kept and say what became of each.

    Raises ServiceError ``not_allowed`` where the person may not write for the unit at all.
    """
    keeping = _Keeping(person, plan, unit, period, language, {}, {}, {})
    cells = tuple(cells_of(post))
    if cells:
        outcome = figures_save(person, plan=plan, unit=unit, period=period, cells=[cell for _, cell in cells])
        _note_cells(keeping, outcome, {id(cell): name for name, cell in cells})
    for name, values in _groups(post, _LEVEL, "lr"):
        _keep_level(keeping, name, values)
    for name, values in _groups(post, _WORDS, "wr"):
        _keep_words(keeping, name, values)
    return KeepOutcome(timezone.now(), keeping.saved, keeping.clashes, keeping.refused)


def cells_of(post: Mapping[str, Any]) -> Iterator[tuple[str, CellInput]]:
    """Yield every cell of ``post`` with its name."""
    standing = _revisions(post)
    for name, values in _groups(post, _CELL, "r"):
        indicator, period, span = _place(name)
        if indicator and period:
            revision = _number(values.pop("revision")) or standing.get(name, 0)
            if values.pop("levels", ""):
                values["actual"] = "–" if values.get("note", "").strip() else ""
            yield f"c:{name}", CellInput(indicator, **values, expected_revision=revision, period=period, span=span)


def typed_of(post: Mapping[str, Any], language: str) -> tuple[dict[tuple[str, int], Typed], dict[str, tuple[str, ...]]]:
    """Return what is in the figures' inputs, and by indicator a sentence for each that cannot be read."""
    typed: dict[tuple[str, int], Typed] = {}
    faults: dict[str, tuple[str, ...]] = {}
    for _, cell in cells_of(post):
        values: dict[str, Any] = {}
        for part in ("actual", "numerator", "denominator"):
            text = getattr(cell, part)
            read = parse_figure(text) if isinstance(text, str) else None
            if isinstance(read, Finding):
                said = (*faults.get(cell.indicator, ()), sentence(read, language))
                faults[cell.indicator] = tuple(dict.fromkeys(said))
            elif isinstance(read, NoNumber):
                values[part] = Mark[read.name]
            elif read is not None:
                values[part] = read
        typed[cell.indicator, cell.period or 0] = Typed(**values)
    return typed, faults


def plain(error: ServiceError, language: str) -> str:
    """Return a refusal's sentence as it reads beside its own field."""
    said = (sentence(Finding(e.code, Place(), in_language(e.params, language)), language) for e in error.all)
    return " ".join(said)


@dataclass(frozen=True, slots=True)
class _Keeping:
    """Where and for whom something is kept, and where what became of it is written down."""

    person: Person
    plan: Plan
    unit: Unit
    period: int
    language: str
    saved: dict[str, int]
    clashes: dict[str, Clash]
    refused: dict[str, str]


def _groups(post: Mapping[str, Any], kinds: Mapping[str, str], revision: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the fields of one kind by what they are about: its name, and its values with its revision."""
    found: dict[str, dict[str, Any]] = {}
    for key in post:
        kind, _, name = key.partition(":")
        if kind in kinds and name:
            found.setdefault(name, {})[kinds[kind]] = str(post[key])
    for name, values in found.items():
        yield name, values | {"revision": str(post.get(f"{revision}:{name}", "0"))}


def _revisions(post: Mapping[str, Any]) -> dict[str, int]:
    """Return the revisions by cell that the lines of the table carry along."""
    told = ((key.partition(":")[2], str(post[key]).split()) for key in post if key.startswith("rs:"))
    pairs = ((indicator, pair.partition("=")) for indicator, own in told for pair in own)
    return {f"{indicator}:{place}": _number(revision) for indicator, (place, _, revision) in pairs}


def _place(name: str) -> tuple[str, int, int]:
    """Return indicator, period and span of a cell's name; ("", 0, 0) for one that is none."""
    indicator, _, place = name.rpartition(":")
    period, _, span = place.partition(".")
    return (indicator, _number(period), _number(span) or 1) if indicator else ("", 0, 0)


def _number(text: str) -> int:
    return whole(text, 0, most=10**9)


def _note_cells(keeping: _Keeping, outcome: FiguresOutcome, names: Mapping[int, str]) -> None:
    for conflict in outcome.conflicts:
        name, theirs = names[id(conflict.cell)], conflict.theirs
        mine = str(conflict.cell.actual or conflict.cell.numerator or "")
        who = str(theirs.changed_by or "")
        keeping.clashes[name] = Clash(name, mine, _shown(theirs), who, theirs.changed_at, theirs.revision)
    for refusal in outcome.refused:
        keeping.refused[names[id(refusal.cell)]] = plain(refusal.error, keeping.language)
    standing = {(row.indicator, row.period, row.span): row.revision for row in (*outcome.saved, *outcome.unchanged)}
    for name in names.values():
        revision = standing.get(_place(name.partition(":")[2]))
        if revision is not None and name not in keeping.clashes and name not in keeping.refused:
            keeping.saved[name] = revision


def _shown(row: Figure) -> str:
    if row.numerator is not Mark.BLANK and row.actual is Mark.BLANK:
        return f"{text_of(row.numerator)} ÷ {text_of(row.denominator)}"
    return text_of(row.actual)


def _keep_level(keeping: _Keeping, name: str, values: Mapping[str, str]) -> None:
    indicator, _, number = name.rpartition(":")
    key = f"l:{name}"
    day: date | None = None
    text = values.get("day", "").strip()
    if text:
        read = parse_date(text, near_be=keeping.plan.year_be)
        if read.day is None:
            keeping.refused[key] = " ".join(sentence(f, keeping.language) for f in read.findings)
            return
        day = read.day
    try:
        row = level_reach(
            keeping.person,
            plan=keeping.plan,
            unit=keeping.unit,
            indicator=indicator,
            number=_number(number),
            reached_on=day,
            evidence_text=values.get("text", ""),
            expected_revision=_number(values["revision"]),
        )
    except ServiceError as error:
        _note_error(keeping, key, text, error)
    else:
        keeping.saved[key] = row.revision


def _keep_words(keeping: _Keeping, name: str, values: Mapping[str, str]) -> None:
    key = f"w:{name}"
    try:
        row = narrative_save(
            keeping.person,
            plan=keeping.plan,
            project=name,
            unit=keeping.unit,
            period=keeping.period,
            expected_revision=_number(values["revision"]),
            **{kind: values.get(kind) for kind in _WORDS.values()},
        )
    except ServiceError as error:
        _note_error(keeping, key, " · ".join(values[k] for k in _WORDS.values() if values.get(k)), error)
    else:
        keeping.saved[key] = row.revision


def _note_error(keeping: _Keeping, key: str, mine: str, error: ServiceError) -> None:
    theirs = error.params.get("theirs")
    if theirs is None:
        keeping.refused[key] = plain(error, keeping.language)
        return
    if hasattr(theirs, "reached_on"):
        shown = theirs.reached_on.isoformat() if theirs.reached_on else ""
    else:
        shown = joined(theirs)
    keeping.clashes[key] = Clash(key, mine, shown, str(theirs.changed_by or ""), theirs.changed_at, theirs.revision)
