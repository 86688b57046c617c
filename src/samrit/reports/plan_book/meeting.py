"""The paper for a meeting: what is asked of it, the plan in figures, what changed since last time, and the way so far.

It is told by whoever knows drafts (``plans``), as plain data; a change is a tracked change in Word (R24, R26, R33).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.reports.document.digits import in_thai
from samrit.reports.document.model import Block, Cell, Document, Heading, Items, Paragraph, Row, Run, TableBlock
from samrit.reports.texts.template import Template
from samrit.reports.texts.voice import NOTHING, Voice

MOST_RECORDS = 2000  # that are printed; a new plan has each of its rows
Cells = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """A record that was "added", "removed" or "changed"; ``cells`` are title, before and after."""

    file: str
    name: str
    what: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class ChangedScore:
    """A work whose result becomes another one; percents as they are printed, "" for none."""

    work: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlanPart:
    """What a strategy holds, and the whole plan under no name; ``budget`` counts each work once (RU1)."""

    name: str
    works: int
    indicators: int
    budget: Decimal
    listed: Decimal


@dataclass(frozen=True, slots=True)
class MeetingPaper:
    """Everything that the paper says; ``since`` names what the changes are held against, "" where there is nothing."""

    title: str
    organisation: str
    asked: str  # of whom: the stage that decides next, "" where none is named
    parts: tuple[PlanPart, ...]
    total: PlanPart | None
    since: str
    changes: tuple[ChangedRecord, ...]
    month: str  # up to which the results were reckoned, "" for a new plan
    scores: tuple[ChangedScore, ...] = ()
    remarks: tuple[str, ...] = ()  # that are still open
    way: tuple[str, ...] = ()  # the decisions so far
    why: str = ""  # an amendment's reason
    effective: str = ""  # the month from which an amendment is to hold


def build(paper: MeetingPaper, *, language: str = "th", template: Template | None = None) -> Document:
    """Return the paper in "th" or "en"."""
    voice = Voice(language, template or Template())
    asked = voice.say("meeting_asked_of", stage=paper.asked) if paper.asked else voice.say("meeting_asked")
    blocks: list[Block] = [Heading(voice.say("meeting_paper", title=paper.title), 1), Paragraph(asked, "lead")]
    if paper.effective:
        blocks.append(Paragraph(voice.say("meeting_effective", month=paper.effective)))
    if paper.why:
        blocks.append(Paragraph(voice.say("meeting_why", reason=paper.why)))
    blocks += _parts(voice, paper)
    blocks += _changes(voice, paper)
    blocks += _scores(voice, paper)
    for key, lines in (("meeting_remarks", paper.remarks), ("meeting_way", paper.way)):
        if lines:
            blocks += [Heading(voice.say(key), 2), Items(lines)]
    return _document(voice, voice.say("meeting_paper", title=paper.title), paper.organisation, blocks)


def comparison(
    title: str,
    organisation: str,
    since: str,
    changes: Sequence[ChangedRecord],
    *,
    language: str = "th",
    template: Template | None = None,
) -> Document:
    """Return two versions of a plan compared, as a document with tracked changes."""
    voice = Voice(language, template or Template())
    paper = MeetingPaper(title, organisation, "", (), None, since, tuple(changes), "")
    blocks = [Heading(voice.say("comparison_paper", title=title), 1), *_changes(voice, paper)]
    return _document(voice, voice.say("comparison_paper", title=title), organisation, blocks)


def _document(voice: Voice, title: str, author: str, blocks: Sequence[Block]) -> Document:
    digits = voice.template.digits
    document = Document(title, voice.language, author, title, tuple(blocks), (), digits=digits)
    return in_thai(document) if digits == "thai" else document


def _parts(voice: Voice, paper: MeetingPaper) -> list[Block]:
    if paper.total is None:
        return [Paragraph(voice.say("meeting_faulty"), "note")]
    heads = ("meeting_part", "meeting_works", "meeting_indicators", "meeting_budget")
    head = Row(tuple(Cell(voice.say(key), "centre", bold=True, shade="head") for key in heads))
    rows = [_part(voice, part) for part in paper.parts]
    rows.append(_part(voice, paper.total, voice.say("meeting_total")))
    blocks: list[Block] = [
        Heading(voice.say("meeting_figures"), 2),
        TableBlock((head,), tuple(rows), (5.0, 1.2, 1.2, 2.0)),
    ]
    once, listed = paper.total.budget, paper.total.listed
    if once != listed:
        said = voice.say("money_twice", once=voice.money(once), listed=voice.money(listed))
        blocks.append(Paragraph(said, "note"))
    return blocks


def _part(voice: Voice, part: PlanPart, total: str = "") -> Row:
    shade = "total" if total else ""
    figures = (voice.count(part.works), voice.count(part.indicators), voice.figure(part.budget))
    name = Cell(total or part.name, bold=bool(total), shade=shade)
    return Row((name, *(Cell(text, "right", bold=bool(total), shade=shade) for text in figures)))


def _changes(voice: Voice, paper: MeetingPaper) -> list[Block]:
    if not paper.since:
        return []
    blocks: list[Block] = [Heading(voice.say("meeting_changes", since=paper.since), 2)]
    if not paper.changes:
        return [*blocks, Paragraph(voice.say("meeting_unchanged"))]
    counts = {what: sum(c.what == what for c in paper.changes) for what in ("added", "removed", "changed")}
    said = {what: voice.count(count) for what, count in counts.items()}
    blocks.append(Paragraph(voice.say("meeting_counts", **said)))
    heads = ("meeting_record", "meeting_cell", "meeting_text")
    head = Row(tuple(Cell(voice.say(key), "centre", bold=True, shade="head") for key in heads))
    rows = tuple(row for change in paper.changes[:MOST_RECORDS] for row in _change(voice, change))
    blocks.append(TableBlock((head,), rows, (2.2, 1.6, 4.2)))
    if len(paper.changes) > MOST_RECORDS:
        left = voice.count(len(paper.changes) - MOST_RECORDS)
        blocks.append(Paragraph(voice.say("meeting_left_out", count=left), "note"))
    return blocks


def _change(voice: Voice, change: ChangedRecord) -> list[Row]:
    """Return the rows of a record: its name once, and each cell with what it was and what it becomes."""
    cells = change.cells or (("", "", ""),)
    name = (Run(change.name, bold=True), Run(f"\n{change.file} · {voice.say(f'meeting_{change.what}')}"))
    rows = []
    for at, (title, before, after) in enumerate(cells):
        text = tuple(
            r
            for r in (Run(before, change="removed"), Run(_between(before, after)), Run(after, change="added"))
            if r.text
        )
        own = (Cell(title), Cell(text or NOTHING))
        first = (Cell(name, rowspan=len(cells)),) if at == 0 else ()
        rows.append(Row((*first, *own), keep_with_next=at == 0 and len(cells) > 1))
    return rows


def _between(before: str, after: str) -> str:
    return " " if before and after else ""


def _scores(voice: Voice, paper: MeetingPaper) -> list[Block]:
    if not paper.month:
        return []
    heading = Heading(voice.say("meeting_scores", month=paper.month), 2)
    if not paper.scores:
        return [heading, Paragraph(voice.say("meeting_no_scores"))]
    heads = ("meeting_works", "meeting_before", "meeting_after")
    head = Row(tuple(Cell(voice.say(key), "centre", bold=True, shade="head") for key in heads))
    rows = tuple(
        Row((Cell(score.work), Cell(score.before or NOTHING, "right"), Cell(score.after or NOTHING, "right")))
        for score in paper.scores
    )
    return [heading, TableBlock((head,), rows, (5.0, 1.5, 1.5))]
