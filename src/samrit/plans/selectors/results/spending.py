"""The curve of the spending plan against what was paid, of one work or of a whole plan (R127)."""

from __future__ import annotations

from collections.abc import Iterable

from samrit.engine.model import Project
from samrit.engine.money import spending_curve
from samrit.plans.selectors.results.naming import Names
from samrit.reports.document.model import Chart
from samrit.reports.evaluation.spending import spending_line


def spending_chart(names: Names, projects: Iterable[Project]) -> Chart | None:
    """Return planned and paid money to date as a chart; None where there is no spending plan."""
    curve = spending_curve(projects, names.result.as_of)
    months = tuple(names.period(p).abbreviation for p in range(1, 13))
    return spending_line(curve, months, names.result.as_of, names.language) if curve.is_planned else None
