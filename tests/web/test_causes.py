"""The office's own list of causes: what is offered, what was recorded, and how many works each held up (R242, R243)."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from django.test import Client
from django.utils.html import strip_tags

from samrit.plans.evaluation.causes import cause_list, cause_word, causes_offered
from samrit.plans.models import HistoryEntry, YearRecord
from samrit.plans.records.audit import audit
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from samrit.vocabulary.speech import LevelName, Speech, speaking
from samrit.vocabulary.terms import groups
from tests.plans.office import small_plan

RECORD = "/plans/small-2569/works/P1/year/causes/"
LISTED = "/control/small-2569/year/?kind=causes"


@pytest.fixture
def planner(register, clock, person) -> Client:
    plan_import(SYSTEM, package=small_plan(), owner=register["กนผ."])
    client = Client(headers={"accept-language": "th"})
    client.force_login(person("planner"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def shown(client: Client, address: str, **query: str) -> str:
    page = client.get(address, query)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", unescape(strip_tags(page.content.decode().replace("<", " <"))))


def test_the_list_begins_with_the_causes_that_the_reports_name(planner) -> None:
    assert list(cause_list()) == list(groups()["cause"].terms)
    page = shown(planner, "/causes/")
    assert all(term.th in page for term in groups()["cause"].terms.values())


def test_an_own_cause_is_offered_recorded_counted_by_year_and_called_otherwise(planner) -> None:
    assert planner.post("/causes/", {"title": " ที่ดิน  ยังไม่ส่งมอบ", "title_en": "land not handed over"}).status_code == 302
    own = "ที่ดิน ยังไม่ส่งมอบ"
    assert own in shown(planner, RECORD)
    for _ in range(2):
        assert planner.post(RECORD, {"happened_on": "1/3/2569", "cause": own}).status_code == 302
    assert re.search(rf"{own} land not handed over แก้ไข .*? 1 1 ", shown(planner, "/causes/")), "one work, told twice"
    renamed = {"code": own, "title": "ที่ดินยังไม่พร้อม", "title_en": "land not ready"}
    assert planner.post("/causes/", renamed).status_code == 302
    assert YearRecord.objects.filter(cells__cause=own).count() == 2, "what was recorded stays"
    assert "ที่ดินยังไม่พร้อม 2" in shown(planner, LISTED)
    planner.cookies["language"] = "en"
    assert "land not ready" in shown(planner, "/plans/small-2569/works/P1/")
    assert HistoryEntry.objects.filter(action="cause.save").count() == 2
    assert audit().faults == ()


def test_a_closed_cause_is_offered_no_more_and_what_names_it_can_go_on(planner) -> None:
    given = {"happened_on": "1/3/2569", "cause": "no_bidder"}
    assert planner.post(RECORD, given).status_code == 302
    closed = {"code": "no_bidder", "title": "ไม่มีผู้ยื่นข้อเสนอ", "title_en": "no bidder", "closed": "1"}
    assert planner.post("/causes/", closed).status_code == 302
    assert "no_bidder" not in causes_offered("th")
    assert 'value="no_bidder"' not in planner.get(RECORD).content.decode()
    assert 'value="no_bidder" selected' in planner.get(RECORD, {"record": "1"}).content.decode()
    later = {**given, "words": "ประกาศรอบสอง", "seen": "1"}
    assert planner.post(f"{RECORD}?record=1", later).status_code == 302
    step = {"happened_on": "1/3/2569", "step": "tender", "round": "1", "failed": "no_bidder"}
    refused = planner.post("/plans/small-2569/works/P1/year/procurement_steps/", step)
    assert refused.status_code == 422
    assert "เลิกใช้แล้ว" in refused.content.decode()
    assert "ไม่มีผู้ยื่นข้อเสนอ 1" in shown(planner, LISTED)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": " "}, "โปรดระบุชื่อสาเหตุ"),
        ({"title": "ไม่มีผู้ยื่น ข้อเสนอ"}, "มีสาเหตุ"),
        ({"title": "ใหม่", "title_en": "No Bidder"}, "มีสาเหตุ"),
        ({"title": "ก" * 201}, "200"),
        ({"code": "stars", "title": "ดาว"}, "ไม่มีสาเหตุ"),
    ],
)
def test_what_cannot_be_a_cause_is_refused_in_words(planner, typed, said) -> None:
    page = planner.post("/causes/", typed)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not HistoryEntry.objects.filter(action="cause.save").exists()


def test_what_was_typed_of_a_cause_stands_in_its_form_when_it_is_refused(planner) -> None:
    typed = {"code": "no_bidder", "title": "ชื่อใหม่", "title_en": "ก" * 201, "reason": "เพราะ", "closed": "1"}
    page = planner.post("/causes/", typed)
    form = page.content.decode().partition("<details")[2]
    own = form[form.index('value="no_bidder"') :].partition("</form>")[0]
    assert page.status_code == 422
    assert [part in own for part in ('value="ชื่อใหม่"', 'value="เพราะ"', "checked")] == [True, True, True]


def test_a_cause_that_is_on_no_list_is_refused(planner) -> None:
    page = planner.post(RECORD, {"happened_on": "1/3/2569", "cause": "ดาวตก"})
    assert page.status_code == 422
    assert "ไม่มีสาเหตุ “ดาวตก”" in page.content.decode()


def test_the_product_s_causes_follow_the_words_of_the_plan_in_hand_and_own_ones_stay(planner) -> None:
    """What a process remembers of the list holds for plans of all words."""
    planner.post("/causes/", {"title": "งาน/โครงการอื่นรอก่อน"})
    own = replace(Speech(), project=LevelName("กิจกรรม", "activity/activities"))
    before = [cause_word(code, "en") for code in cause_list()]
    with speaking(own):
        assert cause_word("need_reviewed", "en") == "need for the activity reviewed"
        assert cause_word("งาน/โครงการอื่นรอก่อน", "th") == "งาน/โครงการอื่นรอก่อน"
    assert [cause_word(code, "en") for code in cause_list()] == before
