"""Puts the sheets of a workbook together; the order of the sheets is the order below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import IO

from samrit.engine.choices import BY_SITES
from samrit.engine.model import Formula as Way
from samrit.engine.results import PlanResult
from samrit.engine.ruleset import RuleSet
from samrit.reports.texts.template import Template
from samrit.reports.workbook.data.breakdowns import BreakdownsSheet
from samrit.reports.workbook.data.figures import Features, features_of
from samrit.reports.workbook.data.indicator_formulas import Neighbours
from samrit.reports.workbook.data.indicators import IndicatorsSheet, indicator_columns
from samrit.reports.workbook.data.levels import LevelsSheet, uses_levels
from samrit.reports.workbook.data.members import Member, members_of
from samrit.reports.workbook.data.months import MonthlySheet
from samrit.reports.workbook.data.once import Repeats
from samrit.reports.workbook.data.overrides import OverridesSheet
from samrit.reports.workbook.data.percent_formulas import may_be_partial
from samrit.reports.workbook.data.project_formulas import ProjectFormulas
from samrit.reports.workbook.data.projects import ProjectsSheet, project_columns
from samrit.reports.workbook.data.ranges import is_live_range
from samrit.reports.workbook.data.scores import ScoresSheet
from samrit.reports.workbook.data.sites import SitesSheet
from samrit.reports.workbook.data.units import UnitsSheet
from samrit.reports.workbook.printed.annex import AnnexSheets
from samrit.reports.workbook.printed.annex_rows import AnnexRows
from samrit.reports.workbook.printed.notes import NotesSheet
from samrit.reports.workbook.printed.rules import RulesSheet
from samrit.reports.workbook.printed.summary import SummarySheet
from samrit.reports.workbook.printed.texts import TextsSheet
from samrit.reports.workbook.writing.book import Book, Stored, stored_value
from samrit.reports.workbook.writing.conditions import show_conditions
from samrit.reports.workbook.writing.layout import DataSheet


def assemble(
    target: IO[bytes], result: PlanResult, *, template: Template, language: str, stored: Stored = stored_value
) -> None:
    """Write the whole workbook of an evaluation into ``target``."""
    book = Book(target, result, template=template, language=language, stored=stored)
    members = members_of(result)
    reporting = [r for m in members for r in m.reporting]
    features = features_of(s for r in reporting for s in r.series)
    features = replace(features, ranges=any(map(is_live_range, reporting)))
    repeats = Repeats(result.projects)

    summary = SummarySheet(book)
    projects = book.add("projects", project_columns(book, repeats=repeats.any), len(members), prefix="prj", frozen="id")
    levels_used = any(uses_levels(r.indicator) for r in reporting)
    partial = any(may_be_partial(r.indicator, r.result) for r in reporting)
    columns = indicator_columns(book, features, levels=levels_used, partial=partial)
    indicators = book.add("indicators", columns, len(reporting), prefix="ind", frozen="id")
    near = _neighbours(book, projects, members, features)
    monthly = MonthlySheet(book, indicators, near.units.sheet if near.units else None)
    _indicator_rows(book, indicators, near, members, monthly)
    text = ProjectFormulas(book, projects, indicators, near.overrides)
    writer = ProjectsSheet(book, projects, text, repeats)
    for member in members:
        writer.write(member.no - 1, member.no, member.result)
    for sheet in (projects, indicators):
        show_conditions(book, sheet)
    monthly.write()
    ScoresSheet(book, projects).write()
    BreakdownsSheet(book, indicators, reporting).write()
    if template.annex:
        rows = AnnexRows(book, projects, indicators, near.units.sheet if near.units else None)
        AnnexSheets(book, rows).write(members)
    RulesSheet(book).write()
    TextsSheet(book).write()
    NotesSheet(book).write()
    summary.write(projects, repeats=repeats.any)
    book.close(_created(result.ruleset), _properties(book))


def _neighbours(book: Book, projects: DataSheet, members: Sequence[Member], features: Features) -> Neighbours:
    """Make the sheets that an indicator's row looks at, those that the plan needs."""
    reporting = [r for m in members for r in m.reporting]
    units = UnitsSheet(book, reporting, features) if any(r.several for r in reporting) else None
    levels = None
    if any(uses_levels(r.indicator) for r in reporting):
        levels = LevelsSheet(book, [(r.no, r.result) for r in reporting if r.indicator.levels])
    sites = None
    if any(r.indicator.formula in BY_SITES for r in reporting) or any(m.result.project.sites for m in members):
        measured = any(r.indicator.formula is Way.SITE_PROGRESS for r in reporting)
        sites = SitesSheet(book, [(m.no, m.result) for m in members], measured=measured)
    overrides = OverridesSheet(book)
    for sheet in (units, levels, sites, overrides):
        if sheet is not None:
            sheet.write()
    return Neighbours(projects, overrides, units, levels, sites)


def _indicator_rows(
    book: Book, indicators: DataSheet, near: Neighbours, members: Sequence[Member], monthly: MonthlySheet
) -> None:
    writer = IndicatorsSheet(book, indicators, near)
    for member in members:
        for reporting in member.reporting:
            writer.write(reporting.no - 1, reporting, (member.no, member.result))
            monthly.take(reporting, member.result)


def _created(ruleset: RuleSet) -> datetime:
    """Return the file's date: the rule set's, not today's, so that the same evaluation gives the same bytes."""
    day = ruleset.effective_from
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001


def _properties(book: Book) -> dict[str, str]:
    plan = book.result.plan
    return {
        "title": plan.title,
        "subject": f"{book.timing.label} {book.timing.covered()}",
        "author": plan.organisation,
        "comments": f"{plan.id} · {book.result.ruleset.id} · {book.result.as_of}",
        "keywords": "Samrit",
    }
