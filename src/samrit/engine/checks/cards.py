"""Checks of indicators against their names, their units of measure and their cards (R61, R69, R70, R88, R90)."""

from __future__ import annotations

from collections.abc import Iterator

from samrit.engine.checks.scene import CheckedLine, Scene, found, on
from samrit.engine.checks.units import scale_of, sort_of_name, sort_of_unit
from samrit.engine.model import IndicatorCard, Plan, Project
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.numbers import unit_name
from samrit.vocabulary.terms import everyone, is_everyone

# Words that say how often; one of them is in every frequency that means something (R90).
_FREQUENCY_WORDS = (
    "ครั้ง", "ปี", "เดือน", "ไตรมาส", "สัปดาห์", "วัน", "รอบ", "ทุก", "ต่อเนื่อง",
    "year", "annual", "month", "quarter", "week", "daily", "once", "twice", "half",
)  # fmt: skip


def name_and_unit_disagree(scene: Scene) -> Iterator[Finding]:
    """A name that announces a percent and a unit that counts, or the other way round (R70)."""
    for line in scene.lines:
        name, unit = sort_of_name(line.indicator.name), sort_of_unit(line.indicator.unit_of_measure)
        if name and unit and name != unit:
            yield on(
                "name_and_unit_disagree", line.indicator, name=line.indicator.name, unit=line.indicator.unit_of_measure
            )


def unit_scale_mismatch(scene: Scene) -> Iterator[Finding]:
    """A unit of measure of millions with single figures: ล้านคน beside 14,016,000 (R69)."""
    for line in scene.lines:
        scale = scale_of(line.indicator.unit_of_measure)
        values = [v for row in line.rows for v in (*row.planned.values(), *row.actual.values())]
        values += [v for v in (line.year.plan_total.value, line.year.actual_total.value) if v is not None]
        if scale is not None and values and max(values) >= scale:
            unit = line.indicator.unit_of_measure
            yield on("unit_scale_mismatch", line.indicator, unit=unit, value=max(values), scale=scale)


def unit_of_measure_missing(scene: Scene) -> Iterator[Finding]:
    """An indicator that does not say what its figures count."""
    for line in scene.lines:
        if not line.indicator.unit_of_measure.strip():
            yield on("unit_of_measure_missing", line.indicator, name=line.indicator.name)


def report_frequency_invalid(scene: Scene) -> Iterator[Finding]:
    """A frequency on a card that is no frequency (R90): "ร้อยละ" instead of "ปีละ 1 ครั้ง"."""
    for card in scene.plan.cards:
        for text in (card.frequency, card.reporting_frequency):
            plain = text.strip().casefold()
            if plain.strip("-–") and not any(word in plain for word in _FREQUENCY_WORDS):
                yield found("report_frequency_invalid", card.indicator, card.source, text=text)


def card_unit_of_measure_differs(scene: Scene) -> Iterator[Finding]:
    """A card that measures in another unit than the plan's table (R61, R97)."""
    for line, card in _cards(scene):
        of_card, of_table = unit_name(card.unit_of_measure), unit_name(line.indicator.unit_of_measure)
        if of_card and of_table and of_card != of_table:
            yield found("card_unit_of_measure_differs", card.indicator, card.source, card=of_card, table=of_table)


def card_units_differ(scene: Scene) -> Iterator[Finding]:
    """A card that names other units than the plan's table does (R88): allowed, but one of them may be old."""
    codes = _codes(scene.plan)
    for line, card in _cards(scene):
        on_card = {_code(codes, name) for name in _names(card)}
        in_table = {_code(codes, name) for name in line.project.responsible_units}
        if on_card and in_table and on_card != in_table:
            yield found(
                "card_units_differ",
                card.indicator,
                card.source,
                card=sorted(on_card),
                table=_listed(line.project),
            )


def card_without_indicator(scene: Scene) -> Iterator[Finding]:
    """A card for an indicator that the plan does not have."""
    known = {line.indicator.id for line in scene.lines}
    for card in scene.plan.cards:
        if card.indicator not in known:
            yield found("card_without_indicator", card.indicator, card.source, indicator=card.indicator)


def indicator_without_card(scene: Scene) -> Iterator[Finding]:
    """An indicator without a card in a plan whose other indicators have one (R61, R62)."""
    carded = {card.indicator for card in scene.plan.cards}
    for line in scene.lines if carded else ():
        if line.indicator.id not in carded:
            yield on("indicator_without_card", line.indicator, name=line.indicator.name)


def _cards(scene: Scene) -> Iterator[tuple[CheckedLine, IndicatorCard]]:
    lines = {line.indicator.id: line for line in scene.lines}
    for card in scene.plan.cards:
        if card.indicator in lines:
            yield lines[card.indicator], card


def _codes(plan: Plan) -> dict[str, str]:
    return {name: unit.code for unit in plan.units for name in (unit.code, unit.name, *unit.aliases) if name}


def _code(codes: dict[str, str], name: str) -> str:
    return everyone() if is_everyone(name) else codes.get(name, name)


def _names(card: IndicatorCard) -> list[str]:
    """Return the units a card names; several in one cell are separated by a slash, a comma or a line."""
    text = f"{card.evaluating_unit}/{card.supporting_unit}".replace(",", "/").replace("\n", "/")
    return [name.strip() for name in text.split("/") if name.strip(" -–")]


def _listed(project: Project) -> list[str]:
    return list(project.responsible_units)
