"""Documents to a draft plan package: the one door of the room.

documents → grids → works as printed → repaired facts → corrections of a person → plan → checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from samrit.engine.checks import check_plan
from samrit.engine.indicators.dated import last_reported
from samrit.engine.model import Plan, PrintedCell, Project, Source
from samrit.engine.ruleset import PERCENT_OF_PLAN, RuleSet
from samrit.intake.assembly import project_of
from samrit.intake.controls import control_totals
from samrit.intake.draft import Draft, ImportSummary, summarise
from samrit.intake.facts import Status, WorkFacts
from samrit.intake.forms.facts import facts_of
from samrit.intake.forms.reader import FormReading, read_form
from samrit.intake.grid import Grid, SourceReading
from samrit.intake.headings import Headings, read_words
from samrit.intake.inference import calendar_of, period_of
from samrit.intake.ledger import told, twice_used, unused_cells, unused_of_plans
from samrit.intake.monitoring.work_facts import WorkReading, read_work
from samrit.intake.plan_frame import Frame, describe, number_tactics, settle_year
from samrit.intake.plans.joining import join_cards
from samrit.intake.prose.parts import with_parts
from samrit.intake.recognised import Recognised
from samrit.intake.remainder import remainder_told, unused_elsewhere
from samrit.intake.review.corrections import Correction, apply
from samrit.intake.review.reading import ReviewReading, read_review
from samrit.intake.sharing import grouped, laid_over
from samrit.intake.sources import read_document
from samrit.intake.sources.job import Progress
from samrit.intake.summaries import SummaryReader
from samrit.intake.tables.beside import taken_apart
from samrit.intake.tables.day_columns import with_periods
from samrit.intake.tables.drafts import WorkDraft
from samrit.intake.tables.kpis import with_works
from samrit.intake.tables.long_form import wide
from samrit.intake.tables.money_columns import with_money
from samrit.intake.tables.named_months import months_apart
from samrit.intake.tables.target_years import with_own_targets
from samrit.package import PlanPackage
from samrit.package.ready_rules import default_rules
from samrit.vocabulary.findings import Finding, Place

NO_STRATEGY, NO_STRATEGY_NAME = "0", "ไม่ระบุยุทธศาสตร์"
RECOGNISED = ("text", "pdf")  # kinds of document whose text may have been recognised from print


def import_documents(
    paths: Sequence[Path],
    *,
    review: Path | None = None,
    plan_id: str = "",
    headings: Path | None = None,
    year_be: int | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Draft:
    """Read documents of one plan and return a draft package; never raises on what they hold.

    ``review`` is a workbook of corrections made for an earlier import of the same
    documents; ``headings`` an office's own words for columns and labels (a fault of
    either is told, and nothing is imported); ``year_be``
    the plan's Buddhist year, whatever the documents say.  ``progress`` is called with a
    document's name, the pages or sheets read, and how many there are.
    """
    settled = read_review(review) if review is not None else ReviewReading()
    words = read_words(headings) if headings is not None else {}
    faults = (*settled.faults, *((words,) if isinstance(words, Finding) else ()))
    if isinstance(words, Finding) or faults:  # what a person wrote would be lost unseen
        return Draft(None, faults)
    readings = [read_document(path, progress=_of(path, progress)) for path in paths]
    return draft_of(
        readings,
        plan_id=plan_id or _plan_id(paths),
        words=Headings(words),
        corrections=settled.corrections,
        year_be=year_be,
    )


def _of(path: Path, progress: Callable[[str, int, int], None] | None) -> Progress | None:
    return None if progress is None else partial(progress, path.name)


def draft_of(
    readings: Sequence[SourceReading],
    *,
    plan_id: str,
    words: Headings | None = None,
    corrections: Sequence[Correction] = (),
    year_be: int | None = None,
) -> Draft:
    """Return the draft of documents already laid out in grids, ``corrections`` of a person put in.

    Where neither ``year_be`` nor the documents give the plan's year it is taken for
    the current one, and said.
    """
    words = words or Headings()
    grids = tuple(taken_apart(_with_certainty(readings), words))
    findings = [finding for reading in readings for finding in reading.findings]
    form = read_form(grids, plan_id, words, year_be)
    if form is not None:
        findings.extend(map(_unused, corrections))
        return _draft_of_form(form, findings, grids)
    frame, grids = _settled(grids, words, year_be)
    found = Recognised.of(grids, words)
    if not found.works:
        findings.extend(remainder_told(unused_elsewhere(grids, (), None, words)))
        return _no_plan(readings, findings)
    frame.year_be = year_be or frame.year_be
    findings.extend(settle_year(frame, readings[0].document))
    found.calendar = found.calendar or calendar_of([w.period for w in found.works], frame.year_be, frame.year_named)
    _place_strategies(found.works, findings)
    number_tactics(found.works, {code for what, code in found.names if what == "tactic"})
    works = list(_works(found, frame, {r.document for r in readings if r.origin in RECOGNISED}))
    unused = [*unused_cells(found.rows, works, words), *unused_of_plans(found.plan_rows, works, found.rows)]
    facts = tuple(work.facts for work in works)
    findings.extend((*told(unused), *twice_used(found.rows, works), *apply(facts, corrections)))
    projects = _projects(works, frame, found, findings)
    plan, noticed = join_cards(_plan(frame, projects, found, plan_id), found.cards)
    plan, told_in_words = with_parts(plan, grids, words)
    elsewhere = unused_elsewhere(grids, found.with_ledger(), plan, words, found.claims)
    said = (*findings, *noticed, *told_in_words, *remainder_told(elsewhere))
    return _draft_of_plan(plan, said, facts, replace(Draft(None, ()), grids=grids, unused=(*unused, *elsewhere)))


def _draft_of_plan(plan: Plan, said: Sequence[Finding], facts: tuple[WorkFacts, ...], read: Draft) -> Draft:
    """Return the draft of a plan put together, what its checks say among the findings; ``read`` holds its grids."""
    rules = _rules_of(plan)
    plan = laid_over(replace(plan, ruleset=rules.id))
    checks = check_plan(plan, rules, last_reported(plan))
    summary = ImportSummary(summarise(facts), control_totals(plan, rules))
    package = PlanPackage(plan, (rules,))
    return replace(read, package=package, findings=(*said, *checks), summary=summary, facts=facts)


def _rules_of(plan: Plan) -> RuleSet:
    """Return the rules of a document that prints its works by the four bands of the first office; else the default."""
    return PERCENT_OF_PLAN if any(cell.table == "bands" for cell in plan.printed) else default_rules()


def _settled(grids: tuple[Grid, ...], words: Headings, year_be: int | None) -> tuple[Frame, tuple[Grid, ...]]:
    """Return the plan's frame, and the tables in the forms that the readers know."""
    frame = Frame()
    wide_grids = tuple(wide(grids, words))
    describe(frame, wide_grids)
    by_part = with_works(months_apart(wide_grids, words), words)
    year = year_be or frame.year_be
    return frame, tuple(with_own_targets(with_periods(with_money(by_part, words, year), words), words, year))


def _with_certainty(readings: Sequence[SourceReading]) -> Iterator[Grid]:
    """Yield all grids; files that have columns of their own are certain of them, as a PDF is of those it rules."""
    for reading in readings:
        for grid in reading.grids:
            yield grid if reading.origin in RECOGNISED else replace(grid, certain=True)


def _no_plan(readings: Sequence[SourceReading], findings: list[Finding]) -> Draft:
    """Return the draft of documents without a work; that a refused one holds none need not be said."""
    read = [reading for reading in readings if reading.grids]
    if read or not findings:
        names = ", ".join(reading.document for reading in read or readings)
        findings.append(Finding("intake_no_plan", Place(names)))
    return Draft(None, tuple(findings), grids=tuple(grid for reading in readings for grid in reading.grids))


def _unused(correction: Correction) -> Finding:
    """Say that a correction was made to a form, which is to be corrected itself."""
    return Finding("intake_correction_in_form", Place(record=correction.record), {"text": correction.text})


def _works(found: Recognised, frame: Frame, printed: set[str]) -> Iterator[WorkReading]:
    """Yield the facts of every work; ``printed`` are the documents whose text may have been recognised from print."""
    for draft, record in _numbered(found.works, frame):
        yield read_work(draft, record, frame.year_be, found.calendar, recognised=draft.grid.document in printed)


def _draft_of_form(form: FormReading, findings: list[Finding], grids: tuple[Grid, ...]) -> Draft:
    """Return the draft of a filled form: what was typed is taken as typed; an empty form is an empty plan."""
    plan = form.plan
    checks = check_plan(plan, form.ruleset, last_reported(plan)) if plan.projects else ()
    checks = tuple(f for f in checks if f.code != "budget_not_read")  # told with its cell already
    facts = facts_of(plan)
    summary = ImportSummary(summarise(facts))
    return Draft(PlanPackage(plan, (form.ruleset,)), (*findings, *form.findings, *checks), summary, facts, grids)


def _place_strategies(works: Sequence[WorkDraft], findings: list[Finding]) -> None:
    """Put works that are under no strategy heading under one that says so."""
    without = [work for work in works if not work.scope.strategy]
    if without:
        findings.append(Finding("intake_strategy_missing", Place(without[0].grid.document), {"count": len(without)}))
    for work in without:
        work.scope = replace(work.scope, strategy=NO_STRATEGY, strategy_name=NO_STRATEGY_NAME)


def _plan_id(paths: Sequence[Path]) -> str:
    return paths[0].stem if paths else "plan"


def _numbered(works: Sequence[WorkDraft], frame: Frame) -> list[tuple[WorkDraft, str]]:
    """Return each work with its id: fund, strategy and number; a repeated one gets a letter."""
    many = len({w.scope.fund for w in works if w.scope.fund}) > 1
    made: list[tuple[WorkDraft, str]] = []
    used: set[str] = set()
    for work in works:
        fund = f"{frame.fund(work.scope.fund)}-" if many and work.scope.fund else ""
        base = f"{fund}{work.scope.strategy}-{work.number}" if work.scope.strategy else f"{fund}{work.number}"
        record, letter = base, "a"
        while record in used:
            letter = chr(ord(letter) + 1)
            record = f"{base}{letter}"
        used.add(record)
        made.append((work, record))
    return made


def _projects(
    works: Sequence[WorkReading], frame: Frame, found: Recognised, findings: list[Finding]
) -> tuple[Project, ...]:
    projects = []
    for work in works:
        frame.take(work.draft.scope, found.names)
        _again(work, frame.year_be, found.calendar)
        project, noticed = project_of(work, frame.codes(work.draft), frame.year_be or 0)
        projects.append(project)
        findings.extend((*work.findings, *noticed))
    return grouped(projects, works)


def _again(work: WorkReading, year_be: int | None, calendar: str) -> None:
    """Read again what follows from a corrected text: the period, and the units."""
    facts, draft = work.facts, work.draft
    if facts["period"].status is Status.CORRECTED:
        source = facts["period"].source
        place = Place(source.document, source.page, source.line, record=facts.record)
        work.period = period_of(facts.text("period"), year_be, calendar, place)
        work.findings.extend(work.period.findings)
    if facts["unit"].status is Status.CORRECTED:
        draft.unit = facts.text("unit")


def _plan(frame: Frame, projects: tuple[Project, ...], found: Recognised, plan_id: str) -> Plan:
    return Plan(
        id=plan_id,
        title=frame.title or plan_id,
        year_be=frame.year_be or 0,
        organisation=frame.organisation,
        calendar=found.calendar,
        vision=frame.vision,
        missions=tuple(frame.missions),
        funds=tuple(frame.funds.values()),
        strategies=tuple(frame.strategies.values()),
        tactics=tuple(frame.tactics.values()),
        programmes=tuple(frame.programmes.values()),
        units=tuple(frame.units.values()),
        projects=projects,
        manpower=found.manpower,
        printed=_printed(found.summaries, frame),
        source=projects[0].source if projects else Source(),
    )


def _printed(summaries: SummaryReader, frame: Frame) -> tuple[PrintedCell, ...]:
    codes = {name: fund.code for name, fund in frame.funds.items()}
    made: dict[tuple[str, str, str, str], PrintedCell] = {}
    for name, cell in summaries.cells:
        if name and name not in codes:
            continue
        placed = replace(cell, fund=codes.get(name, ""))
        made.setdefault((placed.table, placed.fund, placed.strategy, placed.column), placed)
    return tuple(made.values())


__all__ = ["Draft", "Grid", "draft_of", "import_documents"]
