"""The office's HR action plan of 2569 as a plan package: 33 works, 50 indicators with cards and five yearly targets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import hr_words as words
from example_units import register, unit_codes

from samrit.engine.model import (
    Aggregation,
    Alignment,
    BudgetLine,
    Comparator,
    Direction,
    Entry,
    Formula,
    Indicator,
    IndicatorCard,
    ManpowerRow,
    Mark,
    Plan,
    PrintedCell,
    Project,
    Source,
    Strategy,
    Tactic,
    Target,
)
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.package import PlanPackage
from samrit.vocabulary.targets import parse_target, unit_name

YEAR = 2569
DOCUMENT = "hr-action-plan-2569.txt"
OFFICE_PLAN = "sso-2568"

# Courses that share goal, indicators and steps with the first of them, in cells that span all nine (R43).
SHARING = range(13, 21)
# One project under two strategies of this plan (R10): the later line names the earlier.
IDENTITIES = {22: "HR-19", 23: "HR-20"}
# Their first indicators count the same people: reported once (R9, R171).
FIGURES_OF = {"22.1": "HR-19.1", "23.1": "HR-20.1"}
# Counterparts in the office's plan of 2568 (R9). They are links, not identities: another year is another project.
COUNTERPARTS = {
    2: ("S2-69", "W2-12", "W2-13"), 3: ("S2-73",), 9: ("S2-43",), 10: ("S2-42",), 11: ("S2-86",), 12: ("S2-49",),
    13: ("S2-47",), 14: ("S2-58",), 15: ("S2-44",), 17: ("W3-25",), 18: ("S2-46",), 19: ("S2-38",), 20: ("S2-40",),
    21: ("S2-41",), 24: ("S2-54",), 29: ("S2-53",), 30: ("S2-70",), 31: ("S2-68",),
}  # fmt: skip
PERSONNEL = {
    "civil_servant": "ข้าราชการ",
    "permanent_employee": "ลูกจ้างประจำ",
    "government_employee": "พนักงานราชการ",
    "sso_employee": "พนักงานประกันสังคม",
}
# Cells of the target table that are empty where others print a dash (card 24.1).
EMPTY_TARGETS = {"24.1"}
PARENTS = (
    Alignment("national_strategy", "ยุทธศาสตร์ชาติ (พ.ศ. 2561 - 2580)"),
    Alignment("master_plan", "แผนแม่บทภายใต้ยุทธศาสตร์ชาติ"),
    Alignment("milestone", "แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ ฉบับที่ 13"),
    Alignment("sdg", "เป้าหมายการพัฒนาที่ยั่งยืน (SDGs)"),
    Alignment("government_policy", "นโยบายรัฐบาล"),
    Alignment("ministry_plan", "แผนปฏิบัติราชการระยะ 5 ปี (พ.ศ. 2566 - 2570) ของกระทรวงแรงงาน"),
    Alignment("ministry_policy", "นโยบายกระทรวงแรงงาน"),
    Alignment("office_plan", "แผนปฏิบัติราชการสำนักงานประกันสังคม ระยะ 5 ปี (พ.ศ. 2566 - 2570)"),
    Alignment(
        "five_year_plan",
        "แผนปฏิบัติราชการด้านการบริหารทรัพยากรบุคคล สำนักงานประกันสังคม ระยะ 5 ปี (พ.ศ. 2566 - 2570) ฉบับทบทวน ประจำปี พ.ศ. 2569",
        main=True,
    ),
    # The memorandum by which the funds are evaluated asks for this plan (R277): items 2, 1.2 and 1 of the two tracks.
    Alignment("fund_track", "developing.2.1.2"),
    Alignment("fund_track", "ready.1", main=True),
    Alignment("fund_dimension", "5.2"),
)


def build(data: Path) -> PlanPackage:
    """Return the package; ``data`` holds the hand-read documents."""
    read = json.loads((data / "hr-action-plan-2569.json").read_text("utf-8"))
    cards = {card["code"]: card for card in read["kpi_sheets"]}
    projects = tuple(project(p, cards) for p in read["projects"])
    plan = Plan(
        id="hr-2569",
        title=read["plan"]["title"],
        title_en="Human Resource Action Plan of the Social Security Office, B.E. 2569",
        year_be=YEAR,
        organisation="กองบริหารทรัพยากรบุคคล สำนักงานประกันสังคม",
        organisation_en="Human Resource Management Division, Social Security Office",
        numbering="per_plan",
        ruleset=PERCENT_OF_PLAN.id,
        vision=read["plan"]["vision"],
        missions=words.MISSIONS,
        strategies=tuple(
            Strategy(str(s["number"]), s["name"], goal=words.GOALS[s["number"]]) for s in read["plan"]["strategies"]
        ),
        tactics=tuple(Tactic(t["number"], str(t["strategy"]), t["name"]) for t in read["plan"]["tactics"]),
        units=register({code for p in projects for code in p.responsible_units}),
        projects=projects,
        cards=tuple(card(c) for c in read["kpi_sheets"]),
        manpower=tuple(manpower(read["manpower"])),
        printed=tuple(printed(read["manpower"])),
        parents=PARENTS,
        source=Source(DOCUMENT),
    )
    return PlanPackage(plan, (PERCENT_OF_PLAN,))


def project(read: dict[str, Any], cards: dict[str, dict[str, Any]]) -> Project:
    """Return one project; its indicators take their targets from the cards."""
    number = read["number"]
    source = Source(DOCUMENT, line=read["lines"][0])
    first, last = months_of(read["period"])
    return Project(
        id=f"HR-{number}",
        number=number,
        title=read["title"],
        strategy=str(read["strategy"]),
        tactic=read["tactic"],
        identity=IDENTITIES.get(number, ""),
        responsible_units=unit_codes("/".join(read["responsible_norm"])),
        responsible_text="/".join(read["responsible"]),
        first_period=first,
        last_period=last,
        period_text=read["period_text"],
        budgets=(
            BudgetLine(
                None if read["budget"] is None else Decimal(read["budget"]),
                text=read["budget_text"] or "",
                source=source,
            ),
        ),
        indicators=tuple(
            indicator(f"{number}.{at}", i, cards[f"{number}.{at}"], months=(first, last), source=source)
            for at, i in enumerate(read["indicators"], 1)
        ),
        alignments=tuple(Alignment("counterpart", f"{OFFICE_PLAN}:{own}") for own in COUNTERPARTS.get(number, ())),
        steps=() if number in SHARING else words.STEPS[number],
        shares_with="HR-12" if number in SHARING else "",
        source=source,
        confidence=Decimal("0.9"),
    )


def months_of(period: Sequence[Sequence[int]]) -> tuple[int, int]:
    """Return the first and last month of a period inside the plan's year; what lies before it is cut off."""
    (first_year, first), (last_year, last) = period
    return (first if first_year == YEAR else 1), (last if last_year == YEAR else 12)


def indicator(
    own: str, read: dict[str, Any], sheet: dict[str, Any], *, months: tuple[int, int], source: Source
) -> Indicator:
    """Return one indicator; the year's target is one planned figure at the end of the project's months."""
    targets = tuple(targets_of(sheet))
    this_year = next(t for t in targets if t.year_be == YEAR)
    unit = unit_name(sheet["unit"])
    first, last = months
    levels = tuple(words.levels(own))
    thresholds = any(level.threshold is not None for level in levels)
    return Indicator(
        id=f"HR-{own}",
        number=int(own.split(".")[1]),
        name=read["text"],
        unit_of_measure=unit,
        aggregation=Aggregation.LATEST if unit in ("ร้อยละ", "ระดับ", "ระดับความสำเร็จ") else Aggregation.SUM,
        direction=Direction.LOWER if own in words.LOWER_IS_BETTER else Direction.HIGHER,
        formula=Formula.LEVELS if thresholds else Formula.RATIO,
        is_share=unit == "ร้อยละ",
        entries=(
            Entry(
                period=last,
                span=last - first + 1,
                planned=this_year.value,
                note="ค่าเป้าหมายทั้งปี แผนไม่ได้แยกรายเดือน",
                source=this_year.source,
                confidence=Decimal("0.9"),
            ),
        ),
        targets=targets,
        levels=levels,
        figures_of=FIGURES_OF.get(own, ""),
        note="แผนไม่ได้กำหนดวิธีคิดผลสะสม: วัดปีละ 1 ครั้ง ทุกวิธีให้ผลเท่ากัน",
        source=source,
    )


def targets_of(sheet: dict[str, Any]) -> Iterator[Target]:
    """Return the five yearly targets as printed; a dash means that the year has none."""
    source = Source(DOCUMENT, line=sheet["lines"][0])
    for year, text in sheet["targets"].items():
        if text is None:
            yield Target(int(year), Mark.BLANK if sheet["code"] in EMPTY_TARGETS else Mark.NOTHING, source=source)
            continue
        parsed = parse_target(text)
        if not isinstance(parsed.value, Decimal):
            raise TypeError(f"card {sheet['code']}: {text!r} is no target")
        yield Target(int(year), parsed.value, Comparator(parsed.comparator), parsed.unit_of_measure, text, source)


def card(read: dict[str, Any]) -> IndicatorCard:
    """Return an indicator card; definition and method are told in our own words."""
    definition, method = words.card_words(read["code"], read["name"])
    return IndicatorCard(
        indicator=f"HR-{read['code']}",
        definition=definition,
        method=method,
        unit_of_measure=read["unit"],
        frequency=read["frequency"] or "",
        reporting_frequency="ทุกไตรมาส",
        evaluating_unit=read["evaluating_unit"] or "",
        supporting_unit=read["supporting_unit"] or "",
        source=Source(DOCUMENT, line=read["lines"][0]),
    )


def manpower(rows: Sequence[dict[str, Any]]) -> Iterator[ManpowerRow]:
    """Return the manpower frame without its printed total row."""
    for row in rows:
        if row["unit_group"] != "รวม":
            yield ManpowerRow(row["unit_group"], tuple((name, row[key]) for key, name in PERSONNEL.items()))


def printed(rows: Sequence[dict[str, Any]]) -> Iterator[PrintedCell]:
    """Return the printed totals of the manpower frame and the two printed shares."""
    total = next(row for row in rows if row["unit_group"] == "รวม")
    for key, name in {**PERSONNEL, "total": "total"}.items():
        yield PrintedCell("manpower", "", "", name, Decimal(total[key]), Source(DOCUMENT, line=307))
    for name, value in (("พนักงานประกันสังคม", "64.90"), ("ข้าราชการ", "29.10")):
        yield PrintedCell("manpower_shares", "", "", name, Decimal(value), Source(DOCUMENT, line=288))
