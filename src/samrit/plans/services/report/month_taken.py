"""A unit's month as another program sends it: every row is taken, categories of breakdowns too, or none (BD1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from samrit.plans.errors import ServiceError, in_language
from samrit.plans.fields import text_of
from samrit.plans.models import Plan, Unit
from samrit.plans.reporting.duties import units_reporting
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.services.report.figures import FiguresOutcome, figures_save
from samrit.plans.services.writing import Actor, permit, service
from samrit.plans.unit_form.month_json import MonthRow
from samrit.vocabulary.findings import Finding, Place

Key = tuple[str, str, str]  # the indicator that a category is of, its list, its name


class MonthRefused(ServiceError):
    """Rows of a month that cannot be taken: one finding each, its line the row's number; nothing was written."""

    def __init__(self, faults: Sequence[Finding], *, is_conflict: bool = False) -> None:
        super().__init__("month_has_faults", count=len(faults))
        self._faults = tuple(faults)
        self.is_conflict = is_conflict  # nothing is wrong but that somebody else wrote meanwhile

    def faults(self, language: str) -> tuple[Finding, ...]:
        """Return the findings, their parameters in one language."""
        return tuple(replace(fault, params=in_language(fault.params, language)) for fault in self._faults)


@service
def month_take(actor: Actor, *, plan: Plan, unit: Unit, period: int, rows: Sequence[MonthRow]) -> FiguresOutcome:
    """Take the rows of ``unit``'s month; a row that says nothing is passed over.

    Raises MonthRefused with all that is wrong, ServiceError ``not_allowed`` for who may not write for the unit.
    """
    permit(actor, "figure.edit", plan=plan, unit=unit)
    named = _categories(plan, unit, period)
    faults: list[Finding] = []
    cells: dict[tuple[str, int], MonthRow] = {}
    for row in rows:
        code = _code_of(row, named, faults)
        first = cells.setdefault((code, row.span), row)
        if code and first is not row:
            faults.append(Finding("month_row_twice", row.place, {"first": first.number}))
    told = {key: row for key, row in cells.items() if key[0] and row.said}
    made = [
        CellInput(code, **row.said, expected_revision=row.revision, span=span)  # type: ignore[arg-type]
        for (code, span), row in told.items()
    ]
    outcome = figures_save(actor, plan=plan, unit=unit, period=period, cells=made)
    numbers = {id(cell): row for cell, row in zip(made, told.values(), strict=True)}
    wrong = [*faults, *_refused(outcome, numbers)]
    clashes = list(_clashes(outcome, numbers))
    if wrong or clashes:
        both = sorted((*wrong, *clashes), key=lambda fault: fault.place.line or 0)
        raise MonthRefused(both, is_conflict=not wrong)
    return outcome


def _categories(plan: Plan, unit: Unit, period: int) -> Mapping[Key, str]:
    """Return the codes of the categories that the unit reports, by what they are of; lists also unnamed."""
    found: dict[Key, set[str]] = {}
    for duty in units_reporting(plan, period).by_unit.get(unit.code, ()):
        own = duty.indicator
        if own.part_of:
            for dimension in {own.dimension, ""}:
                found.setdefault((own.part_of, dimension, own.name), set()).add(own.id)
    return {key: codes.pop() for key, codes in found.items() if len(codes) == 1}


def _code_of(row: MonthRow, named: Mapping[Key, str], faults: list[Finding]) -> str:
    """Return the code of what a row is about; "" with a fault where it names nothing that the unit reports."""
    naming = row.naming
    if naming.get("indicator"):
        return naming["indicator"]
    of, dimension, name = (naming.get(key, "") for key in ("part_of", "dimension", "name"))
    if not of or not name:
        faults.append(Finding("month_row_unnamed", row.place))
        return ""
    code = named.get((of, dimension, name), "")
    if not code:
        known = ", ".join(f"{d}: {n}" for o, d, n in named if o == of and d) or "–"
        faults.append(Finding("month_category_unknown", row.place, {"name": f"{dimension}: {name}", "known": known}))
    return code


def _refused(outcome: FiguresOutcome, rows: Mapping[int, MonthRow]) -> Iterator[Finding]:
    for refusal in outcome.refused:
        for error in refusal.error.all:
            row = rows[id(refusal.cell)]
            yield Finding(error.code, Place(line=row.number, record=refusal.cell.indicator), error.params)


def _clashes(outcome: FiguresOutcome, rows: Mapping[int, MonthRow]) -> Iterator[Finding]:
    for conflict in outcome.conflicts:
        theirs, row = conflict.theirs, rows[id(conflict.cell)]
        stands = text_of(theirs.actual) or " ÷ ".join(map(text_of, (theirs.numerator, theirs.denominator)))
        place = Place(line=row.number, record=conflict.cell.indicator)
        yield Finding("month_stands_otherwise", place, {"stands": stands, "revision": theirs.revision})
