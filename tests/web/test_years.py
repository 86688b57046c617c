"""The pages of links, of results over the years, and of a draft under a plan of several years."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from samrit.package.rows import typed
from samrit.plans.drafting.reading import read_draft
from samrit.plans.services.draft.opening import draft_open
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan
from tests.plans.test_horizon import annual, five_years


def test_the_years_are_shown_drawn_and_sent_out(client: Client, register, person, clock) -> None:
    longer = plan_import(SYSTEM, package=five_years(10, 12, 12), owner=register["กนผ."])
    year = plan_import(SYSTEM, package=annual(2568, (1, 10)), owner=register["กนผ."])
    client.force_login(person("planner"))
    for plan in (longer, year):
        page = client.get(reverse("years", args=[plan.code])).content.decode()
        assert "<svg" in page
        assert "10 จาก 34" in page
        assert reverse("years", args=[plan.code]) in client.get(reverse("plan", args=[plan.code])).content.decode()
        assert client.get(reverse("plan_table", args=[plan.code, "years", "csv"])).status_code == 200
    assert client.get(reverse("coverage", args=[longer.code])).status_code == 200


def test_a_draft_is_put_under_a_plan_and_takes_its_targets(client: Client, register, person, clock) -> None:
    plan_import(SYSTEM, package=five_years(10, 12, 12), owner=register["กนผ."])
    draft = draft_open(SYSTEM, files=typed(small_plan(code="year-2569", year_be=2569)))
    client.force_login(person("planner"))
    here = reverse("draft_under", args=[draft.pk])
    for version in ("9", "v2", "0"):
        refused = client.post(here, {"do": "save", "plan": "five", "version": version})
        assert refused.status_code == 422
        assert f'value="{version}"' in refused.content.decode()
    assert client.post(here, {"do": "save", "plan": "five"}).status_code == 302
    assert client.post(here, {"do": "take"}).status_code == 302
    assert read_draft(draft).package.plan.projects[0].indicators[0].target_of(2569).value == 12
    assert client.get(here).status_code == 200
