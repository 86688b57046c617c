"""A work's facts: its title, headings in force, money, period and percent, and those of its indicators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from samrit.engine.model import Source
from samrit.intake.cleaning import clean, cleaned
from samrit.intake.facts import FAIR, GOOD, POOR, Fact, Status, WorkFacts
from samrit.intake.inference import Months, kind_of, period_of, unit_parts
from samrit.intake.monitoring.completion import complete, weighted_percent
from samrit.intake.monitoring.indicator_facts import IndicatorReader
from samrit.intake.repair.arithmetic import NEAR, misfit
from samrit.intake.tables.drafts import IndicatorDraft, WorkDraft
from samrit.intake.tables.results import measured_in_name, without_result
from samrit.intake.tables.tokens import token
from samrit.vocabulary.findings import Finding, Place


@dataclass(slots=True)
class WorkReading:
    """A work read: its draft, its facts, and everything noticed."""

    draft: WorkDraft
    facts: WorkFacts
    period: Months
    findings: list[Finding] = field(default_factory=list)


def read_work(
    draft: WorkDraft, record: str, year_be: int | None, calendar: str, *, recognised: bool = True
) -> WorkReading:
    """Return the facts of a work; every doubt is a finding with the work's or indicator's id.

    ``recognised`` says that the text was recognised from print, where a misread month is
    likelier than a misprinted total that the printed percent agrees with.
    """
    place = Place(draft.grid.document, draft.grid.page, draft.cell.line, record=record)
    period = period_of(draft.period, year_be, calendar, place)
    facts = WorkFacts(record, lines=tuple(draft.lines), document=draft.grid.document)
    reading = WorkReading(draft, facts, period, [f for f in period.findings if not _plain_year(f, year_be)])
    _front(reading, place)
    span = (period.first, period.last) if period.first is not None and period.last is not None else None
    printed = draft.percent.value if draft.percent else None
    alone = printed if len(draft.indicators) == 1 else None
    taken: set[int] = set()
    for indicator in draft.indicators:
        number = indicator.number if indicator.number and indicator.number not in taken else max(taken, default=0) + 1
        if indicator.number in taken:
            indicator.doubts.append("intake_indicator_number_repeated")
        taken.add(number)
        if not indicator.unit_of_measure and (unit := measured_in_name(indicator.name, indicator.target_text)):
            indicator.unit_of_measure = unit
            indicator.doubts.append("intake_unit_in_brackets")
        _year_target(indicator, year_be)
        reader = IndicatorReader(
            draft.grid, f"{record}.{number}", indicator, span,
            recognised=recognised, monthly=draft.monthly, work_percent=alone,
        )  # fmt: skip
        reading.facts.indicators.append(reader.read())
        reading.findings.extend(reader.findings)
    if not draft.monthly:
        return reading
    spares = [t.value for t in draft.percents if t is not draft.percent and t.value is not None]
    merged = [d.merged and d.actual is None and d.plan is not None for d in draft.indicators]
    reading.findings.extend(complete(facts.indicators, merged, printed, spares))
    _percent(reading, place)
    _derive_period(reading, place)
    return reading


def _year_target(indicator: IndicatorDraft, year_be: int | None) -> None:
    """Take the target of the plan's own year where several years are printed."""
    cell = indicator.years.pop(year_be or 0, None)
    if cell is not None:
        planned = cell.part(without_result(cell.text))
        indicator.target, indicator.target_text = token(planned, 0), cell.text


def _derive_period(reading: WorkReading, place: Place) -> None:
    """Take the first to the last planned month where no period is printed, and say so (R49)."""
    if reading.draft.period:
        return
    months = [n for record in reading.facts.indicators for n, f in enumerate(record.months("plan"), 1) if f.number]
    spans = [span for record in reading.facts.indicators for span in record.spans.get("plan", ()) if span[2].number]
    months += [n for first, last, _ in spans for n in (first, last)]
    if not months:
        reading.findings.append(Finding("intake_period_missing", place, {}))
        return
    first, last = min(months), max(months)
    reading.period = Months(first, last)
    reading.findings.append(Finding("intake_period_derived", place, {"periods": f"{first}–{last}"}))


def _plain_year(finding: Finding, year_be: int | None) -> bool:
    """Say whether a finding only tells that a two-digit year near the plan's was read as one."""
    return finding.code == "year_two_digits" and abs(int(finding.params["year_be"]) - (year_be or 0)) <= 1


def _front(reading: WorkReading, place: Place) -> None:
    draft, facts = reading.draft, reading.facts
    source = draft.grid.source(draft.cell)
    notes = [Finding(code, place, {}) for code in dict.fromkeys(draft.doubts)]
    notes += [Finding(code, place, params) for code, params in draft.notices]
    if draft.label:
        notes.append(Finding("intake_label_kept", place, {"label": draft.label, "number": draft.number}))
    if draft.unit and not unit_parts(cleaned(draft.unit)):
        notes.append(Finding("intake_unit_unknown", place, {"text": cleaned(draft.unit)}))
    notes += [Finding(code, place, {}) for code in _one_sided(draft)]
    unnumbered = "intake_number_missing" in draft.doubts
    facts["number"] = Fact(
        str(draft.number or ""), Status.DOUBTFUL if unnumbered else Status.READ, FAIR if unnumbered else GOOD,
        ("intake_number_missing",) if unnumbered else (), source,
    )  # fmt: skip
    title = clean(draft.title)
    facts["title"] = Fact(title.text, source=source)
    for name, text in (
        ("unit", draft.unit),
        ("budget", draft.budget),
        ("period", draft.period),
        ("remark", draft.remark),
    ):
        facts[name] = Fact(cleaned(text), Status.READ if text else Status.MISSING, source=source)
    if not draft.monthly:
        reading.findings.extend(notes)
        return
    kind, agrees = kind_of(draft.scope.kind, title.text)
    code = "intake_kind_missing" if kind is None else "intake_kind_doubtful"
    sure = agrees and bool(draft.scope.kind)
    status = Status.READ if sure else Status.DOUBTFUL if kind else Status.MISSING
    codes = () if sure else (code,)
    facts["kind"] = Fact(kind.value if kind else "", status, GOOD if sure else POOR, codes, source)
    if not sure:
        notes.append(Finding(code, place, {"heading": draft.scope.kind or "–", "kind": kind.value if kind else "–"}))
    if not draft.indicators:
        notes.append(Finding("intake_no_indicator", place, {}))
    reading.findings.extend(notes)


def _one_sided(draft: WorkDraft) -> Iterator[str]:
    """Yield what is to be said of a work whose months are all a plan, or all results."""
    if draft.monthly and draft.indicators:
        yield from ["intake_plan_only"] if all(i.plan_only for i in draft.indicators) else []
        yield from ["intake_results_only"] if all(i.results_only for i in draft.indicators) else []


def _percent(reading: WorkReading, place: Place) -> None:
    """Take the work's printed percent and hold it against what weights and indicators give (WE1)."""
    draft, facts = reading.draft, reading.facts
    token = draft.percent
    if token is None or token.value is None:
        facts["percent"] = Fact(
            None, Status.MISSING, POOR, ("intake_work_percent_missing",), Source(draft.grid.document)
        )
        reading.findings.append(Finding("intake_work_percent_missing", place, {}))
        return
    computed = weighted_percent(facts.indicators)
    agrees = computed is None or misfit(computed, token.value) <= NEAR
    codes = () if agrees else ("intake_work_percent_differs",)
    source = draft.grid.source(token.cell) if token.cell else Source(draft.grid.document)
    facts["percent"] = Fact(token.value, Status.READ if agrees else Status.DOUBTFUL, GOOD, codes, source)
    if not agrees:
        shown = f"{computed:.2f}" if computed is not None else "–"
        reading.findings.append(
            Finding("intake_work_percent_differs", place, {"printed": token.value, "computed": shown})
        )
