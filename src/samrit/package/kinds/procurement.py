"""How a work is bought and built: the states of its sites, procurement milestones, contracts, instalments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from samrit.engine.model import Cause, ContractState, Plan, ProcurementStep, Project, Site, SiteState
from samrit.engine.year import Value, YearRecord, told
from samrit.package.kinds.declared import Kind
from samrit.package.schema import Reference, choice, integer, number, text
from samrit.package.schema import date as day
from samrit.vocabulary.periods import plan_year_of

TO_SITE = Reference(("project", "site"), "sites", ("project", "id"))


def _sites(work: Project) -> Mapping[str, str]:
    return {site.id: f"{site.id} {site.title}".strip() for site in work.sites}


def _contracts(work: Project) -> Mapping[str, str]:
    own = (r for r in told(work.records) if r.kind == CONTRACTS.name)
    return {str(r.value("number")): f"{r.value('number')} {r.value('party')}".strip() for r in own}


def period_in(plan: Plan, happened: date) -> int | None:
    """Return the period of the plan's year in which a day counts: the first for what came before, None after it."""
    year, period = plan_year_of(happened, plan.calendar)
    return period if year == plan.year_be else (1 if year < plan.year_be else None)


def _in_states(project: Project, records: Sequence[YearRecord], plan: Plan) -> Project:
    """Return the work with its sites in the states that they came into, one after the other (R189, R254)."""
    found = {site.id: site for site in project.sites}
    for record in records:
        site = found.get(str(record.value("site")))
        if site is not None:
            found[site.id] = _in_state(site, record, period_in(plan, record.happened_on))
    return replace(project, sites=tuple(found[site.id] for site in project.sites))


def _in_state(site: Site, record: YearRecord, period: int | None) -> Site:
    state = record.value("state")
    if state is SiteState.COMMITTED:
        return replace(site, committed_period=period, done_period=None, outcome=state.value)
    if state is SiteState.DONE:  # what is done was committed, by then at the latest
        committed = site.committed_period if site.committed_period is not None else period
        return replace(site, committed_period=committed, done_period=period, outcome=state.value)
    return replace(site, committed_period=None, done_period=None, outcome=SiteState.NOT_COMMITTED.value)


def _contracted(project: Project, records: Sequence[YearRecord], plan: Plan) -> Project:
    """Return the work with the sites committed that a contract in force is about, from the month it was signed."""
    first: dict[str, int] = {}
    for record in records:
        period = period_in(plan, record.happened_on)
        if record.value("state") is not ContractState.TERMINATED and period is not None:
            first.setdefault(str(record.value("site")), period)
    sites = (
        replace(s, committed_period=first[s.id], outcome=SiteState.COMMITTED.value)
        if s.committed_period is None and s.id in first
        else s
        for s in project.sites
    )
    return replace(project, sites=tuple(sites))


def _accepted(project: Project, records: Sequence[YearRecord], _: Plan) -> Project:
    """Return the work with its sites' instalments counted: how many there are, how many are accepted (R191, R252)."""
    of_contract = {str(r.value("number")): str(r.value("site")) for r in told(project.records) if r.kind == "contracts"}
    counts: dict[str, list[bool]] = {}
    for record in records:
        counts.setdefault(of_contract.get(str(record.value("contract")), ""), []).append(
            bool(record.value("accepted_on"))
        )
    sites = (
        replace(s, instalments=len(counts[s.id]), instalments_accepted=sum(counts[s.id])) if s.id in counts else s
        for s in project.sites
    )
    return replace(project, sites=tuple(sites))


def accepted_by(project: Project, site: str, until: date) -> int | None:
    """Return how many of a site's instalments were accepted by a day; None where none are recorded (R191)."""
    known = told(project.records)
    contracts = {r.value("number") for r in known if r.kind == CONTRACTS.name and r.value("site") == site}
    days = [r.value("accepted_on") for r in known if r.kind == INSTALMENTS.name and r.value("contract") in contracts]
    return sum(isinstance(own, date) and own <= until for own in days) if days else None


def _undone(values: Mapping[str, Value]) -> date | None:
    due = values["due_on"]
    return due if isinstance(due, date) and values["done_on"] is None else None


def _running_out(values: Mapping[str, Value]) -> date | None:
    end = values["extended_to"] or values["ends_on"]
    return end if isinstance(end, date) and values["state"] is ContractState.IN_FORCE else None


def _not_accepted(values: Mapping[str, Value]) -> date | None:
    due = values["due_on"]
    return due if isinstance(due, date) and values["accepted_on"] is None else None


SITE_STATES = Kind(
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
MILESTONES = Kind(
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
        choice("failed", "เหตุที่ไม่สำเร็จ", "Why it failed", Cause),
        text("words", "รายละเอียด", "Details"),
        text("document", "เอกสารอ้างอิง", "Reference document"),
    ),
    key=("step", "round", "site"),
    long=frozenset({"words"}),
    choose={"site": _sites},
    waits=_undone,
    warns="step_overdue",
    counted="step",
    references=(TO_SITE,),
)
CONTRACTS = Kind(
    "contracts",
    "สัญญา",
    "Contract",
    ("ลงนามเมื่อวันที่", "Signed on"),
    (
        text("number", "เลขที่สัญญา", "Number", required=True),
        text("party", "คู่สัญญา", "Party", required=True),
        number("value", "มูลค่า (บาท)", "Value (baht)", required=True),
        text("site", "สถานที่ (ว่าง = ทั้งงาน)", "Site; blank: the whole work"),
        choice("state", "สถานะสัญญา", "State", ContractState, required=True),
        day("starts_on", "เริ่มสัญญา", "Starts on"),
        day("ends_on", "สิ้นสุดสัญญา", "Ends on"),
        day("extended_to", "ขยายถึง", "Extended to"),
        number("penalty", "ค่าปรับ (บาท)", "Penalty (baht)"),
        day("terminated_on", "บอกเลิกเมื่อ", "Terminated on"),
        text("words", "รายละเอียด", "Details"),
    ),
    key=("number",),
    long=frozenset({"words"}),
    choose={"site": _sites},
    waits=_running_out,
    warns="contract_overdue",
    counted="state",
    references=(TO_SITE,),
    lay=_contracted,
)
INSTALMENTS = Kind(
    "instalments",
    "งวดงาน",
    "Instalment of a contract",
    ("ข้อมูล ณ วันที่", "As of"),
    (
        text("contract", "สัญญา", "Contract", required=True),
        integer("number", "งวดที่", "Number", required=True, minimum=1, maximum=999),
        number("amount", "จำนวนเงิน (บาท)", "Amount (baht)", required=True),
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
    lay=_accepted,
)
# Contracts commit their sites before the states of sites are looked at, which may say otherwise.
KINDS = (CONTRACTS, SITE_STATES, MILESTONES, INSTALMENTS)
