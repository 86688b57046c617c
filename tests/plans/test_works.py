"""The plan page's context: filters, tree, order, columns, pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs

import pytest

from samrit.engine.model import Tactic
from samrit.plans.evaluation import memory
from samrit.plans.models import Plan, Unit
from samrit.plans.selectors.results.look import look
from samrit.plans.selectors.work.choices import PAGE_SIZE, choices_from
from samrit.plans.selectors.work.works import Works, every_row, works
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan


def page(plan: Plan, query: str = "", month: int = 9) -> Works:
    seen = look(plan, month=month, today=date(2026, 1, 1))
    return works(seen, choices_from(parse_qs(query, keep_blank_values=True)))


def ids(shown: Works) -> list[str]:
    return [row.id for row in shown.rows]


def test_all_works_stand_in_plan_order_over_pages(sso: Plan) -> None:
    shown = page(sso)
    assert (shown.found, shown.of, shown.first, shown.last) == (235, 235, 1, PAGE_SIZE)
    last = page(sso, "page=5")
    assert (last.first, last.last, len(last.rows)) == (201, 235, 35)
    assert ids(page(sso, "page=999")) == ids(last)


@pytest.mark.parametrize("name", ["fund", "strategy", "tactic", "programme", "kind", "unit", "band", "state"])
def test_every_option_leaves_as_many_works_as_it_says(sso: Plan, name: str) -> None:
    options = next(f for f in page(sso).filters if f.name == name).options
    for option in options[:8]:
        assert page(sso, option.query).found == option.count > 0


def test_filters_of_one_kind_widen_and_of_several_kinds_narrow(sso: Plan) -> None:
    red, orange = page(sso, "band=improve").found, page(sso, "band=low").found
    assert page(sso, "band=improve&band=low").found == red + orange
    assert page(sso, "band=improve&fund=SSF").found < red


def test_a_region_is_the_registers(sso: Plan) -> None:
    lead = page(sso).rows[0]
    unit = next(f for f in page(sso, "q=" + lead.id).filters if f.name == "unit").options[0]
    Unit.objects.filter(code=unit.value).update(region="ภาคเหนือ")
    memory.forget()
    assert lead.id in ids(page(sso, "region=ภาคเหนือ"))


def test_works_without_a_figure_stand_last_whichever_way_one_sorts(sso: Plan) -> None:
    for sort in ("percent", "-percent", "forecast", "-budget", "lowest"):
        rows = every_row(look(sso, month=9, today=date(2026, 1, 1)), choices_from({"sort": [sort]}))
        values = [r.budget if "budget" in sort else (r.figure if "percent" in sort else None) for r in rows]
        present = [v for v in values if v is not None]
        assert values[: len(present)] == present
        if present:
            assert present == sorted(present, reverse=sort.startswith("-"))


def test_a_tactic_stands_below_the_one_that_it_is_under(register: None) -> None:
    """Of tactics at any depth each opens to what is under it, and counts every work below it."""
    kept = small_plan()
    work = replace(kept.plan.projects[0], tactic="1.1.1")
    tactics = (Tactic("1.1", "1", "outcome"), Tactic("1.1.1", "1", "output", parent="1.1"))
    beside = replace(work, id="P2", number=2, tactic="1.1", indicators=())
    own = replace(kept.plan, tactics=tactics, projects=(work, beside))
    plan = plan_import(SYSTEM, package=replace(kept, plan=own))
    (strategy,) = page(plan, "strategy=1&tactic=1.1.1").tree
    (outcome,) = strategy.branches
    (output,) = outcome.branches
    assert [(b.code, b.count, b.open, b.chosen) for b in (strategy, outcome, output)] == [
        ("1", 2, True, False),
        ("1.1", 2, True, False),
        ("1.1.1", 1, True, True),
    ]
    assert (page(plan, "tactic=1.1").found, page(plan, "tactic=1.1.1").found) == (2, 1)
    assert page(plan, outcome.query).found == 2


def test_the_tree_opens_along_the_chosen_path(sso: Plan) -> None:
    tree = page(sso, "strategy=2&tactic=2.4").tree
    chosen = next(b for b in tree if b.code == "2")
    assert chosen.open
    assert not chosen.chosen
    tactic = next(b for b in chosen.branches if b.code == "2.4")
    assert tactic.chosen
    assert tactic.count == page(sso, "strategy=2&tactic=2.4").found
    assert sum(b.count for b in tree) == 235


def test_searching_ranks_the_best_match_first(sso: Plan) -> None:
    shown = page(sso, "q=S2-57")
    assert ids(shown)[0] == "S2-57"
    assert shown.is_ranked


def test_a_chosen_value_that_no_work_has_is_still_shown_to_be_removed(sso: Plan) -> None:
    shown = page(sso, "unit=ไม่มี&kind=odd&band=odd&state=odd&fund=odd")
    assert shown.rows == ()
    assert len(shown.chips) == 5


def test_a_work_whose_average_hides_a_worse_indicator_says_so(sso: Plan) -> None:
    rows = every_row(look(sso, month=12, today=date(2026, 1, 1)), choices_from({}))
    hiding = [r for r in rows if r.lowest_hides]
    assert hiding
    assert all(r.lowest_band is not r.band for r in hiding)


def test_a_course_ends_at_the_evaluated_month(sso: Plan) -> None:
    assert all(len(row.course) == 9 for row in page(sso).rows)
