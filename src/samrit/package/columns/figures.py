"""The files of a package that hold measures and what was reported: indicators, months, sites, claims."""

from __future__ import annotations

from dataclasses import replace

from samrit.engine.model import Aggregation, Comparator, Consolidation, Direction, EntryBasis, Formula, Quantity, Rhythm
from samrit.package.columns.plan import TO_PROJECT
from samrit.package.columns.tree import TO_FUND, TO_STRATEGY
from samrit.package.schema import (
    CONFIDENCE,
    ORDER,
    SOURCE,
    Reference,
    Resource,
    choice,
    date,
    figure,
    flag,
    integer,
    later,
    number,
    period,
    text,
)
from samrit.vocabulary.narrative import WORDS

TO_INDICATOR = Reference(("indicator",), "indicators", ("id",))
TO_SITE = Reference(("project", "site"), "sites", ("project", "id"))
NARRATIVE = tuple(replace(text(word.name, word.titles["th"], word.titles["en"]), later=word.is_later) for word in WORDS)
PROJECT = text("project", "งาน/โครงการ", "Project", required=True)
INDICATOR = text("indicator", "ตัวชี้วัด", "Indicator", required=True)
OWN_INDICATOR = text("indicator", "ตัวชี้วัด (ว่าง = ทั้งโครงการ)", "Indicator; blank: the project")

SITES = Resource(
    "sites",
    "สถานที่ดำเนินการ",
    "Sites of work",
    (
        PROJECT,
        text("id", "รหัสสถานที่", "Id", required=True),
        text("title", "ชื่องาน", "Title"),
        text("unit", "หน่วยงาน", "Unit"),
        number("budget", "งบประมาณ (บาท)", "Budget (baht)"),
        period("commitment_due_period", "กำหนดก่อหนี้ผูกพัน (เดือน)", "Commitment due in period"),
        period("committed_period", "ก่อหนี้ผูกพันเมื่อ (เดือน)", "Committed in period"),
        integer("instalments", "จำนวนงวดงาน", "Instalments", minimum=0),
        integer("instalments_accepted", "งวดงานที่ตรวจรับแล้ว", "Instalments accepted", required=True, minimum=0),
        period("done_period", "แล้วเสร็จเมื่อ (เดือน)", "Done in period"),
        text("outcome", "ผล", "Outcome"),
        *SOURCE,
    ),
    ("project", "id"),
    (TO_PROJECT,),
)
SITE_TEXTS = Resource(
    "site_texts",
    "แผนและผลรายไตรมาสของสถานที่ (ข้อความ)",
    "Sites' plan and result per quarter, in words",
    (
        PROJECT,
        text("site", "รหัสสถานที่", "Site", required=True),
        text("side", "แผน/ผล (planned, actual)", "planned or actual", required=True, allowed=("planned", "actual")),
        ORDER,
        text("text", "ข้อความ", "Text"),
    ),
    ("project", "site", "side", "order"),
    (TO_SITE,),
)
INDICATORS = Resource(
    "indicators",
    "ตัวชี้วัด",
    "Indicators",
    (
        text("id", "รหัสตัวชี้วัด", "Id", required=True),
        PROJECT,
        integer("number", "ลำดับที่", "Number", required=True),
        text("name", "ชื่อตัวชี้วัด", "Name"),
        text("unit_of_measure", "หน่วยนับ", "Unit of measure"),
        number("weight", "น้ำหนัก (ร้อยละ)", "Weight (percent)"),
        choice("aggregation", "วิธีคิดผลสะสม", "Aggregation", Aggregation, required=True),
        choice("consolidation", "วิธีรวมหลายหน่วยงาน", "Consolidation over units", Consolidation),
        choice("entry_basis", "ค่าที่รายงาน", "Entry basis", EntryBasis, required=True),
        choice("direction", "ทิศทางตัวชี้วัด", "Direction", Direction, required=True),
        choice("formula", "สูตร", "Formula", Formula, required=True),
        flag("interpolated", "คิดคะแนนระหว่างระดับ", "Interpolated"),
        flag("is_share", "เป็นสัดส่วนของทั้งหมด", "Is a share of a whole"),
        number("baseline", "ค่าฐาน", "Baseline"),
        integer("baseline_year_be", "ปีของค่าฐาน (พ.ศ.)", "Baseline year (Buddhist era)", minimum=2400, maximum=2700),
        later(
            number(
                "scale",
                "สัดส่วนคิดต่อ (ว่าง = ตามหน่วยนับ หรือ 100)",
                "A share is per; blank: what the unit of measure says, else 100",
                above_zero=True,
            )
        ),
        later(
            choice(
                "quantity", "ตัวเลขบนเกณฑ์ระดับ", "Figures on levels; blank: plan in levels, results in values", Quantity
            )
        ),
        later(text("identity", "ตัวชี้วัดเดียวกันกับ", "Identity shared by indicators of one definition")),
        later(text("part_of", "แยกย่อยจากตัวชี้วัด", "A category of the indicator")),
        later(text("dimension", "แยกตาม (เพศ อายุ พื้นที่ …)", "Broken down by (sex, age, place …)")),
        later(choice("rhythm", "รอบการรายงาน; ว่าง: ตามแผน", "Reports; blank: as the plan does", Rhythm)),
        later(
            text(
                "figures_of",
                "ใช้ผลของตัวชี้วัด (รหัส หรือ แผน:รหัส)",
                "Takes its results from: an indicator of this plan, or plan:indicator",
            )
        ),
        later(flag("years_add_up", "ผลหลายปีนับรวมกัน", "Results and targets of several years add up")),
        text("note", "บันทึกของผู้จัดทำข้อมูล", "Note of the data's editor"),
        *SOURCE,
    ),
    ("id",),
    (TO_PROJECT, Reference(("part_of",), "indicators", ("id",))),
)
CARDS = Resource(
    "indicator_cards",
    "รายละเอียดตัวชี้วัด",
    "Indicator cards",
    (
        INDICATOR,
        text("definition", "รายละเอียด", "Definition"),
        text("method", "วิธีการวัดและการประเมินผล", "Method"),
        text("unit_of_measure", "หน่วยการวัด", "Unit of measure"),
        text("frequency", "ความถี่การวัด", "Frequency of measuring"),
        text("reporting_frequency", "ความถี่การรายงาน", "Frequency of reporting"),
        text("evaluating_unit", "หน่วยงานประเมินและจัดเก็บข้อมูล", "Evaluating unit"),
        text("supporting_unit", "หน่วยงานสนับสนุน", "Supporting unit"),
        text("remark", "หมายเหตุ", "Remark"),
        *SOURCE,
    ),
    ("indicator",),
    (TO_INDICATOR,),
)
TARGETS = Resource(
    "targets",
    "ค่าเป้าหมายรายปี",
    "Targets per year",
    (
        INDICATOR,
        integer("year_be", "ปี พ.ศ.", "Year (Buddhist era)", required=True, minimum=2400, maximum=2700),
        choice("comparator", "เครื่องหมายเปรียบเทียบ", "Comparator", Comparator, required=True),
        figure("value", "ค่าเป้าหมาย", "Target"),
        later(number("upper", "ปลายบนของช่วง", "Upper end of a range")),
        later(choice("quantity", "เป้าหมายเป็น", "Target of an indicator on levels; blank: as its plan", Quantity)),
        text("unit_of_measure", "หน่วยนับ", "Unit of measure"),
        text("text", "ข้อความตามที่พิมพ์", "As printed"),
        *SOURCE,
    ),
    ("indicator", "year_be"),
    (TO_INDICATOR,),
)
LEVELS = Resource(
    "levels",
    "ระดับของตัวชี้วัด",
    "Levels of an indicator's scale",
    (
        INDICATOR,
        integer("number", "ระดับ", "Level", required=True),
        text("text", "คำอธิบาย", "Text"),
        period("due_period", "กำหนดแล้วเสร็จ (เดือน)", "Due period"),
        later(date("due_on", "กำหนดแล้วเสร็จ (วันที่)", "Due on; for deadlines, within the due period")),
        date("reached_on", "บรรลุเมื่อ (วันที่)", "Reached on"),
        period("reached_period", "บรรลุเมื่อ (เดือน)", "Reached in period"),
        number("threshold", "ค่าเกณฑ์", "Threshold"),
        text("evidence", "หลักฐานประกอบ", "Evidence"),
        later(
            flag("is_typed", "ผู้ใช้บันทึกการบรรลุ ต้นทางเป็นของแผน", "Reached entered by a person; the source is the plan's")
        ),
        *SOURCE,
    ),
    ("indicator", "number"),
    (TO_INDICATOR,),
)
MONTHLY = Resource(
    "monthly",
    "แผนและผลรายเดือน",
    "Monthly plan and result",
    (
        INDICATOR,
        text("unit", "หน่วยงานที่รายงาน", "Reporting unit"),
        period("period", "เดือนที่ (1–12 ของปีแผน)", "Period (1–12 of the plan's year)", required=True),
        integer("span", "จำนวนเดือนที่ค่านี้ครอบคลุม", "Months the figure covers", required=True, minimum=1, maximum=12),
        figure("planned", "แผน", "Planned"),
        later(figure("planned_upper", "แผน ปลายบนของช่วง", "Upper end of a planned range; blank: none")),
        figure("actual", "ผล", "Actual"),
        figure("numerator", "ตัวตั้งของผล", "Numerator of the result"),
        figure("denominator", "ตัวหารของผล", "Denominator of the result"),
        figure("planned_numerator", "ตัวตั้งของแผน", "Numerator of the plan"),
        figure("planned_denominator", "ตัวหารของแผน", "Denominator of the plan"),
        text("note", "บันทึก", "Note"),
        later(flag("is_typed", "ผู้ใช้บันทึกผล ต้นทางเป็นของแผน", "Result entered by a person; the source is the plan's")),
        *SOURCE,
        CONFIDENCE,
    ),
    ("indicator", "unit", "period", "span"),
    (TO_INDICATOR,),
)
LAST_YEAR = Resource(
    "last_year",
    "ผลรายเดือนของปีก่อน",
    "Last year's monthly results",
    (INDICATOR, period("period", "เดือนที่", "Period", required=True), figure("actual", "ผล", "Actual")),
    ("indicator", "period"),
    (TO_INDICATOR,),
)
CLAIMS = Resource(
    "claims",
    "ค่าที่เอกสารพิมพ์ไว้",
    "What a document prints as result; never used for scoring",
    (
        PROJECT,
        OWN_INDICATOR,
        number("plan_total", "รวมแผน", "Plan total"),
        number("actual_total", "รวมผล", "Actual total"),
        number("percent", "ร้อยละ", "Percent"),
        *SOURCE,
    ),
    ("project", "indicator"),
    (TO_PROJECT, TO_INDICATOR),
)
OVERRIDES = Resource(
    "overrides",
    "ค่าที่ผู้ประเมินกำหนด",
    "Figures settled by the evaluators",
    (
        PROJECT,
        OWN_INDICATOR,
        ORDER,
        period("period", "ณ งวด", "At period", required=True),
        number("percent", "ร้อยละ", "Percent"),
        number("score", "คะแนน", "Score, under a method of points"),
        text("band", "ระดับ", "Band"),
        text("reason", "เหตุผล", "Reason", required=True),
        text("decided_by", "ผู้กำหนด", "Decided by"),
        date("decided_on", "วันที่", "Decided on"),
        *SOURCE,
    ),
    ("project", "indicator", "order"),
    (TO_PROJECT, TO_INDICATOR),
)
REPORTS = Resource(
    "reports",
    "คำบรรยายผล",
    "Narratives",
    (
        PROJECT,
        ORDER,
        period("period", "ณ งวด", "As of period", required=True),
        *NARRATIVE,
        text("target_text", "เป้าหมาย", "Target in words"),
        date("written_on", "เขียนเมื่อ", "Written on"),
        *SOURCE,
    ),
    ("project", "order"),
    (TO_PROJECT,),
)
PRINTED = Resource(
    "printed",
    "ตารางสรุปตามที่พิมพ์",
    "Cells of printed summary tables: control totals",
    (
        text("table", "ตาราง", "Table", required=True),
        text("fund", "กองทุน (ว่าง = ทุกกองทุน)", "Fund; blank: all"),
        text("strategy", "ยุทธศาสตร์ (ว่าง = รวม)", "Strategy; blank: all"),
        text("column", "คอลัมน์", "Column", required=True),
        number("value", "ค่า", "Value", required=True),
        *SOURCE,
    ),
    ("table", "fund", "strategy", "column"),
    (TO_FUND, TO_STRATEGY),
)
FIGURE_RESOURCES = (
    INDICATORS,
    CARDS,
    TARGETS,
    LEVELS,
    MONTHLY,
    LAST_YEAR,
    SITES,
    SITE_TEXTS,
    CLAIMS,
    OVERRIDES,
    REPORTS,
    PRINTED,
)
