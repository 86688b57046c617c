"""AC8: what is due is read from totals where they say it, and comes to the same as from the entries."""

from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.engine.indicators.coverage import due_figures, due_of_totals
from samrit.engine.indicators.mergers import successors_of
from samrit.engine.indicators.totals import Side, indicator_total
from samrit.engine.model import Aggregation, Consolidation, Entry, Indicator, Mark
from tests.engine.random_plans import UNITS, random_office, random_plan

FIGURES = st.sampled_from([Mark.BLANK, Mark.NOTHING, Decimal(0), Decimal(5)])


def both_ways(indicator, as_of, successors):
    totals = tuple(indicator_total(indicator, side, as_of, successors) for side in Side)
    return due_of_totals(indicator, as_of, successors, totals), due_figures(indicator, as_of, successors)


def test_the_short_way_finds_what_the_long_way_finds_in_plans_of_every_kind():
    seen = 0
    for seed, make in product(range(60), (random_plan, random_office)):
        plan = make(seed)
        successors = successors_of(plan.units, plan.year_be, plan.calendar)
        for indicator in (i for project in plan.projects for i in project.indicators):
            short, long = both_ways(indicator, 12 if seed % 2 else seed % 12, successors)
            assert short == long, (plan.id, indicator.id)
            seen += bool(long.planned)
    assert seen > 100


@st.composite
def indicators(draw):
    """A few figures of few units in few months, so that they cover, double and miss one another."""
    entries = []
    units = draw(st.sampled_from([[""], ["A"], ["A", ""], ["A", "B"], ["A", "C"], ["", "A", "B"]]))
    for _ in range(draw(st.integers(0, 5))):
        period, unit = draw(st.integers(1, 3)), draw(st.sampled_from(units))
        parts = {name: draw(FIGURES) for name in ("planned", "actual")}
        entries.append(Entry(period, span=draw(st.integers(1, period)), unit=unit, **parts))
    how, over = draw(st.sampled_from(Aggregation)), draw(st.sampled_from([None, *Consolidation]))
    return Indicator("I", 1, "ตัวชี้วัด", entries=tuple(entries), aggregation=how, consolidation=over)


@given(indicators(), st.integers(0, 4))
@settings(max_examples=400)
def test_the_short_way_finds_what_the_long_way_finds_of_any_figures(indicator, as_of):
    short, long = both_ways(indicator, as_of, successors_of(UNITS, 2568, "calendar"))
    assert short == long
