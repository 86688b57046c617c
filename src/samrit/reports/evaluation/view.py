"""A scored plan as the report builders see it: result, voice, calendar and the words for bands.

The template's places for print go into a copy of the rule set here, once; limits,
bands and everything that was decided stay those of the evaluation itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from samrit.engine.bands import format_percent
from samrit.engine.indicators.points import computed_points
from samrit.engine.model import Fund, Project, ProjectStatus, Strategy
from samrit.engine.results import IndicatorResult, PlanResult, ProjectResult
from samrit.engine.rollup import share
from samrit.engine.ruleset import Band, Method, RuleSet
from samrit.engine.score import YEAR_END
from samrit.engine.year import told
from samrit.package.kinds import bare
from samrit.package.kinds.work import STATES
from samrit.reports.document.model import Block, Cell, Row
from samrit.reports.texts.looks import template_of
from samrit.reports.texts.template import Template
from samrit.reports.texts.timing import Timing, timing_of
from samrit.reports.texts.voice import NOTHING, Voice
from samrit.vocabulary.numbers import format_number
from samrit.vocabulary.periods import period_dates

Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """What every part of an evaluation report is built from."""

    result: PlanResult
    ruleset: RuleSet
    voice: Voice
    timing: Timing
    funds: tuple[Fund, ...]
    strategies: tuple[Strategy, ...]
    cause_words: Mapping[str, str] = field(default_factory=dict)  # as the office calls them, in the report's language

    @property
    def by_points(self) -> bool:
        """Whether the method gives points instead of percentages (M-B to M-E)."""
        return self.ruleset.method is not Method.PERCENT_OF_PLAN

    @property
    def counted(self) -> tuple[ProjectResult, ...]:
        """The projects that are due: the base of every table of results (R213, BA4)."""
        return tuple(r for r in self.result.projects if r.counts)

    @property
    def bands(self) -> tuple[Band, ...]:
        """The bands, best first, as the office prints them."""
        return tuple(reversed(self.ruleset.bands))

    def band_name(self, band: Band) -> str:
        """Return the band's bare name."""
        return self.voice.name(band.name, band.name_en)

    def band_label(self, band: Band) -> str:
        """Return name and colour: "ระดับดี (สีเขียว)" (R203, R204)."""
        colour = self.voice.name(band.colour_name, band.colour_name_en)
        if not colour:
            return self.voice.say("band_label_plain", name=self.band_name(band))
        return self.voice.say("band_label", name=self.band_name(band), colour=colour)

    def band_range(self, band: Band) -> str:
        """Return the range as the office words it, else from the limits."""
        text = band.range_text if self.voice.language == "th" else ""
        return text or self.band_limits(band)

    def band_range_spoken(self, band: Band) -> str:
        """Return the range for running text: "<" and ">" as words."""
        text = self.band_range(band)
        for sign, key in (("<", "limit_below"), (">", "limit_above")):
            if text.startswith(sign):
                return self.voice.say(key, value=f" {text.removeprefix(sign).lstrip()}").replace("  ", " ")
        return text

    def band_limits(self, band: Band) -> str:
        """Return the exact limits in words, without gaps: "มากกว่าร้อยละ 75 ไม่เกินร้อยละ 99" (BA1)."""
        position = self.ruleset.bands.index(band)
        below = self.ruleset.bands[position - 1] if position else None
        parts = []
        if below is not None and below.upper is not None:
            key = "limit_above" if below.upper_inclusive else "limit_from"
            parts.append(self.voice.say(key, value=self.amount(below.upper)))
        if band.upper is not None:
            key = "limit_at_most" if band.upper_inclusive else "limit_below"
            parts.append(self.voice.say(key, value=self.amount(band.upper)))
        return " ".join(parts) or self.voice.say("limit_all")

    def amount(self, value: Decimal) -> str:
        """Return a limit with its measure: "ร้อยละ 50", "50 %", "3.5 คะแนน"."""
        key = "unit_score" if self.by_points else "percent_of"
        return self.voice.say(key, value=format_number(value, None))

    def share_text(self, count: int, total: int) -> str:
        """Return a share of the works due with the places of the rule set (DI2); "–" of nothing."""
        if not total:
            return NOTHING
        return format_number(share(count, total, self.ruleset), self.ruleset.share_places)

    def figure_of(self, result: ProjectResult) -> Decimal | None:
        """Return the official figure of a project: percent, or points under the other methods."""
        return result.figure

    def computed_figure(self, result: ProjectResult) -> Decimal | None:
        """Return what the figures alone give, without the evaluators' override."""
        return result.computed_score if self.by_points else result.computed_percent

    def indicator_figure(self, result: IndicatorResult) -> Decimal | None:
        """Return the figure of an indicator as it entered the average."""
        return result.score if self.by_points else result.percent

    def computed_indicator_figure(self, result: IndicatorResult) -> Decimal | None:
        """Return what the figures of an indicator alone give, in the same measure as ``indicator_figure`` (WE4)."""
        return computed_points(result, self.ruleset) if self.by_points else result.computed_percent

    def percent_text(self, value: Decimal | None) -> str:
        """Return a percent or score as printed, never contradicting its band (BA2); "–" for none."""
        return NOTHING if value is None else format_percent(value, self.ruleset)

    def project_name(self, result: ProjectResult) -> str:
        """Return number, title and responsible units of a project."""
        project = result.project
        units = project.responsible_text or "/".join(project.responsible_units)
        return f"{project.title} ({units})" if units else project.title


def states_then(result: PlanResult) -> PlanResult:
    """Return the evaluation with each work in the state that it had at the month's end, as its records say (R60, R236).

    The year's last evaluation tells what came later too, as its words do (R165).
    """
    plan = result.plan
    if result.as_of >= YEAR_END or not any(own.project.records for own in result.projects):
        return result
    last = period_dates(plan.year_be, plan.calendar, max(result.as_of, 1))[1]
    return replace(result, projects=tuple(own._replace(project=_then(own.project, last)) for own in result.projects))


def _then(project: Project, last: date) -> Project:
    states = [record for record in told(project.records) if record.kind == STATES.name]
    known = [record.value("state") for record in states if record.happened_on <= last]
    status = known[-1] if known else bare(project).status
    if not states or status is project.status or not (status is None or isinstance(status, ProjectStatus)):
        return project
    return replace(project, status=status)


def view_of(result: PlanResult, language: str, template: Template | None) -> ReportView:
    """Return the view of a scored plan in "th" or "en"; any other language counts as Thai."""
    used = template or template_of(result.plan.look).template
    voice = Voice("en" if language == "en" else "th", used)
    own = result.ruleset
    shown = replace(
        own,
        percent_places=own.percent_places if used.percent_places is None else used.percent_places,
        share_places=own.share_places if used.share_places is None else used.share_places,
    )
    plan = result.plan
    result = states_then(result)
    return ReportView(result, shown, voice, timing_of(plan, voice, result.as_of), _funds(result), _strategies(result))


def _funds(result: PlanResult) -> tuple[Fund, ...]:
    """Return the plan's funds, and one for every fund code that only the projects name."""
    known = {fund.code: fund for fund in result.plan.funds}
    for project in result.plan.projects:
        if project.fund:
            known.setdefault(project.fund, Fund(project.fund, project.fund))
    return tuple(known.values())


def _strategies(result: PlanResult) -> tuple[Strategy, ...]:
    """Return the plan's strategies, and one without a name for every code that only the projects name."""
    known = {strategy.code: strategy for strategy in result.plan.strategies}
    for project in result.plan.projects:
        known.setdefault(project.strategy, Strategy(project.strategy, ""))
    return tuple(known.values())


def head(text: str, *, colspan: int = 1, rowspan: int = 1, band: str = "") -> Cell:
    """Return a cell of a table's head."""
    return Cell(text, "centre", bold=True, colspan=colspan, rowspan=rowspan, band=band, shade="head")


def head_row(*texts: str) -> tuple[Row, ...]:
    """Return a head of one row."""
    return (Row(tuple(head(text) for text in texts), keep_with_next=True),)
