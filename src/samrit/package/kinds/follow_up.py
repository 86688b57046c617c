"""What is said and agreed about a work beside its figures: explanations, meetings, money kept for the next year."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from samrit.engine.funding.allotments import CARRIED_IN as KEPT_FROM_BEFORE
from samrit.engine.model import ActionState, CarryOverKind, CarryOverState, Narrative, Plan, Project, Source
from samrit.engine.ruleset import RuleSet
from samrit.engine.year import Value, YearRecord
from samrit.package.columns.figures import NARRATIVE
from samrit.package.kinds.declared import DECIDED, Approval, RecordKind
from samrit.package.schema import choice, integer, number, period, text
from samrit.package.schema import date as day
from samrit.vocabulary.dates import format_date
from samrit.vocabulary.narrative import WORDS
from samrit.vocabulary.periods import period_dates
from samrit.vocabulary.terms import label

_OPEN = (ActionState.OPEN, ActionState.RUNNING)


def _explained(project: Project, records: Sequence[YearRecord], _: Plan) -> Project:
    """Return the work with its explanations among the words of its reports, each with its own day (R165)."""
    return replace(project, narratives=(*project.narratives, *map(_narrative, records)))


def _narrative(record: YearRecord) -> Narrative:
    values = {name: value for name, value in record.values if value}
    source = Source(EXPLANATIONS.th, cell=record.id)
    return Narrative(written_on=record.happened_on, source=source, **values)  # type: ignore[arg-type]


def _agreed_not_done(values: Mapping[str, Value]) -> date | None:
    due = values["due_on"]
    return due if isinstance(due, date) and values["state"] in _OPEN else None


def _kept_not_paid(values: Mapping[str, Value]) -> date | None:
    """Return the day by which money that is kept has to be paid, as long as it waits (R132)."""
    waiting = (CarryOverState.PREPARED, CarryOverState.REQUESTED, CarryOverState.APPROVED)
    end = values["expires_on"]
    return end if isinstance(end, date) and values["state"] in waiting else None


def _carry_over_faults(
    values: Mapping[str, Value], work: Project, plan: Plan, rules: RuleSet
) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """Yield what is wrong with a request to keep money, by the office's rules (R130, R131)."""
    amount, state, end = values["amount"], values["state"], values["expires_on"]
    asked, approved = values["requested_on"], values["approved_on"]
    if isinstance(amount, Decimal) and amount <= 0:
        yield "amount", "carry_over_amount", {}
    elif isinstance(amount, Decimal) and work.budget is not None and amount > work.budget:
        yield "amount", "carry_over_budget", {"budget": work.budget}
    if rules.carry_over_sort is not None and values["sort"] not in (None, rules.carry_over_sort):
        own = rules.carry_over_sort
        yield "sort", "carry_over_sort", {"sort": {"th": label(own), "en": label(own, "en")}}
    if state in _ASKED and asked is None:
        yield "requested_on", "carry_over_day", {}
    if state in _GRANTED:
        missing = [name for name in ("approved_on", "approved_by") if not values[name]]
        yield from ((name, "carry_over_approval", {}) for name in missing)
    if isinstance(asked, date) and isinstance(approved, date) and approved < asked:
        yield "approved_on", "carry_over_order", {}
    last = last_day_kept(plan, rules)
    if last is not None and state in _ASKED and not (isinstance(end, date) and end <= last):
        yield "expires_on", "carry_over_expiry", {"day": _days(last)}


def last_day_kept(plan: Plan, rules: RuleSet) -> date | None:
    """Return the last day on which money that is kept may be paid; None where the rules set no limit (R130)."""
    if rules.carry_over_months is None:
        return None
    ends = period_dates(plan.year_be, plan.calendar, 12)[1]
    months = ends.year * 12 + ends.month - 1 + rules.carry_over_months
    year, month = divmod(months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def kept_next_year(records: Iterable[YearRecord]) -> tuple[YearRecord, ...]:
    """Return the requests among a work's told records that were approved: their money goes on next year (R132)."""
    return tuple(r for r in records if r.kind == CARRY_OVERS.name and r.value("state") is CarryOverState.APPROVED)


def _days(day: date) -> dict[str, str]:
    return {"th": format_date(day, style="short"), "en": format_date(day, "en", style="short")}


_ASKED = frozenset({CarryOverState.REQUESTED, CarryOverState.APPROVED})
_GRANTED = frozenset({CarryOverState.APPROVED})

EXPLANATIONS = RecordKind(
    "explanations",
    "คำชี้แจง",
    "Explanation",
    ("ข้อมูล ณ วันที่", "As of"),
    (
        period("period", "ชี้แจงผลของเดือนที่", "Of the results of month", required=True),
        *NARRATIVE,
    ),
    public=frozenset({"period", *(word.name for word in WORDS if word.is_public)}),
    long=frozenset(word.name for word in WORDS),
    counted="period",
    lay=_explained,
)
MEETINGS = RecordKind(
    "meetings",
    "การประชุมหารือ",
    "Meeting",
    ("ประชุมเมื่อวันที่", "Held on"),
    (
        text("title", "เรื่อง", "Subject", required=True),
        text("present", "ผู้เข้าร่วม", "Who was present"),
        text("words", "ข้อสรุปร่วมกัน", "Joint conclusion", required=True),
        text("owner", "หน่วยงานผู้รับผิดชอบ", "Unit that acts on it"),
        day("due_on", "กำหนดแล้วเสร็จ", "Due on"),
        choice("state", "สถานะ", "State", ActionState, required=True),
        text("told_to", "รายงานผู้บริหาร", "Reported to"),
    ),
    long=frozenset({"words"}),
    units=frozenset({"owner"}),
    waits=_agreed_not_done,
    reminds="owner",
    warns="action_overdue",
    counted="state",
)
CARRY_OVERS = RecordKind(
    "carry_overs",
    "การกันเงินไว้เบิกเหลื่อมปี",
    "Carry-over of money",
    ("สถานะ ณ วันที่", "As of"),
    (
        number("amount", "จำนวนเงิน (บาท)", "Amount (baht)", required=True),
        choice("sort", "ประเภท", "Sort", CarryOverKind, required=True),
        choice("state", "สถานะการกันเงิน", "State", CarryOverState, required=True),
        text("words", "เหตุผล", "Reason", required=True),
        day("requested_on", "ยื่นคำขอเมื่อ", "Requested on"),
        day("approved_on", "อนุมัติเมื่อ", "Approved on"),
        text("approved_by", "ผู้อนุมัติ", "Approved by"),
        day("expires_on", "ต้องเบิกจ่ายภายใน", "To be paid by"),
        text("document", "เอกสารอ้างอิง", "Reference document"),
        text("next_work", "งานในแผนปีถัดไป", "Work in the next year's plan"),
    ),
    right=DECIDED,
    long=frozenset({"words"}),
    waits=_kept_not_paid,
    check=_carry_over_faults,
    came=frozenset({"requested_on", "approved_on"}),
    approval=Approval(
        "state",
        frozenset({CarryOverState.REQUESTED}),
        frozenset({CarryOverState.APPROVED, CarryOverState.REFUSED}),
        ("amount", "sort", "requested_on"),
    ),
    counted="state",
    summed=("amount",),
)
# Money from a year whose plan the office does not have here; from one that it has, the draft links both works.
CARRIED_IN = RecordKind(
    KEPT_FROM_BEFORE,
    "เงินที่กันมาจากปีก่อน",
    "Money kept from the year before",
    ("ข้อมูล ณ วันที่", "As of"),
    (
        integer(
            "from_year_be", "กันมาจากปี พ.ศ.", "Kept from the year (B.E.)", required=True, minimum=2400, maximum=2700
        ),
        number("amount", "จำนวนเงิน (บาท)", "Amount (baht)", required=True),
        choice("sort", "ประเภท", "Sort", CarryOverKind, required=True),
        text("words", "รายละเอียด", "Details"),
        text("document", "เอกสารอ้างอิง", "Reference document"),
    ),
    right=DECIDED,
    public=frozenset({"from_year_be", "amount", "sort"}),
    long=frozenset({"words"}),
    counted="from_year_be",
    summed=("amount",),
)
KINDS = (EXPLANATIONS, MEETINGS, CARRY_OVERS, CARRIED_IN)
