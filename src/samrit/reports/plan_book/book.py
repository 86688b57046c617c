"""The book of a plan: direction, links, plan on a page, manpower, plan table, indicators and their cards."""

from __future__ import annotations

from samrit.engine.model import Plan
from samrit.engine.ruleset import RuleSet
from samrit.engine.score import score
from samrit.package.ready_rules import default_rules
from samrit.reports.document.digits import in_thai
from samrit.reports.document.model import Contents, Cover, Document, Heading, Items, Paragraph, Run, Section
from samrit.reports.evaluation.report import band_styles
from samrit.reports.evaluation.view import Blocks, ReportView, view_of
from samrit.reports.plan_book.diagrams import links, plan_on_a_page
from samrit.reports.plan_book.indicator_cards import indicator_cards, indicator_list
from samrit.reports.plan_book.manpower import manpower
from samrit.reports.plan_book.plan_table import plan_table
from samrit.reports.texts.template import Template
from samrit.vocabulary.speech import speaking

BEFORE_THE_YEAR = 0


def build(
    plan: Plan, *, language: str = "th", template: Template | None = None, ruleset: RuleSet | None = None
) -> Document:
    """Return the plan book in "th" or "en"; parts that the plan has nothing for are left out.

    ``ruleset`` decides only how shares are printed; it is the office's own by default.
    """
    with speaking(plan.speech):
        return _built(view_of(score(plan, ruleset or default_rules(), BEFORE_THE_YEAR), language, template))


def _built(view: ReportView) -> Document:
    plan = view.result.plan
    blocks = (
        *_cover(view),
        *_direction(view),
        *links(view),
        *plan_on_a_page(view),
        *manpower(view),
        *plan_table(view),
        *indicator_list(view),
        *indicator_cards(view),
    )
    title = view.voice.name(plan.title, plan.title_en)
    author = view.voice.name(plan.organisation, plan.organisation_en)
    document = Document(
        title=title,
        language=view.voice.language,
        author=author,
        subject=title,
        blocks=blocks,
        bands=band_styles(view),
        digits=view.voice.template.digits,
        plan_id=plan.id,
    )
    return in_thai(document) if document.digits == "thai" else document


def _cover(view: ReportView) -> Blocks:
    plan, voice = view.result.plan, view.voice
    foot = (voice.name(plan.organisation, plan.organisation_en), *(voice.fund_name(fund) for fund in view.funds))
    cover = Cover(voice.name(plan.title, plan.title_en), (), tuple(line for line in foot if line))
    contents: Blocks = (Section(), Contents(voice.say("contents"))) if voice.template.contents else ()
    return cover, *contents, Section()


def _direction(view: ReportView) -> Blocks:
    """Return vision, missions and strategies with their goals (R8, R17)."""
    plan, voice = view.result.plan, view.voice
    blocks: Blocks = ()
    if plan.vision:
        blocks += (Heading(voice.say("vision"), 2), Paragraph(plan.vision, "lead"))
    if plan.missions:
        blocks += (Heading(voice.say("missions"), 2), Items(plan.missions, numbered=True))
    strategies = [s for s in view.strategies if s.code]
    if strategies:
        items, depths = [], []
        for strategy in strategies:
            items.append((Run(voice.strategy_full(strategy), bold=True),))
            depths.append(0)
            if strategy.goal:
                items.append((Run(voice.say("goal", text=strategy.goal)),))
                depths.append(1)
        blocks += (Heading(voice.say("strategies_heading"), 2), Items(tuple(items), tuple(depths)))
    return (Heading(voice.say("direction_heading"), 1), *blocks) if blocks else ()
