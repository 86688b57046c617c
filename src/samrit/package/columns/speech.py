"""The columns of a plan that say how it speaks: era, money, names of its levels, language, whose holidays count."""

from __future__ import annotations

from samrit.engine.model import Rhythm
from samrit.package.schema import choice, integer, later, text
from samrit.vocabulary.speech import ERAS

# How the plan speaks: each blank is what the product says of itself.
SPEECH = tuple(
    map(
        later,
        (
            text("era", "ศักราช", "Era", allowed=ERAS),
            text("currency", "สกุลเงิน (ISO 4217); ว่าง: THB", "Currency (ISO 4217); blank: THB"),
            integer("currency_places", "ทศนิยมของเงิน", "Decimals of the currency", minimum=0, maximum=4),
            text("currency_name", "ชื่อหน่วยเงิน", "Name of the currency in Thai"),
            text("currency_name_en", "ชื่อหน่วยเงิน (อังกฤษ)", "Name of the currency in English"),
            text("strategy_name", "แผนนี้เรียกยุทธศาสตร์ว่า", "What the plan calls a strategy, in Thai"),
            text("strategy_name_en", "แผนนี้เรียกยุทธศาสตร์ว่า (อังกฤษ)", "What the plan calls a strategy (Outcome/Outcomes)"),
            text("tactic_name", "แผนนี้เรียกกลยุทธ์ว่า", "What the plan calls a tactic, in Thai"),
            text("tactic_name_en", "แผนนี้เรียกกลยุทธ์ว่า (อังกฤษ)", "What the plan calls a tactic (Output/Outputs)"),
            text("project_name", "แผนนี้เรียกงาน/โครงการว่า", "What the plan calls a work, in Thai"),
            text(
                "project_name_en", "แผนนี้เรียกงาน/โครงการว่า (อังกฤษ)", "What the plan calls a work (Activity/Activities)"
            ),
            text(
                "language",
                "ภาษาเดียวของแผน; ว่าง: ไทยและอังกฤษ",
                "The plan's one language; blank: both",
                allowed=("th", "en"),
            ),
            text(
                "holiday_country",
                "วันหยุดราชการของประเทศ (ISO 3166); ว่าง: TH",
                "Holidays of the country (ISO 3166); blank: TH",
            ),
            text("planner_name", "แผนนี้เรียกกองแผนว่า", "What the plan calls the planning division, in Thai"),
            text("planner_name_en", "แผนนี้เรียกกองแผนว่า (อังกฤษ)", "What the plan calls the planning division"),
            choice("rhythm", "รอบการรายงาน; ว่าง: รายเดือน", "Reports; blank: every month", Rhythm),
            integer(
                "due_day",
                "ส่งรายงานภายในวันที่เท่าใดหลังสิ้นรอบ; ว่าง: ตามชุดเกณฑ์",
                "Reports due by this day after their time; blank: as the rule set says",
                minimum=1,
                maximum=92,
            ),
        ),
    )
)
