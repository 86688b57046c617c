"""What happened in the year, on the pages: every declared kind has all that a kind has, and so has one more."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.utils.html import strip_tags

from samrit.engine.model import Kind as Sort
from samrit.engine.model import Plan as EnginePlan
from samrit.engine.model import Project, Site
from samrit.engine.year import told
from samrit.package import PlanPackage, kinds
from samrit.package.kinds.declared import RecordKind
from samrit.package.schema import choice, flag, integer, number, text
from samrit.package.schema import date as day
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.documents import pack, unpack
from samrit.plans.evaluation.scoring import evaluate
from samrit.plans.models import Plan, YearRecord
from samrit.plans.records.audit import audit
from samrit.plans.records.backup import backup, restore
from samrit.plans.selectors.control.year_list import year_list
from samrit.plans.services.plan.periods import period_close
from samrit.plans.services.plan.plans import plan_amend, plan_export, plan_import, plan_settings
from samrit.plans.services.plan.year_records import year_record_add
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan
from tests.year_kinds import also_declared, typed

WORK, YEAR = "/plans/small-2569/works/P1/", "/control/small-2569/year/"


SHOWN_TO_ALL = {
    f"ข้อความ-{own}"
    for own in ("explanations-result", "subprojects-title", "activities-title", "positions-title", "assessments-part")
}


@pytest.fixture
def plan(register, clock) -> Plan:
    return plan_import(SYSTEM, package=built(), owner=register["กนผ."])


def built() -> PlanPackage:
    """Return a plan of one work at two sites, both due in June."""
    package = small_plan()
    sites = tuple(Site(n, f"อาคาร {n}", "กฝ.", Decimal(1_000_000), commitment_due_period=6) for n in ("1", "2"))
    return replace(
        package,
        plan=replace(package.plan, projects=(replace(package.plan.projects[0], sites=sites, steps=("ขออนุมัติ",)),)),
    )


@pytest.fixture
def planner(person) -> Client:
    return signed_in(person("planner"))


def signed_in(who, language: str = "th") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["language"] = language
    return client


def go_to(clock, day: str, client: Client, who) -> None:
    """Let it be another day, on which the session of an earlier one is over."""
    clock.set(day)
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return re.sub(r"\s+", " ", unescape(strip_tags(response.content.decode().replace("<", " <"))))


def texts_of(kind: RecordKind, given: dict[str, str]) -> list[str]:
    """Return the texts that a person typed into a record, each naming its own field."""
    return [cell for cell in given.values() if cell.startswith("ข้อความ-")]


def whole(kind: RecordKind, plan: Plan, planner: Client) -> None:
    """Look for everything that a kind has: form, story, list, export, history, package, audit."""
    work = evaluate(plan, 3).plan.projects[0]
    given = typed(kind, work)
    address = f"{WORK}year/{kind.name}/"
    for language, title in (("th", kind.th), ("en", kind.en)):
        planner.cookies["language"] = language
        page = shown(planner, address)
        assert all(part in page for part in (title, *((f.en if language == "en" else f.th) for f in kind.fields)))
    empty = planner.post(address, {}).content.decode()
    assert empty.count('class="fault"') == 1 + sum(f.required for f in kind.fields)
    planner.cookies["language"] = "th"
    assert planner.post(address, given).status_code == 302
    row = YearRecord.objects.get(kind=kind.name)
    assert row.cells.keys() == {f.name for f in kind.fields}, "every field is kept"
    csv_text = planner.get(f"{YEAR}{kind.name}.csv").content.decode("utf-8-sig")
    (line,) = list(csv.DictReader(io.StringIO(csv_text)))
    assert planner.get(f"{YEAR}{kind.name}.xlsx").status_code == 200
    story, listed, change = (
        shown(planner, a) for a in (WORK, f"{YEAR}?kind={kind.name}", f"{address}?record={row.record}")
    )
    history = planner.get(f"{WORK}history.csv").content.decode("utf-8-sig")
    own = planner.get(f"{WORK}year.csv").content.decode("utf-8-sig")
    for marker in texts_of(kind, given):
        assert all(marker in place for place in (story, listed, history, own))
        assert marker in planner.get(f"{address}?record={row.record}").content.decode()
        assert any(marker in cell for cell in line.values())
    assert all(f.th in line and line[f.th] for f in kind.fields)
    assert all(f.th in story for f in kind.fields)
    assert kind.th in change
    packed = pack(plan_export(plan))
    assert unpack(packed).plan.projects[0].records == evaluate(plan, 3).plan.projects[0].records
    assert audit().faults == ()


def test_every_kind_has_form_story_list_export_history_package_and_audit(plan, planner) -> None:
    for kind in kinds.KINDS:
        whole(kind, plan, planner)


def visited(project: Project, records: list, plan: EnginePlan) -> Project:
    return replace(project, remark=f"{plan.year_be}: {records[-1].value('visitor')}")


def visits() -> RecordKind:
    """Return a kind that nobody has thought of, with a field of every type."""
    return RecordKind(
        "visits",
        "การตรวจเยี่ยม",
        "Visit to a site",
        ("ตรวจเมื่อ", "Visited on"),
        (
            text("visitor", "ผู้ตรวจเยี่ยม", "Visitor", required=True),
            text("words", "ข้อสังเกต", "Remarks"),
            text("unit", "หน่วยงานที่รับตรวจ", "Unit visited", required=True),
            text("place", "ตัวชี้วัดที่ดู", "Indicator looked at"),
            choice("sort", "ประเภทงาน", "Sort of work", Sort),
            number("cost", "ค่าใช้จ่าย", "Cost"),
            integer("people", "จำนวนคน", "People", minimum=1, maximum=50),
            flag("planned", "อยู่ในแผน", "Planned"),
            day("again_on", "ตรวจซ้ำภายใน", "Again by"),
        ),
        key=("visitor",),
        public=frozenset({"visitor"}),
        long=frozenset({"words"}),
        units=frozenset({"unit"}),
        choose={"place": lambda work: {i.id: i.name for i in work.indicators}},
        waits=lambda values: values["again_on"],  # type: ignore[arg-type,return-value]
        counted="sort",
        lay=visited,
    )


def test_one_more_kind_needs_its_declaration_and_nothing_else(plan, planner, person, clock, tmp_path) -> None:
    kind = visits()
    with also_declared(kind):
        whole(kind, plan, planner)
        row = YearRecord.objects.get()
        assert row.record == "ข้อความ-visits-visitor", "known by its key"
        work = evaluate(plan, 3).plan.projects[0]
        assert work.remark == "2569: ข้อความ-visits-visitor", "laid over the plan"
        assert "มีรายการ “ข้อความ-visits-visitor” อยู่แล้ว" in shown_refused(planner, kind, typed(kind, work))
        go_to(clock, "2026-10-05", planner, person("planner"))
        assert "เลยกำหนดตั้งแต่ 30 ก.ย. 2569" in shown(planner, f"{YEAR}?kind=visits&overdue=1")
        plan_settings(SYSTEM, plan=plan, is_public=True)
        public = shown(Client(), WORK)
        assert "ข้อความ-" not in public, "the public reads the approved plan, and there were none in it"
        backup(tmp_path / "all.zip")
        restore(tmp_path / "all.zip", replace=True)
        assert evaluate(Plan.objects.get(), 3).plan.projects[0].remark == "2569: ข้อความ-visits-visitor"
    memory.forget()
    assert told(evaluate(Plan.objects.get(), 3).plan.projects[0].records) == (), "rows of a kind that is gone are kept"


def shown_refused(client: Client, kind: RecordKind, given: dict[str, str]) -> str:
    response = client.post(f"{WORK}year/{kind.name}/", given)
    assert response.status_code == 422
    return strip_tags(response.content.decode())


def test_the_public_reads_what_is_declared_for_everybody_and_no_names(register, clock, person) -> None:
    whole_plan = plan_import(SYSTEM, package=built(), owner=register["กนผ."])
    for kind in kinds.KINDS:
        given = typed(kind, evaluate(whole_plan, 3).plan.projects[0])
        year_record_add(person("planner"), plan=whole_plan, kind=kind.name, project="P1", given=given)
    package = plan_export(whole_plan)
    published = replace(package, plan=replace(package.plan, id="open-2569"))
    plan_import(SYSTEM, package=published, owner=register["กนผ."], is_public=True)
    public = shown(Client(), "/plans/open-2569/works/P1/")
    assert "สถานะของงาน/โครงการ" in public
    open_to_all = {f"ข้อความ-{kind.name}-{own}" for kind in kinds.KINDS for own in kind.public}
    assert set(re.findall(r"ข้อความ-[\w-]+", public)) == open_to_all & SHOWN_TO_ALL
    assert str(person("planner")) not in public
    assert Client().get("/plans/open-2569/works/P1/year/work_states/").status_code == 302


def test_march_tells_what_was_known_when_march_was_closed(plan, planner, person, clock) -> None:
    planner.post(f"{WORK}year/work_states/", {"happened_on": "2/3/2569", "state": "running"})
    go_to(clock, "2026-04-10", planner, person("planner"))
    period_close(person("planner"), plan=plan, period=3)
    go_to(clock, "2026-05-20", planner, person("planner"))
    over = f"{WORK}year/work_states/?record=1"
    planner.post(over, {"happened_on": "2/3/2569", "state": "cancelled", "seen": "1", "reason": "แก้ตามมติ"})
    march, may = shown(planner, f"{WORK}?month=3"), shown(planner, f"{WORK}?month=5")
    story = [page[page.index("เรื่องราวของปี", page.index("บันทึกเพิ่ม") - 200) :] for page in (march, may)]
    assert "อยู่ระหว่างดำเนินการ" in story[0].split("ประวัติ")[0]
    assert "หลังจากนั้นมีบันทึกหรือแก้ไขอีก 1 รายการ" in story[0]
    assert "หลังจากนั้น" not in story[1]
    assert planner.post(over, {"do": "withdraw", "seen": "2"}).status_code == 422, "a withdrawal says why"
    assert planner.post(over, {"do": "withdraw", "seen": "2", "reason": "ผิดงาน"}).status_code == 302
    assert planner.get(over).status_code == 404
    assert told(evaluate(plan, 12).plan.projects[0].records) == ()


def test_the_control_room_counts_causes_and_puts_overdue_actions_first(plan, planner, person, clock) -> None:
    for cause in ("no_bidder", "no_bidder", "budget_late"):
        planner.post(f"{WORK}year/causes/", {"happened_on": "1/3/2569", "cause": cause})
    action = {"happened_on": "1/3/2569", "words": "เร่ง", "owner": "กฝ.", "state": "open"}
    for due in ("30/6/2569", "31/3/2569"):
        planner.post(f"{WORK}year/actions/", {**action, "due_on": due})
    planner.post(f"{WORK}year/actions/", {**action, "due_on": "1/2/2569", "state": "done"})
    assert "ไม่มีผู้ยื่นข้อเสนอ 2 ได้รับจัดสรรงบประมาณล่าช้า 1" in shown(planner, f"{YEAR}?kind=causes")
    assert "1 รายการ" in shown(planner, f"{YEAR}?kind=causes&value=budget_late")
    crossed = year_list(
        plan, kind="causes", chosen="", only_overdue=False, page=1, language="th", today=date(2026, 4, 3)
    )
    by_strategy, by_unit = crossed.crosses
    assert by_strategy.heads == ("1",)
    assert by_strategy.rows == (("ได้รับจัดสรรงบประมาณล่าช้า", 1, (1,)), ("ไม่มีผู้ยื่นข้อเสนอ", 1, (1,))), "one work, told twice"
    assert [counts for _, _, counts in by_unit.rows] == [(1,), (1,)]
    actions = shown(planner, f"{YEAR}?kind=actions")
    assert "เลยกำหนด 1" in actions
    assert actions.index("31 มี.ค. 2569") < actions.index("30 มิ.ย. 2569")
    go_to(clock, "2026-07-01", planner, person("planner"))
    assert "เลยกำหนด 2" in shown(planner, f"{YEAR}?kind=actions")
    assert planner.get(f"{YEAR}?kind=stars").status_code == 404
    assert planner.get(f"{YEAR}stars.csv").status_code == 404


def test_sites_contracts_and_instalments_on_the_page_of_a_work(plan, planner, person, clock) -> None:
    """R189, R191, R250, R252: one of two due sites is committed, its progress is shown, the steps are drawn."""
    go_to(clock, "2026-07-05", planner, person("planner"))

    def keep(kind: str, **given: str) -> None:
        response = planner.post(f"{WORK}year/{kind}/", given)
        assert response.status_code == 302, strip_tags(response.content.decode())

    contract = {"number": "7/2569", "party": "บริษัท ก", "value": "1,000,000", "site": "1", "state": "in_force"}
    keep("contracts", happened_on="7/5/2569", ends_on="30/9/2569", **contract)
    for own, accepted in (("1", "1/6/2569"), ("2", ""), ("3", "30/6/2569"), ("4", "")):
        given = {"number": own, "amount": "250000", "due_on": "1/7/2569", "accepted_on": accepted}
        keep("instalments", happened_on="1/7/2569", contract="7/2569", **given)
    keep("procurement_steps", happened_on="1/7/2569", step="contract", round="1", site="2", due_on="30/6/2569")
    assert re.search(r"รวมจำนวนเงิน \(บาท\) [\d,]+,000\.00 ", shown(planner, f"{YEAR}?kind=instalments"))
    page = shown(planner, f"{WORK}?month=6")
    assert "ก่อหนี้ผูกพันแล้ว 1 จาก 2 แห่งที่ถึงกำหนด" in page
    assert re.search(r"อาคาร 1 .*? พ.ค. 2569 – 65\.00 ", page), "30 + 70 × 2 ÷ 4"
    assert "ก่อหนี้ผูกพันแล้ว 0 จาก 0" in shown(planner, f"{WORK}?month=4")
    times = planner.get("/control/small-2569/times/").content.decode()
    assert "<svg" in times
    assert "ลงนามสัญญา 2 อาคาร 2" in strip_tags(times)
    overdue = shown(planner, f"{YEAR}?kind=procurement_steps&overdue=1")
    assert "เลยกำหนดตั้งแต่ 30 มิ.ย. 2569" in overdue
    assert (
        planner.post(f"{WORK}year/site_states/", {"happened_on": "1/7/2569", "site": "9", "state": "done"}).status_code
        == 422
    )
    assert planner.get("/control/small-2569/times/?unit=ไม่มี").status_code == 200


def test_an_explanation_of_a_closed_month_joins_the_words_of_its_report(plan, planner, person, clock) -> None:
    """R165: its day is later than the figures, and the closed month stays closed."""
    go_to(clock, "2026-05-10", planner, person("planner"))
    period_close(person("planner"), plan=plan, period=3)
    given = {"happened_on": "6/5/2569", "period": "3", "result": "ส่งมอบแล้วเมื่อเดือนพฤษภาคม"}
    assert planner.post(f"{WORK}year/explanations/", given).status_code == 302
    words = evaluate(plan, 3).plan.projects[0].narratives
    assert [(n.period, n.result, n.written_on.isoformat()) for n in words if n.written_on] == [
        (3, "ส่งมอบแล้วเมื่อเดือนพฤษภาคม", "2026-05-06")
    ]


def test_the_watch_list_calls_nothing_overdue_before_the_first_month_is_over(plan, planner, person, clock) -> None:
    go_to(clock, "2026-01-02", planner, person("planner"))
    work = plan.versions.get()
    package = unpack(bytes(work.content))
    (project,) = package.plan.projects
    early = replace(project, sites=(replace(project.sites[0], commitment_due_period=1),))
    plan_amend(
        person("planner"),
        plan=plan,
        package=replace(package, plan=replace(package.plan, projects=(early,))),
        effective_period=1,
        reason="มติ",
    )
    page = shown(planner, "/control/small-2569/watch/")
    assert "ยังไม่มีเดือนใดสิ้นสุด" in page
    assert "ยังไม่ก่อหนี้ผูกพัน" not in page
    go_to(clock, "2026-02-02", planner, person("planner"))
    assert "อาคาร 1 ยังไม่ก่อหนี้ผูกพัน" in shown(planner, "/control/small-2569/watch/")


def test_the_watch_list_shows_its_score_by_parts_and_a_decision_holds(plan, planner, person, clock) -> None:
    """EW1, R246, R248: two sites and a milestone overdue, an action beyond its day; the decision stands in July too."""
    go_to(clock, "2026-07-05", planner, person("planner"))
    step = {"happened_on": "1/7/2569", "step": "contract", "round": "1", "due_on": "30/6/2569"}
    action = {"happened_on": "1/3/2569", "words": "เร่ง", "owner": "กฝ.", "state": "open", "due_on": "31/3/2569"}
    assert planner.post(f"{WORK}year/procurement_steps/", step).status_code == 302
    assert planner.post(f"{WORK}year/actions/", action).status_code == 302
    page = shown(planner, "/control/small-2569/watch/")
    assert "1 งาน ยังไม่มีผลการพิจารณา 1 งาน" in page
    for part in ("+3 ขั้นตอนจัดซื้อจัดจ้างเลยกำหนด 30 มิ.ย. 2569", "+3 อาคาร 1 ยังไม่ก่อหนี้ผูกพัน", "(2 รายการ)"):
        assert part in page
    assert "+1 สิ่งที่ตกลงว่าจะทำเลยกำหนด 31 มี.ค. 2569" in page
    (line,) = csv.DictReader(
        io.StringIO(planner.get("/control/small-2569/tables/watch.csv").content.decode("utf-8-sig"))
    )
    assert int(line["คะแนน"]) == sum(int(n) for n in re.findall(r"\+(\d)", line["เหตุ"]))
    review = {"happened_on": "3/7/2569", "decision": "speed_up", "decided_by": "เลขาธิการ"}
    assert planner.post(f"{WORK}year/reviews/", review).status_code == 302
    go_to(clock, "2026-08-05", planner, person("planner"))
    later = shown(planner, "/control/small-2569/watch/")
    assert "ยังไม่มีผลการพิจารณา 0 งาน" in later
    assert "3 ก.ค. 2569 ผลการพิจารณา เร่งรัดการดำเนินการ" in later


def test_registers_and_parts_of_an_assessment_come_to_something_on_the_work_s_page(plan, planner) -> None:
    """R264, R269, R270, R272: covered positions of each register, the class by three tools, a quarter's activity."""
    for register, title, state in (
        ("training_route", "นิติกร", "covered"),
        ("training_route", "บรรณารักษ์", "open"),
        ("training_route", "พยาบาลวิชาชีพ", "preparing"),
        ("succession", "ผู้อำนวยการ", "covered"),
    ):
        given = {"happened_on": "1/3/2569", "register": register, "title": title, "state": state}
        assert planner.post(f"{WORK}year/positions/", given).status_code == 302
    for part, tool, score in (("1", "iit", "94"), ("2", "eit", "96")):
        given = {"happened_on": "1/3/2569", "part": part, "tool": tool, "score": score}
        assert planner.post(f"{WORK}year/assessments/", given).status_code == 302
    page = shown(planner, WORK)
    assert "เส้นทางการฝึกอบรม (TDRM): พร้อมแล้ว 1 จาก 3 ตำแหน่ง (ร้อยละ 33.33)" in page
    assert "แผนสืบทอดตำแหน่ง: พร้อมแล้ว 1 จาก 1 ตำแหน่ง (ร้อยละ 100.00)" in page
    assert "ยังไม่มีคะแนนครบทั้งสามเครื่องมือ" in page
    too_high = {"happened_on": "1/3/2569", "part": "3", "tool": "oit", "score": "980"}
    assert planner.post(f"{WORK}year/assessments/", too_high).status_code == 422
    assert planner.post(f"{WORK}year/assessments/", {**too_high, "score": "98"}).status_code == 302
    assert "คะแนนรวม 96.20: ผ่านดี" in shown(planner, WORK)
    terms = {"happened_on": "2/3/2569", "iit_weight": "0", "eit_weight": "50", "oit_weight": "40"}
    limits = {"improve_from": "70", "passed_from": "85", "excellent_from": "85"}
    refused = planner.post(f"{WORK}year/assessment_terms/", {**terms, **limits})
    assert refused.status_code == 422
    for fault in ("น้ำหนักของเครื่องมือรวมกันได้ 90", "ต้องสูงกว่าของระดับก่อนหน้า ซึ่งเริ่มที่ 85"):
        assert fault in refused.content.decode()
    mended = {**terms, "eit_weight": "60", **limits, "excellent_from": "96"}
    assert planner.post(f"{WORK}year/assessment_terms/", mended).status_code == 302
    assert "คะแนนรวม 96.80: ผ่านดีเยี่ยม" in shown(planner, WORK)
    quiz = {"happened_on": "1/3/2569", "title": "ตอบคำถาม", "quarter": "1", "due_on": "31/1/2569"}
    assert planner.post(f"{WORK}year/activities/", quiz).status_code == 302
    assert "เลยกำหนดตั้งแต่ 31 ม.ค. 2569" in shown(planner, f"{YEAR}?kind=activities&overdue=1")


def test_the_summary_for_executives_tells_of_no_day_after_its_month(plan, planner, person, clock) -> None:
    """R263: March's knows the cause of March, May's also what was agreed in May; June has not begun."""
    go_to(clock, "2026-05-10", planner, person("planner"))
    planner.post(f"{WORK}year/causes/", {"happened_on": "1/3/2569", "cause": "no_bidder"})
    agreed = {
        "happened_on": "5/5/2569",
        "words": "เร่งประกาศใหม่",
        "owner": "กฝ.",
        "state": "open",
        "due_on": "30/6/2569",
    }
    planner.post(f"{WORK}year/actions/", agreed)
    address = "/control/small-2569/summary"
    told = {month: shown(planner, f"{address}.html?month={month}") for month in (3, 5)}
    assert all("ไม่มีผู้ยื่นข้อเสนอ" in text for text in told.values())
    assert [month for month, text in told.items() if "เร่งประกาศใหม่" in text] == [5]
    assert "เร่งประกาศใหม่" in shown(planner, f"{address}.html"), "the last month that began, unless one is named"
    assert planner.get(f"{address}.html?month=6").status_code == 404
    assert planner.get(f"{address}.csv").status_code == 404
    assert planner.get(f"{address}.docx").content.startswith(b"PK")
