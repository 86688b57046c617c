"""The works of one evaluation under one reader's choices: filtered, searched, ordered, as rows and as a tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from samrit.engine.forecast import ProjectForecast
from samrit.engine.funding.allotments import sources_of
from samrit.engine.model import Project
from samrit.engine.money import MoneyTotal, money_of, moved_by_key
from samrit.engine.results import ProjectResult
from samrit.engine.rollup import first_lines, works_of
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.forecasts import ForecastStep, courses_of, forecast_of
from samrit.plans.reporting.register import register
from samrit.plans.selectors.office.search import Searched, rank, searched
from samrit.plans.selectors.results.naming import Names
from samrit.plans.selectors.work.choices import FILTERS, Choices
from samrit.plans.selectors.work.work_links import link_order, link_values
from samrit.plans.selectors.work.works_context import Chip, Filter, Option, TreeChoice, WorkRow, value_name

Values = Callable[[ProjectResult], tuple[str, ...]]

_JUDGED = ("band", "state")  # filters by how a work was judged: another line of it may have been judged otherwise


class WorksTable:
    """The works of one evaluation under one reader's choices."""

    def __init__(self, names: Names, choices: Choices) -> None:
        self.names, self.choices, self.results = names, choices, names.result.projects
        regions = register().regions
        named = {unit for r in self.results for unit in r.project.responsible_units}
        self.unnamed = [unit for unit in choices.filters.get("unit", ()) if unit not in named]
        funds = {fund.code: fund for fund in names.result.plan.funds}
        moneyed = {project.key: project for project in first_lines(names.result.plan.projects)}
        self.heads = {p.shares_with for p in names.result.plan.projects if p.shares_with}
        self.values: dict[str, Values] = {
            "fund": lambda r: (r.project.fund,),
            "strategy": lambda r: (r.project.strategy,),
            "tactic": lambda r: names.tactics.line(r.project.tactic) or ("",),  # its own, and those above it
            "programme": lambda r: (r.project.programme,),
            "kind": lambda r: (r.project.kind.value if r.project.kind else "",),
            "unit": lambda r: (*r.project.responsible_units, *self._members(r.project)),
            "lead": lambda r: r.project.responsible_units[:1] or (r.project.responsible_text,),
            "region": lambda r: tuple(
                dict.fromkeys(
                    region for unit in r.project.responsible_units for region in regions.get(unit, ()) or ("",)
                )
            ),
            "band": lambda r: (r.band.code if r.band and r.counts else "",),
            "state": lambda r: (r.state.value,),
            "money": lambda r: (self._known(r),),
            "source": lambda r: sources_of(moneyed.get(r.project.key, r.project), funds),
            "link": lambda r: link_values(names.result.plan, r.project),
            "group": lambda r: (r.project.shares_with or (r.project.id if r.project.id in self.heads else ""),),
        }
        self.moved = moved_by_key(names.result.plan, names.result.as_of)
        self.ranked = self._ranked()
        self.searched = [r for r in self.results if not choices.search or r.project.id in self.ranked]

    def _members(self, project: Project) -> list[str]:
        """Return those chosen units that no work names and that report for this one in a group (R140)."""
        return [u for u in self.unnamed if any(u in register().reporting(code) for code in project.responsible_units)]

    def _ranked(self) -> Mapping[str, float]:
        if not self.choices.search:
            return {}
        names = self.names
        units = {code: names.unit(code) for r in self.results for code in r.project.responsible_units}
        texts = memory.of(names.result).per_work("searched", _texts, names.result.plan.projects)
        named = {code: searched((code, name)) for code, name in units.items()}
        found = {
            r.project.id: (*own, *(text for code in r.project.responsible_units for text in named[code]))
            for r, own in zip(self.results, texts, strict=True)
        }
        return rank(self.choices.search, found)

    def left(self, *, but: Iterable[str] = ()) -> list[ProjectResult]:
        """Return the works that search and filters leave, without the filters named in ``but``."""
        tests = [(self.values[n], frozenset(v)) for n, v in self.choices.filters.items() if n not in but]
        return [r for r in self.searched if all(not wanted.isdisjoint(of(r)) for of, wanted in tests)]

    def works(self) -> int:
        """Return how many works the lines left are, each once by the line that counts (RU1): what other pages count.

        A work on two lines is in one band and one state, however its other line was judged.
        """
        return self._once(self.left(but=_JUDGED))

    def _once(self, lines: Iterable[ProjectResult], but: str = "") -> int:
        """Count works among lines that were cut by nothing that is judged: those whose line that counts is left."""
        return sum(self._is_left(result, but) for result in works_of(lines))

    def _is_left(self, result: ProjectResult, but: str = "") -> bool:
        judged = [(n, v) for n, v in self.choices.filters.items() if n in _JUDGED and n != but]
        return all(not set(wanted).isdisjoint(self.values[name](result)) for name, wanted in judged)

    def ordered(self) -> list[ProjectResult]:
        """Return the works in the order chosen; those without a figure stand last either way."""
        left, choices = self.left(), self.choices
        if choices.order == "number":
            if choices.search and not choices.descending:
                return sorted(left, key=lambda r: -self.ranked[r.project.id])
            return left[::-1] if choices.descending else left
        keys = dict(zip((r.project.id for r in left), self._keys(left), strict=True))
        present = [r for r in left if keys[r.project.id] is not None]
        present.sort(key=lambda r: keys[r.project.id], reverse=choices.descending)  # type: ignore[arg-type,return-value]
        return present + [r for r in left if keys[r.project.id] is None]

    def _keys(self, left: Sequence[ProjectResult]) -> list[object]:
        order, names = self.choices.order, self.names
        places = {band.code: at for at, band in enumerate(names.result.ruleset.bands)}
        if order == "forecast":
            expected = {f.project.id: f.percent for f in forecast_of(names.result).projects}
            return [expected[r.project.id] for r in left]
        key: Callable[[ProjectResult], object] = {
            "title": lambda r: r.project.title,
            "unit": lambda r: self._unit(r) or None,
            "percent": lambda r: r.figure,
            "lowest": lambda r: r.lowest.percent if r.lowest else None,
            "band": lambda r: places[r.band.code] if r.band and r.counts else None,
            "budget": lambda r: r.project.budget,
            "spent": lambda r: self._money(r).percent,
        }[order]
        return [key(r) for r in left]

    def _money(self, result: ProjectResult) -> MoneyTotal:
        return money_of(result.project, self.moved)

    def _known(self, result: ProjectResult) -> str:
        """Say whether payments of the work are recorded: a code of the vocabulary's ``money_known``."""
        if self._money(result).spent is not None:
            return "recorded"
        return "unfunded" if result.project.budget is None else "unrecorded"

    def _unit(self, result: ProjectResult) -> str:
        units = result.project.responsible_units
        return ", ".join(map(self.names.unit, units)) or result.project.responsible_text

    def rows(self, results: Sequence[ProjectResult]) -> tuple[WorkRow, ...]:
        """Return works as rows of the table."""
        expected = {f.project.id: f for f in forecast_of(self.names.result).projects}
        courses = courses_of(self.names.result, [r.project for r in results])
        return tuple(self._row(r, expected[r.project.id], course) for r, course in zip(results, courses, strict=True))

    def _row(self, result: ProjectResult, expected: ProjectForecast, course: tuple[ForecastStep, ...]) -> WorkRow:
        project, names = result.project, self.names
        money = self._money(result)
        lowest, bands = result.lowest, names.result.ruleset.bands
        hides = bool(lowest and lowest.band and result.band and bands.index(lowest.band) < bands.index(result.band))
        return WorkRow(
            id=project.id,
            number=project.number,
            title=project.title,
            fund=names.named("fund", project.fund),
            strategy=names.named("strategy", project.strategy),
            unit=self._unit(result),
            kind=names.word(project.kind.value, "kind") if project.kind else "",
            course=course[: names.result.as_of],
            percent=names.percent(result.figure),
            figure=result.figure,
            band=result.band if result.counts or result.project.level else None,
            state=result.state.value,
            lowest=names.percent(lowest.percent if lowest else None),
            lowest_band=lowest.band if lowest else None,
            lowest_hides=hides,
            forecast=names.percent(expected.percent),
            forecast_band=expected.band,
            budget=project.budget,
            spent=money.spent,
            spent_percent=money.percent,
            group=self.values["group"](result)[0],
        )

    def tree(self) -> tuple[TreeChoice, ...]:
        """Return strategies, tactics and programmes with the works that the other choices leave in each."""
        left = self.left(but=("strategy", "tactic", "programme", *_JUDGED))
        path = {name: self.choices.filters.get(name, ()) for name in ("strategy", "tactic", "programme")}
        return self._branches(left, ("strategy", "tactic", "programme"), {}, path)

    def _branches(
        self,
        left: Sequence[ProjectResult],
        levels: tuple[str, ...],
        above: Mapping[str, str],
        path: Mapping[str, tuple[str, ...]],
        depth: int = 0,
    ) -> tuple[TreeChoice, ...]:
        """Return what is below ``above``; ``depth`` is how many tactics are above already."""
        if not levels:
            return ()
        level, groups = levels[0], dict[str, list[ProjectResult]]()
        for result in left:
            codes = self.values[level](result)
            for code in codes[depth : depth + 1] if level == "tactic" else codes:
                groups.setdefault(code, []).append(result)
        if not any(groups):
            return ()
        branches = []
        for code in sorted(groups, key=self._place(level)):
            count = self._once(groups[code])
            if not count and not any(map(self._is_left, groups[code])):
                continue
            at = {**above, level: code}
            on_path = all(code_ in self._opened(name, path[name]) for name, code_ in at.items())
            chosen = on_path and code in path[level] and not any(path[below] for below in levels[1:])
            query = self.choices.with_only(**{"strategy": "", "tactic": "", "programme": "", **at})
            below = self._below(groups[code], levels, at, path, depth) if on_path else ()
            name = self.names.named(level, code)
            branches.append(TreeChoice(self.names.number(level, code), name, count, chosen, on_path, query, below))
        return tuple(branches)

    def _below(
        self,
        held: Sequence[ProjectResult],
        levels: tuple[str, ...],
        at: Mapping[str, str],
        path: Mapping[str, tuple[str, ...]],
        depth: int,
    ) -> tuple[TreeChoice, ...]:
        """Return what is below one branch: of a tactic those under it, and the programmes of its own works."""
        if levels[0] != "tactic" or not at["tactic"]:
            return self._branches(held, levels[1:], at, path)
        direct = [r for r in held if r.project.tactic == at["tactic"]]
        nested = self._branches(held, levels, at, path, depth + 1)
        return (*nested, *self._branches(direct, levels[1:], at, path))

    def _opened(self, level: str, chosen: tuple[str, ...]) -> tuple[str, ...]:
        """Return the codes that stand open: those chosen, and the tactics above one that is."""
        if level != "tactic":
            return chosen
        return tuple(code for each in chosen for code in self.names.tactics.line(each) or ("",))

    def _place(self, level: str) -> Callable[[str], tuple[int, str]]:
        plan = self.names.result.plan
        items: Sequence[object] = {
            "strategy": plan.strategies, "tactic": plan.tactics, "programme": plan.programmes, "fund": plan.funds
        }[level]  # fmt: skip
        places = {item.code: at for at, item in enumerate(items)}  # type: ignore[attr-defined]
        return lambda code: (places.get(code, len(places)), code)

    def filters(self) -> tuple[Filter, ...]:
        """Return every filter with its values and how many works each would leave beside the other choices."""
        made = []
        for name in FILTERS:
            chosen = self.choices.filters.get(name, ())
            if name == "lead" and not chosen:
                continue  # where a cell of the heat map leads; to choose from there are the units
            counts = self._counts(name)
            options = [self._option(name, v, counts.get(v, 0), v in chosen) for v in self._values(name, counts, chosen)]
            if len(options) > 1 or chosen or (name == "group" and options):
                made.append(Filter(name, tuple(options)))
        return tuple(made)

    def _counts(self, name: str) -> dict[str, int]:
        """Return how many works each value of a filter would leave, each once by the line that counts (RU1)."""
        lines = self.left(but=(name, *_JUDGED))
        if name in _JUDGED:
            return Counter(v for r in works_of(lines) if self._is_left(r, name) for v in self.values[name](r))
        groups: dict[str, list[ProjectResult]] = {}
        for result in lines:
            for value in self.values[name](result):
                groups.setdefault(value, []).append(result)
        return {value: count for value, own in groups.items() if (count := self._once(own))}

    def _values(self, name: str, counts: Mapping[str, int], chosen: tuple[str, ...]) -> list[str]:
        values = [v for v in dict.fromkeys([*counts, *chosen]) if v]
        if name in ("fund", "strategy", "tactic", "programme"):
            return sorted(values, key=self._place(name))
        if name == "band":
            codes = [band.code for band in self.names.bands]
            return sorted(values, key=lambda v: codes.index(v) if v in codes else len(codes))
        if name == "link":
            return sorted(values, key=link_order)
        return sorted(values, key=lambda v: value_name(self.names, name, v)) if name in ("unit", "region") else values

    def _option(self, name: str, value: str, count: int, chosen: bool) -> Option:
        filters = self.choices.filters
        added = {**filters, name: (*filters.get(name, ()), value)}
        query = self.choices.without(name, value) if chosen else self.choices.query(filters=added)
        return Option(value, value_name(self.names, name, value), count, chosen, query)

    def chips(self) -> tuple[Chip, ...]:
        """Return what is chosen, each with the address without it; the search is one of them."""
        chips = [
            Chip(name, value_name(self.names, name, value), self.choices.without(name, value))
            for name, values in self.choices.filters.items()
            for value in values
        ]
        if self.choices.search:
            chips.append(Chip("q", self.choices.search, self.choices.query(search="")))
        return tuple(chips)


def _texts(project: Project) -> tuple[Searched, ...]:
    return searched((project.id, project.title, *(i.name for i in project.indicators)))
