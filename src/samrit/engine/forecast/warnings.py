"""Early warnings: what needs a decision while there is still time, above all in quarters 2–3 (R246, R248)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import exact
from samrit.engine.bands import format_percent
from samrit.engine.forecast.project import PlanForecast, ProjectForecast
from samrit.engine.indicators.levels import has_milestones, milestone_reached
from samrit.engine.indicators.rhythm import last_end
from samrit.engine.indicators.series import Side, entries_in_view
from samrit.engine.model import Formula, Indicator, Plan, Project
from samrit.engine.money import spending_curve
from samrit.engine.sites import committed_since
from samrit.vocabulary.periods import period_name

_SILENT_MONTHS = 2  # planned months without a report before silence is a warning


@dataclass(frozen=True, slots=True)
class EarlyWarning:
    """One project that may miss its year, worst first, and why; ``reasons`` are (code, parameters)."""

    forecast: ProjectForecast
    reasons: tuple[tuple[str, Mapping[str, object]], ...]


def early_warnings(forecast: PlanForecast, *, below: str = "") -> tuple[EarlyWarning, ...]:
    """Return the projects to look at now: expected in band ``below`` or worse, overdue, or silent.

    ``below`` is a band code; left empty it is the second band from the bottom.  Sorted
    by expected percent.
    """
    codes = [band.code for band in forecast.ruleset.bands]
    limit = codes.index(below) if below else min(1, len(codes) - 1)
    found = []
    for item in forecast.projects:
        reasons = tuple(_reasons(item, forecast, frozenset(codes[: limit + 1])))
        if reasons:
            found.append(EarlyWarning(item, reasons))
    return worst_first(found)


def worst_first(warnings: Iterable[EarlyWarning]) -> tuple[EarlyWarning, ...]:
    """Return warnings sorted by expected percent, projects without one last."""
    return tuple(sorted(warnings, key=lambda w: (w.forecast.percent is None, w.forecast.percent or Decimal())))


def _reasons(
    item: ProjectForecast, forecast: PlanForecast, at_risk: frozenset[str]
) -> Iterator[tuple[str, Mapping[str, object]]]:
    if item.band is not None and item.band.code in at_risk and item.low is not None and item.high is not None:
        low, high = (format_percent(figure, forecast.ruleset) for figure in (item.low, item.high))
        expected = low if low == high else f"{low}–{high}"
        yield "band_at_risk", {"band": item.band.name, "band_en": item.band.named("en"), "expected": expected}
    for indicator in item.project.indicators:
        if indicator.overrides and any(o.period == forecast.as_of for o in indicator.overrides):
            continue
        yield from _overdue_level(indicator, forecast)
        yield from _silence(indicator, last_end(indicator.rhythm, forecast.as_of))
    yield from _uncommitted_sites(item.project, forecast)
    yield from _behind_spending(item.project, forecast.as_of)


@exact
def _behind_spending(project: Project, as_of: int) -> tuple[tuple[str, Mapping[str, object]], ...]:
    """Return a warning where less than half was paid of what was planned to date; no data is not 0 (MO2, R248)."""
    curve = spending_curve([project], as_of)
    planned, paid = (side[as_of - 1] if as_of else None for side in (curve.planned, curve.paid))
    if planned is not None and paid is not None and planned > 0 and paid * 2 < planned:
        return (("spending_behind", {"paid": f"{paid:,f}", "planned": f"{planned:,f}"}),)
    return ()


def _overdue_level(indicator: Indicator, forecast: PlanForecast) -> Iterator[tuple[str, Mapping[str, object]]]:
    if indicator.formula is not Formula.LEVELS or not has_milestones(indicator):
        return
    until = last_end(indicator.rhythm, forecast.as_of)
    reached = milestone_reached(indicator.levels, until) or Decimal()
    for level in sorted(indicator.levels, key=lambda lv: lv.number):
        if level.due_period is not None and level.due_period <= until and level.number > reached:
            yield "level_overdue", {"level": level.number, **_due(forecast.plan, level.due_period)}
            return


def _silence(indicator: Indicator, as_of: int) -> Iterator[tuple[str, Mapping[str, object]]]:
    planned = {e.period for e in entries_in_view(indicator.entries, Side.PLANNED, as_of) if e.planned != 0}
    reported = [e.period for e in entries_in_view(indicator.entries, Side.ACTUAL, as_of)]
    silent = [period for period in planned if period > max(reported, default=0)]
    if len(silent) >= _SILENT_MONTHS:
        yield "silent", {"months": len(silent)}


def _uncommitted_sites(project: Project, forecast: PlanForecast) -> Iterator[tuple[str, Mapping[str, object]]]:
    for site in project.sites:
        due = site.commitment_due_period
        if due is not None and due <= forecast.as_of and committed_since(site, forecast.as_of) is None:
            yield "site_uncommitted", {"site": site.title, **_due(forecast.plan, due)}


def _due(plan: Plan, period: int) -> dict[str, str]:
    thai, english = (
        period_name(plan.year_be, plan.calendar, period, language, short=True) for language in ("th", "en")
    )
    return {"due": thai, "due_en": english}
