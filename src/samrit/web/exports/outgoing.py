"""The tables that go out, from the contexts of the pages: headings in the reader's language, figures as figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils import timezone

from samrit.engine.arithmetic import settle
from samrit.engine.bands import shown_percent
from samrit.engine.model import Figure, Source
from samrit.engine.ruleset import Band
from samrit.plans.selectors.results.compare import Comparison
from samrit.plans.selectors.results.front import Front, WorkLine
from samrit.plans.selectors.results.heat import Heat
from samrit.plans.selectors.results.look import Look
from samrit.plans.selectors.results.money import Spent
from samrit.plans.selectors.results.naming import Names
from samrit.plans.selectors.results.tallies import Bar
from samrit.plans.selectors.results.traces import HistoryChange
from samrit.plans.selectors.results.why import Why, WhyStep
from samrit.plans.selectors.work.work import WorkContext
from samrit.plans.selectors.work.works import WorkRow
from samrit.vocabulary.figures import Ends
from samrit.vocabulary.numbers import format_number
from samrit.vocabulary.speech import speech
from samrit.vocabulary.terms import label
from samrit.web.exports.tables import ExportColumn, OutTable, Value
from samrit.web.history_words import action_said, field_said, value_said
from samrit.web.words import word


class _Heads:
    """Headings and words of one table in one language."""

    def __init__(self, seen: Look) -> None:
        self.seen, self.language = seen, seen.language

    def columns(self, *keys: str) -> tuple[ExportColumn, ...]:
        """Return columns by the keys of their headings; ``key:kind`` gives a kind."""
        pairs = (key.partition(":") for key in keys)
        return tuple(ExportColumn(word(f"see.col_{key}", self.language), kind or "text") for key, _, kind in pairs)

    def name(self, what: str) -> str:
        """Return the file's name: plan, what it holds, period."""
        return f"{self.seen.plan.code}-{what}-{self.seen.as_of:02}"

    def band(self, band: Band | None) -> str:
        """Return a band's name, "" for none."""
        return "" if band is None else (self.language == "en" and band.name_en) or band.name

    def say(self, key: str) -> str:
        """Return a text of the pages."""
        return word(key, self.language)

    def shown(self, value: Decimal | None) -> Decimal | None:
        """Return a figure as printed (BA2)."""
        return None if value is None else shown_percent(value, self.seen.result.ruleset)


def _fund(cell: str) -> tuple[str, ...]:
    """Return the cell of a column that only a plan with funds has."""
    return (cell,) if speech().has_funds else ()


def works(seen: Look, rows: Sequence[WorkRow]) -> OutTable:
    """Return the works of the plan page."""
    heads = _Heads(seen)
    has_groups = any(project.shares_with for project in seen.result.plan.projects)
    columns = heads.columns(
        "id", "title:long", *_fund("fund"), "strategy:long", *(("works_group",) if has_groups else ()), "unit", "kind",
        "percent:number", "exact:number", "band", "lowest", "forecast", "forecast_band", "state", "budget:money",
        "spent:money", "spent_percent:number",
    )  # fmt: skip
    lines = [
        (
            r.id, r.title, *_fund(r.fund), r.strategy, *((r.group,) if has_groups else ()), r.unit, r.kind,
            heads.shown(r.figure), None if r.figure is None else settle(r.figure), heads.band(r.band), r.lowest,
            r.forecast, heads.band(r.forecast_band), heads.say(f"state.{r.state}"), r.budget, r.spent,
            None if r.spent_percent is None else settle(r.spent_percent),
        )
        for r in rows
    ]  # fmt: skip
    return OutTable(heads.name("works"), columns, lines)


def bands(seen: Look, page: Front) -> OutTable:
    """Return the counts by band: the plan, its funds, its strategies."""
    heads = _Heads(seen)
    names = [heads.band(p.band) for p in page.bar.parts]
    columns = (
        *heads.columns("group", "name:long", "counted:number", "waiting:number", "without:number"),
        *(ExportColumn(name, "number") for name in names),
        *(ExportColumn(f"{name} %", "number") for name in names),
        *(ExportColumn(f"{name} ±", "number") for name in names),
    )
    groups: list[tuple[str, Sequence[Bar]]] = [
        (heads.say("see.whole_plan"), (page.bar,)),
        *(((heads.say("see.col_fund"), page.funds),) if speech().has_funds else ()),
        (heads.say("see.col_strategy"), page.strategies),
    ]
    lines: list[Sequence[Value]] = [
        (
            group, bar.name, bar.total, bar.waiting, bar.without,
            *(p.count for p in bar.parts), *(p.share for p in bar.parts), *(p.change for p in bar.parts),
        )
        for group, bars in groups
        for bar in bars
    ]  # fmt: skip
    return OutTable(heads.name("bands"), columns, lines)


def scores(seen: Look, page: Front) -> OutTable:
    """Return the scores above the works: of the plan, its strategies and tactics, and the units (RU5)."""
    heads = _Heads(seen)
    columns = heads.columns("level", "score_of:long", "weight:number", "score:number", "exact:number", "band", "was")
    table = page.scores
    rows = (*table.rows, *table.units) if table is not None else ()
    lines = [
        (
            label(row.level, heads.language, "score_level"),
            row.name,
            None if row.weight is None else settle(row.weight),
            heads.shown(row.figure),
            None if row.figure is None else settle(row.figure),
            heads.band(row.band),
            row.was,
        )
        for row in rows
    ]
    return OutTable(heads.name("scores"), columns, lines)


def money(seen: Look, page: Front) -> OutTable:
    """Return the money by fund and band."""
    heads = _Heads(seen)
    columns = heads.columns(
        "fund:long" if page.money.funds else "name:long",
        "framework:money",
        "given:money",
        "share:number",
        "band",
        "amount:money",
    )
    lines: list[Sequence[Value]] = [
        (
            fund.name or heads.say("see.whole_plan"), fund.framework, fund.given, fund.share,
            heads.band(part.band) or heads.say("see.waiting_word"), part.amount,
        )
        for fund in (page.money.total, *page.money.funds)
        for part in fund.parts
    ]  # fmt: skip
    return OutTable(heads.name("money"), columns, lines)


def spent(seen: Look, page: Front) -> OutTable:
    """Return what was spent by fund and strategy; blank where no payment is recorded."""
    heads = _Heads(seen)
    columns = heads.columns(
        "group", "name:long", "budget:money", "committed_baht:money", "spent:money", "spent_percent:number",
        "funded:number", "unrecorded:number", "kept:money", "returned:money",
    )  # fmt: skip
    groups: list[tuple[str, Sequence[Spent]]] = [
        (heads.say("see.whole_plan"), (page.money.spent,)),
        *((heads.say(f"see.col_{rows}"), made) for rows, made in page.money.spent_by),
    ]
    lines: list[Sequence[Value]] = [
        (
            group, s.name, s.budget, s.committed, s.spent, None if s.percent is None else settle(s.percent),
            s.funded, s.unknown, s.kept, s.returned,
        )
        for group, made in groups
        for s in made
    ]  # fmt: skip
    return OutTable(heads.name("spent"), columns, lines)


def attention(seen: Look, page: Front) -> OutTable:
    """Return what needs attention."""
    heads = _Heads(seen)
    columns = heads.columns(
        "why_listed:long", "id", "title:long", "unit", "percent", "band", "was_band", "reasons:long"
    )
    groups: list[tuple[str, Sequence[WorkLine]]] = [
        (heads.say("see.newly_worst"), page.newly_worst),
        (heads.say("see.at_risk"), page.at_risk),
        (heads.say("see.overdue"), page.overdue),
    ]
    lines: list[Sequence[Value]] = [
        (group, w.id, w.title, w.unit, w.percent, heads.band(w.band), heads.band(w.was_band), "; ".join(w.reasons))
        for group, listed in groups
        for w in listed
    ]
    return OutTable(heads.name("attention"), columns, lines)


def silent(seen: Look, page: Front) -> OutTable:
    """Return the units that have not reported."""
    heads = _Heads(seen)
    columns = heads.columns("unit_code", "unit:long", "indicators:number", "works_count:number", "last_reported")
    lines: list[Sequence[Value]] = [
        (u.code, u.name, u.indicators, u.works, u.last.name if u.last else "") for u in page.silent
    ]
    return OutTable(heads.name("silent"), columns, lines)


def heat(seen: Look, page: Heat) -> OutTable:
    """Return the heat map: part and whole of every unit and month."""
    heads = _Heads(seen)
    columns = heads.columns("unit_code", "unit:long", "month", "part:number", "whole:number", "share:number")
    lines: list[Sequence[Value]] = [
        (row.code, row.name, month.name, cell.part, cell.whole, None if cell.share is None else settle(cell.share))
        for row in page.rows
        for month, cell in zip(page.months, row.cells, strict=True)
    ]
    return OutTable(heads.name(f"heat-{page.measure}"), columns, lines)


def compare(seen: Look, page: Comparison) -> OutTable:
    """Return the works that moved."""
    heads = _Heads(seen)
    columns = heads.columns(
        "movement", "id", "title:long", "unit", "before", "before_band", "after", "after_band",
    )  # fmt: skip
    lines: list[Sequence[Value]] = [
        (
            heads.say(f"see.moved_{direction}"), m.id or m.before_id, m.title, m.unit,
            m.before, heads.band(m.before_band), m.after, heads.band(m.after_band),
        )
        for direction, moved in page.moved
        for m in moved
    ]  # fmt: skip
    return OutTable(heads.name("compare"), columns, lines)


def months(seen: Look, page: WorkContext) -> OutTable:
    """Return the months of a work's indicators, a line a month."""
    heads = _Heads(seen)
    columns = heads.columns(
        "id", "indicator:long", "unit_of_measure", "month", "planned:number", "actual:number", "parts", "note:long",
    )  # fmt: skip
    lines: list[Sequence[Value]] = [
        (b.id, b.name, b.unit_of_measure, m.name, _figure(m.planned), _figure(m.actual), m.parts, m.note)
        for b in page.indicators
        for m in b.months
    ]
    return OutTable(f"{seen.plan.code}-{page.id}-{seen.as_of:02}", columns, lines)


def changes(seen: Look, project: str, history: Sequence[HistoryChange]) -> OutTable:
    """Return the history of a work, a line for every value that changed."""
    heads, names = _Heads(seen), Names.of(seen)
    columns = heads.columns(
        "sequence:number", "when", "who", "what", "record", "unit_code", "month:number", "field", "old:long",
        "new:long", "reason:long",
    )  # fmt: skip
    lines: list[Sequence[Value]] = [
        (
            c.sequence, timezone.localtime(c.at).strftime("%Y-%m-%d %H:%M:%S"), c.by,
            action_said(c.action, seen.language), c.record, c.unit, c.period, field_said(name, seen.language),
            *(value_said(names, c, name, text) for text in both), c.reason,
        )
        for c in history
        for name, *both in c.values or (("", "", ""),)
    ]  # fmt: skip
    return OutTable(f"{seen.plan.code}-{project}-history", columns, lines)


def _figure(figure: Figure | Ends) -> Value:
    if isinstance(figure, Ends):
        return figure.written(lambda end: format_number(end, None))
    return figure if isinstance(figure, Decimal) else figure.value


def steps(seen: Look, page: Why) -> OutTable:
    """Return a derivation, a line a step, its depth beside it."""
    heads = _Heads(seen)
    columns = heads.columns("depth:number", "step:long", "rule", "document", "page:number", "line:number", "cell")
    lines = [(depth, step.text, step.rule, *_source(step.source)) for depth, step in _walk(page.root, 0)]
    return OutTable(f"{seen.plan.code}-why-{page.record}-{seen.as_of:02}", columns, lines)


def _source(source: Source) -> tuple[str, int | None, int | None, str]:
    return source.document, source.page, source.line, source.cell


def _walk(step: WhyStep, depth: int) -> Iterator[tuple[int, WhyStep]]:
    yield depth, step
    for below in step.steps:
        yield from _walk(below, depth + 1)
