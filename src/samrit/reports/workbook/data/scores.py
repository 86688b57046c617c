"""The sheets of scores above the works, and of units: each from what is below it by its weight, live (RU5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO, divide
from samrit.engine.model import Project, Strategy, Tactic, Unit
from samrit.engine.overall import Overall, ScorePart, Scores, scores
from samrit.engine.results import ProjectResult
from samrit.engine.ruleset import Band, Method
from samrit.engine.weighting import weights_given
from samrit.reports.workbook.data import formulas
from samrit.reports.workbook.writing.bands import band_label, band_limits, band_order
from samrit.reports.workbook.writing.book import Book
from samrit.reports.workbook.writing.layout import DataSheet, LiveFormula, Value
from samrit.vocabulary.terms import label

_NUMBERS = '">-1E+300"'


@dataclass(frozen=True, slots=True)
class _Row:
    """One part of the plan under what is above it: ``id`` and ``above`` are what formulas find each other by."""

    id: str
    above: str
    part: ScorePart
    weight: Decimal | None  # as used among its siblings, before those without a figure leave (WE2)
    own: Overall | None  # None for a work


class ScoresSheet:
    """Writes the plan's score and each strategy with what is below it, then units; nothing for a plan without scores.

    A unit's works weigh what they weigh in the plan: their share of its score, worked out from the top down.  Units
    have a sheet of their own, since a column cannot be summed up while some of it hangs on the sum.
    """

    def __init__(self, book: Book, projects: DataSheet) -> None:
        self.book, self.projects = book, projects
        self._results = {r.project.id: (at, r) for at, r in enumerate(book.result.projects)}
        self._found = scores(book.result)
        self._rows: list[_Row] = []
        self._shared: dict[str, int] = {}  # rows that make the plan's score, by id
        self._shares: dict[str, Decimal] = {}

    def write(self) -> None:
        """Write the sheets, where there are scores."""
        if self._found is None:
            return
        rows = list(_rows(self._found))
        self._shared, self._shares = _in_plan(rows), _shares(rows)
        plan = self._written("scores", "sc", rows, None)
        if self._found.units:
            self._written("unit_scores", "us", list(_unit_rows(self._found)), plan)

    def _written(self, code: str, prefix: str, rows: list[_Row], plan: DataSheet | None) -> DataSheet:
        """Write one sheet; ``plan`` is the one that units take their works' shares from."""
        # Formulas find each other by numbers: text would be compared as a pattern.
        self._numbers = {row.id: number for number, row in enumerate(rows, 1) if row.own is not None}
        c = self.book.column
        columns = [
            c("score_id", 12, helper=True),
            c("score_above", 12, helper=True),
            c("score_level", 14),
            c("score_of", 56, "wrap"),
            c("part_weight_given", 12, "figure"),
            c("part_weight", 12, "figure"),
            c("part_figure", 13, "percent"),
            c("part_product", 12, "helper", helper=True),
            *(() if plan else (c("part_share", 12, "helper", helper=True),)),
            c("part_band_no", 7, "helper", helper=True),
            c("part_band", 16, "band"),
        ]
        sheet = self.book.add(code, columns, len(rows), prefix=prefix, frozen="score_of")
        for at, row in enumerate(rows):
            values = self._values(sheet, at, row)
            if plan is None and self._shared.get(row.id) == at:
                values["part_share"] = self._share(sheet, at, row)
            if plan is not None and row.id in self._shared:
                share = plan.among("part_share", self._shared[row.id], self._shared[row.id])
                values["part_weight_given"] = LiveFormula(share, row.part.given)
            self.book.put(sheet, at, values)
        return sheet

    def _values(self, sheet: DataSheet, at: int, row: _Row) -> dict[str, Value]:
        cell, figure = sheet.cell, row.part.figure if row.own is None else row.own.figure
        weight, band = row.weight, self._band(row)
        values: dict[str, Value] = {
            "score_id": at + 1,
            "score_above": self._numbers.get(row.above),
            "score_level": label(row.part.level, self.book.language, "score_level"),
            "score_of": self._name(row.part),
            "part_weight_given": row.part.given,
            "part_figure": LiveFormula(self._work(row) if row.own is None else self._mean(sheet, at), figure),
        }
        if row.above:
            product = None if figure is None or weight is None else weight * figure
            values["part_weight"] = LiveFormula(self._weight(sheet, at), weight)
            values["part_product"] = LiveFormula(
                f'IF(ISNUMBER({cell("part_figure", at)}),{cell("part_weight", at)}*{cell("part_figure", at)},"")',
                product,
            )
        if row.own is not None and self.book.result.ruleset.method is not Method.TRANSPARENCY:
            limits, bands = band_limits(self.book.result.ruleset), self.book.result.ruleset.bands
            own, number = cell("part_figure", at), cell("part_band_no", at)
            live = f'IF(ISNUMBER({own}),{formulas.band(own, limits)},"")'
            values["part_band_no"] = LiveFormula(live, band_order(band, bands))
            shown = band_label(band, self.book.language) if band else None
            values["part_band"] = LiveFormula(f'IF(ISNUMBER({number}),INDEX(band_label,{number}),"")', shown)
        return values

    def _share(self, sheet: DataSheet, at: int, row: _Row) -> Value:
        """Return how much of the plan's score a part is, in percent: nothing where it has no figure."""
        if not row.above:
            return HUNDRED
        above = sheet.cell("part_share", self._shared[row.above])
        mine = f"{sheet.name('score_above')},{sheet.cell('score_above', at)},{sheet.name('part_figure')},{_NUMBERS}"
        every = f"SUMIFS({sheet.name('part_weight')},{mine})"
        own, weight = sheet.cell("part_figure", at), sheet.cell("part_weight", at)
        return LiveFormula(
            f"IF(ISNUMBER({own})*({every}<>0),{above}*{weight}/{every},0)", self._shares.get(row.id, ZERO)
        )

    def _band(self, row: _Row) -> Band | None:
        return None if row.own is None else row.own.band

    def _mean(self, sheet: DataSheet, at: int) -> str:
        """Return the weighted mean of what has a figure below one part: Σ weight × figure ÷ Σ weight."""
        mine = f"{sheet.name('score_above')},{sheet.cell('score_id', at)}"
        below = f"SUMIFS({sheet.name('part_weight')},{mine},{sheet.name('part_figure')},{_NUMBERS})"
        return f'IF({below}=0,"",SUMIFS({sheet.name("part_product")},{mine})/{below})'

    def _weight(self, sheet: DataSheet, at: int) -> str:
        """Return the weight in use: as given; what is blank shares the rest of 100; all blank or 0 share equally."""
        above, given = sheet.name("score_above"), sheet.name("part_weight_given")
        mine, own = f"{above},{sheet.cell('score_above', at)}", sheet.cell("part_weight_given", at)
        every, some = f"COUNTIFS({mine})", f"COUNTIFS({mine},{given},{_NUMBERS})"
        rest = f"MAX(100-SUMIFS({given},{mine}),0)/MAX({every}-{some},1)"
        return f'IF(COUNTIFS({mine},{given},"<>0",{given},{_NUMBERS})=0,100/{every},IF(ISNUMBER({own}),{own},{rest}))'

    def _work(self, row: _Row) -> str:
        """Return a work's own figure once it counts; a line that measures a part of the plan always does."""
        at, result = self._results[row.part.key]
        figure = self.projects.among("score" if self.book.by_points else "percent", at, at)
        if result.project.level:
            return f'IF(ISNUMBER({figure}),{figure},"")'
        return f'IF(({self.projects.among("counts", at, at)}=1)*ISNUMBER({figure}),{figure},"")'

    def _name(self, part: ScorePart) -> str:
        plan, voice = self.book.result.plan, self.book.voice
        if part.level == "plan":
            return self.book.title
        if part.level == "work":
            project: Project = self._result(part).project
            return f"{project.id} {project.title}"
        items: dict[str, Sequence[Strategy | Tactic | Unit]] = {
            "strategy": plan.strategies,
            "tactic": plan.tactics,
            "unit": plan.units,
        }
        named = next((item for item in items[part.level] if item.code == part.key), None)
        number = named.printed if isinstance(named, Tactic) else part.key
        return f"{number} {voice.name(named.name, named.name_en) if named else ''}".strip()

    def _result(self, part: ScorePart) -> ProjectResult:
        return self._results[part.key][1]


def _rows(found: Scores) -> Iterator[_Row]:
    """Yield the plan, then what each score is made of, in the order in which pages list it."""
    told = {("plan", "")}
    yield from _below(found, found.plan, "", _as_part(found.plan), None, told)
    for row in found.rows():
        if (row.level, row.key) not in told:  # where every score is made of works alone
            yield from _below(found, row, "", _as_part(row), None, told)


def _unit_rows(found: Scores) -> Iterator[_Row]:
    """Yield each unit with the works that it leads."""
    for row in found.units:
        yield from _below(found, row, "", _as_part(row), None, set())


def _in_plan(rows: Sequence[_Row]) -> dict[str, int]:
    """Return the rows that make the plan's score, each below what it is part of, by their id."""
    found: dict[str, int] = {}
    for at, row in enumerate(rows):
        if row.id == "plan:" or row.above in found:
            found.setdefault(row.id, at)
    return found


def _shares(rows: Sequence[_Row]) -> dict[str, Decimal]:
    """Return the share of the plan's score, in percent, of each part that has a figure."""
    found = {"plan:": HUNDRED}
    for row in rows:
        parts = row.own.parts if row.own is not None and row.id in found else ()
        every = sum((p.weight for p in parts if p.weight is not None), ZERO)
        for part in parts:
            if part.weight is not None and every:
                found.setdefault(f"{part.level}:{part.key}", divide(found[row.id] * part.weight, every))
    return found


def _below(  # noqa: PLR0917 - one row of a walk
    found: Scores, row: Overall, above: str, part: ScorePart, weight: Decimal | None, told: set[tuple[str, str]]
) -> Iterator[_Row]:
    own = f"{row.level}:{row.key}"
    told.add((row.level, row.key))
    yield _Row(own, above, part, weight, row)
    used = weights_given([p.given for p in row.parts])
    for below, given in zip(row.parts, used, strict=True):
        if below.level == "work":
            yield _Row(f"work:{below.key}", own, below, given, None)
        else:
            yield from _below(found, found.of(below.level, below.key), own, below, given, told)


def _as_part(row: Overall) -> ScorePart:
    return ScorePart(row.level, row.key, row.figure, None, HUNDRED)
