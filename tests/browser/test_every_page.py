"""Every page there is: no violation of accessibility, nothing beside the screen.

A usual run looks at each page in one language, the rooms taking turns; ``--full`` (``make prove``) in both, and at
both widths.

A new page fails the first test until it stands in ``ROOMS`` under somebody who can open it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from inspect import signature

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.urls import reverse
from playwright.sync_api import Page

from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import Plan, Unit
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.money import money_record
from samrit.plans.services.plan.periods import period_close, period_unlock
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.report.reports import report_return, report_submit
from samrit.plans.services.writing import SYSTEM
from samrit.web.accounts.notices import settled
from tests.browser.looking import LIGHT, Scales, beside, faults_here, faults_of
from tests.browser.office import BrowserOffice, sign_in
from tests.plans.office import example
from tests.web.addressed import UNIT, Office, parameters, patterns
from tests.web.addressed import office as addressed_office
from tests.web.reporting import five, varied
from tests.web.signing_in import code_of, give_authenticator
from tests.web.test_permissions import TABLE, lines

# Who looks at which pages.
ROOMS = {
    "seeing": (
        "executive",
        """front overview versions plan work entry original why why_cell why_money compare heat rules rule evaluation
        coverage sources plan_archive""",
    ),
    "reporting": ("reporter", "my_work report unit_forms evidence_erase proposals proposal_unit proposal_work"),
    "deciding": ("head", "confirm"),
    "control": (
        "planner",
        """control control_decisions control_findings control_year control_times control_watch control_watch_test
        control_past report_words year_record year_form money_table report_look accept
        drafts draft_new draft draft_carried draft_changes draft_indicator draft_file draft_review draft_tree
        draft_under draft_work draft_library draft_remarks draft_rules draft_proposals draft_proposal""",
    ),
    "administration": (
        "administrator",
        """people person_new person units unit unit_new unit_register holidays causes health start start_take
        start_invite erasures""",
    ),
    "public": (
        "public",
        """privacy sign_in account_login account_reset_password account_reset_password_done
        account_inactive
        account_reset_password_from_key account_reset_password_from_key_done socialaccount_login_cancelled""",
    ),
    "account": (
        "auditor",
        """account mfa_index sessions calendar_key machine_keys account_change_password account_reauthenticate
        mfa_reauthenticate mfa_authenticate mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes
        mfa_generate_recovery_codes socialaccount_login_error""",
    ),
}
FILES = {name for name, entry in patterns() if re.search(r"\.[^/]*$", str(entry.pattern))} | {
    "evidence",
    "draft_original",
    "draft_minutes",
    "original_whole",
}
LANGUAGES = ("th", "en")


@dataclass
class Seen:
    """An office with one of everything, a plan of many kinds of indicators, and one window."""

    office: Office
    varied: Plan
    page: Page
    language: str

    def faults(self, *addresses: str, status: int = 200) -> list[str]:
        """Look at pages and return what is wrong with them."""
        return [
            fault
            for address in addresses
            for fault in faults_of(self.page, address, status=status, language=self.language)
        ]

    def of_room(self, room: str) -> list[str]:
        """Return the addresses of a room about the one office."""
        return [self.office.address(name) for name in ROOMS[room][1].split()]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test both languages, or one, the rooms taking turns."""
    if "language" in metafunc.fixturenames:
        rooms = [
            name
            for name, test in globals().items()
            if name.startswith("test_") and "language" in signature(test).parameters
        ]
        own = LANGUAGES[rooms.index(metafunc.function.__name__) % 2]
        metafunc.parametrize("language", LANGUAGES if metafunc.config.getoption("--full") else (own,))


def seen(office: BrowserOffice, room: str, language: str) -> Seen:
    made, plan = addressed_office(office.person), office.plan(varied())
    who = ROOMS[room][0]
    person = None if who == "public" else made.people[who]
    return Seen(made, plan, office.window(person, language=language), language)


def test_every_page_that_opens_to_somebody_is_looked_at() -> None:
    looked_at = {name for _, names in ROOMS.values() for name in names.split()}
    opening = {name for name, method, marks in lines(TABLE) if method == "GET" and "o" in marks}
    assert opening - FILES - {"alive"} - looked_at == set(), "pages that nobody looks at"
    assert looked_at - {name for name, _ in patterns()} == set(), "names without an address"


def test_pages_that_show(office: BrowserOffice, language: str) -> None:
    made = seen(office, "seeing", language)
    evaluation_close(SYSTEM, plan=made.office.plan, period=3, reason="ปิดตามกำหนด")
    more = ["/plans/small-2569/?q=ไม่มี", "/plans/varied-2569/works/P1/", "/plans/varied-2569/why/P1.2/?month=3"]
    more += ["/plans/small-2569/compare/?from=1.1&to=3.1", "/plans/varied-2569/overview/"]
    office.watch(made.page).expected = {404}
    faults = made.faults(*made.of_room("seeing"), *more) + made.faults("/nowhere/", status=404)
    assert not faults, "\n".join(faults)


def test_pages_of_reporting(office: BrowserOffice, language: str) -> None:
    made = seen(office, "reporting", language)
    reporter, unit = made.office.people["reporter"], Unit.objects.get(code="กฝ.")
    wild = [CellInput("P1.1", "4000"), CellInput("P1.3", "3")]
    figures_save(reporter, plan=made.varied, unit=unit, period=3, cells=wild)
    back = office.plan(five())
    period_close(SYSTEM, plan=back, period=1)
    report_submit(reporter, plan=back, unit=unit, period=2)
    report_return(SYSTEM, plan=back, unit=unit, period=2, reason="ตัวเลขไม่ตรงหลักฐาน")
    report = "/report/varied-2569/กฝ./3/"
    more = [report, f"{report}?all=1", *(f"{report}?view=phone&at={at}" for at in ("L1", "L2", "L4", "W1", "send"))]
    more += ["/report/five-2569/กฝ./1/", "/report/five-2569/กฝ./2/", "/report/five-2569/กฝ./2/?view=phone"]
    faults = made.faults(*made.of_room("reporting"), *more)
    assert not faults, "\n".join(faults)


def test_pages_of_deciding(office: BrowserOffice, language: str) -> None:
    made = seen(office, "deciding", language)
    faults = made.faults(*made.of_room("deciding"))
    assert made.page.locator("section.waiting").count() == 1, "something waits for the head"
    planner = office.window(made.office.people["planner"], language=language)
    period_close(SYSTEM, plan=made.office.plan, period=1)
    until = office.clock.now.date()
    period_unlock(SYSTEM, plan=made.office.plan, period=1, reason="แก้ไขตามหลักฐาน", until=until)
    made.page = planner
    paid = {"project": "P1", "period": 2, "state": "disbursed", "document": "ฎีกา 7"}
    money_record(SYSTEM, plan=made.office.plan, amount="1,250.50", seen=0, **paid)
    money = ("/plans/small-2569/works/P1/", "/plans/small-2569/money/?work=P1", "/plans/small-2569/overview/?month=3")
    faults += made.faults(*money)
    faults += made.faults(*made.of_room("control"), "/control/small-2569/findings/?state=all", "/control/varied-2569/")
    draft = made.office.address("draft")
    more = ("tree/?at=strategies-1", "tree/?at=projects-1", "remarks/?file=projects&number=1", "indicators/?all=1")
    faults += made.faults("/control/small-2569/evaluate/?period=3", *(f"{draft}{page}" for page in more))
    assert not faults, "\n".join(faults)


def test_pages_of_administration(office: BrowserOffice, language: str) -> None:
    made = seen(office, "administration", language)
    office.watch(made.page).expected = {422}
    faults = made.faults(*made.of_room("administration"), "/units/?q=เชียง", "/people/?q=report")
    made.page.goto("/people/new/")
    made.page.locator("[name=username]").fill("reporter-1")
    made.page.locator("main form button").click()
    assert made.page.locator(".fault").count(), "a name that is taken is refused beside its field"
    faults += faults_here(made.page, language=language)
    assert not faults, "\n".join(faults)


def test_pages_of_signing_in(office: BrowserOffice, language: str) -> None:
    made = seen(office, "public", language)
    page, faults = made.page, made.faults(*made.of_room("public"))
    page.goto("/sign-in/forgotten/")
    page.locator("[name=email]").fill(made.office.people["head"].email)
    page.locator("main form button").click()
    page.wait_for_url("**/sent/")
    settled()
    faults += made.faults(link_in(mail.outbox[-1].body))
    office.watch(page).expected = {429}
    for _ in range(5):
        page.goto("/sign-in/")
        page.locator("[name=login]").fill("head-2")
        page.locator("[name=password]").fill("wrong password")
        page.locator("main form button").click()
    faults += faults_here(page, language=language)
    assert not faults, "\n".join(faults)


def test_pages_of_ones_account(office: BrowserOffice, language: str) -> None:
    made = seen(office, "account", language)
    page = office.window(language=language)
    office.watch(page).expected = {401}
    made.page = page
    page.goto("/sign-in/")
    sign_in(page, made.office.people["auditor"].username)
    names = {"mfa_authenticate", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"}
    names |= {"mfa_reauthenticate", "socialaccount_login_error"}
    first = [name for name in ROOMS["account"][1].split() if name not in names]
    faults = made.faults(*map(made.office.address, first))
    faults += made.faults(made.office.address("socialaccount_login_error"), status=401)
    secret = give_authenticator(made.office.people["auditor"])
    page.context.clear_cookies(name="sessionid")
    page.goto("/sign-in/")
    sign_in(page, made.office.people["auditor"].username)
    assert page.url.endswith("/sign-in/code/")
    faults += faults_here(page, language=language)
    page.locator("[name=code]").fill(code_of(secret))
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    names -= {"mfa_authenticate", "socialaccount_login_error"}
    faults += made.faults(*map(made.office.address, sorted(names)))
    assert not faults, "\n".join(faults)


REFUSALS = {
    400: SuspiciousOperation("made up"),
    403: PermissionDenied(),
    404: NotVisible("made up"),
    409: ServiceError("report_not_sent", record="กฝ.", unit="กองฝึกอบรม", month="มีนาคม 2569"),
    500: RuntimeError("made up"),
}


def test_pages_that_refuse(office: BrowserOffice, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = office.window(office.person("reporter", unit="กฝ."), language=language)
    office.watch(page).expected = set(REFUSALS)
    page.goto("/account/")
    page.locator("form[action='/language/'] [name=csrfmiddlewaretoken]").evaluate("field => field.remove()")
    page.locator("form[action='/language/'] button").click()
    faults = faults_here(page, language=language)
    for status, error in REFUSALS.items():
        monkeypatch.setattr("samrit.web.views.reporting.my_work.my_work", Raising(error))
        # What breaks altogether is said in both languages on one Thai page that needs nothing.
        faults += faults_of(page, "/my-work/", status=status, language="th" if status == 500 else language)
    assert not faults, "\n".join(faults)


def test_the_example_plan_is_light_and_fits_a_phone(office: BrowserOffice) -> None:
    plan = office.plan(example("sso-2568"))
    evaluation_close(SYSTEM, plan=plan, period=9, reason="ปิดตามกำหนด")
    evaluation_close(SYSTEM, plan=plan, period=12, reason="ปิดตามกำหนด")
    page = office.window(office.person("planner"))
    scales, faults = Scales(page), []
    names = "front overview plan work why compare heat control control_findings accept evaluation report"
    found = {"plan": plan.code, "code": plan.code, "project": "S2-57", "record": "S2-57", "period": 12, "number": 1}
    for name in names.split():
        address = reverse(name, kwargs={key: ({"unit": UNIT} | found)[key] for key in parameters(name)})
        weight = scales.weight_of(address)
        if weight >= LIGHT:
            faults.append(f"{address}: {weight:,} bytes")
        page.set_viewport_size({"width": 360, "height": 740})
        faults += [f"{address}: {fault}" for fault in beside(page)]
        page.set_viewport_size({"width": 1440, "height": 900})
    assert not faults, "\n".join(faults)


@dataclass
class Raising:
    """Stands in for a selector that fails."""

    error: Exception

    def __call__(self, *_: object) -> None:
        raise self.error


def link_in(text: str) -> str:
    """Return the address in an e-mail."""
    found = re.search(r"https?://\S+", text)
    assert found, text
    return found.group()
