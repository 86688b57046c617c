"""The files of a package that lay out a plan's tree: funds, strategies, tactics and programmes, with their order."""

from __future__ import annotations

from samrit.package.schema import (
    Reference,
    Resource,
    integer,
    later,
    number,
    text,
)

TO_STRATEGY = Reference(("strategy",), "strategies", ("code",))
TO_FUND = Reference(("fund",), "funds", ("code",))
TO_TACTIC = Reference(("tactic",), "tactics", ("code",))
_PLACE = later(integer("order", "ลำดับการเรียง", "Place in the order; blank: by the code", minimum=1))

FUNDS = Resource(
    "funds",
    "กองทุน",
    "Funds",
    (
        text("code", "รหัสกองทุน", "Code", required=True),
        text("name", "ชื่อกองทุน", "Name"),
        text("name_en", "ชื่อกองทุน (อังกฤษ)", "Name in English"),
        number("budget", "งบประมาณ (บาท)", "Budget (baht)"),
        text("budget_source", "แหล่งงบประมาณ", "Budget source"),
    ),
    ("code",),
)
STRATEGIES = Resource(
    "strategies",
    "ยุทธศาสตร์",
    "Strategies",
    (
        text("code", "ยุทธศาสตร์ที่", "Code", required=True),
        text("name", "ชื่อยุทธศาสตร์", "Name"),
        text("name_en", "ชื่อยุทธศาสตร์ (อังกฤษ)", "Name in English"),
        text("goal", "เป้าประสงค์", "Goal"),
        _PLACE,
        later(number("weight", "น้ำหนัก (ร้อยละ)", "Weight (percent)")),
    ),
    ("code",),
)
TACTICS = Resource(
    "tactics",
    "กลยุทธ์",
    "Tactics",
    (
        text("code", "กลยุทธ์ที่", "Code", required=True),
        text("strategy", "ยุทธศาสตร์ที่", "Strategy", required=True),
        text("name", "ชื่อกลยุทธ์", "Name"),
        text("name_en", "ชื่อกลยุทธ์ (อังกฤษ)", "Name in English"),
        _PLACE,
        later(number("weight", "น้ำหนัก (ร้อยละ)", "Weight (percent)")),
        later(text("parent", "อยู่ภายใต้กลยุทธ์", "Under the tactic; blank: under its strategy")),
        later(text("number", "เลขที่ตามที่พิมพ์ (ว่าง = รหัส)", "Number as printed; blank: the code")),
        later(text("level_name", "ชั้นนี้เรียกว่า", "What it is called, in Thai; blank: as the plan calls a tactic")),
        later(text("level_name_en", "ชั้นนี้เรียกว่า (อังกฤษ)", "What it is called, in English")),
    ),
    ("code",),
    (TO_STRATEGY, Reference(("parent",), "tactics", ("code",))),
)
PROGRAMMES = Resource(
    "programmes",
    "แผนงาน",
    "Programmes",
    (
        text("code", "รหัสแผนงาน", "Code", required=True),
        text("name", "ชื่อแผนงาน", "Name"),
        text("tactic", "กลยุทธ์ที่", "Tactic"),
        text("fund", "กองทุน", "Fund"),
        text("goal", "เป้าประสงค์", "Goal"),
        _PLACE,
        later(text("number", "เลขที่ตามที่พิมพ์ (ว่าง = ไม่พิมพ์)", "Number as printed; blank: none")),
    ),
    ("code",),
    (TO_TACTIC, TO_FUND),
)
