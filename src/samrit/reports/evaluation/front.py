"""Cover, contents and executive summary of an evaluation report (R217–R222)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from samrit.engine.funding.allotments import frameworks
from samrit.engine.model import Fund, Rhythm
from samrit.engine.rollup import NO_PLAN_COLUMN, budget_total, tabulate
from samrit.reports.document.model import Contents, Cover, Heading, Items, Paragraph, Run, Section
from samrit.reports.evaluation.coverage import coverage_of, coverage_text
from samrit.reports.evaluation.limits import limits
from samrit.reports.evaluation.money import money_by_source
from samrit.reports.evaluation.spending import spending
from samrit.reports.evaluation.summary_tables import in_fund, kinds_table, unknown_kinds_note
from samrit.reports.evaluation.view import Blocks, ReportView
from samrit.vocabulary.findings import Finding

LONGEST_MONTH = 31  # above it a due day counts days after the period


def cover(view: ReportView) -> Blocks:
    """Return the cover: what it is, which plan, quarter and months, whose it is, which funds (R217)."""
    plan, voice = view.result.plan, view.voice
    subtitles = (voice.name(plan.title, plan.title_en), view.timing.label, view.timing.covered().strip())
    foot = (voice.name(plan.organisation, plan.organisation_en), *(voice.fund_name(fund) for fund in view.funds))
    return (Cover(voice.say("cover_title"), tuple(s for s in subtitles if s), tuple(f for f in foot if f)),)


def contents(view: ReportView) -> Blocks:
    """Return the page of contents, unless the template leaves it out."""
    return (Section(), Contents(view.voice.say("contents"))) if view.voice.template.contents else ()


def summary(view: ReportView, findings: Sequence[Finding] | None = None) -> Blocks:
    """Return the executive summary up to the criteria (R218–R222)."""
    voice, timing, plan = view.voice, view.timing, view.result.plan
    title = voice.say(
        "summary_title",
        plan=voice.name(plan.title, plan.title_en),
        period=timing.label,
        range=timing.covered(),
    )
    return (
        Section(),
        Heading(voice.say("summary"), 1),
        Paragraph((Run(title, bold=True),), "centre"),
        Paragraph(headline(view), "lead"),
        *limits(view, findings),
        *_budgets(view),
        *_strategies(view),
        *_kinds(view),
        *_criteria(view),
    )


def headline(view: ReportView) -> str:
    """Return the report in one sentence: how many were due, how they fell into the bands, of how many is known."""
    voice = view.voice
    table = tabulate(view.counted, columns="band")
    everything = voice.count(tabulate(view.result.projects).total.total)
    if not view.result.projects:
        return voice.say("empty_plan")
    if not table.total.total:
        return voice.say("headline_none", period=view.timing.label, all=everything)
    due = voice.count(table.total.total)
    if not coverage_of(view).reported:
        return voice.say("headline_silent", period=view.timing.label, due=due, all=everything)
    parts = [
        voice.say(
            "headline_band",
            band=view.band_label(band),
            count=voice.count(table.total.cell(band.code)),
            share=view.share_text(table.total.cell(band.code), table.total.total),
        )
        for band in view.bands
        if table.total.cell(band.code)
    ]
    if without := table.total.cell(NO_PLAN_COLUMN):
        fields = {"count": voice.count(without), "share": view.share_text(without, table.total.total)}
        parts.append(voice.say("headline_band", band=voice.say("no_plan_column"), **fields))
    said = voice.say("headline", period=view.timing.label, due=due, all=everything, bands=voice.listing(parts))
    return f"{said} {coverage_text(view)}"


def _budgets(view: ReportView) -> Blocks:
    """Return the sentence on allocated money (R219) and the one on money as listed (RU1)."""
    voice, plan = view.voice, view.result.plan
    given = frameworks(plan, view.result.as_of)
    parts = [_budget_part(view, fund, amount) for fund in plan.funds if (amount := given[fund.code]) is not None]
    sentences = []
    if parts:
        organisation = voice.name(plan.organisation, plan.organisation_en)
        sentences.append(voice.say("budget_one", organisation=organisation, parts=voice.listing(parts)))
    money = budget_total(plan.projects)
    if money.listed:
        key = "budget_listed" if money.once == money.listed else "budget_listed_twice"
        sentences.append(voice.say(key, once=voice.money(money.once), listed=voice.money(money.listed)))
    return (*(Paragraph(sentence) for sentence in sentences), *money_by_source(view), *spending(view))


def _budget_part(view: ReportView, fund: Fund, given: Decimal) -> str:
    source = fund.budget_source or view.voice.fund_name(fund)
    return view.voice.say("budget_part", source=source, year=view.timing.plan_year, amount=view.voice.money(given))


def _strategies(view: ReportView) -> Blocks:
    """Return the list of strategies with their English names (R220)."""
    named = [view.voice.strategy_full(s) for s in view.strategies if s.code]
    if not named:
        return ()
    lead = view.voice.say("strategies_lead", count=view.voice.count(len(named)))
    return Paragraph(lead), Items(tuple(named))


def _kinds(view: ReportView) -> Blocks:
    """Return what the plan holds: both funds together, then each (R221)."""
    if not view.result.projects:
        return ()
    voice, year = view.voice, view.timing.plan_year
    heading = Heading(voice.say("kinds_heading", year=year), 2)
    if len(view.funds) < 2:
        caption = voice.say("kinds_caption", year=year)
        return heading, *kinds_table(view, caption, total="grand_total"), *unknown_kinds_note(view)
    blocks: Blocks = kinds_table(view, voice.say("kinds_caption_all", year=year), total="grand_total")
    blocks += (*unknown_kinds_note(view), Heading(voice.say("kinds_by_fund", year=year), 2))
    for fund in view.funds:
        caption = voice.say("kinds_caption_fund", year=year, fund=voice.fund_name(fund))
        blocks += kinds_table(view, caption, in_fund(fund.code))
    return heading, *blocks


def _criteria(view: ReportView) -> Blocks:
    """Return the reporting duty and the criteria, one line a band, with the exact limits (R222, R200)."""
    voice = view.voice
    criterion = "criterion_score" if view.by_points else "criterion_percent"
    lines = tuple(
        (Run(voice.say(criterion, band=view.band_label(band), range=view.band_range_spoken(band)), band=band.code),)
        for band in view.bands
    )
    exact = [voice.say("criteria_exact_band", band=view.band_name(b), limits=view.band_limits(b)) for b in view.bands]
    return (
        Heading(voice.say("criteria_heading"), 2),
        Paragraph(_duty(view)),
        Paragraph(voice.say("criteria_lead", count=voice.count(len(lines)))),
        Items(lines),
        Paragraph(voice.say("criteria_exact", limits=" · ".join(exact)), "note"),
    )


def _duty(view: ReportView) -> str:
    """Return by when units report: as the plan says, after the period in which it reports (R222)."""
    voice, rules, plan = view.voice, view.ruleset, view.result.plan
    day, rolls, rhythm = plan.due_day or rules.report_due_day, rules.report_due_rolls, plan.rhythm or Rhythm.MONTHLY
    if rhythm is Rhythm.MONTHLY and day <= LONGEST_MONTH:
        return voice.say("reporting_duty_rolls" if rolls else "reporting_duty", day=str(day))
    key = f"reporting_duty_{'after' if day <= LONGEST_MONTH else 'within'}{'_rolls' if rolls else ''}"
    return voice.say(key, day=str(day), span=voice.say(f"span_{rhythm.value}"))
