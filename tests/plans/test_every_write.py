"""Whatever one process writes, another shows at once, and shows it as somebody would who remembers nothing.

Every service of the room is called here, and so every kept table is written: a new
service or table makes this test fail until it has a line.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from samrit.engine.model import MoneyState, ReportText
from samrit.engine.model import Plan as EnginePlan
from samrit.package import PlanPackage
from samrit.package.ready_rules import ready_rules
from samrit.package.rows import typed
from samrit.plans import services
from samrit.plans.drafting.document import standing
from samrit.plans.drafting.library.uses import CARD, DEFINING, Use
from samrit.plans.drafting.reading import read_draft
from samrit.plans.drafting.tree.moving import Move
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.forecasts import courses_of, forecast_of
from samrit.plans.evaluation.kept import Memory
from samrit.plans.evaluation.scoring import evaluate, reported_plan, versions_of
from samrit.plans.models import (
    Allotment,
    DraftDecision,
    DraftRemark,
    DueMove,
    Erasure,
    Evaluation,
    Evidence,
    HistoryEntry,
    MachineKey,
    Plan,
    PlanDraft,
    ProposedWork,
    Publication,
    ReportFile,
    RoleAssignment,
    Settlement,
    Unit,
    Unlock,
    Waiver,
)
from samrit.plans.records import history
from samrit.plans.records.erasure_list import Erased
from samrit.plans.records.snapshots import KEPT
from samrit.plans.reporting.days import due_days
from samrit.plans.reporting.duties import units_reporting_by_period
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.reporting.office_file import RoleRow
from samrit.plans.reporting.register import register as units_of_the_office
from samrit.plans.reporting.register_file import UnitRow
from samrit.plans.selectors.control.finding_list import decided_findings
from samrit.plans.selectors.control.report_words import words_page
from samrit.plans.selectors.office.visible import visible_plans
from samrit.plans.selectors.report.entry import report_entry
from samrit.plans.selectors.results.compare import comparison, evaluated
from samrit.plans.selectors.results.front import front
from samrit.plans.selectors.results.heat import MEASURES, heat
from samrit.plans.selectors.results.look import look
from samrit.plans.selectors.results.traces import history_of
from samrit.plans.selectors.work.choices import choices_from
from samrit.plans.selectors.work.work import work
from samrit.plans.selectors.work.works import works
from samrit.plans.services.draft import (
    arranging,
    carried,
    deciding,
    defining,
    importing,
    minutes,
    opening,
    proposing,
    remarks,
)
from samrit.plans.services.draft import grouping as draft_grouping
from samrit.plans.services.draft import horizon as draft_horizon
from samrit.plans.services.draft import levels as draft_levels
from samrit.plans.services.draft import rows as draft_rows
from samrit.plans.services.draft import rules as draft_rules
from samrit.plans.services.draft import steps as draft_steps
from samrit.plans.services.office import (
    accounts,
    calendars,
    causes,
    erasing,
    holidays,
    machine_keys,
    people,
    taking_in,
    units,
)
from samrit.plans.services.plan import (
    allotments,
    archiving,
    evaluations,
    findings,
    money,
    money_table,
    periods,
    plans,
    publishing,
    report_files,
    separation,
    settlements,
    year_form,
)
from samrit.plans.services.plan import due_days as due_days_of
from samrit.plans.services.plan import look as report_looks
from samrit.plans.services.plan import report_words as words
from samrit.plans.services.plan import year_records as year
from samrit.plans.services.report import (
    evidence,
    figures,
    levels,
    month_taken,
    narratives,
    past_months,
    reports,
    undo,
    unit_forms,
)
from samrit.plans.services.writing import SYSTEM
from samrit.plans.unit_form.model import FilledForm
from samrit.plans.unit_form.money_table import MoneyRow
from samrit.plans.unit_form.month_json import read_month
from samrit.plans.unit_form.past_file import PastLine
from samrit.plans.unit_form.year_model import FilledRow
from samrit.vocabulary.findings import Finding, Place
from samrit.web.history_words import action_said, field_said
from tests.plans import singly
from tests.plans.office import Clock, People, doubtful_reading, small_plan

pytestmark = pytest.mark.one_database

# They write no kept table: what they note is about an account, or traces, of the sign-in.
OF_ACCOUNTS = {"second_factor_drop", "invitation_note", "office_identity_connect", "traces_tidy"}
# It runs once, at an upgrade; an office that began with sendings has nothing to carry over.
AT_AN_UPGRADE = {"_carried"}
# It needs an office without anybody, and writes by the services of people, which are called.
BEFORE_ANYBODY = {"administrator_first"}
# A document on the list of those to print has no entry until it is printed; nothing that is remembered asks that table.
WITHOUT_ENTRY = {"report_file"}
# What is written without anything that is shown here becoming another.
UNSEEN = {"evidence", "account", "person", "role", "unlock", "report_file", "finding", "report", "period"}
UNSEEN |= {
    "draft_decision",
    "authenticator",
    "identity",
    "waiver",
    "erasure",
    "calendar",
    "machine",
    "paragraph",
    "section",
}
UNSEEN |= {"machine", "draft_remark", "draft_minutes", "proposal", "cause", "publication"}
TODAY = date(2026, 4, 3)
PLAIN = frozenset({str, int, bool, type(None), Decimal, date})


def last_measure(draft: PlanDraft) -> str:
    """Return the indicator of a draft that came last."""
    return max(standing(draft)["indicators"].items())[1].cells["id"]


def last_gone(draft: PlanDraft) -> draft_rows.RowInput:
    """Return the last work of a draft as one sends it to take it out."""
    number, row = max(standing(draft)["projects"].items())
    return draft_rows.RowInput(number, {}, row.revision, is_removed=True)


def printed() -> Path:
    """Return a document as a printing leaves it."""
    folder = Path(settings.DOCUMENT_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "printed.html"
    file.write_bytes(b"<!doctype html>")
    return file


def on_day(day: date, step: Callable[[], object]) -> object:
    """Do a step as if it were that day."""
    with patch.object(timezone, "localdate", return_value=day):
        return step()


class Office:
    """Two plans, people, and how each service is called once or more."""

    def __init__(self, register: Mapping[str, Unit], person: People) -> None:
        self.register, self.unit = register, register["กฝ."]
        small = small_plan(indicators=2, levels=3)
        self.package = replace(small, plan=replace(small.plan, texts=(ReportText("closing", "จะติดตามต่อ"),)))
        self.plan = plans.plan_import(SYSTEM, package=self.package, owner=register["กนผ."], is_public=True)
        group = small_plan(code="group-2569", units=("จังหวัด",))
        self.group = plans.plan_import(SYSTEM, package=group, owner=register["กนผ."])
        self.reporter, self.head = person("reporter", unit="กฝ."), person("head", unit="กฝ.")
        self.planner, self.administrator = person("planner"), person("administrator")

    def steps(self) -> Iterator[Callable[[], object]]:
        """Yield what is done, in order."""
        yield from self._of_a_month()
        yield from self._of_reports()
        yield from self._of_the_division()
        yield from self._of_the_plan()
        yield from self._of_drafts()
        yield from self._of_imports()
        yield from self._of_the_office()
        yield from self._of_a_finished_year()
        yield from self._of_credentials()
        yield from self._of_erasures()

    def _of_erasures(self) -> Iterator[Callable[[], object]]:
        file, about = Evidence.objects.first(), self.reporter
        yield lambda: erasing.evidence_erasure_ask(self.planner, evidence=file, reason="มีชื่อบุคคล")
        yield lambda: erasing.erasure_decide(self.administrator, erasure=Erasure.objects.latest("pk"), erase=True)
        yield lambda: erasing.person_erasure_ask(about, person=about, reason="ลาออก")
        yield lambda: erasing.erasure_decide(self.administrator, erasure=Erasure.objects.latest("pk"), erase=True)
        born = HistoryEntry.objects.get(action="person.create", record=self.head.reference).hash
        gone = Erased("person", born, "", 9, "2027-01-01", "ลาออก")
        yield lambda: erasing.erase_again([gone])

    def _of_a_finished_year(self) -> Iterator[Callable[[], object]]:
        over = small_plan(code="over-2568", year_be=2568)
        yield lambda: plans.plan_import(SYSTEM, package=over, owner=self.register["กนผ."])

        def ended() -> Plan:
            return Plan.objects.get(code="over-2568")

        yield lambda: evaluations.evaluation_close(SYSTEM, plan=ended(), period=12, reason="ปิดปี")
        yield lambda: archiving.plan_archive(SYSTEM, plan=ended(), reason="สิ้นปี")
        yield lambda: archiving.plan_reopen(SYSTEM, plan=ended(), reason="แก้ไข")

    def _of_credentials(self) -> Iterator[Callable[[], object]]:
        def new_password() -> None:
            self.reporter.set_password("kluai-hom thong 3 wi")
            self.reporter.save()

        yield new_password
        yield lambda: Authenticator.objects.create(user=self.reporter, type="totp", data={"secret": "x"})
        yield lambda: SocialAccount.objects.create(user=self.reporter, provider="office", uid="1")
        yield lambda: people.sessions_end(self.reporter)

    def _of_a_month(self) -> Iterator[Callable[[], object]]:
        mine: dict[str, Any] = {"plan": self.plan, "unit": self.unit}
        actor = self.reporter
        one = {"plan": self.plan, "indicator": "P1.1", "unit_code": self.unit.code}
        yield lambda: singly.figure_save(actor, **one, period=1, actual="10")
        yield lambda: undo.change_undo(actor, entry=HistoryEntry.objects.filter(action="figure.save").last())
        cells = [CellInput("P1.1", "10.0"), CellInput("P1.2", "4", explanation="ฝนตก")]
        yield lambda: figures.figures_save(actor, **mine, period=2, cells=cells)
        yield lambda: figures.figures_as_planned(actor, **mine, period=3)
        yield lambda: levels.level_reach(actor, **mine, indicator="P1.1", number=1, reached_on=date(2026, 1, 20))
        yield lambda: narratives.narrative_save(actor, **mine, project="P1", period=3, result="อบรมครบ", cause="ช้า")
        file = BytesIO(b"%PDF-1.7 list")
        yield lambda: evidence.evidence_add(actor, **mine, project="P1", period=3, name="รายชื่อ.pdf", stream=file)
        yield lambda: evidence.evidence_withdraw(actor, evidence=Evidence.objects.get(), unit=self.unit)
        form = FilledForm(self.plan.code, self.unit.code, 4, (CellInput("P1.1", "7", explanation="–"),))
        yield lambda: unit_forms._taken(actor, self.plan, self.unit, form)

    def _of_reports(self) -> Iterator[Callable[[], object]]:
        mine: dict[str, Any] = {"plan": self.plan, "unit": self.unit, "period": 3}
        many: dict[str, Any] = {"plan": self.plan, "units": [self.unit], "period": 3}
        yield lambda: reports.report_submit(self.reporter, **mine)
        yield lambda: reports.report_take_back(self.reporter, **mine)
        yield lambda: reports.report_submit(self.reporter, **mine)
        yield lambda: singly.report_confirm(self.head, **mine)
        yield lambda: reports.report_return(self.planner, **mine, reason="ขอหลักฐาน")
        yield lambda: reports.report_submit(self.reporter, **mine)
        yield lambda: reports.reports_confirm(self.head, **many)
        yield lambda: singly.report_accept(self.planner, **mine)
        yield lambda: reports.report_return(self.planner, **mine, reason="อีกครั้ง")
        yield lambda: reports.report_submit(self.reporter, **mine)
        yield lambda: singly.report_confirm(self.head, **mine)
        yield lambda: reports.reports_accept(self.planner, **many)

    def _of_the_division(self) -> Iterator[Callable[[], object]]:
        actor, plan = self.planner, self.plan
        spent: dict[str, Any] = {"plan": plan, "project": "P1", "period": 3, "state": "disbursed"}
        yield lambda: money.money_record(actor, **spent, amount="1,250.50", seen=0)
        yield lambda: money.money_take_back(actor, plan=plan, project="P1", order=1, reason="ผิดงาน", seen=1)
        first = {"plan": plan, "funding_source": "เงินกองทุน", "sort": "announced", "amount": "5", "number": "1"}
        yield lambda: allotments.allotment_record(actor, **first, announced_on=TODAY, seen=0)
        yield lambda: allotments.allotment_withdraw(actor, allotment=Allotment.objects.get(), reason="ผิดฉบับ")
        rows = [MoneyRow(2, "P1", "", None, {MoneyState.DISBURSED: Decimal("7.25")})]
        yield lambda: money_table.money_table_take(actor, plan=plan, period=3, rows=rows, keep=True)
        state: dict[str, Any] = {"plan": plan, "kind": "work_states", "project": "P1"}
        said = {"happened_on": "1/3/2569", "state": "running"}
        yield lambda: year.year_record_add(actor, **state, given=said)
        later = {**said, "state": "postponed"}
        yield lambda: year.year_record_revise(actor, **state, record="1", given=later, seen=1)
        yield lambda: year.year_record_withdraw(actor, **state, record="1", seen=2, reason="ผิดงาน")
        yield lambda: year.year_record_add(actor, **state, given=said)
        row = FilledRow("", 4, "work_states", "P1", "", 0, later)
        yield lambda: year_form.year_form_take(actor, plan=plan, rows=[row], keep=True)
        yield from self._of_words()
        settled: dict[str, Any] = {"plan": plan, "record": "P1", "period": 3, "reason": "มติ"}
        yield lambda: settlements.settlement_save(actor, **settled, percent=Decimal("87.50"))
        yield lambda: accounts.person_edit(SYSTEM, person=actor, display_name="ชื่อใหม่", email=actor.email, language="th")
        yield lambda: settlements.settlement_withdraw(actor, settlement=Settlement.objects.get(), reason="ทบทวน")
        found = Finding("weights_not_100", Place(record="P1"))
        yield lambda: findings.finding_decide(actor, plan=plan, finding=found, state="fixed")
        yield lambda: evaluations.evaluation_close(actor, plan=plan, period=3, reason="ปิดตามกำหนด")
        yield lambda: report_files.report_file_request(actor, evaluation=Evaluation.objects.get(), format="html")
        yield lambda: report_files._done(actor, ReportFile.objects.get(), printed(), look="")
        yield lambda: periods.period_close(actor, plan=plan, period=4)
        opened: dict[str, Any] = {"plan": plan, "reason": "แก้ตัวเลข", "until": date(2026, 4, 10)}
        yield lambda: periods.period_unlock(actor, **opened, period=3, unit=self.unit)
        spared = {"plan": plan, "unit": self.unit, "reason": "มีคนเดียว", "until": date(2026, 4, 30)}
        yield lambda: separation.waiver_give(actor, **spared)
        yield lambda: separation.waiver_end(actor, waiver=Waiver.objects.get())
        moved = {"plan": plan, "period": 6, "due_on": date(2026, 7, 20), "reason": "อุทกภัย"}
        yield lambda: due_days_of.due_move(actor, **moved)
        yield lambda: due_days_of.due_move_end(actor, move=DueMove.objects.get(), reason="น้ำลด")
        yield lambda: periods.unlock_end(actor, unlock=Unlock.objects.earliest("pk"))

    def _of_words(self) -> Iterator[Callable[[], object]]:
        actor, at = self.planner, {"plan": self.plan, "period": 3, "section": "red"}
        one = {**at, "key": "P1"}
        yield lambda: words.words_from_plan(actor, **{**at, "section": "closing"})
        yield lambda: words.words_draft(actor, **at)
        yield lambda: words.words_save(actor, **one, given={"text": "ผลจริง"}, seen=1)
        yield lambda: words.words_take(actor, **one, seen=2)
        yield lambda: words.words_withdraw(actor, **one, seen=3)
        yield lambda: words.words_add(actor, **at, given={"text": "เขียนเอง", "project": "P1"})
        shown = {"plan": self.plan, "period": 3, "section": "red", "language": "th"}
        yield lambda: words.words_sign(SYSTEM, **at, shown=words_page(actor, **shown).mark)

    def _of_the_plan(self) -> Iterator[Callable[[], object]]:
        plan = self.plan
        for title in ("แผนที่แก้แล้ว", "แผนทดลอง"):  # the second changes the version and leaves the plan's own row
            amended = amended_plan(self.package, title, planned=12 if title == "แผนทดลอง" else 11)
            yield lambda amended=amended: plans.plan_amend(
                self.planner, plan=plan, package=amended, effective_period=5, reason="มติ"
            )
        yield lambda: plans.plan_settings(SYSTEM, plan=plan, is_public=False, owner=self.register["กบค."])
        yield lambda: report_looks.report_look_set(SYSTEM, plan=plan, look={"ready": "short"})
        known = {"plan": plan, "channel": "circular", "published_on": date(2026, 1, 5), "reference": "รง 0603/ว 1"}
        yield lambda: publishing.publication_record(self.planner, **known)
        yield lambda: publishing.publication_letters(self.planner, plan=plan)
        yield lambda: publishing.publication_withdraw(
            self.planner, publication=Publication.objects.first(), reason="บันทึกผิด"
        )
        yield lambda: plans.plan_import(SYSTEM, package=small_plan(code="third-2569"), is_public=True)

    def _of_imports(self) -> Iterator[Callable[[], object]]:
        reading, sent = doubtful_reading("seventh-2570"), {"plan.pdf": b"1."}
        yield lambda: importing.draft_import(self.planner, reading=reading, contents=sent)
        matters = [("P1", "title")]
        yield lambda: importing.draft_confirm(self.planner, draft=PlanDraft.objects.latest("pk"), matters=matters)

    def _of_proposals(self) -> Iterator[Callable[[], object]]:
        """A unit proposes three works: one is returned, one is taken over, one is withdrawn."""
        about = {"draft": PlanDraft.objects.earliest("pk"), "unit": self.unit}
        cells = {"title": "งานที่เสนอ", "strategy": "1", "1.name": "ตัวชี้วัด", "1.target": "12", "1.weight": "100"}
        yield lambda: proposing.proposals_call(self.planner, draft=about["draft"], until=TODAY + timedelta(days=900))
        yield lambda: proposing.proposal_save(self.reporter, **about, cells=cells)
        yield lambda: proposing.proposal_send(self.reporter, **about)
        own = ProposedWork.objects.all
        yield lambda: proposing.proposal_return(self.planner, proposal=own().earliest("pk"), remarks={"title": "แก้"})
        yield lambda: proposing.proposal_send(self.reporter, **about)
        yield lambda: proposing.proposal_take(self.planner, proposal=own().earliest("pk"))
        yield lambda: proposing.proposal_save(self.reporter, **about, cells=cells)
        yield lambda: proposing.proposal_withdraw(self.reporter, proposal=own().latest("pk"))

    def _of_drafts(self) -> Iterator[Callable[[], object]]:
        rows = typed(small_plan(code="fourth-2569"))
        yield lambda: opening.draft_open(self.planner, files=rows)
        yield lambda: opening.draft_empty(SYSTEM, code="fifth-2570", title="แผน", year_be=2570)
        yield lambda: opening.draft_copy(SYSTEM, plan=self.plan, code="sixth-2570", year_be=2570)
        yield lambda: opening.draft_amend(SYSTEM, plan=self.plan, effective_period=6)
        settings: dict[str, Any] = {"title": "ร่าง", "stages": [], "effective_period": 1}
        yield lambda: opening.draft_settings(self.planner, draft=PlanDraft.objects.earliest("pk"), **settings)
        one = [draft_rows.RowInput(1, {"title": "แผนใหม่"})]

        def about() -> dict[str, Any]:
            return {"draft": PlanDraft.objects.earliest("pk")}

        yield lambda: draft_rows.draft_save(self.planner, **about(), file="plan", rows=one)
        yield from self._of_proposals()
        used = Use("x", "2568", "W", "", "W.1", "ตัวชี้วัด", "", "", "", dict.fromkeys((*DEFINING, *CARD), ""))
        stands = standing(about()["draft"])["indicators"][1].cells
        own = replace(used, cells={**used.cells, **{n: stands.get(n, "") for n in DEFINING}, "method": "นับ"})
        yield lambda: defining.definition_take(self.planner, **about(), indicator="P1.1", use=own)
        cell = {"file": "plan", "number": 1, "column": "title"}
        yield lambda: remarks.remark_add(self.planner, **about(), **cell, text="ชื่อสั้นไป")
        yield lambda: remarks.remark_settle(self.planner, remark=DraftRemark.objects.get(), answer="แก้แล้ว")
        yield lambda: draft_steps.draft_steps(self.planner, **about(), work="P1", source="training")
        grown = Move("add", "strategies", cells={"name": "ยุทธศาสตร์ใหม่"})
        yield lambda: arranging.draft_arrange(self.planner, **about(), move=grown)
        yield lambda: draft_rows.draft_undo(self.planner, **about(), entry=HistoryEntry.objects.latest("sequence"))
        second = draft_rows.RowInput(None, {"id": "P9", "title": "งานในกลุ่ม", "strategy": "1", "number": "9"})
        yield lambda: draft_rows.draft_save(self.planner, **about(), file="projects", rows=[second])
        group = {"work": "P1", "members": ["P9"], "parts": ["indicators"]}
        yield lambda: draft_grouping.draft_group(self.planner, **about(), **group)
        yield lambda: draft_levels.draft_levels(SYSTEM, **about(), indicator=last_measure(**about()), source="building")
        yield lambda: draft_rows.draft_save(self.planner, **about(), file="projects", rows=[last_gone(**about())])
        kept = {"happened_on": "1/3/2569", "amount": "5", "sort": "committed", "state": "approved", "words": "ค้าง"}
        kept |= {"requested_on": "1/3/2569", "approved_on": "1/3/2569", "approved_by": "เลขาธิการ"}
        asked: dict[str, Any] = {"plan": self.plan, "kind": "carry_overs", "project": "P1", "given": kept}
        yield lambda: year.year_record_add(SYSTEM, **asked)
        into = {"source": self.plan, "works": ["P1"]}
        yield lambda: carried.draft_carry(SYSTEM, draft=PlanDraft.objects.get(origin="year"), **into)
        until = date(2026, 12, 31)
        yield lambda: deciding.draft_waive(self.administrator, **about(), reason="มีคนเดียว", until=until)
        other, since = ready_rules()["logframe-3"], date(2027, 1, 1)
        yield lambda: draft_rules.draft_rules_take(self.planner, **about(), ruleset=other)
        copied = {"ruleset": other, "code": "own-2570", "name": "เกณฑ์ของหน่วยงาน", "effective_from": since}
        yield lambda: draft_rules.draft_rules_copy(self.planner, **about(), **copied)
        yield lambda: draft_horizon.draft_under(self.planner, **about(), plan=self.group.code)
        yield lambda: draft_horizon.draft_take_targets(self.planner, **about())
        for step in ("submit", "approve", "publish"):
            yield lambda step=step: deciding.draft_decide(self.planner, **about(), step=step, remark="ตรวจแล้ว")
        sent = {"name": "minutes.pdf", "content": b"%PDF-1.7 minutes"}
        yield lambda: minutes.minutes_add(self.planner, decision=DraftDecision.objects.earliest("pk"), **sent)

    def _of_the_office(self) -> Iterator[Callable[[], object]]:
        provincial = Unit.objects.filter(type="province").order_by("code").first()
        figure = [CellInput("P1.1", "3", explanation="–")]
        yield lambda: figures.figures_save(SYSTEM, plan=self.group, unit=provincial, period=3, cells=figure)
        sent = read_month(b'{"figures": [{"indicator": "P1.1", "actual": 4, "explanation": "x"}]}').rows
        yield lambda: month_taken.month_take(SYSTEM, plan=self.group, unit=provincial, period=2, rows=sent)
        past = [PastLine(provincial.code, "P1.1", "actual", {1: "9"}, 2)]
        yield lambda: past_months.past_take(self.planner, plan=self.group, lines=past, source="หนังสือ 5/2569")
        yield lambda: units.unit_save(SYSTEM, unit=UnitRow(provincial.code, {"name": "จังหวัดใหม่", "region": "เหนือ"}))
        ahead = {"name": "จังหวัดที่จะเป็น", "called_since": timezone.localdate() + timedelta(days=9)}
        yield lambda: units.unit_save(SYSTEM, unit=UnitRow(provincial.code, ahead))
        yield lambda: on_day(ahead["called_since"], lambda: units.units_turn(SYSTEM))
        yield lambda: units.register_import(SYSTEM, units=[UnitRow(self.unit.code, {"name": "กองฝึกอบรมใหม่"})])
        given = [RoleRow("new.one", "คนใหม่", "new@example.org", "reporter", self.unit.code, "")]
        yield lambda: taking_in.office_take(SYSTEM, units=[UnitRow("ใหม่", {"name": "หน่วยใหม่"})], people=given)
        yield lambda: causes.cause_save(SYSTEM, title="ขาดข้อมูลที่ดิน")
        yield lambda: causes.cause_save(SYSTEM, code="other", title="เหตุอื่น", title_en="any other", is_closed=True)
        yield lambda: holidays.holiday_save(SYSTEM, day=date(2026, 6, 5), name="หยุดพิเศษ")
        yield lambda: holidays.holiday_remove(SYSTEM, day=date(2026, 6, 5))
        yield lambda: people.person_create(SYSTEM, username="new")
        yield lambda: people.person_switch(SYSTEM, person=self.head, active=False)
        yield lambda: calendars.calendar_key_make(self.planner)
        yield lambda: calendars.calendar_key_end(SYSTEM, person=self.planner)
        until = timezone.localdate() + timedelta(days=9)
        yield lambda: machine_keys.machine_key_make(self.reporter, unit=self.unit, name="register", until=until)
        yield lambda: machine_keys.machine_key_end(SYSTEM, key=MachineKey.objects.get())
        yield lambda: people.language_choose(self.planner, language="en")
        yield lambda: people.role_give(SYSTEM, person=self.administrator, role="auditor")
        yield lambda: people.role_take(SYSTEM, assignment=RoleAssignment.objects.get(role="auditor"))


def amended_plan(package: PlanPackage, title: str, *, planned: int) -> PlanPackage:
    """Return the package with another title and other figures planned."""

    def project(p: Any) -> Any:
        entries = [tuple(replace(e, planned=Decimal(planned)) for e in i.entries) for i in p.indicators]
        indicators = (replace(i, entries=own) for i, own in zip(p.indicators, entries, strict=True))
        return replace(p, title=f"{p.title} {planned}", indicators=tuple(indicators))

    changed: EnginePlan = replace(package.plan, title=title, projects=tuple(map(project, package.plan.projects)))
    return replace(package, plan=changed)


@contextmanager
def process(kept: Memory) -> Iterator[None]:
    """Be the process that keeps this."""
    mine, memory._process = memory._process, kept
    try:
        yield
    finally:
        memory._process = mine


def shown(office: Office) -> dict[str, object]:
    """Return everything that is made of remembered values, written out down to its parts."""
    found: dict[str, object] = {
        "register": units_of_the_office(),
        "plans": [[v.plan, v.public] for v in visible_plans(None)],
    }
    for plan in Plan.objects.order_by("pk"):
        found |= {f"{plan.code} {name}": value for name, value in of_plan(plan).items()}
    for draft in PlanDraft.objects.order_by("pk"):
        read = read_draft(draft)
        found[f"draft {draft.pk}"] = [written_out(draft, {}), read.package, [str(f) for f in read.findings]]
    found["entry"] = report_entry(office.reporter, office.plan, office.unit, 3, today=TODAY)
    known: dict[int, tuple[object, object]] = {}
    return {name: written_out(value, known) for name, value in found.items()}


def of_plan(plan: Plan) -> dict[str, object]:
    """Return what is remembered of one plan."""
    found: dict[str, object] = {
        "versions": versions_of(plan),
        "archived": plan.archived_at,
        "reported": reported_plan(plan),
        "due": due_days(plan),
        "duties": [
            [period, d.unit, d.indicator.id, d.indicator.name, d.figure_unit, sorted(d.due_periods)]
            for period, duties in units_reporting_by_period(plan).items()
            for own in duties.by_indicator.values()
            for d in own
        ],
    }
    for month in (3,):
        result = evaluate(plan, month)
        found |= {
            f"result {month}": result,
            f"forecast {month}": forecast_of(result).projects,
            f"course {month}": courses_of(result, result.plan.projects),
            f"findings {month}": decided_findings(plan, month),
        }
    for public in (False, True):
        seen = look(plan, month=4, today=TODAY, public=public, with_previous=True)
        found |= {
            f"front {public}": front(seen),
            f"works {public}": works(seen, choices_from({})),
            f"search {public}": works(seen, choices_from({"q": ["กองฝึกอบรม"]})),
            f"work {public}": work(seen, "P1", None),
            f"heat {public}": [heat(seen, measure) for measure in MEASURES],
            f"moved {public}": comparison(evaluated(plan, 3), evaluated(plan, 4), seen=seen),
        }
    return found


def written_out(value: object, known: dict[int, tuple[object, object]]) -> object:
    """Return a value as nested plain data: rows of tables by all their columns, figures as they are written.

    What stands in many places is written out once: ``known`` holds it, and so its id stays its own.
    """
    if type(value) in PLAIN:
        return repr(value)
    if id(value) not in known:
        known[id(value)] = (value, parts_of(value, known))
    return known[id(value)][1]


def parts_of(value: object, known: dict[int, tuple[object, object]]) -> object:
    """Return what a value is made of, each part written out."""
    if isinstance(value, Model):
        return {f.attname: repr(getattr(value, f.attname)) for f in value._meta.concrete_fields if f.name != "content"}
    if names := names_of_fields(type(value)):
        return [type(value).__name__, *(written_out(getattr(value, name), known) for name in names)]
    if isinstance(value, Mapping):
        return {repr(key): written_out(own, known) for key, own in value.items()}
    if isinstance(value, tuple | list):
        return [written_out(own, known) for own in value]
    return sorted(map(repr, value)) if isinstance(value, frozenset) else repr(value)


@cache
def names_of_fields(kind: type) -> tuple[str, ...]:
    """Return the names of a dataclass's fields, none for any other type."""
    return tuple(f.name for f in fields(kind)) if is_dataclass(kind) else ()


def every_service() -> set[str]:
    """Return the names of the room's services: whatever ``service`` wraps."""
    found, within = set(), figures.figures_save.__code__
    for module in pkgutil.walk_packages(services.__path__, f"{services.__name__}."):
        for name, thing in vars(importlib.import_module(module.name)).items():
            inner = getattr(thing, "__wrapped__", None)
            if inner is not None and getattr(thing, "__code__", None) is within:
                found.add(name)
    return found


@contextmanager
def tables_written() -> Iterator[set[str]]:
    """Collect the kinds of entries about the tables that are written inside."""
    kinds = {kept.model._meta.db_table: kept.action for kept in KEPT}
    kinds[Unit.members.through._meta.db_table] = "unit"
    found: set[str] = set()

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            found.update(kinds[name] for name in sql.split('"')[1:2] if name in kinds)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield found


@pytest.mark.slow
@pytest.mark.sample
def test_every_kind_of_write_is_seen_at_once_by_another_process(
    register: dict[str, Unit], person: People, clock: Clock, monkeypatch: pytest.MonkeyPatch, pytestconfig
) -> None:
    """Look after every third write in a usual run, ``--full`` after each one."""
    clock.set(TODAY)
    each = 1 if pytestconfig.getoption("--full") else 3
    called: set[str] = set()
    lock = history.lock

    def noting() -> Any:
        caller = sys._getframe(1)
        if caller.f_code.co_name == "within":
            called.add(caller.f_locals["function"].__name__)
        return lock()

    reader, writer = Memory(), Memory()
    with process(writer):
        office = Office(register, person)
    with process(reader):
        before = shown(office)
    monkeypatch.setattr(history, "lock", noting)
    noted, since = set[str](), set[str]()
    for number, step in enumerate(office.steps(), 1):
        end = HistoryEntry.objects.count()
        with process(writer), tables_written() as tables:
            step()
        kinds = {entry.action.partition(".")[0] for entry in HistoryEntry.objects.order_by("sequence")[end:]}
        assert tables, "every step writes something"
        assert tables - WITHOUT_ENTRY <= kinds, "a write without its entry stays unseen"
        since |= kinds
        if number % each:
            continue
        with process(Memory()):
            fresh = shown(office)
        with process(reader):
            kept = shown(office)
        named = since or {"nothing noted"}
        assert {name for name in fresh if kept[name] != fresh[name]} == set(), named
        if each == 1 and since - UNSEEN:  # several writes may take one another back
            assert fresh != before, f"{named}: what is shown is another"
        before, noted, since = fresh, noted | since, set()
    noted |= since
    assert every_service() - called == OF_ACCOUNTS | AT_AN_UPGRADE | BEFORE_ANYBODY
    assert {kept.action for kept in KEPT} <= noted
    waited = set().union(*(slot.kinds for slot in reader._slots.values()))
    assert not waited & WITHOUT_ENTRY
    assert {"unit", "version", "holiday"} <= waited, "found from what was asked"


# What may still be done to a plan whose year is archived (``rights.OF_ARCHIVED``), and what is not about its year.
OF_ARCHIVED = {"plan.settings", "report_file.make", "evidence.erase", "sending.erase", "role.give", "role.take"}
OF_ARCHIVED |= {"erasure.ask", "erasure.do", "erasure.again"}


def test_no_service_writes_into_a_plan_that_somebody_archived_while_its_page_was_read(
    register: Mapping[str, Unit], clock: Clock, person: People
) -> None:
    """Each service of a year is called with the plan as it was read before, and again once it is open."""
    clock.set(TODAY)
    office, written = Office(register, person), set[str]()
    of_a_year = office._of_a_month, office._of_reports, office._of_the_division, office._of_the_plan
    for step in chain.from_iterable(part() for part in of_a_year):
        last = HistoryEntry.objects.latest("sequence").sequence
        with transaction.atomic():
            Plan.objects.filter(pk=office.plan.pk).update(archived_at=timezone.now())
            with suppress(ServiceError, NotVisible):
                step()
            fresh = HistoryEntry.objects.filter(plan=office.plan, sequence__gt=last)
            written |= set(fresh.values_list("action", flat=True))
            transaction.set_rollback(True)
        memory.rewind()  # the numbers of entries that were taken back come again
        office.plan.archived_at = None
        step()
    assert written - OF_ARCHIVED == set()
    assert_told_in_words(office.plan)


def assert_told_in_words(plan: Plan) -> None:
    """Each change that a work's history shows is told in the words of the screens, in both languages (E.6)."""
    works = evaluate(plan, 12).plan.projects
    changes = [change for work in works for change in history_of(plan, work, None)]
    assert {"figure", "level", "narrative", "money", "year", "settlement", "finding", "evidence"} <= {
        change.action.partition(".")[0] for change in changes
    }
    for change in changes:
        assert {change.action} & {action_said(change.action, language) for language in ("th", "en")} == set()
        for name, _, _ in change.values:
            said = field_said(name, "th"), field_said(name, "en")
            assert name not in said or said[1] == name != said[0], (change.action, name)
