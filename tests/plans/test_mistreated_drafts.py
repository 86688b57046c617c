"""Whatever stands in a draft's tables, it is read, its faults are told, and every page of it is shown: never a 500."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from samrit.package.resources import RESOURCES
from samrit.package.rows import Files, TypedRow, typed
from samrit.plans.drafting.document import Standing, StandingRow
from samrit.plans.drafting.indicator import indicator_page
from samrit.plans.drafting.naming import LONGEST, is_name
from samrit.plans.drafting.overview import overview
from samrit.plans.drafting.reading import reading_of
from samrit.plans.drafting.table import draft_table
from tests.plans.random_rows import NASTY, mistreated, whole_plan


def looked_at(files: Files) -> bool:
    """Look at everything that a draft shows; say whether its rows make a plan."""
    rows: Standing = {name: {r.number: StandingRow(r.number, r.cells) for r in own} for name, own in files.items()}
    reading = reading_of(rows)
    shown = overview(reading, "th")
    assert shown.errors == len(reading.errors)
    for resource in RESOURCES:
        draft_table(reading, resource.name, "en", all_columns=True)
    for row in rows["indicators"].values():
        if row.cells.get("id"):
            indicator_page(reading, row.cells["id"], "th")
    return reading.package is not None


@pytest.mark.parametrize("seed", range(40))
def test_anything_typed_anywhere_is_read_and_shown(seed: int) -> None:
    looked_at(mistreated(seed))


def one_cell_each() -> Iterator[tuple[str, str]]:
    base = typed(whole_plan(0))
    yield from ((r.name, column) for r in RESOURCES if base[r.name] for column in r.columns)


def test_the_worst_numbers_in_any_column_are_read_and_shown() -> None:
    base = typed(whole_plan(0))
    plans = 0
    for at, (name, column) in enumerate(one_cell_each()):
        text = ("9" * 30, "-" + "9" * 38, "0." + "0" * 30 + "1")[at % 3]
        first, *rest = base[name]
        plans += looked_at({**base, name: (TypedRow(first.number, {**first.cells, column: text}), *rest)})
    assert plans > 20, "most of these columns take a number or any text"


@pytest.mark.parametrize(
    ("method", "bands", "code"),
    [
        ("M-A", 0, "package_ruleset_without_bands"),
        ("M-E", 4, "package_ruleset_not_five"),
        ("M-E", 6, "package_ruleset_not_five"),
        ("M-E", 0, "package_ruleset_without_bands"),
        ("M-A", 1, ""),
        ("M-E", 5, ""),
    ],
)
def test_a_rule_set_needs_bands_and_the_transparency_assessment_five(method: str, bands: int, code: str) -> None:
    base = typed(whole_plan(0))
    (rules,) = base["rulesets"]
    made = tuple(
        TypedRow(n, {**base["bands"][0].cells, "order": str(n), "code": f"b{n}", "upper": str(n)})
        for n in range(1, bands + 1)
    )
    files = {**base, "rulesets": (TypedRow(1, {**rules.cells, "method": method}),), "bands": made}
    rows: Standing = {name: {r.number: StandingRow(r.number, r.cells) for r in own} for name, own in files.items()}
    reading = reading_of(rows)
    told = {f.code for f in reading.errors if f.code.startswith("package_")}
    assert told == ({code} if code else set())
    assert (reading.trial is None) == bool(code)
    assert looked_at(files) == (not code)


@pytest.mark.parametrize("text", ["ก/ข", "a\\b", "a\nb", "a\rb", "\x01", "a\u200b", ".", "..", "x" * 61, ""])
def test_what_cannot_stand_in_an_address_or_a_column_is_no_name(text: str) -> None:
    assert not is_name("projects", text)
    base = typed(whole_plan(0))
    first, *rest = base["projects"]
    files = {**base, "projects": (TypedRow(first.number, {**first.cells, "id": text}), *rest)}
    rows: Standing = {name: {r.number: StandingRow(r.number, r.cells) for r in own} for name, own in files.items()}
    assert ("draft_name_wrong" in {f.code for f in reading_of(rows).errors}) == bool(text)


@pytest.mark.parametrize("text", ["P1", "S2-75.5", "กฝ.", "โครงการ ที่ 1", "a?b#c%", "x" * LONGEST["projects"]])
def test_an_ordinary_name_is_one(text: str) -> None:
    assert is_name("projects", text)


def test_the_texts_are_as_bad_as_they_say() -> None:
    assert {len(text) > 10_000 for text in NASTY} == {True, False}
    assert any("/" in text for text in NASTY)
    assert any("\n" in text for text in NASTY)
