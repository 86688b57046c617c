"""The rows that a proposed work becomes in a draft: what the division changed meanwhile stands, and is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from samrit.package.tables.cells import format_cell
from samrit.plans.drafting.document import Standing, StandingRow
from samrit.plans.drafting.indicator import months_of
from samrit.plans.drafting.proposals.cells import (
    ID,
    MEASURE,
    TARGET,
    WAY,
    WORK,
    Cells,
    as_it_stands,
    numbers_in,
    row_of,
    rows_of,
    target_of,
)
from samrit.plans.drafting.spreading import SpreadWay, spread
from samrit.plans.drafting.tree.moving import next_number, suggested_code
from samrit.plans.drafting.tree.numbering import RowEdit
from samrit.vocabulary.figures import parse_figure
from samrit.vocabulary.numbers import whole

# What an indicator is measured by where its unit says nothing else; the division sees it in the draft.
_USUAL = {"aggregation": "sum", "direction": "higher", "entry_basis": "month", "formula": "ratio"}


class Taking:
    """A proposed work on its way into a draft; ``changes`` are the rows to save, ``clashes`` the cells left alone."""

    def __init__(self, rows: Standing, unit: str, *, work: str, base: Cells, cells: Cells) -> None:
        self.rows, self.unit, self.base, self.cells = rows, unit, base, cells
        self.now = as_it_stands(rows, work)
        self.is_new = not work or not self.now
        self.work = work if not self.is_new else self._code()
        self.clashes: list[str] = []
        self.borne = {row.cells.get("id", "") for row in rows["indicators"].values() if not row.is_removed}
        self.numbers = {row.cells.get("number", "") for row in rows_of(rows, "indicators", "project", self.work)}
        self.changes: list[RowEdit] = list(self._new() if self.is_new else self._changed())
        for number in numbers_in(cells):
            self.changes += self._measure(number)

    def _code(self) -> str:
        place = tuple(self.cells.get(name, "") for name in ("strategy", "tactic", "programme"))
        return suggested_code(self.rows, "projects", (place[0], place[1], place[2]))

    def _new(self) -> Iterator[RowEdit]:
        own = {name: self.cells[name] for name in WORK if self.cells.get(name)}
        yield RowEdit("projects", None, {**own, "id": self.work, "number": str(next_number(self.rows, own))})
        yield RowEdit("project_units", None, {"project": self.work, "unit": self.unit})
        yield from self._steps()
        if money := self._money():
            yield RowEdit("budgets", None, {"project": self.work, **money})

    def _changed(self) -> Iterator[RowEdit]:
        row = row_of(self.rows, "projects", self.work)
        mine = self._mine(WORK)
        if row is not None and mine:
            yield RowEdit("projects", row.number, mine)
        if self._mine(("steps",)):
            for step in rows_of(self.rows, "steps", "project", self.work):
                yield RowEdit("steps", step.number, {}, is_removed=True)
            yield from self._steps()
        if self._mine(("budget", "budget_source")):
            own = [r for r in rows_of(self.rows, "budgets", "project", self.work) if not r.cells.get("unit")]
            if len(own) > 1:  # which of them it is, nobody said
                self.clashes.append("budget")
                return
            yield RowEdit("budgets", own[0].number if own else None, {"project": self.work, **self._money()})

    def _steps(self) -> Iterator[RowEdit]:
        lines = [line.strip() for line in self.cells.get("steps", "").splitlines()]
        for order, line in enumerate(filter(None, lines), 1):
            yield RowEdit("steps", None, {"project": self.work, "order": str(order), "text": line})

    def _money(self) -> dict[str, str]:
        amount, source = self.cells.get("budget", "").replace(",", ""), self.cells.get("budget_source", "")
        return {name: text for name, text in (("amount", amount), ("funding_source", source)) if text}

    def _mine(self, names: tuple[str, ...], prefix: str = "", now: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return the cells that the unit changed; one that the draft has otherwise by now clashes, and is left out."""
        found = {}
        for name in names:
            cell = prefix + name
            base, mine = self.base.get(cell, ""), self.cells.get(cell, "")
            stands = (self.now if now is None else now).get(cell if now is None else name, "")
            if mine in (base, stands):
                continue
            if stands != base:
                self.clashes.append(cell)
            else:
                found[name] = mine
        return found

    def _measure(self, number: int) -> Iterator[RowEdit]:
        prefix, name = f"{number}.", self.cells.get(f"{number}.{ID}", "")
        row = row_of(self.rows, "indicators", name) if name else None
        if row is None:
            yield from self._new_measure(number)
            return
        changed = self._mine(MEASURE, prefix, row.cells)
        if changed:
            yield RowEdit("indicators", row.number, changed)
        target = target_of(self.rows, name)
        stands = {TARGET: target.cells.get("value", "")} if target is not None else {}
        if aimed := self._mine((TARGET,), prefix, stands):
            yield self._aim(name, target, aimed[TARGET], {**row.cells, **changed}.get("direction", ""))
        if self.cells.get(prefix + WAY):
            yield from self._months(number, name)

    def _new_measure(self, number: int) -> Iterator[RowEdit]:
        own = {name: text for name in MEASURE if (text := self.cells.get(f"{number}.{name}", ""))}
        at = number
        while str(at) in self.numbers or f"{self.work}.{at}" in self.borne:
            at += 1
        name = f"{self.work}.{at}"
        self.borne.add(name)
        self.numbers.add(str(at))
        cells = {**_USUAL, **own}
        yield RowEdit("indicators", None, {**cells, "id": name, "project": self.work, "number": str(at)})
        if aim := self.cells.get(f"{number}.{TARGET}"):
            yield self._aim(name, None, aim, cells["direction"])
        yield from self._months(number, name)

    def _aim(self, indicator: str, row: StandingRow | None, text: str, direction: str) -> RowEdit:
        if row is not None:
            return RowEdit("targets", row.number, {"value": _written(text)})
        plan = next((r.cells for r in self.rows["plan"].values() if not r.is_removed), {})
        cells = {
            "indicator": indicator,
            "year_be": plan.get("year_be", ""),
            "comparator": "le" if direction == "lower" else "ge",
            "value": _written(text),
        }
        return RowEdit("targets", None, cells)

    def _months(self, number: int, indicator: str) -> Iterator[RowEdit]:
        """Spread the year's figure over the months in which the work runs, over the indicator's own plan.

        A target that the division has otherwise by now keeps its months, and so does a plan by unit or over several
        months: whose share of it the figure is, nobody said.
        """
        total = parse_figure(self.cells.get(f"{number}.{TARGET}", ""))
        ways = {way.value: way for way in SpreadWay}
        if not isinstance(total, Decimal):
            return
        planned = spread(
            total, ways.get(self.cells.get(f"{number}.{WAY}", ""), SpreadWay.EQUAL), months_of(self.cells), {}
        )
        months = rows_of(self.rows, "monthly", "indicator", indicator)
        is_shared = any(r.cells.get("unit") or r.cells.get("span", "1") not in ("", "1") for r in months)
        if is_shared or f"{number}.{TARGET}" in self.clashes:
            self.clashes.append(f"{number}.{WAY}")
            return
        own = {whole(r.cells.get("period"), 0): r for r in months}
        for period in range(1, 13):
            row, text = own.get(period), format_cell(planned[period]) if period in planned else ""
            if row is not None:
                yield RowEdit("monthly", row.number, {"planned": text})
            elif text:
                yield RowEdit(
                    "monthly", None, {"indicator": indicator, "period": str(period), "span": "1", "planned": text}
                )


def _written(text: str) -> str:
    """Return a target as the package writes it: "1,200" → "1200"."""
    figure = parse_figure(text)
    return format_cell(figure) if isinstance(figure, Decimal) else text
