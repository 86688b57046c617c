"""An office with one of everything that an address can name, and the addresses of all pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from samrit.plans.models import (
    DraftDecision,
    DraftMinutes,
    DraftState,
    Erasure,
    Evaluation,
    Evidence,
    MonthlyReport,
    Person,
    Plan,
    PlanDraft,
    ProposedWork,
    RoleAssignment,
    Unit,
)
from samrit.plans.services.draft.deciding import draft_decide
from samrit.plans.services.draft.importing import draft_import
from samrit.plans.services.draft.minutes import minutes_add
from samrit.plans.services.draft.proposing import proposal_save, proposal_send, proposals_call
from samrit.plans.services.office.erasing import evidence_erasure_ask
from samrit.plans.services.office.people import person_create, person_switch, role_give
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.evidence import evidence_add
from samrit.plans.services.report.reports import report_submit
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import People, doubtful_reading, small_plan
from tests.plans.singly import report_confirm
from tests.web.signing_in import confirmed

UNIT = "กฝ."
DRAFT_PAGES = """draft draft_carried draft_changes draft_indicator draft_spread draft_settings draft_step draft_waive
    draft_undo draft_under draft_tree draft_work draft_group draft_steps draft_rules draft_sums draft_library
    draft_definition draft_levels
    draft_remarks draft_paper draft_minutes draft_minutes_add draft_proposals draft_proposal proposal_unit proposal_work
    draft_export draft_file draft_paste draft_review draft_original draft_picture""".split()
# Three more, who answer as one of PEOPLE does or come near it: a reporter of another unit, somebody whose role is
# over, and an administrator whose account is closed.
MORE = ("elsewhere", "former", "closed")
PEOPLE = ("public", "nobody", "reporter", "head", "planner", "other", "executive", "auditor", "administrator")


def finish(response: Any) -> None:
    """Read an answer to its end, which closes its file; closing the answer itself would close the test's connection."""
    if response.streaming:
        b"".join(response.streaming_content)


# The shortest PDF that has a page.
ONE_PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 60 40]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)


@dataclass
class Office:
    """A plan that is not public with its evidence, evaluation and reports, a second plan, and people of every kind.

    ``nobody`` is signed in without a role; ``other`` plans the second plan only.
    """

    plan: Plan
    second: Plan
    evidence: Evidence
    evaluation: Evaluation  # of month 1
    submitted: MonthlyReport  # of month 2
    confirmed: MonthlyReport  # of month 4; month 3 is open
    role: RoleAssignment  # the auditor's
    draft: PlanDraft  # of a new plan
    erasure: Erasure  # of another file, asked for by its unit's head
    people: dict[str, Person] = field(default_factory=dict)
    proposal: ProposedWork | None = None  # of the unit for the draft, sent
    minutes: DraftMinutes | None = None  # of a decision about the draft

    def client(self, who: str, *, enforce_csrf_checks: bool = False) -> Client:
        """Return a browser in which ``who`` is signed in."""
        client = Client(enforce_csrf_checks=enforce_csrf_checks)
        if who != "public":
            client.force_login(self.people[who], backend="django.contrib.auth.backends.ModelBackend")
            confirmed(client, self.people[who])
        return client

    def address(self, name: str, plan: Plan | None = None) -> str:
        """Return the address of a page about this office's things, or about ``plan`` in place of its own."""
        return reverse(name, kwargs={key: self._named(name, key, plan or self.plan) for key in parameters(name)})

    def _named(self, name: str, key: str, plan: Plan) -> Any:
        special = {
            ("control_table", "table"): "completeness",
            ("unit", "code"): UNIT,
            ("evidence", "number"): self.evidence.pk,
            ("evidence_withdraw", "number"): self.evidence.pk,
            ("evidence_erase", "number"): self.evidence.pk,
            ("erasure_decide", "number"): self.erasure.pk,
            ("evaluation", "period"): 1,
            ("evaluation_print", "period"): 1,
            ("evaluation_file", "period"): 1,
            ("role_take", "number"): self.role.pk,
            ("role_take", "username"): self.people["auditor"].username,
            ("rule", "rule"): "WE3",
            ("draft_indicator", "record"): "P1.1",
            ("draft_spread", "record"): "P1.1",
            ("draft_sums", "record"): "P1.1",
            ("draft_definition", "record"): "P1.1",
            ("draft_levels", "record"): "P1.1",
            ("draft_proposal", "at"): self.proposal.pk if self.proposal else 0,
            ("proposal_work", "at"): 0,
            ("draft_minutes", "at"): self.minutes.pk if self.minutes else 0,
            ("draft_minutes_add", "at"): self.minutes.decision_id if self.minutes else 0,  # type: ignore[attr-defined]
            ("draft_paper", "form"): "docx",
            ("control_summary", "form"): "html",
            ("versions_paper", "form"): "docx",
            ("version_book", "form"): "docx",
            ("draft_original", "at"): 0,
            ("draft_picture", "at"): 0,
            ("original", "number"): 0,
            ("original_whole", "number"): 0,
            ("original_picture", "number"): 0,
            ("original_picture", "page"): 1,
            ("draft_picture", "page_number"): 1,
            **dict.fromkeys(((page, "number") for page in DRAFT_PAGES), self.draft.pk),
        }
        common: dict[str, Any] = {
            "plan": plan.code,
            "code": plan.code,
            "unit": UNIT,
            "period": 3,
            "number": 1,
            "project": "P1",
            "indicator": "P1.1",
            "record": "P1",
            "file": "projects",
            "table": "works",
            "kind": "work_states",
            "section": "problem",
            "form": "csv",
            "language": "th",
            "username": self.people["reporter"].username,
            "uidb36": "1",
            "key": "x-y",
            "provider_id": "office",
        }
        return special.get((name, key), common.get(key))


def office(person: People) -> Office:
    """Make the office."""
    own, second = small_plan(reported=((1, 10), (2, 9), (4, 10))), small_plan(code="second-2569")
    plan, other = plan_import(SYSTEM, package=own), plan_import(SYSTEM, package=second)
    unit = Unit.objects.get(code=UNIT)
    people = {
        "nobody": person_create(SYSTEM, username="nobody"),
        "reporter": person("reporter", unit=UNIT),
        "head": person("head", unit=UNIT),
        "planner": person("planner"),
        "other": person("planner", plan=other),
        "elsewhere": person("reporter", unit="กค."),
        "former": person_create(SYSTEM, username="former"),
        "closed": person_create(SYSTEM, username="closed"),
        "executive": person("executive"),
        "auditor": person("auditor"),
        "administrator": person("administrator"),
    }
    role_give(SYSTEM, person=people["former"], role="planner", valid_to=timezone.localdate() - timedelta(days=1))
    role_give(SYSTEM, person=people["closed"], role="administrator")
    person_switch(SYSTEM, person=people["closed"], active=False)
    file = io.BytesIO(b"%PDF-1.7 minutes of the meeting")
    evidence = evidence_add(
        people["reporter"], plan=plan, project="P1", unit=unit, period=3, name="minutes.pdf", stream=file
    )
    evaluation = evaluation_close(people["planner"], plan=plan, period=1, reason="ปิดตามกำหนด")
    submitted = report_submit(people["reporter"], plan=plan, unit=unit, period=2)
    report_submit(people["reporter"], plan=plan, unit=unit, period=4)
    confirmed = report_confirm(people["head"], plan=plan, unit=unit, period=4)
    role = RoleAssignment.objects.get(person=people["auditor"])
    draft = draft_import(people["planner"], reading=doubtful_reading(), contents={"plan.pdf": ONE_PAGE})
    proposals_call(SYSTEM, draft=draft, until=timezone.localdate() + timedelta(days=30))
    cells = {"title": "งานที่เสนอ", "strategy": "1", "1.name": "จำนวนครั้ง", "1.target": "12"}
    about = {"draft": draft, "unit": unit, "cells": cells}
    proposal = proposal_save(people["reporter"], **about).work
    proposal_send(people["reporter"], draft=draft, unit=unit)
    proposal_save(people["reporter"], **about)  # another one, still open
    for step in ("withdraw", "resume"):
        draft_decide(SYSTEM, draft=draft, step=step, remark="ลองก่อน")
    decided = DraftDecision.objects.filter(draft=draft).earliest("pk")
    minutes = minutes_add(SYSTEM, decision=decided, name="ครั้งที่ 1.pdf", content=b"%PDF-1.7 meeting")
    other_file = io.BytesIO(b"%PDF-1.7 names of insured persons")
    personal = evidence_add(
        people["reporter"], plan=plan, project="P1", unit=unit, period=3, name="names.pdf", stream=other_file
    )
    asked = evidence_erasure_ask(people["head"], evidence=personal, reason="มีเลขประจำตัวประชาชน")
    kept = draft_import(SYSTEM, reading=doubtful_reading(), contents={"plan.pdf": ONE_PAGE})
    PlanDraft.objects.filter(pk=kept.pk).update(plan=plan, state=DraftState.PUBLISHED)  # what the plan was read from
    return Office(
        plan, other, evidence, evaluation, submitted, confirmed, role, draft, asked, people, proposal, minutes
    )


def patterns(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every address of the application under its name; one without a name under its route."""
    for entry in (resolver or get_resolver(settings.ROOT_URLCONF)).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from patterns(entry, inner)
        else:
            yield f"{space}{entry.name or entry.pattern}", entry


def parameters(name: str) -> set[str]:
    """Return what has to be filled into the address of that name."""
    return {key for found, entry in patterns() if found == name for key in entry.pattern.regex.groupindex}
