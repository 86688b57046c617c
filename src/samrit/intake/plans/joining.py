"""Indicator cards joined to the works of the plan, and every contradiction between the two said (R61, R65)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from samrit.engine.model import Comparator, Figure, Indicator, IndicatorCard, Level, Mark, Plan, Project, Source, Target
from samrit.intake.cleaning import cleaned
from samrit.intake.headings import key
from samrit.intake.plans.cards import Card
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.numbers import NoNumber, parse_target, unit_name


def join_cards(plan: Plan, cards: Sequence[Card]) -> tuple[Plan, list[Finding]]:
    """Return the plan with its cards, their targets of other years and levels; a card without its indicator is told."""
    by_numbers = {(p.number, i.number): (p, i) for p in plan.projects for i in p.indicators}
    findings: list[Finding] = []
    joined: dict[str, Indicator] = {}
    titles: dict[str, str] = {}
    made: list[IndicatorCard] = []
    for card in cards:
        place = Place(card.source.document, card.source.page, card.source.line, record=f"{card.work}.{card.indicator}")
        found = by_numbers.get((card.work, card.indicator))
        if found is None:
            findings.append(Finding("intake_card_without_indicator", place, {"name": card.name}))
            continue
        project, indicator = found
        place = replace(place, record=indicator.id)
        findings.extend(_contradictions(project, indicator, card, plan.year_be, place))
        joined[indicator.id] = _with_card(indicator, card, plan.year_be)
        if same_words(project.title, card.work_title):
            titles[project.id] = card.work_title
        made.append(_card(indicator.id, card))
    projects = tuple(
        replace(
            p,
            title=titles.get(p.id, p.title),
            indicators=tuple(joined.get(i.id, i) for i in p.indicators),
        )
        for p in plan.projects
    )
    return replace(plan, projects=projects, cards=tuple(made)), findings


def same_words(one: str, other: str) -> bool:
    """Say whether two texts differ in nothing but spaces and signs, as a wrapped cell differs from a line."""
    return bool(one) and key(one) == key(other)


def _contradictions(
    project: Project, indicator: Indicator, card: Card, year_be: int, place: Place
) -> Iterator[Finding]:
    if card.name and not same_words(indicator.name, card.name):
        yield Finding("intake_card_name_differs", place, {"plan": indicator.name, "card": card.name})
    if card.indicator == 1 and card.work_title and not same_words(project.title, card.work_title):
        yield Finding("intake_card_title_differs", place, {"plan": project.title, "card": card.work_title})
    target = indicator.target_of(year_be)
    printed = card.targets.get(year_be)
    if target is not None and printed is not None:
        other = _target(year_be, printed[0], printed[1])
        if (target.value, target.unit_of_measure) != (other.value, other.unit_of_measure):
            yield Finding("intake_card_target_differs", place, {"plan": target.text, "card": printed[0]})
        elif target.comparator != other.comparator:
            yield Finding("intake_card_target_worded_differently", place, {"plan": target.text, "card": printed[0]})
    if card.evaluating_unit and not _may_be_units(project.responsible_units, card):
        shown = ", ".join(u for u in (card.evaluating_unit, card.supporting_unit) if u)
        yield Finding("intake_card_unit_differs", place, {"plan": project.responsible_text, "card": shown})
    elif card.supporting_unit and not any(may_abbreviate(u, card.supporting_unit) for u in project.responsible_units):
        params = {"plan": project.responsible_text, "card": card.supporting_unit}
        yield Finding("intake_card_supports_differ", place, params)


def _may_be_units(units: Sequence[str], card: Card) -> bool:
    """Say whether every unit of the plan may be one of the card's: the same name, or an abbreviation of it."""
    names = [n for n in (card.evaluating_unit, card.supporting_unit) if n]
    return all(any(may_abbreviate(unit, name) for name in names) for unit in units)


def may_abbreviate(short: str, name: str) -> bool:
    """Say whether ``short`` is ``name`` or may abbreviate it: its letters stand in order in the name."""
    letters, full = key(short), key(name)
    if letters == full:
        return True
    if not short.rstrip().endswith(".") or not full.startswith(letters[:1]):
        return False
    at = 0
    for letter in letters:
        at = full.find(letter, at) + 1
        if not at:
            return False
    return True


def _with_card(indicator: Indicator, card: Card, year_be: int) -> Indicator:
    known = {t.year_be for t in indicator.targets}
    printed = sorted(card.targets.items())
    others = [_target(year, text, source) for year, (text, source) in printed if year not in known]
    name = card.name if same_words(indicator.name, card.name) else indicator.name
    levels = tuple(Level(number, text, source=card.source) for number, text in card.levels)
    unit = indicator.unit_of_measure or unit_name(card.unit_of_measure)
    targets = tuple(sorted((*indicator.targets, *others), key=lambda t: t.year_be))
    return replace(indicator, name=name, unit_of_measure=unit, targets=targets, levels=indicator.levels or levels)


def _target(year: int, text: str, source: Source) -> Target:
    parsed = parse_target(text)
    value: Figure = Mark[parsed.value.name] if isinstance(parsed.value, NoNumber) else parsed.value
    return Target(
        year, value, Comparator(parsed.comparator), parsed.unit_of_measure, cleaned(text), source, parsed.upper
    )


def _card(indicator: str, card: Card) -> IndicatorCard:
    return IndicatorCard(
        indicator=indicator,
        definition=card.definition,
        method=card.method,
        unit_of_measure=card.unit_of_measure,
        frequency=card.frequency,
        reporting_frequency=card.reporting_frequency,
        evaluating_unit=card.evaluating_unit,
        supporting_unit=card.supporting_unit,
        remark=card.remark,
        source=card.source,
    )
