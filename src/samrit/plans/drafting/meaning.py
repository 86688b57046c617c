"""What a person means by a cell that they type or paste: words for codes, names of records, years of any era."""

from __future__ import annotations

import re

from samrit.package.resources import resource_named
from samrit.package.schema import Field, Reference, Resource, Type
from samrit.plans.drafting.document import Standing
from samrit.vocabulary.terms import code_of, everyone, groups, is_everyone
from samrit.vocabulary.text import search_key
from samrit.vocabulary.years import parse_year

NAMES = ("title", "name", "name_en", "text")  # the columns that say what a record is called
LONGEST = 20_000  # characters of a cell
_YES = frozenset({"true", "yes", "y", "ใช่", "✓", "1"})
_NO = frozenset({"false", "no", "n", "ไม่ใช่", "ไม่", "✗", "0"})


def meant(field: Field, typed: str) -> str:
    """Return the text to keep for what was typed into a column: a code for its word, else the text itself, tidied.

    What can't be meant stays as it is typed, for its fault to be beside it.
    """
    text = typed.replace("\r\n", "\n").replace("\r", "\n").strip()
    if field.is_year and (year := parse_year(text).year_be) is not None:
        return str(year)
    if field.kind is Type.FLAG:
        word = text.casefold()
        return "true" if word in _YES else "false" if word in _NO else text
    if field.suggested and text:
        return code_of(text, field.suggested) or text
    if field.allowed and text and text not in field.allowed:
        code = code_of(text, group_of(field))
        return code if code is not None and code in field.allowed else text
    return text


class Named:
    """The records of a draft by what they are called, to be meant by it: "กองฝึกอบรม" for its code."""

    def __init__(self, rows: Standing) -> None:
        self._rows = rows
        self._known: dict[str, tuple[frozenset[str], dict[str, str]]] = {}

    def meant(self, resource: Resource, column: str, text: str) -> str:
        """Return the code of the one record that ``text`` names in a column of references, else the text itself."""
        file = next((r.resource for r in references_of(resource) if r.fields == (column,)), "")
        if not text or not file:
            return text
        codes, names = self._of(file)
        if file == "units" and text not in codes and is_everyone(text):
            return everyone()
        return text if text in codes else names.get(search_key(text), text)

    def _of(self, file: str) -> tuple[frozenset[str], dict[str, str]]:
        if file not in self._known:
            key = resource_named(file).key[-1]
            own = [row.cells for row in self._rows[file].values() if not row.is_removed and row.cells.get(key)]
            called = [(cells[name], cells[key]) for cells in own for name in NAMES if cells.get(name)]
            if file == "units":
                aliases = (row.cells for row in self._rows["unit_aliases"].values() if not row.is_removed)
                called += [(cells.get("alias", ""), cells.get("unit", "")) for cells in aliases]
            found: dict[str, set[str]] = {}
            for name, code in called:
                found.setdefault(search_key(name), set()).add(code)
            names = {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}
            self._known[file] = frozenset(cells[key] for cells in own), names
        return self._known[file]


def references_of(resource: Resource) -> tuple[Reference, ...]:
    """Return the columns of a file that name records, units too, which a package names loosely."""
    loose = resource.name in {"project_units", "monthly", "sites", "budgets"}
    return (*resource.references, *((Reference(("unit",), "units", ("code",)),) if loose else ()))


def group_of(field: Field) -> str:
    """Return the group of words that a column of choices takes its labels from, "" where there is none."""
    named = field.suggested or (field.name if field.allowed else "")
    if field.choices is not None:
        named = re.sub(r"(?<!^)(?=[A-Z])", "_", field.choices.__name__).lower()
    return named if named in groups() else ""
