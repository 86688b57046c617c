"""The files of a package that say how it is judged and when it is due: rule sets, bands, scales, holidays."""

from __future__ import annotations

from samrit.engine.model import CarryOverKind
from samrit.engine.ruleset import Method, RollUp, SilentUnits, WithoutPlan
from samrit.package.schema import ORDER, Reference, Resource, choice, date, flag, integer, later, number, text

TO_RULESET = Reference(("ruleset",), "rulesets", ("id",))

RULESETS = Resource(
    "rulesets",
    "ชุดเกณฑ์การประเมิน",
    "Rule sets",
    (
        text("id", "รหัส", "Id", required=True),
        text("name", "ชื่อ", "Name"),
        text("name_en", "ชื่อ (อังกฤษ)", "Name in English"),
        date("effective_from", "ใช้ตั้งแต่", "Effective from", required=True),
        choice("method", "วิธี", "Method", Method, required=True),
        number("cap", "เพดานร้อยละ", "Cap"),
        number("second_cap", "เพดานของค่าที่แสดงเทียบ", "Cap of the second reading"),
        integer("percent_places", "ทศนิยมของร้อยละ", "Places of percents", required=True, minimum=0, maximum=20),
        integer("share_places", "ทศนิยมของสัดส่วน", "Places of shares", required=True, minimum=0, maximum=20),
        integer("score_places", "ทศนิยมของคะแนน", "Places of scores", required=True, minimum=0, maximum=20),
        text("explain_below", "ต้องชี้แจงตั้งแต่ระดับนี้ลงไป", "Explanation required from this band down"),
        number("target_review_above", "ทบทวนเป้าหมายเมื่อเกิน (ร้อยละ)", "Review targets above (percent)", required=True),
        number("site_contract_share", "ร้อยละของงานเมื่อลงนามสัญญา", "Site percent at contract", required=True),
        integer("report_due_day", "วันครบกำหนดรายงาน", "Report due day", required=True, minimum=1, maximum=28),
        flag("report_due_rolls", "เลื่อนเมื่อตรงวันหยุด", "Rolls over holidays"),
        number("lower_ceiling", "ค่าน้อยดีกว่าได้ไม่เกิน (ร้อยละ)", "Most that lower is better gives; blank: 200", minimum=0),
        choice("silent_units", "หน่วยงานที่ไม่รายงานเลย", "Units that reported nothing; blank: counted", SilentUnits),
        choice("without_plan", "งานที่ไม่มีแผน ณ สิ้นปี", "Works without plan at year end; blank: listed", WithoutPlan),
        later(
            number(
                "late_month", "หักเดือนละ เมื่อช้ากว่ากำหนด", "What a month after a deadline takes off; blank: 10", minimum=0
            )
        ),
        later(choice("roll_up", "คะแนนรวมเหนืองาน/โครงการ", "Scores above the works; blank: by the weights", RollUp)),
        later(number("lowest_for_best", "ระดับดีที่สุด ทุกตัวชี้วัดไม่ต่ำกว่า", "Least of every indicator, for the best band")),
        later(choice("carry_over_sort", "กันเงินได้เฉพาะ", "Money that may be kept; blank: of both kinds", CarryOverKind)),
        later(
            integer(
                "carry_over_months",
                "เงินที่กันไว้ต้องเบิกจ่ายภายใน (เดือนหลังสิ้นปี)",
                "Months after the year within which kept money is paid; blank: no limit",
                minimum=1,
                maximum=60,
            )
        ),
        flag("scale_interpolated", "คะแนนระหว่างเกณฑ์เป็นเส้นตรง", "Scale interpolated"),
        number("scale_floor", "คะแนนต่ำสุด", "Floor of the scale; blank: no scale"),
    ),
    ("id",),
)
BANDS = Resource(
    "bands",
    "ระดับผลการประเมิน",
    "Bands, the worst first",
    (
        text("ruleset", "ชุดเกณฑ์", "Rule set", required=True),
        ORDER,
        text("code", "รหัส", "Code", required=True),
        text("name", "ชื่อ", "Name"),
        text("name_en", "ชื่อ (อังกฤษ)", "Name in English"),
        number("upper", "ขอบบน", "Upper limit"),
        flag("upper_inclusive", "รวมขอบบน", "Upper limit included"),
        text("colour", "รหัสสี", "Colour"),
        text("colour_name", "ชื่อสี", "Colour name"),
        text("colour_name_en", "ชื่อสี (อังกฤษ)", "Colour name in English"),
        text("sign", "เครื่องหมาย", "Sign"),
        text("range_text", "ช่วงตามที่พิมพ์", "Range as printed"),
    ),
    ("ruleset", "order"),
    (TO_RULESET,),
)
SCALE_POINTS = Resource(
    "scale_points",
    "เกณฑ์และคะแนน",
    "Thresholds and points of a rule set",
    (
        text("ruleset", "ชุดเกณฑ์", "Rule set", required=True),
        ORDER,
        number("threshold", "ค่าเกณฑ์", "Threshold"),
        number("points", "คะแนน", "Points"),
    ),
    ("ruleset", "order"),
    (TO_RULESET,),
)
HOLIDAYS = Resource(
    "holidays",
    "วันหยุดพิเศษ",
    "Holidays on top of the public calendar",
    (
        date("day", "วันที่", "Day", required=True),
        text("name", "ชื่อวันหยุด", "Name"),
        flag("is_working_day", "เป็นวันทำการ", "Is a working day after all"),
    ),
    ("day",),
)

RULE_RESOURCES = (RULESETS, BANDS, SCALE_POINTS, HOLIDAYS)
