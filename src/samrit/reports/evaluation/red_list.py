"""The list of works and projects below the line: target, result, reason, next step (R231–R233, R205, R314)."""

from __future__ import annotations

import re

from samrit.engine.indicators.coverage import is_due
from samrit.engine.model import Narrative, Project, ProjectStatus, Site
from samrit.engine.results import IndicatorResult, ProjectResult
from samrit.engine.ruleset import Band
from samrit.engine.sites import committed_since
from samrit.reports.document.model import Heading, Paragraph, Run
from samrit.reports.evaluation.view import Blocks, ReportView
from samrit.reports.evaluation.words.edited import paragraphs, said, texts_of
from samrit.reports.evaluation.words.live_values import achieved_of, planned_shown, target_text
from samrit.vocabulary.months import month_pattern
from samrit.vocabulary.narrative import said as told_by_unit
from samrit.vocabulary.terms import label

# The outcomes that a package names by code; any other text is the office's own words.
SITE_STATES = ("done", "committed", "not_committed")


def red_list(view: ReportView) -> Blocks:
    """Return the projects of the bands that need an explanation, by fund, strategy and number (R232)."""
    if not view.counted:
        return ()
    voice = view.voice
    line = line_band(view)
    label = _line_label(view, line)
    heading: Blocks = (Heading(voice.say("red_heading", band=label), 1),)
    listed = listed_projects(view)
    if not listed:
        return *heading, Paragraph(voice.say("red_none", band=label))
    lead = voice.say("red_lead", band=label, range=_line_range(view, line), count=voice.count(len(listed)))
    blocks: Blocks = (*heading, Paragraph(lead))
    for place, result in enumerate(listed, 1):
        blocks += _entry(view, place, result)
    return blocks


def line_band(view: ReportView) -> Band:
    """Return the best band that still needs an explanation: the rule set's, else the worst."""
    bands = view.ruleset.bands
    return next((band for band in bands if band.code == view.ruleset.explain_below), bands[0])


def listed_projects(view: ReportView) -> list[ProjectResult]:
    """Return the projects of that band and worse in printed order (R232); each project once (RU1)."""
    bands = view.ruleset.bands
    codes = {band.code for band in bands[: bands.index(line_band(view)) + 1]}
    funds = {fund.code: place for place, fund in enumerate(view.funds)}
    strategies = {strategy.code: place for place, strategy in enumerate(view.strategies)}
    once: dict[str, ProjectResult] = {}
    for result in view.counted:
        if result.band is not None and result.band.code in codes:
            once.setdefault(result.project.key, result)
    return sorted(
        once.values(),
        key=lambda r: (funds.get(r.project.fund, -1), strategies[r.project.strategy], r.project.number),
    )


def _line_label(view: ReportView, line: Band) -> str:
    if line is view.ruleset.bands[0]:
        return view.band_label(line)
    return view.voice.say("red_below", name=view.band_name(line))


def _line_range(view: ReportView, line: Band) -> str:
    if line.upper is None:
        return view.voice.say("limit_all")
    key = "limit_at_most" if line.upper_inclusive else "limit_below"
    return view.voice.say(key, value=view.amount(line.upper))


def _entry(view: ReportView, place: int, result: ProjectResult) -> Blocks:
    """Return one entry: name with figure and band, status, target, result with reason, sites, carry-over."""
    voice, project = view.voice, result.project
    band = result.band.code if result.band else ""
    title = (
        Run(f"{place}. {view.project_name(result)} ", bold=True),
        Run(
            f"{view.percent_text(view.figure_of(result))} {view.band_name(result.band) if result.band else ''}",
            band=band,
        ),
    )
    narrative = narrative_of(view, result)
    blocks: Blocks = (Paragraph(title, keep_with_next=True),)
    if project.status in (ProjectStatus.CANCELLED, ProjectStatus.POSTPONED, ProjectStatus.TERMINATED):
        status = label(project.status, voice.language)
        blocks += (Paragraph(voice.say("red_status", status=status)),)
    blocks += (*_target(view, result, narrative), *(_edited(view, project) or _explanation(view, result, narrative)))
    blocks += tuple(_site(place, order, *told) for order, told in enumerate(_open_sites(view, result), 1))
    if project.status is ProjectStatus.CARRIED_OVER:
        year = view.timing.year_text(view.result.plan.year_be + 1)
        blocks += (Paragraph(voice.say("red_carry_over", year=year)),)
    return blocks


def narrative_of(view: ReportView, result: ProjectResult) -> Narrative | None:
    """Return the latest narrative up to the evaluated period."""
    told = [n for n in result.project.narratives if n.period <= view.result.as_of]
    return max(told, key=lambda n: n.period, default=None)


def _target(view: ReportView, result: ProjectResult, narrative: Narrative | None) -> Blocks:
    """Return the target line: the unit's own words, else the indicators' targets, else none (R233)."""
    text = narrative.target_text if narrative and narrative.target_text else _targets(view, result)
    if not text:
        return ()
    if re.search(month_pattern(), text):  # the unit's own words name the month already
        heading = view.voice.say("red_target_own")
    else:
        heading = view.voice.say("red_target", month=view.timing.month_year(_target_period(view, result), short=True))
    return (Paragraph((Run(heading, bold=True), Run(text))),)


def _targets(view: ReportView, result: ProjectResult) -> str:
    """Return what each indicator should have reached by the evaluated month, else its target of the year."""
    said = []
    for indicator in result.indicators:
        own, planned = indicator.indicator, planned_shown(indicator)
        value = target_text(view, indicator) if planned is None else view.voice.total(planned)
        if value:
            unit = "" if own.unit_of_measure and own.unit_of_measure in value else own.unit_of_measure
            said.append(view.voice.say("red_target_indicator", name=own.name, value=view.voice.measured(value, unit)))
    return "; ".join(said)


def _target_period(view: ReportView, result: ProjectResult) -> int:
    """Return the last month up to the report with something planned, else the evaluated month."""
    planned = [
        entry.period
        for indicator in result.indicators
        for entry in indicator.indicator.entries
        if is_due(indicator.indicator, entry) and entry.period <= view.result.as_of
    ]
    due = [
        level.due_period
        for indicator in result.indicators
        for level in indicator.indicator.levels
        if level.due_period and level.due_period <= view.result.as_of
    ]
    return max((*planned, *due), default=max(view.result.as_of, 1))


def _explanation(view: ReportView, result: ProjectResult, narrative: Narrative | None) -> Blocks:
    """Return the words as told; the bare figures, and that nobody explained, where not (R314)."""
    parts = told_by_unit(narrative) if narrative is not None else ()
    if narrative is None or not parts:
        figures = "; ".join(_figures(view, i) for i in result.indicators)
        nothing = view.voice.say("red_unexplained")
        return (_labelled(view, "red_result", f"{figures} – {nothing}" if figures else nothing),)
    day = narrative.written_on
    stamp = f" {view.voice.say('red_written_on', date=view.voice.date(day))}" if day else ""
    return tuple(
        _labelled(view, f"red_{one.word.name}", one.text + (stamp if one is parts[-1] else "")) for one in parts
    )


def _edited(view: ReportView, project: Project) -> Blocks:
    """Return what the editors wrote of a work in place of what its units wrote."""
    texts = texts_of(view, "red", project=project.id)
    return tuple(block for text in texts for block in paragraphs(view, said(view, text)))


def _labelled(view: ReportView, key: str, text: str) -> Paragraph:
    return Paragraph((Run(view.voice.say(key), bold=True), Run(text)))


def _figures(view: ReportView, result: IndicatorResult) -> str:
    """Return an indicator's figures in a sentence: result against plan, what was settled, or why there is nothing."""
    voice, name = view.voice, result.indicator.name
    if result.override:
        return voice.say("red_settled", name=name, value=view.percent_text(result.percent))
    planned, achieved = planned_shown(result), achieved_of(result)
    if planned is None and achieved is None:
        return voice.say("red_state", name=name, state=voice.say(f"state_{result.state.value}"))
    key = "red_figures_silent" if achieved is None else "red_figures_unplanned" if planned is None else "red_figures"
    said = {
        "name": name,
        "actual": voice.total(achieved),
        "planned": voice.measured(voice.total(planned), result.indicator.unit_of_measure),
    }
    return voice.say(key, **said)


def _open_sites(view: ReportView, result: ProjectResult) -> list[tuple[Site, str]]:
    """Return the sites that were not done at the evaluated month, each with its state in words (R254)."""
    stated = [(site, site_state(view, site)) for site in result.project.sites]
    done = view.voice.say("site_done")
    return [(site, state) for site, state in stated if state and state != done]


def site_state(view: ReportView, site: Site) -> str:
    """Return how a site was at the evaluated month: from its periods, at year end from the stated outcome."""
    as_of = view.result.as_of
    if site.outcome and site.outcome not in SITE_STATES:
        return site.outcome
    if site.done_period is not None and site.done_period <= as_of:
        return view.voice.say("site_done")
    if as_of == 12 and site.outcome:
        return view.voice.say(f"site_{site.outcome}")
    if committed_since(site, as_of) is not None:
        return view.voice.say("site_committed")
    return view.voice.say("site_not_committed")


def _site(place: int, order: int, site: Site, state: str) -> Paragraph:
    return Paragraph((Run(f"{place}.{order} {site.title} ", bold=True), Run(state)))
