"""What an entry of the history says of a value, in the words of the screens: never a code or a column's spelling."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from samrit.engine.bands import band_by_code
from samrit.engine.choices import AllotmentSort, MoneyState
from samrit.package.kinds import kind_named
from samrit.package.tables.cells import decimal_of
from samrit.plans.selectors.results.naming import Names
from samrit.plans.selectors.results.traces import HistoryChange
from samrit.plans.selectors.results.year_lines import text_of, title_of
from samrit.vocabulary.dates import format_date
from samrit.vocabulary.narrative import WORDS
from samrit.vocabulary.numbers import format_number
from samrit.vocabulary.terms import label
from samrit.web.words import known, word


def action_said(code: str, language: str) -> str:
    """Return what a history entry's action is called; one without a word is shown as it is."""
    key = f"history.{code.replace('.', '_')}"
    return word(key, language) if known(key) else code


def field_said(name: str, language: str) -> str:
    """Return what a changed field is called; one without a word is shown as it is."""
    key, (kind, _, field) = f"changed.{name}", name.partition(".")
    declared = kind_named(kind) if field else None
    if declared is not None and field in declared.resource.columns:
        return title_of(declared.resource.field(field), language)
    said = next((one for one in WORDS if one.name == name), None)
    if said is not None:
        return said.title(language)
    return word(key, language) if known(key) else name


def value_said(names: Names, change: HistoryChange, name: str, text: str) -> str:
    """Return a value of ``change`` as people read it; what nobody has a word for stays as it is."""
    if not text or change.is_typed:
        return text
    kind, _, own = name.partition(".")
    if own:
        return _of_year(names, change, kind, own, text)
    table = change.action.partition(".")[0]
    told = _TOLD.get((table, name)) or _TOLD.get(("", name))
    return text if told is None else told(names, text)


def _of_year(names: Names, change: HistoryChange, kind: str, own: str, text: str) -> str:
    """Return a cell of one of the year's records as its story tells it."""
    declared, project = kind_named(kind), names.result.plan.project(change.record)
    if declared is None or project is None or own not in {f.name for f in declared.fields}:
        return text
    value = dict(declared.values({own: text}))[own]
    return text_of(names, declared, declared.field(own), value, project) or text


def _figure(_: Names, text: str) -> str:
    number = decimal_of(text)
    return text if number is None else format_number(number, None)


def _day(names: Names, text: str) -> str:
    try:
        return format_date(date.fromisoformat(text), names.language, style="short")
    except ValueError:
        return text


def _month(names: Names, text: str) -> str:
    return names.period(int(text)).name if text.isdigit() and 1 <= int(text) <= 12 else text


def _band(names: Names, text: str) -> str:
    band = band_by_code(text, names.result.ruleset)
    return text if band is None else names.band_name(band)


def _unit(names: Names, text: str) -> str:
    return names.unit(text)


def _money_state(names: Names, text: str) -> str:
    return label(MoneyState(text), names.language) if text in set(MoneyState) else text


def _allotment_sort(names: Names, text: str) -> str:
    return label(AllotmentSort(text), names.language) if text in set(AllotmentSort) else text


def _finding_state(names: Names, text: str) -> str:
    key = f"finding_state.{text}"
    return word(key, names.language) if known(key) else text


def _year_kind(names: Names, text: str) -> str:
    declared = kind_named(text)
    return text if declared is None else declared.title(names.language)


_TOLD: Mapping[tuple[str, str], Callable[[Names, str], str]] = {
    **dict.fromkeys(
        [("", name) for name in ("actual", "numerator", "denominator", "percent", "amount", "size")], _figure
    ),
    **dict.fromkeys([("", name) for name in ("reached_on", "happened_on", "announced_on")], _day),
    ("", "period"): _month,
    ("", "band"): _band,
    ("", "unit_code"): _unit,
    ("money", "state"): _money_state,
    ("allotment", "sort"): _allotment_sort,
    ("finding", "state"): _finding_state,
    ("year", "kind"): _year_kind,
}
