"""Checks of the plan's frame: what is missing, and what leads nowhere (R5, R19, R303, R315, R316)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from samrit.engine.checks.scene import Scene, found, on
from samrit.engine.indicators.totals import consolidation_of
from samrit.engine.model import Entry, Formula, Indicator, Plan, Project
from samrit.engine.rollup import says_kinds
from samrit.engine.tree import tactic_tree
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.months import CALENDARS
from samrit.vocabulary.periods import months_within
from samrit.vocabulary.terms import is_everyone, label

_BUDDHIST = 543


def project_without_indicator(scene: Scene) -> Iterator[Finding]:
    """A project that nothing measures (R315)."""
    for project in scene.plan.projects:
        if not project.indicators:
            yield on("project_without_indicator", project, title=project.title)


def indicator_without_reporter(scene: Scene) -> Iterator[Finding]:
    """Indicators that no unit reports: neither the project nor their figures name one (R315)."""
    for project in scene.plan.projects:
        if not project.responsible_units and not project.responsible_text.strip():
            silent = [i.number for i in project.indicators if not any(entry.unit for entry in i.entries)]
            if silent:
                yield on("indicator_without_reporter", project, title=project.title, indicators=silent)


def one_reports_for_all(scene: Scene) -> Iterator[Finding]:
    """Indicators that all units, or a group, are to report and whose figures nothing puts together (R89, RU3).

    The plan's owner reports one figure for all of them, until somebody says how theirs come together.
    """
    groups = {unit.code for unit in scene.plan.units if unit.type == "group"}
    for project in scene.plan.projects:
        lead = next(iter(project.responsible_units), "")
        if lead not in groups and not is_everyone(lead):
            continue
        lost = [i.number for i in project.indicators if _is_reported_by_one(i)]
        if lost:
            yield on("one_reports_for_all", project, title=project.title, unit=lead, indicators=lost)


def _is_reported_by_one(indicator: Indicator) -> bool:
    """Say whether figures of an indicator could be reported unit by unit, and nothing says how they come together."""
    if indicator.formula in (Formula.LEVELS, Formula.DEADLINE, Formula.STEPS) or indicator.figures_of:
        return False
    is_begun = any(entry.unit or isinstance(entry.actual, Decimal) for entry in indicator.entries)
    return not is_begun and consolidation_of(indicator) is None


def kind_missing(scene: Scene) -> Iterator[Finding]:
    """Projects that are neither งานประจำ nor โครงการ: the tables by kind must guess (R5). Once per heading.

    A plan that gives no project a kind does not sort by kind; that is its right.
    """
    if not says_kinds(scene.plan):
        return
    for projects in _by_heading(scene.plan, lambda p: p.kind is None and not p.level):
        yield on("kind_missing", projects[0], count=len(projects), projects=[p.id for p in projects])


def period_missing(scene: Scene) -> Iterator[Finding]:
    """Projects without a period: months planned outside it cannot be seen (R49, R303). Once per heading."""
    for projects in _by_heading(scene.plan, lambda p: not p.level and None in (p.first_period, p.last_period)):
        yield on("period_missing", projects[0], count=len(projects), projects=[p.id for p in projects])


def work_days_differ(scene: Scene) -> Iterator[Finding]:
    """Days of a work that end before they begin, or whose months, cut to the plan's year, are others (R47, R48)."""
    for project in scene.plan.projects:
        if project.starts_on is None or project.ends_on is None:
            continue
        months = months_within(project.starts_on, project.ends_on, scene.plan.year_be, scene.plan.calendar)
        own = (project.first_period, project.last_period)
        if project.ends_on < project.starts_on or months is None or (None not in own and own != months):
            yield on("work_days_differ", project, title=project.title)


def unknown_unit(scene: Scene) -> Iterator[Finding]:
    """A unit that the register does not have, once per name with the records that use it (R316, R271)."""
    known = _known_units(scene.plan)
    if not known:
        return
    used: dict[str, list[str]] = {}
    for project in scene.plan.projects:
        for unit in _units_named(project):
            if unit not in known and not is_everyone(unit):
                used.setdefault(unit, []).append(project.id)
    for unit, records in used.items():
        distinct = list(dict.fromkeys(records))
        yield found("unknown_unit", distinct[0], unit=unit, count=len(distinct), records=distinct)


def unit_out_of_force(scene: Scene) -> Iterator[Finding]:
    """A unit that was closed before the plan's year began and has no successor (pitfall P2)."""
    start = _first_day(scene.plan)
    if start is None:
        return
    for unit in scene.plan.units:
        if unit.valid_to is None or unit.valid_to >= start or unit.successor:
            continue
        using = [p.id for p in scene.plan.projects if unit.code in _units_named(p)]
        if using:
            yield found("unit_out_of_force", using[0], unit=unit.code, until=unit.valid_to.isoformat(), records=using)


def unit_cycle(scene: Scene) -> Iterator[Finding]:
    """A unit that is above itself in the tree of units."""
    parents = {unit.code: unit.parent for unit in scene.plan.units}
    for code, parent in parents.items():
        above, seen = parent, {code}
        while above in parents and above not in seen:
            seen.add(above)
            above = parents[above]
        if above == code:
            yield found("unit_cycle", code, scene.plan.source, unit=code)


def tactic_misplaced(scene: Scene) -> Iterator[Finding]:
    """A tactic under one that the plan does not list, that is of another strategy, or that is under it itself."""
    plan = scene.plan
    placed = tactic_tree(plan.tactics).above
    for tactic in plan.tactics:
        if tactic.parent and tactic.code not in placed:
            yield found("tactic_misplaced", tactic.code, plan.source, tactic=tactic.code, parent=tactic.parent)


def heading_number_repeated(scene: Scene) -> Iterator[Finding]:
    """Two tactics of one place, or two programmes of one tactic and fund, that are printed with one number (R18)."""
    plan, printed = scene.plan, dict[tuple[str, ...], list[str]]()
    for tactic in plan.tactics:
        printed.setdefault(("tactic", tactic.strategy, tactic.parent, tactic.printed), []).append(tactic.code)
    for programme in plan.programmes:
        if programme.number:
            place = (programme.tactic, programme.fund, programme.number)
            printed.setdefault(("programme", *place), []).append(programme.code)
    for (heading, *_, number), codes in printed.items():
        if len(codes) > 1:
            names = {"heading": label(heading, "th"), "heading_en": label(heading, "en")}
            yield found("heading_number_repeated", codes[-1], plan.source, number=number, codes=codes, **names)


def group_wrong(scene: Scene) -> Iterator[Finding]:
    """A work that shares goal and steps with none of this plan, with itself, or with one that shares in turn (R43)."""
    heads = {p.id: p for p in scene.plan.projects}
    for project in scene.plan.projects:
        if not project.shares_with:
            continue
        head = heads.get(project.shares_with)
        if head is None or head is project or head.shares_with:
            yield on("group_wrong", project, title=project.title, other=project.shares_with)


def unknown_heading(scene: Scene) -> Iterator[Finding]:
    """A project under a fund, strategy, tactic or programme that the plan does not list."""
    plan = scene.plan
    registers: dict[str, tuple[set[str], Callable[[Project], str]]] = {
        "fund": ({f.code for f in plan.funds}, lambda p: p.fund),
        "strategy": ({s.code for s in plan.strategies}, lambda p: p.strategy),
        "tactic": ({t.code for t in plan.tactics}, lambda p: p.tactic),
        "programme": ({g.code for g in plan.programmes}, lambda p: p.programme),
    }
    for heading, (known, of) in registers.items():
        names = {"heading": label(heading, "th"), "heading_en": label(heading, "en")}
        for project in plan.projects if known else ():
            if of(project) and of(project) not in known:
                yield on("unknown_heading", project, code=of(project), **names)


def _by_heading(plan: Plan, lacks: Callable[[Project], bool]) -> list[list[Project]]:
    """Group the projects that lack something by fund and strategy: a gap of a whole list is one finding."""
    groups: dict[tuple[str, str], list[Project]] = {}
    for project in plan.projects:
        if lacks(project):
            groups.setdefault((project.fund, project.strategy), []).append(project)
    return list(groups.values())


def _known_units(plan: Plan) -> set[str]:
    return {name for unit in plan.units for name in (unit.code, unit.name, *unit.aliases) if name}


def _units_named(project: Project) -> list[str]:
    """Return every unit that the project, its figures, its sites and its money name."""
    entries: list[Entry] = [e for i in project.indicators for e in i.entries]
    named = [*project.responsible_units, *(e.unit for e in entries), *(s.unit for s in project.sites)]
    return [unit for unit in (*named, *(b.unit for b in project.budgets)) if unit]


def _first_day(plan: Plan) -> date | None:
    """Return the first day of the plan's year, None where no year is known; a fiscal year is named by its end (P12)."""
    year = plan.year_be - _BUDDHIST
    if year <= 1:
        return None
    start = CALENDARS.get(plan.calendar, 1)
    return date(year - (start > 1), start, 1)
