"""The choices of the plan page as an address holds them: filters, search, order, columns, page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from samrit.vocabulary.numbers import whole

_PLACES = ("fund", "strategy", "tactic", "programme")
FILTERS = (*_PLACES, "kind", "unit", "lead", "region", "band", "state", "money", "source", "link", "group")
COLUMNS = ("unit", "course", "percent", "band", "lowest", "forecast", "state", "budget", "spent")
SHOWN_FIRST = ("unit", "course", "percent", "band", "forecast", "state")
ORDERS = ("number", "title", "unit", "percent", "lowest", "band", "forecast", "budget", "spent")
PAGE_SIZE = 50
_MOST_VALUES = 40


@dataclass(frozen=True, slots=True)
class Choices:
    """What a reader chose; every part has a default, and whatever an address says wrongly is left out."""

    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    search: str = ""
    order: str = "number"
    descending: bool = False
    columns: tuple[str, ...] = SHOWN_FIRST
    page: int = 1
    month: str = ""

    def query(self, **changes: object) -> str:
        """Return the address's query of these choices with some changed; the page is only kept where it is given."""
        changed = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        parts: list[tuple[str, str]] = [(name, v) for name, values in changed.filters.items() for v in values]
        if changed.search:
            parts.append(("q", changed.search))
        if changed.order != "number" or changed.descending:
            parts.append(("sort", ("-" if changed.descending else "") + changed.order))
        if changed.columns != SHOWN_FIRST:
            parts += [("col", column) for column in changed.columns] or [("col", "")]
        if changed.page > 1:
            parts.append(("page", str(changed.page)))
        if changed.month:
            parts.append(("month", changed.month))
        return urlencode(parts)

    def without(self, name: str, value: str) -> str:
        """Return the query with one filter's value taken away."""
        left = tuple(v for v in self.filters.get(name, ()) if v != value)
        rest = {k: v for k, v in self.filters.items() if k != name}
        return self.query(filters={**rest, name: left} if left else rest)

    def with_only(self, **values: str) -> str:
        """Return the query with these filters set to one value each, or taken away where the value is empty."""
        kept = {k: v for k, v in self.filters.items() if k not in values}
        return self.query(filters={**kept, **{k: (v,) for k, v in values.items() if v}})

    def sorted_by(self, order: str) -> str:
        """Return the query that sorts by ``order``, the other way round when it is the order already."""
        return self.query(order=order, descending=order == self.order and not self.descending)


def choices_from(values: Mapping[str, Iterable[str]]) -> Choices:
    """Return the choices in an address's query: a name and its values each."""
    texts = {name: [v[:200] for v in given if "\0" not in v][:_MOST_VALUES] for name, given in values.items()}
    filters = {name: tuple(dict.fromkeys(v for v in texts.get(name, ()) if v)) for name in FILTERS}
    sort = _last(texts, "sort")
    order = sort.removeprefix("-")
    asked = texts.get("col")
    columns = SHOWN_FIRST if asked is None else tuple(c for c in COLUMNS if c in asked)
    return Choices(
        {name: chosen for name, chosen in filters.items() if chosen},
        _last(texts, "q").strip(),
        order if order in ORDERS else "number",
        order in ORDERS and sort.startswith("-"),
        columns,
        max(whole(_last(texts, "page"), 1), 1),
        _last(texts, "month"),
    )


def _last(texts: Mapping[str, list[str]], name: str) -> str:
    return (texts.get(name) or [""])[-1]
