"""An office with one of everything that an address can name, and the addresses of all pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from samrit.plans.models import Evaluation, Evidence, MonthlyReport, Person, Plan, PlanDraft, RoleAssignment, Unit
from samrit.plans.services.draft.importing import draft_import
from samrit.plans.services.office.people import person_create
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.evidence import evidence_add
from samrit.plans.services.report.reports import report_submit
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import People, doubtful_reading, small_plan
from tests.plans.singly import report_confirm

UNIT = "กฝ."
DRAFT_PAGES = """draft draft_changes draft_indicator draft_spread draft_settings draft_step draft_waive draft_undo
    draft_under draft_export draft_file draft_paste draft_review draft_original draft_picture""".split()
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
    people: dict[str, Person] = field(default_factory=dict)

    def client(self, who: str, *, enforce_csrf_checks: bool = False) -> Client:
        """Return a browser in which ``who`` is signed in."""
        client = Client(enforce_csrf_checks=enforce_csrf_checks)
        if who != "public":
            client.force_login(self.people[who], backend="django.contrib.auth.backends.ModelBackend")
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
            ("evaluation", "period"): 1,
            ("evaluation_print", "period"): 1,
            ("evaluation_file", "period"): 1,
            ("role_take", "number"): self.role.pk,
            ("role_take", "username"): self.people["auditor"].username,
            ("rule", "rule"): "WE3",
            ("draft_indicator", "record"): "P1.1",
            ("draft_spread", "record"): "P1.1",
            ("draft_original", "at"): 0,
            ("draft_picture", "at"): 0,
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
        "executive": person("executive"),
        "auditor": person("auditor"),
        "administrator": person("administrator"),
    }
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
    return Office(plan, other, evidence, evaluation, submitted, confirmed, role, draft, people)


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
