"""Sites: how many are committed of those due (R189), and how far each of them is (R191)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from samrit.engine.arithmetic import round_half_up
from samrit.engine.indicators.achievement import achievement
from samrit.engine.indicators.totals import Side, site_total
from samrit.engine.model import Formula, Indicator, Site, SiteState
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.sites import committed_since, in_states, site_progress, under_contracts
from tests.engine.rule_tables import Case, cases, decimal

STATES = {"committed": SiteState.COMMITTED, "done": SiteState.DONE, "not": SiteState.NOT_COMMITTED}


def month(text: str) -> int | None:
    return None if text == "–" else int(text)


@pytest.mark.parametrize("case", cases("sites_committed"), ids=str)
def test_sites_committed(case: Case) -> None:
    """R189: sites committed ÷ sites due."""
    pairs = [pair.strip().split("/") for pair in case["sites"].split(",")]
    sites = [
        Site(str(n), "", commitment_due_period=month(due), committed_period=month(done))
        for n, (due, done) in enumerate(pairs, 1)
    ]
    as_of = int(case["as of"])
    assert site_total(sites, Side.PLANNED, as_of).value == int(case["due"])
    assert site_total(sites, Side.ACTUAL, as_of).value == int(case["committed"])
    made = achievement(Indicator("P.1", 1, "", formula=Formula.SITES), PERCENT_OF_PLAN, as_of, sites=sites).percent
    assert (None if made is None else round_half_up(made, 2)) == decimal(case["percent"])


@pytest.mark.parametrize("case", cases("site_progress"), ids=str)
def test_progress_of_one_site(case: Case) -> None:
    """R191: the contract, the instalments accepted, done."""
    site = Site(
        "1",
        "",
        committed_period=month(case["committed"]),
        done_period=month(case["done"]),
        instalments=month(case["instalments"]),
        instalments_accepted=int(case["accepted"]),
    )
    made = site_progress(site, Decimal(case["share"]), int(case["as of"]))
    assert round_half_up(made, 2) == Decimal(case["progress"])
    other = replace(site, instalments_accepted=99)  # what is recorded by day stands in the place of the count
    assert site_progress(other, Decimal(case["share"]), int(case["as of"]), accepted=int(case["accepted"])) == made


@pytest.mark.parametrize("case", cases("sites_progress"), ids=str)
def test_progress_of_the_sites_as_an_indicator(case: Case) -> None:
    """R191: what is reached of the sites due against what is planned of them."""
    sites, as_of = [], int(case["as of"])
    for n, told in enumerate(case["sites"].split(", ")):
        due, committed, dues, taken = told.split("/")
        lists = [tuple(map(int, part.split("+"))) if part != "–" else () for part in (dues, taken)]
        counts = {"instalments": len(lists[0]) or None, "instalments_due": lists[0], "instalments_taken": lists[1]}
        sites.append(Site(str(n), "", commitment_due_period=month(due), committed_period=month(committed), **counts))
    rules = replace(PERCENT_OF_PLAN, site_contract_share=Decimal(case["share"]))
    made = achievement(Indicator("P.1", 1, "", formula=Formula.SITE_PROGRESS), rules, as_of, sites=sites)
    shown = (made.plan_total.value, made.actual_total.value)
    assert [round_half_up(value, 2) for value in shown] == [Decimal(case["planned"]), Decimal(case["reached"])]
    assert (None if made.percent is None else round_half_up(made.percent, 2)) == decimal(case["percent"])


@pytest.mark.parametrize("case", cases("sites_recorded"), ids=str)
def test_since_when_a_site_is_committed_at_each_month(case: Case) -> None:
    """R189, R254, I3: contracts, states and the plan's own month, each for the months it is about."""
    told = [item.split() for item in case["history"].split(", ")]
    planned = next((int(when) for what, when in told if what == "plan"), None)
    signed = [when.partition("-") for what, when in told if what == "contract"]
    spans = [(int(begun), int(ended) if ended else None) for begun, _, ended in signed]
    states = [(int(when), STATES[what]) for what, when in told if what in STATES]
    site = in_states(under_contracts(Site("1", "", committed_period=planned), spans), states)
    assert committed_since(site, int(case["as of"])) == month(case["committed"])
