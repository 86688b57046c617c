"""The office's plan of 2569 grown out of that of 2568: copied, proposed to, approved, amended, evaluated twice (R33).

One story on a cut of the example, by the pages that people use; ``test_hr_plan`` tells the other way a plan begins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from django.test import Client
from django.utils.html import strip_tags

from samrit.package import PlanPackage
from samrit.plans.drafting.document import standing
from samrit.plans.drafting.reading import read_draft
from samrit.plans.evaluation.documents import package_of, unpack
from samrit.plans.evaluation.scoring import evaluate, version_in_force
from samrit.plans.models import Evaluation, Person, Plan, PlanDraft, ProposedWork, ReportFile, Role, Unit
from samrit.plans.records.audit import audit
from samrit.plans.records.printing import printing_begin
from samrit.plans.records.stored_files import document_path
from samrit.plans.reporting.duties import units_reporting
from samrit.plans.services.office.people import person_create, role_give
from samrit.plans.services.plan import report_files
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.figures import CellInput, figures_save
from samrit.plans.services.writing import SYSTEM
from samrit.web.words import word
from tests.plans.office import PASSWORD, Clock, People, example, small_plan
from tests.plans.test_proposals import NEW

WORKS = ("S1-1", "S1-15", "S2-37", "S2-43", "S2-51", "S2-56", "S2-80", "S3-1", "W1-1", "W2-12", "W3-20")
PROPOSING = ("กฝ.", "กค.", "สบท.")
STAGES = "คณะทำงาน\nคณะกรรมการประกันสังคม + คณะกรรมการกองทุนเงินทดแทน"
BOARDS = ("คณะทำงาน", "คณะกรรมการประกันสังคม", "คณะกรรมการกองทุนเงินทดแทน")
SHOWN = r'name="shown" value="([^"]+)"'


def cut(name: str, works: tuple[str, ...]) -> PlanPackage:
    package = example(name)
    kept = tuple(p for p in package.plan.projects if p.id in works)
    assert len(kept) == len(works)
    return replace(package, plan=replace(package.plan, projects=kept, printed=()))


def window(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def sent(client: Client, address: str, told: Mapping[str, object]) -> None:
    answer = client.post(address, told)
    faults = re.findall(r'role="alert"[^>]*>(.*?)</div>', answer.content.decode(), re.DOTALL)
    assert answer.status_code == 302, (address, answer.status_code, [strip_tags(f) for f in faults])


def stepped(client: Client, draft: PlanDraft, step: str, **more: str) -> None:
    assert [(f.code, f.place.record, f.params) for f in read_draft(draft).errors] == []
    (shown, *_) = re.findall(SHOWN, page(client, f"/drafts/{draft.pk}/").split('id="next"')[1])
    sent(client, f"/drafts/{draft.pk}/step/", {"step": step, "shown": shown, **more})


def row_of(draft: PlanDraft, file: str, **cells: str) -> int:
    """Return the number of the one row of a draft that has these cells."""
    (number,) = (
        n
        for n, row in standing(draft)[file].items()
        if not row.is_removed and all(row.cells.get(name, "") == text for name, text in cells.items())
    )
    return number


def typed(client: Client, draft: PlanDraft, file: str, number: int, **cells: str) -> None:
    """Type into one row of a draft's table."""
    own = {f"c:{number}:{name}": text for name, text in cells.items()}
    revision = draft.rows.filter(file=file, number=number).values_list("revision", flat=True).first() or 0
    sent(client, f"/drafts/{draft.pk}/{file}/", {**own, f"v:{number}": str(revision)})


def drafted(planner: Client, told: Mapping[str, str]) -> PlanDraft:
    sent(planner, "/drafts/new/", told)
    return PlanDraft.objects.latest("pk")


def proposed(draft: PlanDraft, planner: Client, person: People) -> None:
    """Three units propose a work each; one is returned first, with a remark on its cell (R29)."""
    sent(planner, f"/drafts/{draft.pk}/proposals/", {"until": "20/1/2569"})
    for code in PROPOSING:
        unit = window(person(Role.REPORTER, unit=code))
        here = f"/proposals/{draft.pk}/{code}/"
        sent(unit, f"{here}0/", {**NEW, "title": f"งานใหม่ของ {code}", "strategy": "2", "seen": "0"})
        sent(unit, here, {})
    for proposal in ProposedWork.objects.order_by("pk"):
        own = f"/drafts/{draft.pk}/proposals/{proposal.pk}/"
        if proposal.unit.code == "กค.":
            sent(planner, own, {"do": "return", "seen": proposal.revision, "r:goal": "ขอเป้าประสงค์"})
            unit = window(person(Role.REPORTER, unit="กค."))
            again = {**NEW, "title": "งานใหม่ของ กค.", "strategy": "2", "goal": "จ่ายเร็วขึ้น"}
            proposal.refresh_from_db()
            sent(unit, f"/proposals/{draft.pk}/กค./{proposal.pk}/", {**again, "seen": proposal.revision})
            sent(unit, f"/proposals/{draft.pk}/กค./", {})
            proposal.refresh_from_db()
        sent(planner, own, {"do": "take", "seen": proposal.revision})


def approved(planner: Client, draft: PlanDraft, boards: Sequence[str]) -> None:
    """Submitted with a word on the warnings, approved by one member of each board, published."""
    stepped(planner, draft, "submit", remark="ตามมติที่ประชุม")
    for at, board in enumerate(boards):
        stepped(member(at), draft, "approve", board=board)
    stepped(planner, draft, "publish")


def member(at: int) -> Client:
    """Return the window of somebody who approves: a person of their own for each board (R325)."""
    name = f"board-{at}"
    known = Person.objects.filter(username=name).first()
    person = known or person_create(SYSTEM, username=name, password=PASSWORD, email=f"{name}@example.org")
    if known is None:
        role_give(SYSTEM, person=person, role=Role.EXECUTIVE)
    return window(person)


def reported(plan: Plan, register: Mapping[str, Unit], figures: Mapping[tuple[str, str, int], str]) -> None:
    for (unit, indicator, month), figure in figures.items():
        cell = CellInput(indicator, figure, explanation="ตามจริง")
        done = figures_save(SYSTEM, plan=plan, unit=register[unit], period=month, cells=[cell])
        assert done.saved, (indicator, [r.error for r in done.refused])


def printed(evaluation: Evaluation) -> dict[str, str]:
    """Print an evaluation's documents and return the hash of each."""
    begun = printing_begin(evaluation.pk, "th")
    assert begun is not None
    report_files.report_files_make(SYSTEM, evaluation=evaluation, language="th", begun=begun)
    return dict(ReportFile.objects.filter(evaluation=evaluation, state="done").values_list("format", "sha256"))


@pytest.fixture
def register(clock: Clock, request: pytest.FixtureRequest) -> Mapping[str, Unit]:
    """The register, taken in on the day on which the story begins."""
    clock.set("2026-01-05")
    return request.getfixturevalue("register")


def kept(works: Sequence[str], person: People) -> None:
    """Money of last year's works is asked for by one planner and granted by another (R130)."""
    last_year = Plan.objects.get(code="sso-2568")
    asking, granting = window(person(Role.PLANNER)), window(person(Role.PLANNER, plan=last_year))
    for work in works:
        here = f"/plans/sso-2568/works/{work}/year/carry_overs/?record=1"
        asked = {"happened_on": "31/12/2568", "amount": "1,000,000", "sort": "uncommitted", "words": "ลงนามไม่ทันปี"}
        asked |= {"requested_on": "31/12/2568", "expires_on": "30/6/2569"}
        sent(asking, here, {**asked, "state": "requested", "seen": "1"})
        granted = {**asked, "state": "approved", "approved_on": "4/1/2569", "approved_by": "เลขาธิการ", "seen": "2"}
        assert asking.post(here, granted).status_code == 422, "nobody grants what they asked for"
        sent(granting, here, granted)


def closed(planner: Client, month: int) -> Evaluation:
    """Close an evaluation by the page that shows what it freezes."""
    here = "/control/sso-2569/evaluate/"
    (shown, *_) = re.findall(SHOWN, page(planner, f"{here}?period={month}"))
    sent(planner, here, {"period": str(month), "shown": shown, "reason": "ปิดผลตามมติ"})
    return Evaluation.objects.get(plan__code="sso-2569", period=month)


def measured(evaluation: Evaluation) -> set[str]:
    plan = unpack(bytes(evaluation.content)).plan
    return {indicator.id for project in plan.projects for indicator in project.indicators}


def outcome(code: str, month: int) -> dict[str, object]:
    """Return band, percent and totals of every work of a plan at a month."""
    return {
        p.project.id: (p.band, p.percent, [(i.indicator.id, i.weight, i.actual_total.value) for i in p.indicators])
        for p in evaluate(Plan.objects.get(code=code), month).projects
    }


def test_the_plan_of_2569_grows_out_of_that_of_2568(register, person: People, clock: Clock, monkeypatch) -> None:
    monkeypatch.setattr(report_files, "FORMATS", ("html",))  # each writer's own tests hold that it repeats itself
    plan_import(SYSTEM, package=cut("sso-2568", WORKS), owner=register["กนผ."])
    plan_import(SYSTEM, package=small_plan(code="hr-2569"), owner=register["กบค."])
    kept(("S1-15", "S2-80"), person)
    planner = window(person(Role.PLANNER))

    # Copied from last year's, two works with the money that was kept for them.
    draft = drafted(planner, {"way": "copy", "plan": "sso-2568", "code": "sso-2569", "year": "2569"})
    sent(planner, f"/drafts/{draft.pk}/carried/", {"plan": "sso-2568", "work": ["S1-15", "S2-80"]})
    for indicator, target in (("S2-43.1", "30"), ("S2-37.2", "1755")):
        typed(planner, draft, "targets", row_of(draft, "targets", indicator=indicator, year_be="2569"), value=target)
    typed(planner, draft, "monthly", row_of(draft, "monthly", indicator="S2-43.1", period="12"), planned="30")
    # Its sites' money is still 158,821,000 baht, of which one million is last year's.
    typed(planner, draft, "budgets", row_of(draft, "budgets", project="S2-80", order="1"), amount="157821000")
    proposed(draft, planner, person)
    (shown, *_) = re.findall(SHOWN, page(planner, f"/drafts/{draft.pk}/"))
    settings = {"title": draft.title, "stages": STAGES, "period": "1", "shown": shown}
    sent(planner, f"/drafts/{draft.pk}/settings/", settings)
    approved(planner, draft, BOARDS)
    works = {p.id: p for p in package_of(version_in_force(Plan.objects.get(code="sso-2569"))).plan.projects}
    assert len(works) == len(WORKS) + len(PROPOSING)
    assert {t.year_be: t.value for t in works["S2-43"].indicators[0].targets}[2569] == 30
    assert sum(line.amount or 0 for line in works["S1-15"].budgets) == 4_333_000 + 1_000_000
    for year, other in (("2569", "2568"), ("2568", "2569")):
        shown_years = page(planner, f"/plans/sso-{year}/works/S2-80/")
        assert f'href="/plans/sso-{other}/works/S2-80/"' in shown_years, "the work is found again in the other year"
    assert "sso-2569 S2-80" in page(planner, "/plans/sso-2568/works/S2-80/"), "its money names where it went"

    # HR's plan counts the same scholarships against its own target, and asks nobody for them (R9, R171).
    hr = drafted(planner, {"way": "amend", "plan": "hr-2569", "period": "2", "reason": "นับทุนการศึกษาด้วย"})
    same = {"id": "P1.2", "project": "P1", "number": "2", "name": "จำนวนผู้ได้รับทุนการศึกษา", "unit_of_measure": "คน"}
    same |= {"weight": "50", "figures_of": "sso-2569:S2-43.1"}
    aims = {"targets": {"year_be": "2569", "value": "60"}, "monthly": {"period": "12", "planned": "60"}}
    for file, cells in {"indicators": same, **{f: {"indicator": "P1.2", **c} for f, c in aims.items()}}.items():
        sent(planner, f"/drafts/{hr.pk}/{file}/", {f"n:1:{name}": text for name, text in cells.items()})
    typed(planner, hr, "indicators", row_of(hr, "indicators", id="P1.1"), weight="50")
    approved(planner, hr, ("",))
    asked = units_reporting(Plan.objects.get(code="hr-2569")).by_unit
    assert {duty.indicator.id for duties in asked.values() for duty in duties} == {"P1.1"}
    assert word("years.work_years") not in page(planner, "/plans/hr-2569/works/P1/"), (
        "a code alone makes no two works one"
    )

    # Half a year is reported, and amended from July on before it is evaluated.
    clock.set("2026-06-25")
    planner, plan = window(person(Role.PLANNER)), Plan.objects.get(code="sso-2569")
    reported(plan, register, {("กฝ.", "S2-37.1", 1): "100", ("กฝ.", "S2-51.1", 4): "72", ("กฝ.", "S2-51.2", 4): "45"})
    clock.set("2026-07-04")
    planner = window(person(Role.PLANNER))
    amended = drafted(planner, {"way": "amend", "plan": "sso-2569", "period": "7", "reason": "งบถูกลด"})
    assert amended.stages == STAGES.split("\n")
    typed(planner, amended, "indicators", row_of(amended, "indicators", id="S2-51.1"), weight="100")
    gone = row_of(amended, "indicators", id="S2-51.2")
    sent(
        planner, f"/drafts/{amended.pk}/indicators/", {f"c:{gone}:weight": "50", f"v:{gone}": "0", "remove": str(gone)}
    )
    typed(planner, amended, "monthly", row_of(amended, "monthly", indicator="S2-43.1", period="12"), planned="20")
    typed(planner, amended, "targets", row_of(amended, "targets", indicator="S2-43.1", year_be="2569"), value="20")
    approved(planner, amended, BOARDS)
    june, before = closed(planner, 6), outcome("sso-2569", 6)
    first = printed(june)
    assert set(first) == set(report_files.FORMATS)

    # The year ends by the second version; June is what it was, also when its documents are lost and printed again.
    clock.set("2027-01-10")
    reported(plan, register, {("กฝ.", "S2-43.1", 12): "15"})
    december = closed(window(person(Role.PLANNER)), 12)
    assert (june.version.number, december.version.number) == (1, 2)
    assert outcome("sso-2569", 6) == before
    for sha256 in first.values():
        document_path(sha256).unlink()
    june.refresh_from_db()
    assert printed(june) == first
    assert measured(june) - measured(december) == {"S2-51.2"}
    assert outcome("sso-2569", 12)["S2-43"][1] == 75
    assert evaluate(Plan.objects.get(code="hr-2569"), 12).projects[0].indicators[1].percent == 25
    assert audit().is_clean
