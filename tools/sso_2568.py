"""The office's action plan of 2568 as a plan package, from its printed fourth-quarter evaluation."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import figures_sso as figures
import sso_words as words
import sso_year
from example_units import register, site_unit, unit_codes
from printed_sso import printed_cells

from samrit.engine.model import (
    Alignment,
    BudgetLine,
    Claim,
    Formula,
    Fund,
    Indicator,
    Kind,
    LookSetting,
    Plan,
    Programme,
    Project,
    Site,
    Source,
    Strategy,
    Tactic,
    Target,
)
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.package import PlanPackage

YEAR = 2568
DOCUMENT = "evaluation-2568-q4.txt"
RECORDS = sso_year.records_of(DOCUMENT)
LETTER = {"SSF": "S", "WCF": "W"}
CONFIDENCE = {"clean": Decimal(1), "repaired": Decimal("0.9"), "doubtful": Decimal("0.6")}

FUNDS = (
    Fund(
        "SSF",
        "กองทุนประกันสังคม",
        "Social Security Fund",
        Decimal(5358077900),
        "เงินกองทุนเพื่อบริหารงานสำนักงานประกันสังคม",
    ),
    Fund(
        "WCF",
        "กองทุนเงินทดแทน",
        "Workmen's Compensation Fund",
        Decimal(334224659),
        "การจัดสรรดอกผลของเงินกองทุนเงินทดแทน",
    ),
)
REMARKS = {
    "โครงการต่อเนื่อง": "โครงการต่อเนื่อง",
    "(โครงการต่อเนื่อง)": "โครงการต่อเนื่อง",
    "โครงการต่อเนื่อง 67-68": "โครงการต่อเนื่อง 67-68",
    "ดำเนินการก่อนแผน": "ทำก่อนเดือนที่วางแผนไว้",
    "สัญญาสิ้นสุดวันที่ 20 เมษายน 2568": "วันสิ้นสุดสัญญา: 20 เมษายน 2568",
    "แผนที่ 1 : 56 แห่ง แผนที่ 2 : 67 แห่ง": "สองรอบ: 56 และ 67 แห่ง",
    "ส่งมอบงานงวดที่ 1 แผนการดำเนินงาน เมื่อวันที่ 17 ธ.ค.68": "งวดที่ 1 ส่งมอบ 17 ธ.ค. 68",
}
# Works whose printed figure contradicts their sites: it is counted from them (R189, R190).
# The month in which the work's own row plans all of them.
BY_SITES = {"S2-80": 6}
# What the reader could not make out and a check will ask about.
NOTES = {"W2-10": "งบประมาณส่วนของ ศฟง.ภาค 1 อ่านไม่ออกในต้นฉบับ"}
MONTHS = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split()
QUARTER_END = (3, 6, 9, 12)


# The second fund's printed layout: the weight stands before the unit of measure (R42).
LOOK = (
    LookSetting(
        "funds.WCF.columns",
        "number, name, responsible, budget, target, plan_actual, weight, unit_of_measure,"
        " months, total, percent, remark",
    ),
    LookSetting("funds.WCF.long_heading", "yes"),
    LookSetting("funds.WCF.show_goal", "no"),
)


def build(data: Path) -> PlanPackage:
    """Return the package; ``data`` holds the hand-read documents."""
    readings = json.loads(
        (data / "evaluation-2568-q4.json").read_text("utf-8"), parse_float=Decimal, parse_int=_integer
    )
    lines = (data / DOCUMENT).read_text("utf-8").splitlines()
    five_years = (data / "hr-action-plan-2569.txt").read_text("utf-8").splitlines()
    programmes = programme_codes(readings)
    projects = tuple(project(read, programmes, lines) for read in readings)
    plan = Plan(
        id="sso-2568",
        title="แผนปฏิบัติการสำนักงานประกันสังคม ประจำปี พ.ศ. 2568",
        title_en="Action Plan of the Social Security Office, B.E. 2568",
        year_be=YEAR,
        organisation="สำนักงานประกันสังคม",
        organisation_en="Social Security Office",
        ruleset=PERCENT_OF_PLAN.id,
        numbering="per_strategy",
        vision="องค์กรแห่งความเชื่อมั่นด้านการให้บริการประกันสังคมที่ทันสมัย",
        funds=FUNDS,
        strategies=tuple(strategies(lines)),
        tactics=tuple(tactics(five_years)),
        programmes=tuple(Programme(code, key[2], key[1], key[0]) for key, code in programmes.items()),
        units=_units(projects),
        projects=projects,
        printed=tuple(printed_cells(lines, DOCUMENT)),
        texts=words.report_texts(DOCUMENT),
        look=LOOK,
        parents=(Alignment("five_year_plan", "แผนปฏิบัติการสำนักงานประกันสังคม ระยะ 5 ปี (พ.ศ. 2566 - 2570)", main=True),),
        source=Source(DOCUMENT),
    )
    return PlanPackage(plan, (PERCENT_OF_PLAN,))


def _integer(text: str) -> int:
    return int(text)


def _number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def project_id(read: dict[str, Any]) -> str:
    """Return the id of a project: S for the one fund, W for the other, strategy and number as printed."""
    return f"{LETTER[read['fund']]}{read['strategy']}-{read['number']}"


def strategies(lines: Sequence[str]) -> Iterator[Strategy]:
    """Read the strategies' names from the list at the front of the report."""
    pattern = re.compile(r"ยุทธศาสตร์ที่ (\d) (.+) \(([A-Za-z ]+)\)")
    for line in lines[20:30]:
        if match := pattern.fullmatch(line.strip()):
            yield Strategy(match[1], match[2], match[3])


def tactics(lines: Sequence[str]) -> Iterator[Tactic]:
    """Read the tactics' names from the five-year plan as the HR plan quotes it."""
    pattern = re.compile(r"กลยุทธ์ที่ ((\d)\.\d) (.+?) \(([^()]+)\)(.*)")
    for line in lines[163:230]:
        if match := pattern.fullmatch(line.strip()):
            yield Tactic(match[1], match[2], match[3], match[4])


def programme_codes(readings: Sequence[dict[str, Any]]) -> dict[tuple[str, str, str], str]:
    """Return a code per programme heading, numbered within its fund and tactic in the order of print."""
    codes: dict[tuple[str, str, str], str] = {}
    for read in readings:
        key = (read["fund"], read["tactic"], read["programme"])
        if read["programme"] and key not in codes:
            earlier = sum(1 for fund, tactic, _ in codes if (fund, tactic) == key[:2])
            codes[key] = f"{LETTER[read['fund']]}{read['tactic']}-{earlier + 1}"
    return codes


def project(read: dict[str, Any], programmes: dict[tuple[str, str, str], str], lines: Sequence[str]) -> Project:
    """Return one project of the plan from its reading."""
    own = project_id(read)
    source = Source(DOCUMENT, line=read["lines"][0])
    first, last = read["period"] or (None, None)
    return Project(
        id=own,
        number=read["number"],
        title=read["title"],
        fund=read["fund"],
        strategy=str(read["strategy"]),
        tactic=read["tactic"] or "",
        programme=programmes.get((read["fund"], read["tactic"], read["programme"]), ""),
        kind=Kind(read["kind"]) if read["kind"] else None,
        responsible_units=unit_codes(read["responsible"]),
        responsible_text=read["responsible"] or "",
        first_period=first,
        last_period=last,
        period_text=_period_text(first, last),
        budgets=tuple(budgets(read, source)),
        indicators=tuple(
            indicator(i, own, Source(DOCUMENT, line=line))
            for i, line in zip(map(_decimals, read["indicators"]), indicator_lines(read, lines), strict=True)
        ),
        sites=tuple(sites(read, source)),
        narratives=words.narratives(own, DOCUMENT),
        records=RECORDS.get(own, ()),
        alignments=alignments(read["alignment"] or ""),
        claim=None if read["result_percent"] is None else Claim(percent=_number(read["result_percent"]), source=source),
        overrides=figures.project_overrides({**read, "result_percent": _number(read["result_percent"])}, source),
        remark=REMARKS.get(read["remarks"] or "", ""),
        note=NOTES.get(own, ""),
        source=source,
        confidence=CONFIDENCE[read["status"]],
    )


def indicator_lines(read: dict[str, Any], lines: Sequence[str]) -> list[int]:
    """Return the line of the text on which each indicator begins, the project's first where its name is not found."""
    first, last = read["lines"]
    found: list[int] = []
    start = first
    for indicator in read["indicators"]:
        marks = ("".join((indicator["name"] or "").split())[:12], f"ตัวชี้วัดที่{indicator['number']}")
        plain = {n: "".join(lines[n - 1].split()) for n in range(start, last + 1)}
        hits = [n for mark in marks if mark for n, text in plain.items() if mark in text]
        found.append(hits[0] if hits else first)
        start = hits[0] + 1 if hits else start
    return found


def _period_text(first: int | None, last: int | None) -> str:
    if first is None or last is None:
        return ""
    months = MONTHS[first - 1] if first == last else f"{MONTHS[first - 1]} - {MONTHS[last - 1]}"
    return f"{months} {YEAR}"


def _decimals(read: dict[str, Any]) -> dict[str, Any]:
    numbers = {k: _number(read[k]) for k in ("weight", "target", "plan_total", "actual_total", "result_percent")}
    return {
        **read,
        **numbers,
        "plan": [_number(v) for v in read["plan"]],
        "actual": [_number(v) for v in read["actual"]],
    }


def indicator(read: dict[str, Any], project: str, source: Source) -> Indicator:
    """Return one indicator from its reading."""
    how, note = figures.aggregation(read)
    unit = read["unit"] or ""
    claimed = (read["plan_total"], read["actual_total"], read["result_percent"])
    return Indicator(
        id=f"{project}.{read['number']}",
        number=read["number"],
        name=read["name"] or "",
        unit_of_measure=unit,
        weight=read["weight"],
        aggregation=how,
        is_share=unit == "ร้อยละ",
        formula=Formula.SITES if project in BY_SITES else Formula.RATIO,
        entries=figures.entries(read, source),
        targets=() if read["target"] is None else (Target(YEAR, read["target"], unit_of_measure=unit, source=source),),
        claim=None if claimed == (None, None, None) else Claim(*claimed, source=source),
        overrides=figures.indicator_overrides(read, source),
        note=note,
        source=source,
    )


def budgets(read: dict[str, Any], source: Source) -> Iterator[BudgetLine]:
    """Return the project's money: one amount or the words that say there is none, then the shares of units."""
    fund = next(f for f in FUNDS if f.code == read["fund"])
    printed = read["budget_text"] or ""
    # Shares stand in the cell itself, or in the reader's note where they were spread over several rows.
    shares = re.findall(r"(ศฟง\. ?ภาค \d) ([\d,]+)", printed) or re.findall(
        r"(ศฟง\. ?(?:ภาค )?\d)=(\d+)", read["note"] or ""
    )
    if read["budget"] is not None:
        yield BudgetLine(Decimal(read["budget"]), fund.budget_source, source=source)
    elif printed and not shares:
        yield BudgetLine(None, text=printed, source=source)
    for unit, amount in shares:
        yield BudgetLine(Decimal(amount.replace(",", "")), fund.budget_source, unit_codes(unit)[0], source=source)


def alignments(printed: str) -> tuple[Alignment, ...]:
    """Return the links to national strategies and master plans; the first of each kind is the main one."""
    links: list[Alignment] = []
    for kind, pattern in (("national_strategy", r"ยช\.? ?(\d)"), ("master_plan", r"แผนแม่บทฯ? ?(\d+)")):
        codes = dict.fromkeys(re.findall(pattern, printed))
        links.extend(Alignment(kind, code, main=at == 0) for at, code in enumerate(codes))
    return tuple(links)


def sites(read: dict[str, Any], source: Source) -> Iterator[Site]:
    """Return the sites of a construction project; a commitment counts in the quarter whose text reports it."""
    for row in (row for i in read["indicators"] for row in i["sub_rows"]):
        number = read["indicators"][0]["sub_rows"].index(row) + 1
        site = Site(str(number), row["title"], site_unit(row["responsible"]), _number(row["budget"]), source=source)
        done = row["outcome"].startswith("ดำเนินการเสร็จ")
        committed = done or row["outcome"].startswith("ก่อ")
        yield replace(
            site,
            commitment_due_period=_quarter_of(row["plan_text"], ("ลงนาม", "ผูกพัน")) or BY_SITES.get(project_id(read)),
            committed_period=_committed(row) if committed else None,
            done_period=_done(row) if done else None,
            outcome="done" if done else "committed" if committed else "not_committed",
        )


def _quarter_of(texts: Sequence[str | None], words: tuple[str, ...]) -> int | None:
    for text, period in zip(texts, QUARTER_END, strict=True):
        if text and any(word in text for word in words):
            return period
    return None


def _committed(row: dict[str, Any]) -> int | None:
    """Return the month in which the contract was signed: its date, else the quarter that first shows it at work."""
    for text, period in zip(row["actual_text"], QUARTER_END, strict=True):
        if not text or "อยู่ระหว่างลงนาม" in text:
            continue
        if "ลงนามในสัญญา" in text:
            return next((n for n, month in enumerate(MONTHS, 1) if month in text), period)
        if any(word in text for word in ("ส่งมอบงาน", "ดำเนินการงวด", "ตรวจรับงาน", "เบิกจ่าย")):
            return period
    return None


def _done(row: dict[str, Any]) -> int | None:
    last = [
        (text, period)
        for text, period in zip(row["actual_text"], QUARTER_END, strict=True)
        if text and "ส่งมอบงานและเบิกจ่าย" in text
    ]
    if not last:
        return None
    text, period = last[-1]
    return next((n for n, month in enumerate(MONTHS, 1) if month in text), period)


def _units(projects: Sequence[Project]) -> tuple[Any, ...]:
    codes = {code for p in projects for code in p.responsible_units}
    return register(codes, {site.unit for p in projects for site in p.sites})
