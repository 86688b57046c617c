"""The values of a form as facts: typed by a person, so read as they are."""

from __future__ import annotations

from samrit.engine.model import Indicator, Mark, Plan, Source
from samrit.intake.facts import Fact, RecordFacts, Status, Value, WorkFacts


def facts_of(plan: Plan) -> tuple[WorkFacts, ...]:
    """Return the facts of every work and indicator of a plan."""
    made = []
    for project in plan.projects:
        source = project.source
        work = WorkFacts(project.id, lines=(source.line,) if source.line else (), document=source.document)
        for name, value in (("title", project.title), ("number", project.number), ("unit", project.responsible_text)):
            work[name] = _fact(value, source)
        work.indicators.extend(_indicator(indicator) for indicator in project.indicators)
        made.append(work)
    return tuple(made)


def _indicator(indicator: Indicator) -> RecordFacts:
    source = indicator.source
    record = RecordFacts(indicator.id, lines=(source.line,) if source.line else (), document=source.document)
    for name, value in (
        ("name", indicator.name),
        ("unit_of_measure", indicator.unit_of_measure),
        ("weight", indicator.weight),
        ("target", indicator.targets[0].value if indicator.targets else None),
        ("aggregation", indicator.aggregation.value),
    ):
        record[name] = _fact(value, source)
    for entry in indicator.entries:
        for side, figure in (("plan", entry.planned), ("actual", entry.actual)):
            if figure is not Mark.BLANK and entry.span == 1:
                record[f"{side}.{entry.period}"] = _fact(figure, entry.source)
    return record


def _fact(value: Value, source: Source) -> Fact:
    empty = value is None or value == ""
    return Fact(value, Status.MISSING if empty else Status.READ, source=source)
