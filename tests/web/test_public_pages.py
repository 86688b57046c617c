"""Pages that everybody sees: without scripts, kept for a while; of who is signed in none is (R261, R323)."""

from __future__ import annotations

import pytest
from django.test import Client

from samrit.plans.models import Plan, Role, Unit
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.look import report_look_set
from samrit.plans.services.plan.plans import plan_import, plan_settings
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import Clock, People, small_plan
from tests.web.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(register: dict[str, Unit], clock: Clock) -> Plan:
    clock.set("2026-04-20")
    package = small_plan(reported=((1, 10), (2, 9), (3, 12)))
    made = plan_import(SYSTEM, package=package, owner=register["กนผ."], is_public=True)
    evaluation_close(SYSTEM, plan=made, period=3, reason="ปิด")
    return made


def addresses(plan: Plan) -> tuple[str, ...]:
    at = f"/plans/{plan.code}/"
    return (
        "/",
        at,
        f"{at}overview/",
        f"{at}heat/",
        f"{at}links/",
        f"{at}works/P1/",
        f"{at}why/P1/",
        "/rules/",
        "/rules/WE1/",
    )


def test_the_public_s_pages_run_nothing_and_set_nothing(plan: Plan) -> None:
    for address in addresses(plan):
        answer = Client().get(address)
        assert answer.status_code == 200, address
        page = answer.content.decode()
        assert "<script" not in page, address
        assert "data-print" not in page, address
        assert not answer.cookies, address
        assert "csrfmiddlewaretoken" not in page, address


def test_who_has_a_page_is_told_that_it_is_the_same_until_something_is_written(plan: Plan, clock: Clock) -> None:
    client = Client()
    for address in addresses(plan):
        first = client.get(address)
        assert first.headers["Cache-Control"].startswith("public, max-age=60")
        assert "Cookie" in first.headers["Vary"]
        known = {"If-None-Match": first.headers["ETag"]}
        again = client.get(address, headers=known)
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
        client.cookies["language"] = "en"
        assert client.get(address, headers=known).status_code == 200, "in another language it is another page"
        del client.cookies["language"]
    home = client.get("/")
    report_look_set(SYSTEM, plan=plan, look={"digits": "thai"})
    assert client.get("/", headers={"If-None-Match": home.headers["ETag"]}).status_code == 200
    home = client.get("/")
    clock.set("2026-04-21")
    assert client.get("/", headers={"If-None-Match": home.headers["ETag"]}).status_code == 200, (
        "days are pages' business"
    )


def test_what_is_taken_back_is_gone_for_who_has_it(plan: Plan) -> None:
    address = addresses(plan)[1]
    mark = Client().get(address).headers["ETag"]
    plan_settings(SYSTEM, plan=plan, is_public=False)
    assert Client().get(address, headers={"If-None-Match": mark}).status_code == 404


def test_whoever_names_no_mark_gets_the_page_or_is_told_that_there_is_none(plan: Plan) -> None:
    for address, status in ((addresses(plan)[1], 200), ("/plans/nowhere/", 404), ("/rules/NO99/", 404)):
        assert Client().get(address, headers={"If-None-Match": "*"}).status_code == status, address


def test_nothing_of_who_is_signed_in_or_brings_a_session_is_kept(plan: Plan, person: People) -> None:
    marks = {address: Client().get(address).headers["ETag"] for address in addresses(plan)}
    client, visitor = Client(), Client()
    sign_in(client, person(Role.EXECUTIVE))
    visitor.cookies["sessionid"] = "somebody"
    for address, mark in marks.items():
        answer = client.get(address, headers={"If-None-Match": mark})
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store"), address
        assert "ETag" not in answer.headers
        assert "ETag" not in visitor.get(address, headers={"If-None-Match": mark}).headers


@pytest.mark.parametrize("address", ["/sign-in/", "/alive/", "/language/", "/plans/small-2569/tables/works.csv"])
def test_other_pages_are_left_alone(plan: Plan, address: str) -> None:
    answer = Client().get(address)
    assert "ETag" not in answer.headers
    assert "public" not in answer.headers.get("Cache-Control", "")


def test_a_person_s_language_still_needs_their_own_form(plan: Plan, person: People) -> None:
    """The public's switch carries no token, since a kept page would hand one visitor's to all (3.5.1)."""
    sent = {"language": "en", "next": "/"}
    assert Client(enforce_csrf_checks=True).post("/language/", sent).status_code == 302
    reader = person(Role.EXECUTIVE)
    client = Client(enforce_csrf_checks=True)
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/language/", sent).status_code == 403
    reader.refresh_from_db()
    assert reader.language != "en"
