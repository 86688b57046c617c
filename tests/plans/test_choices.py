"""The address of the plan page: read without trust, written back the same."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from samrit.plans.selectors.work.choices import COLUMNS, SHOWN_FIRST, Choices, choices_from


def read(query: str) -> Choices:
    return choices_from(parse_qs(query, keep_blank_values=True))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "strategy=2&band=improve&band=low",
        "q=%E0%B8%AD%E0%B8%9A%E0%B8%A3%E0%B8%A1&sort=-percent",
        "fund=SSF&col=band&col=budget&page=3&month=9",
        "sort=-number",
        "col=",
    ],
)
def test_choices_written_and_read_again_are_the_same(query: str) -> None:
    chosen = read(query)
    assert read(chosen.query(page=chosen.page)) == chosen


@pytest.mark.parametrize(
    "query", ["page=0", "page=-3", "page=๓", "page=99999999999", "page=x", "sort=password", "sort=-", "col=evil", "x=1"]
)
def test_what_an_address_says_wrongly_is_left_out(query: str) -> None:
    chosen = read(query)
    assert (chosen.page, chosen.order) == (1, "number")
    assert set(chosen.columns) <= set(COLUMNS)


def test_no_choice_shows_the_usual_columns_and_an_empty_one_shows_none() -> None:
    assert read("").columns == SHOWN_FIRST
    assert read("col=").columns == ()


def test_a_chip_takes_away_only_its_own_value() -> None:
    chosen = read("band=improve&band=low&fund=SSF&page=2")
    left = read(chosen.without("band", "low"))
    assert (dict(left.filters), left.page) == ({"band": ("improve",), "fund": ("SSF",)}, 1)


def test_sorting_twice_turns_the_order_round() -> None:
    once = read(read("").sorted_by("percent"))
    twice = read(once.sorted_by("percent"))
    assert [(c.order, c.descending) for c in (once, twice)] == [("percent", False), ("percent", True)]


def test_nothing_harmful_survives_in_the_query() -> None:
    chosen = read('band="><script>&q=%00x')
    assert "<" not in chosen.query()
    assert "\0" not in chosen.search
