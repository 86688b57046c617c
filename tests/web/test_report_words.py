"""The page of the report's words: drafted, edited beside the figures, refused with what was typed, signed, printed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from samrit.plans.models import Plan
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.plan.year_records import year_record_add
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan

CAUSE = {"happened_on": "20/3/2569", "cause": "no_bidder", "words": "ประกาศ <b>สองครั้ง</b>"}


@pytest.fixture
def plan(register, clock) -> Plan:
    made = plan_import(SYSTEM, package=small_plan(reported=((1, 2), (2, 1), (3, 1))), owner=register["กนผ."])
    clock.set("2026-04-03")
    return made


def test_a_section_is_drafted_edited_and_signed_on_its_page(plan, person, client) -> None:
    planner, chief = person("planner"), person("executive")
    year_record_add(planner, plan=plan, kind="causes", project="P1", given=CAUSE)
    there = reverse("report_words", args=[plan.code, 3, "red"])

    def sent(who, **form: str):
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
        return client.post(there, form, follow=True)

    page = sent(planner, do="draft").content.decode()
    assert "ประกาศ &lt;b&gt;สองครั้ง" in page
    assert "<strong>สาเหตุ :</strong>" in page
    assert 'value="sign"' not in page  # who drafted it does not sign it
    refused = sent(planner, do="save", key="P1", seen="1", text="ทำได้ {P1.1.actul}", text_en="")
    assert refused.status_code == 422
    assert "{P1.1.actul}" in refused.content.decode().partition('role="alert"')[2]
    assert refused.content.decode().count("ทำได้ {P1.1.actul}</textarea>") == 1
    given = "ทำได้ {P1.1.actual}\n| เดือน | ครั้ง |\n| มี.ค. | {P1.1.plan} |"
    page = sent(planner, do="save", key="P1", seen="1", text=given).content.decode()
    assert "ทำได้ 4" in page
    assert "<td>30</td>" in page
    assert "<code>P1.1.actual</code>" in page
    client.force_login(chief, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(there).content.decode()
    mark = page.partition('name="shown" value="')[2].partition('"')[0]
    assert "รับรองแล้วโดย" in sent(chief, do="sign", shown=mark).content.decode()
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    closing = client.get(reverse("evaluation_close", args=[plan.code]), {"period": 3}).content.decode()
    assert "✓ รับรองแล้ว" in closing
    assert client.get(reverse("report_words", args=[plan.code, 13, "red"])).status_code == 404
    assert client.get(f"{there}?edit=P1", headers={"Accept-Language": "en"}).status_code == 200


def test_what_was_typed_over_a_text_that_is_gone_is_not_lost(plan, person, client) -> None:
    planner, there = person("planner"), reverse("report_words", args=[plan.code, 3, "problem"])
    client.force_login(planner, backend="django.contrib.auth.backends.ModelBackend")
    client.post(there, {"do": "add", "text": "ก"})
    client.post(there, {"do": "withdraw", "key": "own/1", "seen": "1"})
    refused = client.post(there, {"do": "save", "key": "own/1", "seen": "1", "text": "พิมพ์มานาน"})
    assert refused.status_code == 422
    assert "พิมพ์มานาน</textarea>" in refused.content.decode()


def test_a_plan_of_one_language_is_asked_for_no_other(register, person, client, clock) -> None:
    clock.set("2026-04-03")
    package = small_plan(code="en-2026")
    spoken = replace(package.plan, era="ce", language="en", title_en="Plan 2026")
    plan_import(SYSTEM, package=replace(package, plan=spoken))
    client.force_login(person("planner"), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("report_words", args=["en-2026", 3, "problem"])).content.decode()
    assert 'name="text"' in page
    assert 'name="text_en"' not in page
