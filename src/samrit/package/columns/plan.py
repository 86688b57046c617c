"""The files of a package that describe the plan itself: its parts, units, projects and people."""

from __future__ import annotations

from samrit.engine.choices import AllotmentSort
from samrit.engine.model import Kind, MoneyState, ProjectStatus
from samrit.package.columns.logframe import LOGFRAME
from samrit.package.columns.speech import SPEECH
from samrit.package.columns.tree import FUNDS, PROGRAMMES, STRATEGIES, TACTICS, TO_FUND, TO_STRATEGY, TO_TACTIC
from samrit.package.schema import (
    CONFIDENCE,
    ORDER,
    SOURCE,
    Reference,
    Resource,
    choice,
    date,
    flag,
    integer,
    later,
    number,
    period,
    text,
)
from samrit.vocabulary.months import CALENDARS

TO_PROJECT = Reference(("project",), "projects", ("id",))

PLAN = Resource(
    "plan",
    "แผน",
    "The plan (one row)",
    (
        text("id", "รหัสแผน", "Plan id", required=True),
        text("title", "ชื่อแผน", "Title"),
        integer("year_be", "ปี พ.ศ.", "Year (Buddhist era)", required=True, minimum=2400, maximum=2700),
        text("title_en", "ชื่อแผน (อังกฤษ)", "Title in English"),
        text("organisation", "หน่วยงานเจ้าของแผน", "Organisation"),
        text("organisation_en", "หน่วยงานเจ้าของแผน (อังกฤษ)", "Organisation in English"),
        text(
            "calendar",
            "เดือนแรกของปี (calendar = ม.ค., april = เม.ย., july = ก.ค., fiscal = ต.ค.)",
            "The year starts in: calendar = January, april, july, fiscal = October",
            required=True,
            allowed=tuple(CALENDARS),
        ),
        text("numbering", "การให้ลำดับที่", "Numbering scheme"),
        text("ruleset", "ชุดเกณฑ์การประเมิน", "Rule set"),
        text("vision", "วิสัยทัศน์", "Vision"),
        *SPEECH,
        later(
            integer(
                "until_year_be",
                "ปีสุดท้ายของแผนหลายปี (พ.ศ.)",
                "Last year of a plan of several years (Buddhist era)",
                minimum=2400,
                maximum=2700,
            )
        ),
        later(text("under_plan", "อยู่ภายใต้แผนหลายปี (รหัสแผน)", "Under the plan of several years (plan id)")),
        later(integer("under_version", "ฉบับที่อ้างอิง; ว่าง: ฉบับล่าสุด", "Version cited; blank: the latest", minimum=1)),
        *SOURCE,
    ),
    ("id",),
    (Reference(("ruleset",), "rulesets", ("id",)),),
)
MISSIONS = Resource("missions", "พันธกิจ", "Missions", (ORDER, text("text", "พันธกิจ", "Mission")), ("order",))
UNITS = Resource(
    "units",
    "ทะเบียนหน่วยงาน",
    "Register of units",
    (
        text("code", "รหัส/ชื่อย่อ", "Code", required=True),
        text("name", "ชื่อหน่วยงาน", "Name"),
        text("name_en", "ชื่อหน่วยงาน (อังกฤษ)", "Name in English"),
        text("parent", "สังกัด", "Parent unit"),
        text("type", "ประเภท", "Type"),
        text("region", "ภาค", "Region"),
        date("valid_from", "ใช้ตั้งแต่", "Valid from"),
        date("valid_to", "ใช้ถึง", "Valid to"),
        text("successor", "หน่วยงานที่รับงานต่อ", "Successor"),
    ),
    ("code",),
    (Reference(("parent",), "units", ("code",)), Reference(("successor",), "units", ("code",))),
)
UNIT_ALIASES = Resource(
    "unit_aliases",
    "ชื่ออื่นของหน่วยงาน",
    "Other names of units",
    (
        text("unit", "หน่วยงาน", "Unit", required=True),
        ORDER,
        text("alias", "ชื่ออื่นที่พบ", "Other name found", required=True),
    ),
    ("unit", "order"),
    (Reference(("unit",), "units", ("code",)),),
)
PROJECTS = Resource(
    "projects",
    "งาน/โครงการ",
    "Works and projects",
    (
        text("id", "รหัสงาน/โครงการ", "Id", required=True),
        integer("number", "ลำดับที่", "Number", required=True),
        text("title", "ชื่องาน/โครงการ", "Title"),
        text("fund", "กองทุน", "Fund"),
        text("strategy", "ยุทธศาสตร์ที่", "Strategy", required=True),
        text("tactic", "กลยุทธ์ที่", "Tactic"),
        text("programme", "แผนงาน", "Programme"),
        choice("kind", "ลักษณะงาน", "Kind", Kind),
        text("identity", "โครงการเดียวกันกับ", "Identity shared by lines that are one project"),
        text("goal", "เป้าประสงค์", "Goal"),
        later(
            text(
                "shares_with",
                "ใช้เป้าประสงค์และขั้นตอนร่วมกับงาน (ช่องที่เว้นว่างใช้ของงานนั้น)",
                "Shares goal and steps with the work: what is blank here is that one's",
            )
        ),
        text("responsible_text", "หน่วยงานที่รับผิดชอบ (ตามที่พิมพ์)", "Responsible units as printed"),
        period("first_period", "เดือนเริ่ม", "First period"),
        period("last_period", "เดือนสิ้นสุด", "Last period"),
        text("period_text", "ระยะเวลา (ตามที่พิมพ์)", "Period as printed"),
        later(date("starts_on", "วันเริ่ม (ข้ามปีได้)", "Starts on, also in the year before")),
        later(date("ends_on", "วันสิ้นสุด (ข้ามปีได้)", "Ends on, also in the year after")),
        choice("status", "สถานะ", "Status", ProjectStatus),
        later(number("weight", "น้ำหนัก (ร้อยละ)", "Weight (percent)")),
        *LOGFRAME,
        text("remark", "หมายเหตุ", "Remark"),
        text("note", "บันทึกของผู้จัดทำข้อมูล", "Note of the data's editor"),
        *SOURCE,
        CONFIDENCE,
    ),
    ("id",),
    (
        TO_STRATEGY,
        TO_FUND,
        TO_TACTIC,
        Reference(("programme",), "programmes", ("code",)),
        Reference(("shares_with",), "projects", ("id",)),
    ),
)
PROJECT_UNITS = Resource(
    "project_units",
    "หน่วยงานที่รับผิดชอบ",
    "Responsible units, the lead first",
    (
        text("project", "งาน/โครงการ", "Project", required=True),
        ORDER,
        text("unit", "หน่วยงาน", "Unit", required=True),
    ),
    ("project", "order"),
    (TO_PROJECT,),
)
STEPS = Resource(
    "steps",
    "ขั้นตอนการดำเนินงาน",
    "Steps",
    (
        text("project", "งาน/โครงการ", "Project", required=True),
        ORDER,
        text("text", "ขั้นตอน", "Step"),
        later(date("due_on", "กำหนดแล้วเสร็จ", "Due on")),
        later(text("decided_by", "ผู้อนุมัติ (ว่าง = ไม่ต้องขออนุมัติ)", "Approved by; blank: needs no approval")),
    ),
    ("project", "order"),
    (TO_PROJECT,),
)
BUDGETS = Resource(
    "budgets",
    "งบประมาณ",
    "Budgets",
    (
        text("project", "งาน/โครงการ", "Project", required=True),
        ORDER,
        number("amount", "จำนวนเงิน (บาท)", "Amount (baht); blank: uses no budget"),
        text("funding_source", "แหล่งเงิน", "Funding source"),
        text("unit", "ส่วนของหน่วยงาน", "Unit whose share it is"),
        text("text", "ข้อความตามที่พิมพ์", "As printed"),
        later(text("account", "รหัสงบประมาณในระบบบัญชี", "Code in the accounting system")),
        *SOURCE,
    ),
    ("project", "order"),
    (TO_PROJECT,),
)
MONEY_MOVEMENTS = Resource(
    "money_movements",
    "ความเคลื่อนไหวของเงิน",
    "Money movements, in the order of recording; an amount below zero with a note corrects",
    (
        text("project", "งาน/โครงการ", "Project", required=True),
        ORDER,
        period("period", "เดือนที่ (1–12 ของปีแผน)", "Period (1–12 of the plan's year)", required=True),
        choice("state", "สถานะของเงิน", "State of the money", MoneyState, required=True),
        number("amount", "จำนวนเงิน (บาท)", "Amount (baht)", required=True),
        text("funding_source", "แหล่งเงิน", "Funding source"),
        text("note", "บันทึก", "Note"),
        *SOURCE,
    ),
    ("project", "order"),
    (TO_PROJECT,),
)
ALLOTMENTS = Resource(
    "allotments",
    "เงินที่ได้รับจัดสรร",
    "Money allotted to the plan, in the order of recording: announcements, and what explains the works' sum",
    (
        ORDER,
        text("funding_source", "แหล่งเงิน", "Funding source", required=True),
        choice("sort", "ประเภทรายการ", "Sort of line", AllotmentSort, required=True),
        number("amount", "จำนวนเงิน (บาท)", "Amount (baht)", required=True),
        text("number", "ประกาศฉบับที่", "Number of the announcement"),
        date("announced_on", "วันที่ประกาศ", "Day of the announcement"),
        text("replaces", "ใช้แทนประกาศฉบับที่", "Number of the announcement that it replaces"),
        text("project", "งาน/โครงการ", "Project that it is about"),
        text("note", "บันทึก", "Note"),
        *SOURCE,
    ),
    ("order",),
    (TO_PROJECT,),
)
LINKS = Resource(
    "links",
    "ความสอดคล้องกับแผนอื่น",
    "Links to other plans; a blank project means the plan itself",
    (
        text("project", "งาน/โครงการ", "Project"),
        ORDER,
        text("kind", "ประเภทแผน", "Kind", required=True, suggested="alignment_kind"),
        text("code", "รหัส", "Code", required=True),
        flag("main", "เป็นความสอดคล้องหลัก", "Main link"),
    ),
    ("project", "order"),
    (TO_PROJECT,),
)
MANPOWER = Resource(
    "manpower",
    "กรอบอัตรากำลัง",
    "Manpower frame",
    (
        integer("row", "แถวที่", "Row", required=True, minimum=1),
        text("group", "กลุ่มหน่วยงาน", "Group of units"),
        ORDER,
        text("type", "ประเภทบุคลากร", "Personnel type"),
        integer("count", "จำนวน (คน)", "Count", required=True, minimum=0),
    ),
    ("row", "order"),
)
REPORT_TEXTS = Resource(
    "report_texts",
    "ข้อความในรายงาน",
    "Texts for the report",
    (
        integer("number", "ที่", "Number", required=True, minimum=1),
        text("section", "ส่วนของรายงาน", "Section", required=True),
        text("strategy", "ยุทธศาสตร์ที่", "Strategy"),
        integer("order", "ลำดับ", "Order", required=True),
        integer("depth", "ชั้น", "Depth", required=True, minimum=0),
        period("as_of", "ณ งวด", "As of period"),
        text("text", "ข้อความ", "Text"),
        *SOURCE,
        later(text("project", "งาน/โครงการ", "Project")),
        later(text("text_en", "ข้อความภาษาอังกฤษ", "Text in English")),
    ),
    ("number",),
    (TO_STRATEGY, TO_PROJECT),
)

PLAN_RESOURCES = (
    PLAN,
    MISSIONS,
    FUNDS,
    STRATEGIES,
    TACTICS,
    PROGRAMMES,
    UNITS,
    UNIT_ALIASES,
    PROJECTS,
    PROJECT_UNITS,
    STEPS,
    BUDGETS,
    MONEY_MOVEMENTS,
    ALLOTMENTS,
    LINKS,
    MANPOWER,
    REPORT_TEXTS,
)
