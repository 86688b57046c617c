"""Sites: how many are committed of those due (R189), and how far each of them is (R191)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from samrit.engine.arithmetic import round_half_up
from samrit.engine.indicators.achievement import achievement
from samrit.engine.indicators.totals import Side, site_total
from samrit.engine.model import Formula, Indicator, Site
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.sites import site_progress
from tests.engine.rule_tables import Case, cases, decimal


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
    dated = site_progress(site, Decimal(case["share"]), int(case["as of"]), accepted=int(case["accepted"]))
    assert dated == made
