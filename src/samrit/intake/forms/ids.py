"""Ids that were left empty in a form, and rows that name a work or indicator which the form does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from samrit.intake.forms.rows import FormRow
from samrit.intake.grid import GridCell
from samrit.intake.headings import key
from samrit.vocabulary.findings import Finding, Place

_BELOW_WORKS = ("indicators", "sites", "budgets")
_OF_INDICATORS = ("breakdowns", "cards", "levels", "monthly", "targets")
_MEASURES = frozenset({"monthly"})  # that also name the categories of breakdowns


def complete_ids(rows: Mapping[str, Sequence[FormRow]]) -> list[Finding]:
    """Give works, indicators and sites without an id one, and tell rows whose work or indicator is not there.

    A work is named by its id, its title, or its number where only one has it; a row
    that names none belongs to the work of the row above.
    """
    works = rows.get("works", ())
    used = {row.text("id") for row in works if row.text("id")}
    for order, row in enumerate(works, 1):
        if not row.text("id"):
            number = row.text("number") or str(order)
            parts = [part for part in (row.text("fund"), row.text("strategy"), number) if part]
            _put(row, "id", _unused("-".join(parts), used))
    findings = list(_sharing(works, used))
    for table in _BELOW_WORKS:
        findings.extend(_joined(rows.get(table, ()), works, used))
    indicators = {row.text("id") for row in rows.get("indicators", ())}
    categories = _categories(rows.get("breakdowns", ()), set(indicators))
    findings.extend(
        _unknown(row, "indicator")
        for table in _OF_INDICATORS
        for row in rows.get(table, ())
        if row.text("indicator") not in (indicators | categories if table in _MEASURES else indicators)
    )
    return findings


def _sharing(works: Sequence[FormRow], ids: set[str]) -> Iterator[Finding]:
    """Name by its id the work that another shares its goal and steps with; yield the rows where it is not there."""
    names = _names(works)
    for row in works:
        named = row.text("shares_with")
        work = named if named in ids else names.get(key(named), "")
        if named and not work:
            yield _unknown(row, "shares_with")
        _put(row, "shares_with", work)


def _categories(rows: Iterable[FormRow], used: set[str]) -> set[str]:
    """Give each category of a breakdown without an id one, counted within its indicator, and return all (BD1)."""
    counts: dict[str, int] = {}
    made = set()
    for row in rows:
        whole = row.text("indicator")
        counts[whole] = counts.get(whole, 0) + 1
        _put(row, "id", row.text("id") or _unused(f"{whole}.{counts[whole]}", used))
        made.add(row.text("id"))
    return made


def _joined(rows: Iterable[FormRow], works: Sequence[FormRow], ids: set[str]) -> Iterator[Finding]:
    """Name the work of each row by its id; yield the rows whose work is not there."""
    names = _names(works)
    above, used, counts = "", set[str](), dict[str, int]()
    for row in rows:
        named = row.text("work") or above
        work = named if named in ids else names.get(key(named), "")
        if not work:
            yield _unknown(row, "work")
            continue
        above = work
        _put(row, "work", work)
        counts[work] = counts.get(work, 0) + 1
        own = row.text("id") or _unused(f"{work}.{row.text('number') or counts[work]}", used)
        _put(row, "id", own)
        used.add(own)


def _names(works: Sequence[FormRow]) -> dict[str, str]:
    """Return what else than its id names a work: its title, and its number where no other work has it."""
    names: dict[str, list[str]] = {}
    for row in works:
        for name in (row.text("title"), row.text("number")):
            if name:
                names.setdefault(key(name), []).append(row.text("id"))
    return {name: found[0] for name, found in names.items() if len(found) == 1}


def _unused(base: str, used: set[str]) -> str:
    made, letter = base, "a"
    while made in used:
        letter = chr(ord(letter) + 1)
        made = f"{base}{letter}"
    used.add(made)
    return made


def _put(row: FormRow, code: str, text: str) -> None:
    if row.text(code) != text:
        first = next(iter(row.cells.values()), GridCell(""))
        row.cells[code] = GridCell(text, first.line, first.name)


def _unknown(row: FormRow, code: str) -> Finding:
    cell = row.cells.get(code) or next(iter(row.cells.values()), GridCell(""))
    place = Place(row.grid.document, row.grid.page, cell.line, cell.name)
    return Finding("intake_form_row_without_owner", place, {"text": row.text(code) or "–", "sheet": row.grid.sheet})
