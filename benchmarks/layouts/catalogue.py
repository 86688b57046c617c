"""The layouts by name."""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.layouts import by_numbering, by_shape
from benchmarks.layouts.making import Made

Layout = Callable[[random.Random], Made]

LAYOUTS: dict[str, Layout] = {
    "number goes back": by_numbering.number_goes_back,
    "restart under kind": by_numbering.restart_under_kind,
    "excerpt": by_numbering.excerpt,
    "next strategy": by_numbering.next_strategy,
    "misread numbers": by_numbering.misread,
    "no number": by_numbering.unnumbered,
    "codes": by_numbering.codes,
    "project words": by_numbering.project_words,
    "decimal numbers": by_numbering.decimals,
    "letters": by_numbering.letters,
    "sparse": by_shape.sparse,
    "plan by months": by_shape.plan_months,
    "plan by quarters": by_shape.plan_quarters,
    "quarter sums": by_shape.quarter_sums,
    "plan and result columns": by_shape.side_columns,
    "quarters with results": by_shape.quarters_reported,
    "side by side": by_shape.side_by_side,
    "words in figures": by_shape.words,
    "two languages": by_shape.two_languages,
    "English": by_shape.english,
    "dated months": by_shape.dated_months,
    "several years": by_shape.several_years,
}


def document(name: str, seed: int) -> Made:
    """Return the document ``seed`` of a layout: the same one every time."""
    return LAYOUTS[name](random.Random(f"{name} {seed}"))  # noqa: S311 - the same documents every time
