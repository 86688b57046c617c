"""What a draft can begin with: nothing but a frame, or a year's plan carried over into the next year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from samrit.engine.indicators.breakdown import added_up
from samrit.engine.model import Entry, Figure, Indicator, Level, Mark, Plan, Project, Site, Target
from samrit.package import PlanPackage
from samrit.package.kinds import bare
from samrit.package.ready_rules import default_rules, ready_rules
from samrit.plans.evaluation.units import unit_of
from samrit.plans.models import Unit
from samrit.vocabulary.months import month_pattern
from samrit.vocabulary.speech import OFFSET

_MONTHS = range(1, 13)


def empty_plan(frame: Plan, units: Iterable[Unit]) -> PlanPackage:
    """Return a plan without works, that knows the office's units and the ready-made rules that ``frame`` names."""
    rules = ready_rules().get(frame.ruleset, default_rules())
    return PlanPackage(replace(frame, ruleset=rules.id, units=tuple(map(unit_of, units))), (rules,))


def next_year(package: PlanPackage, code: str, year_be: int) -> PlanPackage:
    """Return the plan carried over to another year: its frame, works and monthly plan, without any result.

    Years in titles and printed periods move along, holidays stay behind, this year's results become last year's, and
    a target is carried over where the new year has none of its own yet.
    """
    old, by = package.plan, year_be - package.plan.year_be
    plan = replace(
        old,
        id=code,
        year_be=year_be,
        title=_moved(old.title, old.year_be, by),
        title_en=_moved(old.title_en, old.year_be, by),
        projects=tuple(_project(p, old, by) for p in old.projects),
        allotments=(),  # the new year's money is announced again
        printed=(),
        texts=(),
    )
    return PlanPackage(plan, package.rulesets, ())


def _project(project: Project, old: Plan, by: int) -> Project:
    return replace(
        bare(project),
        period_text=_moved(project.period_text, old.year_be, by, around=1),
        movements=(),
        narratives=(),
        records=(),
        claim=None,
        overrides=(),
        status=None,
        indicators=tuple(_indicator(i, old, by) for i in project.indicators),
        sites=tuple(map(_site, project.sites)),
    )


def _indicator(indicator: Indicator, old: Plan, by: int) -> Indicator:
    """Return an indicator for the new year; it stays the same one, whatever it will be called there (R62)."""
    return replace(
        indicator,
        identity=indicator.identity or f"{old.id}:{indicator.id}",
        claim=None,
        overrides=(),
        last_year=_last_year(indicator) if by == 1 else (),
        entries=tuple(entry for e in indicator.entries if (entry := _planned(e)) is not None),
        targets=_targets(indicator.targets, old.year_be, by),
        levels=tuple(map(_level, indicator.levels)),
        parts=tuple(_indicator(part, old, by) for part in indicator.parts),
    )


def _last_year(indicator: Indicator) -> tuple[Figure, ...]:
    """Return the results by month, those that its categories make too (BD1)."""
    own = {e.period: e.actual for e in added_up(indicator).entries if not e.unit and e.span == 1}
    return tuple(own.get(period, Mark.BLANK) for period in _MONTHS) if own else ()


def _planned(entry: Entry) -> Entry | None:
    if entry.planned is Mark.BLANK:
        return None  # only a result was there
    return replace(entry, actual=Mark.BLANK, numerator=Mark.BLANK, denominator=Mark.BLANK, note="")


def _targets(targets: tuple[Target, ...], year_be: int, by: int) -> tuple[Target, ...]:
    wanted = year_be + by
    if any(t.year_be == wanted for t in targets):
        return targets
    return (*targets, *(replace(t, year_be=wanted) for t in targets if t.year_be == year_be))


def _level(level: Level) -> Level:
    return replace(level, reached_on=None, reached_period=None, evidence="")


def _site(site: Site) -> Site:
    return replace(site, committed_period=None, instalments_accepted=0, done_period=None, outcome="", actual_texts=())


def _moved(text: str, year_be: int, by: int, *, around: int = 0) -> str:
    """Return a text with the years up to ``around`` of ``year_be`` moved: "ต.ค. 67 - ก.ย. 68" → "ต.ค. 68 - ก.ย. 69".

    Of a title only the plan's own year moves: "แผนปฏิบัติการ 2568 ภายใต้แผน 2566–2570" names the longer plan too.
    """
    near = range(year_be - around, year_be + around + 1)
    years = {str(year): str(year + by) for be in near for year in (be, be - OFFSET)}
    whole = re.compile(rf"(?<!\d)({'|'.join(years)})(?!\d)")
    short = re.compile(rf"((?:{month_pattern()})[\s,]*)(\d\d)(?!\d)", re.IGNORECASE)
    two = {f"{be % 100:02}": f"{(be + by) % 100:02}" for be in near}
    moved = whole.sub(lambda found: years[found[1]], text)
    return short.sub(lambda found: found[1] + two.get(found[2], found[2]), moved)
