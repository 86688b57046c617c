"""Checks of printed figures against computed ones (R178, R304, R306, R312, R313); the print is never used.

Each fault is said once, at its cause: a percent that follows correctly from printed
totals is not reported again when those totals are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO, divide
from samrit.engine.checks.scene import CheckedLine, Scene, fits, found, on, places_of, significant_digits
from samrit.engine.choices import BY_SITES
from samrit.engine.indicators.totals import Side, indicator_total
from samrit.engine.model import Claim, Direction, Project, Source
from samrit.engine.results import ProjectResult
from samrit.engine.score import YEAR_END
from samrit.vocabulary.findings import Finding

_NO_COINCIDENCE = 4  # digits


def months_differ_from_printed_total(scene: Scene) -> Iterator[Finding]:
    """The printed plan total, or one figure entered for the year, is not what the months give (R304)."""
    yield from _totals_that_differ(scene, Side.PLANNED, "months_differ_from_printed_total")


def actual_months_differ_from_printed_total(scene: Scene) -> Iterator[Finding]:
    """The printed result total, or one figure entered for the year, is not what the months give (R304)."""
    yield from _totals_that_differ(scene, Side.ACTUAL, "actual_months_differ_from_printed_total")


def stale_total(scene: Scene) -> Iterator[Finding]:
    """A printed total that is the figure of an earlier month: it was not carried on (S3-38, R184)."""
    for line in scene.lines:
        stale = _stale(line)
        if stale is not None:
            printed, month, last, newest = stale
            yield on("stale_total", line.indicator, total=printed, month=month, last=last, newest=newest)


def percent_taken_of_percent(scene: Scene) -> Iterator[Finding]:
    """The printed result total is already the percent of plan; the printed percent divides once more (R306)."""
    for line in scene.lines:
        twice = _percent_of_percent(line)
        if twice is not None:
            printed, actual, percent, again = twice
            params = {"total": printed, "actual": actual, "percent": percent, "twice": again}
            yield on("percent_taken_of_percent", line.indicator, **params)


def printed_percent_differs(scene: Scene) -> Iterator[Finding]:
    """The printed percent of an indicator or project is not what its figures give (R173, R175)."""
    for record, source, printed, computed in _percents(scene):
        if abs(printed - computed) >= _one_unit(printed):
            yield found("printed_percent_differs", record, source, printed=printed, computed=computed)


def rounded_before_banding(scene: Scene) -> Iterator[Finding]:
    """A printed percent that is right only after rounding the wrong way: 99.33 as 100 (R313, DI1)."""
    for record, source, printed, computed in _percents(scene):
        if abs(printed - computed) < _one_unit(printed):
            yield found("rounded_before_banding", record, source, printed=printed, computed=computed)


def printed_with_other_places(scene: Scene) -> Iterator[Finding]:
    """A percent printed with more decimals than the rule set prints (R178): 77.67 among whole percents."""
    places = scene.ruleset.percent_places
    for line in scene.lines:
        yield from _with_other_places(line.indicator.id, line.claim, line.indicator.source, places)
    for project in scene.plan.projects:
        yield from _with_other_places(project.id, project.claim or Claim(), project.source, places)


def printed_percent_missing(scene: Scene) -> Iterator[Finding]:
    """A project without a printed percent in a document that prints one for nearly all (S1-15)."""
    projects = scene.plan.projects
    missing = [p for p in projects if not any(c and c.percent is not None for c in _claims(p))]
    if len(missing) * 10 < len(projects):
        for project in missing:
            yield on("printed_percent_missing", project, title=project.title)


def _claims(project: Project) -> list[Claim | None]:
    return [project.claim, *(indicator.claim for indicator in project.indicators)]


def _totals_that_differ(scene: Scene, side: Side, code: str) -> Iterator[Finding]:
    for line in scene.lines:
        printed = _printed_total(line, side)
        computed = _from_months(line, side)
        if printed is None or computed is None or fits(printed, computed):
            continue
        if side is Side.ACTUAL and (_stale(line) or _percent_of_percent(line)):
            continue
        to_date = line.now.plan_total.value if side is Side.PLANNED else line.now.actual_total.value
        if scene.as_of < YEAR_END and to_date is not None and fits(printed, to_date):
            continue
        yield on(code, line.indicator, printed=printed, computed=computed)


def _printed_total(line: CheckedLine, side: Side) -> Decimal | None:
    """Return the total as printed: the claim's, or the one figure entered for several months at the year's end."""
    printed = line.claim.plan_total if side is Side.PLANNED else line.claim.actual_total
    if printed is not None:
        return printed
    wide = [e for e in line.indicator.entries if e.span > 1 and e.period == YEAR_END and not e.unit]
    figure = side.figure(wide[0]) if len(wide) == 1 and wide[0].span == YEAR_END else None
    return figure if isinstance(figure, Decimal) else None


def _stale(line: CheckedLine) -> tuple[Decimal, int, int, Decimal] | None:
    """Return a printed total that an earlier month holds, that month, and the last month with its figure."""
    printed, months = _printed_total(line, Side.ACTUAL), _all_months(line, Side.ACTUAL)
    if printed is None or len(months) < 2 or significant_digits(printed) < _NO_COINCIDENCE:
        return None
    *earlier, (last, newest) = sorted(months.items())
    same = [month for month, value in earlier if value == printed]
    if not same or newest == printed or _agrees_with_months(line, Side.ACTUAL, printed):
        return None
    return printed, same[-1], last, newest


def _percent_of_percent(line: CheckedLine) -> tuple[Decimal, Decimal, Decimal, Decimal] | None:
    """Return printed total, real result, its percent and the percent of that percent, where the print mixed them up."""
    printed, plan = _printed_total(line, Side.ACTUAL), line.year.plan_total.value
    if printed is None or not plan:
        return None
    actual = _from_months(line, Side.ACTUAL)
    if actual is None or fits(printed, actual):
        return None
    percent = divide(actual * HUNDRED, plan)
    if percent == HUNDRED or not fits(printed, percent):
        return None
    return printed, actual, percent, divide(percent * HUNDRED, plan)


def _all_months(line: CheckedLine, side: Side) -> dict[int, Decimal]:
    return dict(line.rows[0].side(side)) if len(line.rows) == 1 else {}


def _from_months(line: CheckedLine, side: Side) -> Decimal | None:
    """Return the total of the months alone, without figures entered for several months at once."""
    indicator = line.indicator
    if indicator.formula in BY_SITES:
        return None
    if all(e.span == 1 for e in indicator.entries):
        return (line.year.plan_total if side is Side.PLANNED else line.year.actual_total).value
    monthly = replace(indicator, entries=tuple(e for e in indicator.entries if e.span == 1))
    return indicator_total(monthly, side, YEAR_END).value


def _agrees_with_months(line: CheckedLine, side: Side, printed: Decimal) -> bool:
    computed = _from_months(line, side)
    return computed is None or fits(printed, computed)


def _percents(scene: Scene) -> Iterator[tuple[str, Source, Decimal, Decimal]]:
    """Yield record, source, printed and computed percent wherever they disagree and no earlier cause is known."""
    for result, lines in _whole_year(scene):
        for line in lines:
            printed, computed = line.claim.percent, line.year.computed_percent
            is_settled = line.year.override is not None or result.override is not None or _percent_of_percent(line)
            if printed is None or computed is None or is_settled or line.indicator.formula in BY_SITES:
                continue
            if _agrees(scene, printed, computed, line.now.computed_percent) or _follows_from_totals(line, printed):
                continue
            yield line.indicator.id, _source(line.claim, line.indicator.source), printed, computed
        claim = result.project.claim or Claim()
        if claim.percent is None or result.computed_percent is None or result.override is not None:
            continue
        now = scene.now.project(result.project.id)
        to_date = now.computed_percent if now else None
        readings = (result.computed_percent, result.normalised_percent)  # wrong weights are reported as such
        if any(r is not None and _agrees(scene, claim.percent, r, to_date) for r in readings):
            continue
        if not _follows_from_indicators(result, claim.percent):
            yield result.project.id, _source(claim, result.project.source), claim.percent, result.computed_percent


def _whole_year(scene: Scene) -> Iterator[tuple[ProjectResult, tuple[CheckedLine, ...]]]:
    for (_, lines), result in zip(scene.projects(), scene.year.projects, strict=True):
        yield result, lines


def _agrees(scene: Scene, printed: Decimal, year: Decimal, to_date: Decimal | None) -> bool:
    """Say whether the print fits the year or, in a report within the year, the figures to date."""
    return fits(printed, year) or (scene.as_of < YEAR_END and to_date is not None and fits(printed, to_date))


def _follows_from_totals(line: CheckedLine, printed: Decimal) -> bool:
    """Say whether the printed percent is right for printed totals that are themselves reported as wrong."""
    plan, actual = _printed_total(line, Side.PLANNED), _printed_total(line, Side.ACTUAL)
    sides = ((Side.PLANNED, plan), (Side.ACTUAL, actual))
    if not plan or actual is None or all(p is None or _agrees_with_months(line, s, p) for s, p in sides):
        return False
    ratio = (
        divide(plan * HUNDRED, actual)
        if line.indicator.direction is Direction.LOWER
        else divide(actual * HUNDRED, plan)
    )
    return fits(printed, ratio)


def _follows_from_indicators(result: ProjectResult, printed: Decimal) -> bool:
    """Say whether the printed project percent follows from printed indicator percents that differ from ours."""
    used, differ = ZERO, False
    for indicator in result.indicators:
        claim = indicator.indicator.claim
        ours = indicator.percent
        if claim is None or claim.percent is None or indicator.effective_weight is None:
            return False
        unrounded = ours if ours is not None and fits(claim.percent, ours) else claim.percent
        differ = differ or unrounded is not ours
        used += indicator.effective_weight * unrounded
    return differ and abs(divide(used, HUNDRED) - printed) < _one_unit(printed)


def _source(claim: Claim, otherwise: Source) -> Source:
    return claim.source if claim.source.document else otherwise


def _one_unit(printed: Decimal) -> Decimal:
    return Decimal(1).scaleb(-places_of(printed))


def _with_other_places(record: str, claim: Claim, source: Source, places: int) -> Iterator[Finding]:
    if claim.percent is not None and places_of(claim.percent) > places:
        yield found("printed_with_other_places", record, source, printed=claim.percent, places=places)
