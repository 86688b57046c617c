"""How a work is bought and built: the states of its sites, procurement milestones, contracts, instalments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from samrit.engine.arithmetic import exact
from samrit.engine.choices import SubprojectState
from samrit.engine.model import ContractState, Plan, ProcurementStep, Project, SiteState
from samrit.engine.ruleset import RuleSet
from samrit.engine.sites import Span, in_states, measuring, under_contracts
from samrit.engine.year import Value, YearRecord, told
from samrit.package.kinds.declared import Fault, RecordKind
from samrit.package.schema import Reference, choice, integer, number, text
from samrit.package.schema import date as day
from samrit.vocabulary.periods import period_in

_AFTER = 13  # the period of what comes after the plan's year
TO_SITE = Reference(("project", "site"), "sites", ("project", "id"))
TO_CONTRACT = Reference(("project", "contract"), "contracts", ("project", "number"))


def _sites(work: Project) -> Mapping[str, str]:
    return {site.id: f"{site.id} {site.title}".strip() for site in work.sites}


def _contracts(work: Project) -> Mapping[str, str]:
    own = told(r for r in work.records if r.kind == CONTRACTS.name)  # of its kind first: told sorts what it is given
    return {str(r.value("number")): f"{r.value('number')} {r.value('party')}".strip() for r in own}


def _period(plan: Plan, happened: date) -> int | None:
    return period_in(happened, plan.year_be, plan.calendar)


def _in_states(project: Project, records: Sequence[YearRecord], plan: Plan) -> Project:
    """Return the work with its sites in the states that they came into; what is after the year changes nothing."""
    states: dict[str, list[tuple[int, SiteState]]] = {}
    for record in records:
        period, state = _period(plan, record.happened_on), record.value("state")
        if period is not None and isinstance(state, SiteState):
            states.setdefault(str(record.value("site")), []).append((period, state))
    sites = (in_states(site, states[site.id]) if site.id in states else site for site in project.sites)
    return replace(project, sites=tuple(sites))


def _contracted(project: Project, records: Sequence[YearRecord], plan: Plan) -> Project:
    """Return the work with its sites committed as their contracts say."""
    spans: dict[str, list[Span]] = {}
    for record in records:
        begun, ended = _period(plan, record.happened_on), record.value("terminated_on")
        is_over = record.value("state") is ContractState.TERMINATED
        if begun is not None and (isinstance(ended, date) or not is_over):  # one that ended on no day held on none
            end = _period(plan, ended) if is_over and isinstance(ended, date) else None
            spans.setdefault(str(record.value("site")), []).append((begun, end))
    sites = (under_contracts(site, spans[site.id]) if site.id in spans else site for site in project.sites)
    return replace(project, sites=tuple(sites))


def _accepted(project: Project, records: Sequence[YearRecord], plan: Plan) -> Project:
    """Return the work with its sites' instalments: how many, when each is due and was accepted (R191, R252)."""
    known = told(project.records)
    sites = []
    for site in project.sites:
        own = _instalments(known, site.id)
        due, taken = (_periods(own, name, plan) for name in ("due_on", "accepted_on"))
        said = {"instalments": len(own), "instalments_accepted": len(taken)}
        dated = {"instalments_due": due, "instalments_taken": taken}
        sites.append(replace(site, **said, **dated) if own else site)  # type: ignore[arg-type]
    return replace(project, sites=tuple(sites))


def _periods(records: Sequence[YearRecord], field: str, plan: Plan) -> tuple[int, ...]:
    """Return the periods of the days in a field, 13 for those after the year; without a day there is none."""
    days = (value for r in records if isinstance(value := r.value(field), date))
    return tuple(sorted(_period(plan, day) or _AFTER for day in days))


def _instalments(known: Sequence[YearRecord], site: str) -> list[YearRecord]:
    """Return the instalments by which a site is measured: of its contracts that did not end early."""
    contracts = {
        str(r.value("number")): state
        for r in known
        if r.kind == CONTRACTS.name and r.value("site") == site and isinstance(state := r.value("state"), ContractState)
    }
    counted = measuring(contracts)
    return [r for r in known if r.kind == INSTALMENTS.name and r.value("contract") in counted]


def accepted_by(project: Project, site: str, until: date) -> int | None:
    """Return how many of a site's instalments were accepted by a day; None where none are recorded (R191)."""
    own = _instalments(told(project.records), site)
    days = [r.value("accepted_on") for r in own]
    return sum(isinstance(day, date) and day <= until for day in days) if days else None


def _undone(values: Mapping[str, Value]) -> date | None:
    due = values["due_on"]
    is_over = values["done_on"] is not None or bool(values["failed"])  # a round that failed is followed by another
    return due if isinstance(due, date) and not is_over else None


def _running_out(values: Mapping[str, Value]) -> date | None:
    end = values["extended_to"] or values["ends_on"]
    return end if isinstance(end, date) and values["state"] is ContractState.IN_FORCE else None


def _not_accepted(values: Mapping[str, Value]) -> date | None:
    due = values["due_on"]
    return due if isinstance(due, date) and values["accepted_on"] is None else None


def _undecided(values: Mapping[str, Value]) -> date | None:
    """Return the day by which a sub-project was to be decided about, as long as it is not (R260)."""
    due, over = values["due_on"], (SubprojectState.ACCEPTED, SubprojectState.REFUSED)
    return due if isinstance(due, date) and values["state"] not in over else None


def _contract_faults(values: Mapping[str, Value], _work: Project, _plan: Plan, _rules: RuleSet) -> Iterator[Fault]:
    """Yield a contract that was ended on no day: it would never have committed its site (R189)."""
    if values["state"] is ContractState.TERMINATED and values["terminated_on"] is None:
        yield "terminated_on", "contract_end_missing", {}


@exact
def _instalment_faults(values: Mapping[str, Value], work: Project, _plan: Plan, _rules: RuleSet) -> Iterator[Fault]:
    """Yield instalments that come to more than the contract they are of (R252); re-cut ones count as they are now."""
    known = told(r for r in work.records if r.kind in (CONTRACTS.name, INSTALMENTS.name))
    worth = [r.value("value") for r in known if r.kind == CONTRACTS.name and r.value("number") == values["contract"]]
    of_it = (r for r in known if r.kind == INSTALMENTS.name and r.value("contract") == values["contract"])
    amounts = [values["amount"], *(r.value("amount") for r in of_it if r.value("number") != values["number"])]
    total = sum((amount for amount in amounts if isinstance(amount, Decimal)), Decimal())
    if worth and isinstance(worth[-1], Decimal) and total > worth[-1]:
        yield "amount", "instalments_above_contract", {"sum": total, "value": worth[-1]}


_BASIS = text("basis", "กฎหมายหรือระเบียบที่ใช้", "Legal basis")  # an act, a rule of the ministry with its clause (R258)

# What units ask for before it is a site of the work: one that is taken in names the site that it has become (R260).
SUBPROJECTS = RecordKind(
    "subprojects",
    "โครงการย่อยที่หน่วยงานเสนอ",
    "Sub-project of a unit",
    ("สถานะ ณ วันที่", "As of"),
    (
        text("title", "โครงการย่อย", "Sub-project", required=True),
        text("unit", "หน่วยงานที่เสนอ", "Unit that asks for it", required=True),
        number("amount", "วงเงินที่เสนอ (บาท)", "Amount asked for (baht)", minimum=0),
        choice("state", "สถานะ", "State", SubprojectState, required=True),
        day("due_on", "กำหนดพิจารณา", "To be decided by"),
        text("site", "สถานที่ในแผน", "Site in the plan"),
        text("words", "ผลสำรวจและแบบ", "Survey and design"),
        text("document", "เอกสารอ้างอิง", "Reference document"),
    ),
    key=("title", "unit"),
    public=frozenset({"title", "unit", "state"}),
    long=frozenset({"words"}),
    units=frozenset({"unit"}),
    choose={"site": _sites},
    waits=_undecided,
    counted="state",
    summed=("amount",),
    references=(TO_SITE,),
)
SITE_STATES = RecordKind(
    "site_states",
    "สถานะของสถานที่ดำเนินการ",
    "State of a site",
    ("มีผลตั้งแต่วันที่", "In force since"),
    (
        text("site", "สถานที่", "Site", required=True),
        choice("state", "สถานะ", "State", SiteState, required=True),
        text("words", "รายละเอียด", "Details"),
        text("document", "เอกสารอ้างอิง", "Reference document"),
    ),
    public=frozenset({"site", "state"}),
    long=frozenset({"words"}),
    choose={"site": _sites},
    counted="state",
    references=(TO_SITE,),
    lay=_in_states,
)
MILESTONES = RecordKind(
    "procurement_steps",
    "ขั้นตอนจัดซื้อจัดจ้าง",
    "Milestone of a procurement",
    ("ข้อมูล ณ วันที่", "As of"),
    (
        choice("step", "ขั้นตอน", "Milestone", ProcurementStep, required=True),
        integer("round", "ครั้งที่", "Round", required=True, minimum=1, maximum=99),
        text("site", "สถานที่ (ว่าง = ทั้งงาน)", "Site; blank: the whole work"),
        day("due_on", "กำหนดแล้วเสร็จ", "Due on"),
        day("done_on", "แล้วเสร็จเมื่อ", "Done on"),
        text("failed", "เหตุที่ไม่สำเร็จ", "Why it failed", suggested="cause"),
        _BASIS,
        text("words", "รายละเอียด", "Details"),
        text("document", "เอกสารอ้างอิง", "Reference document"),
    ),
    key=("step", "round", "site"),
    long=frozenset({"words"}),
    choose={"site": _sites},
    waits=_undone,
    warns="step_overdue",
    came=frozenset({"done_on"}),
    counted="step",
    references=(TO_SITE,),
)
CONTRACTS = RecordKind(
    "contracts",
    "สัญญา",
    "Contract",
    ("ลงนามเมื่อวันที่", "Signed on"),
    (
        text("number", "เลขที่สัญญา", "Number", required=True),
        text("party", "คู่สัญญา", "Party", required=True),
        number("value", "มูลค่า (บาท)", "Value (baht)", required=True, minimum=0),
        text("site", "สถานที่ (ว่าง = ทั้งงาน)", "Site; blank: the whole work"),
        choice("state", "สถานะสัญญา", "State", ContractState, required=True),
        day("starts_on", "เริ่มสัญญา", "Starts on"),
        day("ends_on", "สิ้นสุดสัญญา", "Ends on"),
        day("extended_to", "ขยายถึง", "Extended to"),
        number("penalty", "ค่าปรับ (บาท)", "Penalty (baht)", minimum=0),
        day("terminated_on", "บอกเลิกเมื่อ", "Terminated on"),
        _BASIS,
        text("words", "รายละเอียด", "Details"),
    ),
    key=("number",),
    long=frozenset({"words"}),
    choose={"site": _sites},
    waits=_running_out,
    warns="contract_overdue",
    came=frozenset({"terminated_on"}),
    spans=(("starts_on", "ends_on"), ("ends_on", "extended_to")),
    check=_contract_faults,
    counted="state",
    summed=("value", "penalty"),
    references=(TO_SITE,),
    lay=_contracted,
)
INSTALMENTS = RecordKind(
    "instalments",
    "งวดงาน",
    "Instalment of a contract",
    ("ข้อมูล ณ วันที่", "As of"),
    (
        text("contract", "สัญญา", "Contract", required=True),
        integer("number", "งวดที่", "Number", required=True, minimum=1, maximum=999),
        number("amount", "จำนวนเงิน (บาท)", "Amount (baht)", required=True, minimum=0),
        day("due_on", "กำหนดส่งมอบ", "Due on"),
        day("delivered_on", "ส่งมอบเมื่อ", "Delivered on"),
        day("accepted_on", "ตรวจรับเมื่อ", "Accepted on"),
        day("paid_on", "เบิกจ่ายเมื่อ", "Paid on"),
        text("words", "รายละเอียด", "Details"),
    ),
    key=("contract", "number"),
    long=frozenset({"words"}),
    choose={"contract": _contracts},
    waits=_not_accepted,
    warns="delivery_overdue",
    came=frozenset({"delivered_on", "accepted_on", "paid_on"}),
    check=_instalment_faults,
    summed=("amount",),
    references=(TO_CONTRACT,),
    lay=_accepted,
)
# Contracts commit their sites before the states of sites are looked at, which may say otherwise.
KINDS = (CONTRACTS, SITE_STATES, MILESTONES, INSTALMENTS, SUBPROJECTS)
