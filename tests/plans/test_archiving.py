"""A finished year archived: nothing of it can be changed, everything is still there, and its hashes hold."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.utils import timezone

from samrit.plans import rights
from samrit.plans.errors import ServiceError
from samrit.plans.models import Evidence, HistoryEntry, PlanDraft, PlanVersion, ReportFile
from samrit.plans.records.audit import audit
from samrit.plans.records.stored_files import digest, document_path, evidence_path
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.selectors.office.archive import LIST, archive_of, archive_zip
from samrit.plans.services.draft.deciding import draft_decide
from samrit.plans.services.draft.opening import draft_amend, draft_copy
from samrit.plans.services.plan.archiving import plan_archive, plan_reopen
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.money import money_record
from samrit.plans.services.plan.plans import plan_import, plan_settings
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import Clock, small_plan


@pytest.fixture
def plan(register, clock: Clock):
    clock.set(date(2027, 1, 20))
    return plan_import(SYSTEM, package=small_plan(), owner=register["กนผ."])


def test_a_year_is_archived_once_it_is_evaluated_and_then_nobody_changes_it(plan, register, person) -> None:
    planner, reporter = person("planner"), person("reporter", unit="กฝ.")
    draft_amend(planner, plan=plan, effective_period=12, reason="ปรับ")
    with pytest.raises(ServiceError) as refused:
        plan_archive(planner, plan=plan, reason=" ")
    assert {e.code for e in refused.value.all} == {"reason_missing", "archive_not_evaluated", "archive_draft_open"}
    draft_decide(planner, draft=PlanDraft.objects.get(), step="withdraw", remark="ไม่ทำแล้ว")
    evaluation_close(planner, plan=plan, period=12, reason="ปิดปี")
    with pytest.raises(ServiceError, match="not_allowed"):
        plan_archive(reporter, plan=plan, reason="สิ้นปี")
    archived = plan_archive(planner, plan=plan, reason="สิ้นปี")
    before = HistoryEntry.objects.count()
    cells = [CellInput("P1.1", "5", explanation="–")]
    money = {"project": "P1", "period": 3, "state": "disbursed", "amount": "5", "seen": 0}
    for change in (
        lambda who: figures_save(who, plan=archived, unit=register["กฝ."], period=3, cells=cells),
        lambda who: money_record(who, plan=archived, **money),
        lambda who: draft_amend(who, plan=archived, effective_period=12),
        lambda who: evaluation_close(who, plan=archived, period=12, reason="อีกครั้ง"),
        lambda who: plan_archive(who, plan=archived, reason="อีกครั้ง"),
        lambda who: plan_settings(who, plan=archived, counts_from="accepted"),
        lambda who: plan_settings(who, plan=archived, owner=register["กฝ."]),
    ):
        for who in (SYSTEM, planner):
            with pytest.raises(ServiceError, match="plan_archived"):
                change(who)
    assert HistoryEntry.objects.count() == before
    assert not rights.may(planner, "figure.edit", plan=archived)
    assert rights.may(planner, "plan.view", plan=archived)
    plan_settings(planner, plan=archived, is_public=True)
    assert draft_copy(planner, plan=archived, code="small-2570", year_be=2570).pk
    assert audit().faults == ()


def test_its_hashes_hold_and_a_changed_file_is_seen(plan, person) -> None:
    evaluation_close(SYSTEM, plan=plan, period=12, reason="ปิดปี")
    archived = plan_archive(person("planner"), plan=plan, reason="สิ้นปี")
    shown = archive_of(archived)
    assert shown.is_whole
    assert [one.name for one in shown.kept] == ["evaluations/12-1.zip", "versions/1.zip"]
    with zipfile.ZipFile(io.BytesIO(archive_zip(archived))) as bundle:
        listed = dict(line.split("  ")[::-1] for line in bundle.read(LIST).decode().splitlines() if "  " in line)
        assert listed == {name: digest(bundle.read(name)) for name in bundle.namelist() if name != LIST}
        assert digest(bundle.read(LIST)) == archived.archive_sha256
    assert archive_zip(archived) == archive_zip(archived)
    PlanVersion.objects.filter(plan=plan).update(content=b"another")
    assert not archive_of(archived).is_whole


@pytest.mark.parametrize("lost", ["evidence", "document", "changed"])
def test_a_file_that_is_gone_or_changed_on_disk_is_seen(plan, person, lost: str) -> None:
    """The list alone would hold: it is of the tables."""
    closed = evaluation_close(SYSTEM, plan=plan, period=12, reason="ปิดปี")
    for path in (document_path, evidence_path):
        path(digest(b"kept")).parent.mkdir(parents=True, exist_ok=True)
        path(digest(b"kept")).write_bytes(b"kept")
    ReportFile.objects.create(
        evaluation=closed, format="pdf", language="th", state="done", sha256=digest(b"kept"), finished_at=timezone.now()
    )
    Evidence.objects.create(
        plan=plan, indicator="P1.1", period=1, sha256=digest(b"kept"), size=4, added_at=timezone.now()
    )
    archived = plan_archive(person("planner"), plan=plan, reason="สิ้นปี")
    assert archive_of(archived).is_whole
    path = (evidence_path if lost == "evidence" else document_path)(digest(b"kept"))
    if lost == "changed":
        path.write_bytes(b"another")
    else:
        path.unlink()
    assert not archive_of(archived).is_whole


def test_it_is_opened_again_with_a_reason(plan, register, person) -> None:
    planner = person("planner")
    with pytest.raises(ServiceError, match="archive_none"):
        plan_reopen(planner, plan=plan, reason="แก้")
    evaluation_close(SYSTEM, plan=plan, period=12, reason="ปิดปี")
    archived = plan_archive(planner, plan=plan, reason="สิ้นปี")
    with pytest.raises(ServiceError, match="not_allowed"):
        plan_reopen(person("executive"), plan=archived, reason="แก้")
    opened = plan_reopen(planner, plan=archived, reason="ศาลสั่งให้แก้")
    assert (opened.archived_at, opened.archive_sha256) == (None, "")
    assert rights.may(planner, "money.record", plan=opened)
    assert HistoryEntry.objects.get(action="plan.reopen").reason == "ศาลสั่งให้แก้"


def test_its_page_lists_all_that_is_kept_page_by_page(plan, person, client, monkeypatch) -> None:
    monkeypatch.setattr("samrit.web.views.control.archive.MOST_FILES", 1)
    evaluation_close(SYSTEM, plan=plan, period=12, reason="ปิดปี")
    client.force_login(person("planner"), backend="django.contrib.auth.backends.ModelBackend")
    kept = archive_of(plan).kept
    assert len(kept) > 1
    pages = [client.get(f"/plans/{plan.code}/archive/?page={at}") for at in range(1, len(kept) + 1)]
    assert [row for page in pages for row in page.context["rows"]] == list(kept)
    assert "page=2" in pages[0].content.decode()
    for wrong in ("0", "99", "x"):
        assert client.get(f"/plans/{plan.code}/archive/?page={wrong}").status_code == 200
