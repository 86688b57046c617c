"""The indicators of a plan book: the list of distinct ones (R63) and a card for each (R61, R285)."""

from __future__ import annotations

from samrit.engine.model import Indicator, IndicatorCard, Mark, Project, Target
from samrit.reports.document.model import Cell, Heading, Items, Paragraph, Row, Section, TableBlock
from samrit.reports.evaluation.annex.explained import level_text
from samrit.reports.evaluation.view import Blocks, ReportView, head
from samrit.reports.texts.voice import NOTHING
from samrit.vocabulary.terms import label

_LABEL_WIDTH = 2.4


def indicator_list(view: ReportView) -> Blocks:
    """Return the numbered list of distinct indicators and how many there are in all (R62, R63)."""
    plan, voice = view.result.plan, view.voice
    names = [i.name for p in plan.projects for i in p.indicators]
    if not names:
        return ()
    distinct = distinct_names(names)
    said = voice.say(
        "indicators_sentence",
        projects=voice.count(len(plan.projects)),
        indicators=voice.count(len(names)),
        distinct=voice.count(len(distinct)),
    )
    return Heading(voice.say("indicators_heading"), 1), Paragraph(said), Items(tuple(distinct), numbered=True)


def distinct_names(names: list[str]) -> list[str]:
    """Return each name once, in order of first sight; names that differ only in spaces are one."""
    distinct: dict[str, str] = {}
    for name in names:
        distinct.setdefault("".join(name.split()), name)
    return list(distinct.values())


def indicator_cards(view: ReportView) -> Blocks:
    """Return the cards grouped by project; a project without any card has none (R285)."""
    cards = {card.indicator: card for card in view.result.plan.cards}
    blocks: Blocks = ()
    for project in view.result.plan.projects:
        carded = [(i, cards[i.id]) for i in project.indicators if i.id in cards]
        if carded:
            blocks += (Heading(f"{project.number}. {project.title}", 2),)
            blocks += tuple(_card(view, project, indicator, card) for indicator, card in carded)
    if not blocks:
        return ()
    return Section(), Heading(view.voice.say("cards_heading"), 1), *blocks


def _card(view: ReportView, project: Project, indicator: Indicator, card: IndicatorCard) -> TableBlock:
    """Return one card: a row a field, the yearly targets in columns of their own."""
    years = sorted({t.year_be for p in view.result.plan.projects for i in p.indicators for t in i.targets})
    width = max(len(years), 2)
    name = f"{project.number}.{indicator.number} {indicator.name}"
    heads = (Row((head(view.voice.say("card_indicator")), Cell(name, bold=True, colspan=width, shade="head")), True),)
    levels = "\n".join(level_text(view, indicator, level) for level in indicator.levels)
    fields = [
        ("card_definition", card.definition),
        ("card_method", card.method),
        ("card_levels", levels),
        ("card_unit", card.unit_of_measure or indicator.unit_of_measure),
    ]
    after = [
        ("card_frequency", _frequency(view, card.frequency)),
        ("card_reporting", _frequency(view, card.reporting_frequency)),
        ("card_evaluating", card.evaluating_unit),
        ("card_supporting", card.supporting_unit),
        ("card_remark", card.remark or NOTHING),
    ]
    rows = [_field(view, key, text, width) for key, text in fields if text]
    rows += _targets(view, indicator, years) if years else []
    rows += [_field(view, key, text, width) for key, text in after if text]
    return TableBlock(heads, tuple(rows), (_LABEL_WIDTH, *(1.2,) * width))


def _field(view: ReportView, key: str, text: str, width: int) -> Row:
    return Row((Cell(view.voice.say(key), bold=True), Cell(text, colspan=width)))


def _targets(view: ReportView, indicator: Indicator, years: list[int]) -> list[Row]:
    """Return the row of years and the row of targets under it; the unit may differ by year (R92, R93, R95)."""
    missing = max(2 - len(years), 0)
    blank = (Cell(),) * missing
    named = Cell(view.voice.say("card_targets"), bold=True, rowspan=2)
    first = (named, *(Cell(view.timing.year_text(year), "centre", True) for year in years), *blank)
    second = (*(Cell(target_words(view, indicator, indicator.target_of(year)), "centre") for year in years), *blank)
    return [Row(first, keep_with_next=True), Row(second)]


def target_words(view: ReportView, indicator: Indicator, target: Target | None) -> str:
    """Return a year's target with its own unit; "–" where there is none."""
    if target is None or (isinstance(target.value, Mark) and not target.text):
        return NOTHING
    if target.text:
        return target.text
    unit = target.unit_of_measure or indicator.unit_of_measure
    return view.voice.measured(view.voice.figure(target.value), unit)


def _frequency(view: ReportView, code: str) -> str:
    """Return how often in words; a frequency that is not a known code is printed as given."""
    try:
        return label(code, view.voice.language, "frequency") if code else ""
    except KeyError:
        return code
