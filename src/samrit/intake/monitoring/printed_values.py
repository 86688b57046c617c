"""Single figures as printed: letters for digits, points for commas, words around a target, a percent apart."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED
from samrit.engine.model import Mark
from samrit.intake.cleaning import cleaned
from samrit.intake.facts import FAIR, GOOD, POOR, SURE, Fact, Status
from samrit.intake.repair.arithmetic import ROUGH, percent_misfit, percent_of
from samrit.intake.repair.solve import Solution, rivals_matter
from samrit.intake.tables.drafts import IndicatorDraft
from samrit.intake.tables.tokens import Token, TokenKind
from samrit.vocabulary.numbers import is_percent_unit, parse_target
from samrit.vocabulary.terms import label

_POINT_AND_THREE = re.compile(r"^[1-9][0-9]{0,2}\.[0-9]{3}$")
Told = tuple[str, dict[str, object]]


def target_value(draft: IndicatorDraft) -> Decimal | None:
    """Return the target's figure, also where words are around it ("5 ฉบับ", "ไม่น้อยกว่าร้อยละ 80")."""
    if draft.target is None or draft.target.value is not None:
        return draft.target.value if draft.target else None
    value = parse_target(draft.target_text).value
    return value if isinstance(value, Decimal) else None


def weight_value(cell: Token) -> Decimal | None:
    """Return a weight's figure, also where its unit is beside it ("ร้อยละ 50")."""
    if cell.value is not None or cell.kind is not TokenKind.TEXT:
        return cell.value
    value = parse_target(cleaned(cell.text)).value
    return value if isinstance(value, Decimal) else None


def value_fact(name: str, cell: Token, number: Decimal | None, unit_of_measure: str) -> tuple[Fact, list[Told]]:
    """Return the fact of a weight or a target, and what is to be said of it; words are kept as the target's text."""
    value = number if number is not None else Mark.NOTHING if cell.kind is TokenKind.DASH else None
    fact = Fact(value)
    if cell.is_guessed:
        return fact.doubted("intake_value_guessed"), [("intake_value_guessed", {"text": cell.text, "value": number})]
    if cell.kind is TokenKind.NUMBER and _point_for_comma(cell, unit_of_measure):
        code = "intake_value_point_or_comma"
        return fact.doubted(code), [(code, {"text": cell.text, "value": number})]
    if value is None and name == "weight":
        code = "intake_weight_in_words"
        missing = replace(fact, status=Status.MISSING, confidence=POOR, codes=(code,))
        return missing, [(code, {"text": cell.text})]
    return fact, []


def read_otherwise(token: Token | None, draft: IndicatorDraft) -> str:
    """Return the code that says how a month was read if not as printed, "" where it was."""
    if token is None or token.kind is TokenKind.BLANK:
        return ""
    if token.is_guessed:
        return "intake_figure_guessed"
    if token.cell is not None and token.cell.part_of is not None and not draft.merged:
        return "intake_cell_taken_apart"
    return "intake_point_or_comma" if _point_for_comma(token, draft.unit_of_measure) else ""


def month_fact(figure: Decimal | Mark, told: str, doubt: str, *, repaired: bool, fits: bool) -> Fact:
    """Return the fact of one month: ``told`` says how it was read if not as printed, ``doubt`` what its row suffers."""
    if told:
        proved = fits and told == "intake_cell_taken_apart"
        return Fact(figure, Status.REPAIRED if proved else Status.DOUBTFUL, FAIR if fits else POOR, (told,))
    if repaired:
        return Fact(
            figure, Status.REPAIRED if fits else Status.DOUBTFUL, GOOD if fits else POOR, (doubt,) if doubt else ()
        )
    if fits:
        return Fact(figure)
    return Fact(figure, Status.DOUBTFUL, FAIR, (doubt,) if doubt else ())


def _point_for_comma(token: Token, unit_of_measure: str) -> bool:
    """Say whether a point may be meant for a comma: three decimals of something that is counted."""
    return not is_percent_unit(unit_of_measure) and bool(_POINT_AND_THREE.match(cleaned(token.text)))


def percent_apart(solution: Solution, printed: Decimal | None) -> Decimal | None:
    """Return what both totals give where the printed percent is far from it, else None; a cap at 100 is not apart."""
    plan, actual = solution.plan, solution.actual
    if plan is None or actual is None or plan.total is None or actual.total is None or printed is None:
        return None
    planned, done = plan.total.value, actual.total.value
    if not planned or done is None:
        return None
    computed = percent_of(done, planned)
    if computed is None or (computed > HUNDRED and printed == HUNDRED):
        return None
    return computed if percent_misfit(done, planned, printed) > ROUGH else None


def aggregation_fact(solution: Solution) -> tuple[Fact, list[Told]]:
    """Return how the months make the year, and what is to be said where that is assumed."""
    how, proved = solution.aggregation, solution.proved
    if proved and proved == solution.tested and not rivals_matter(solution):
        return Fact(how.value, confidence=GOOD if proved == 1 else SURE), []
    code = "intake_aggregation_assumed"
    names = {"aggregation": label(how, "th", "aggregation"), "aggregation_en": label(how, "en", "aggregation")}
    fact = Fact(how.value, Status.REPAIRED, FAIR if proved else POOR, (code,))
    return fact, [(code, {**names, "proved": proved, "tested": solution.tested})]
