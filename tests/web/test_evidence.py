"""Evidence is checked by its content, kept under its hash, and handed out as a download only."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samrit.plans.evaluation.scoring import reported_plan
from samrit.plans.models import Evidence
from samrit.plans.selectors.results.traces import history_of
from samrit.plans.services.plan.periods import period_close
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from tests.web.reporting import address, five, signed_in

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"


@pytest.fixture
def plan(register, clock):
    return plan_import(SYSTEM, package=five(), owner=register["กนผ."])


@pytest.fixture
def reporter(plan, person):
    return signed_in(person("reporter", unit="กฝ."))


def send(who, plan, name: str = "รายงาน.pdf", content: bytes = PDF, **more: str):
    fields = {"project": "P1", "file": SimpleUploadedFile(name, content)} | more
    return who.post(address(plan, name="evidence_add"), fields, follow=True)


def test_a_file_is_kept_under_its_hash_and_shown_under_its_name(plan, reporter, settings) -> None:
    page = send(reporter, plan).content.decode()
    row = Evidence.objects.get()
    assert (row.name, row.unit_code, row.period, row.project) == ("รายงาน.pdf", "กฝ.", 3, "P1")
    assert (Path(settings.EVIDENCE_ROOT) / row.sha256[:2] / row.sha256).read_bytes() == PDF
    assert "รายงาน.pdf" in page
    assert row.sha256 in page


def test_the_history_of_a_file_says_yes_by_a_sign_and_nothing_of_what_is_not_so(plan, person) -> None:
    planner = signed_in(person("planner"))
    send(planner, plan)
    row = Evidence.objects.get()
    added = history_of(plan, reported_plan(plan, 3).plan.project("P1"))
    planner.post(f"/evidence/{row.pk}/withdraw/", {"reason": "ผิดไฟล์"})
    (withdrawn, *_) = history_of(plan, reported_plan(plan, 3).plan.project("P1"))
    assert "withdrawn" not in [name for name, _, _ in added[0].values]
    assert ("withdrawn", "", "✓") in withdrawn.values
    assert not any(
        text in ("True", "False") for change in (*added, withdrawn) for value in change.values for text in value
    )


def test_it_comes_back_as_a_download_that_no_browser_opens_in_our_name(plan, reporter) -> None:
    send(reporter, plan)
    answer = reporter.get(f"/evidence/{Evidence.objects.get().pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("page.html", b"<script>alert(1)</script>", "html"),
        ("run.exe", b"MZ\x90\x00", "exe"),
        ("picture.svg", b"<svg onload=alert(1)>", "svg"),
        ("fake.pdf", b"<script>alert(1)</script>", "fake.pdf"),
        ("empty.pdf", b"", "empty.pdf"),
    ],
)
def test_what_is_not_what_it_says_or_could_run_is_refused_and_said(plan, reporter, name, content, says) -> None:
    page = send(reporter, plan, name, content).content.decode()
    assert "notice-error" in page
    assert says in page
    assert not Evidence.objects.exists()


def test_a_file_above_the_limit_is_refused(plan, reporter, settings) -> None:
    settings.EVIDENCE_MAX_BYTES = 1024
    page = send(reporter, plan, content=PDF + b"x" * 2000).content.decode()
    assert "notice-error" in page
    assert not Evidence.objects.exists()


def test_a_name_that_climbs_out_of_its_folder_stays_a_name(plan, reporter, settings) -> None:
    send(reporter, plan, "../../etc/passwd.pdf")
    assert "/" not in Evidence.objects.get().name
    kept = [p for p in Path(settings.EVIDENCE_ROOT).rglob("[!.]*") if p.is_file()]
    assert [p.name for p in kept] == [Evidence.objects.get().sha256]


def test_evidence_for_a_work_of_another_unit_is_refused(plan, reporter) -> None:
    send(reporter, plan, project="P9")
    assert not Evidence.objects.exists()


def test_a_file_taken_back_is_gone_for_its_reporter_and_stays_for_the_auditor(plan, reporter, person) -> None:
    send(reporter, plan)
    row = Evidence.objects.get()
    reporter.post(f"/evidence/{row.pk}/withdraw/")
    assert Evidence.objects.get().withdrawn
    assert reporter.get(f"/evidence/{row.pk}/").status_code == 404
    auditor = signed_in(person("auditor"))
    assert b"".join(auditor.get(f"/evidence/{row.pk}/").streaming_content) == PDF


def test_a_stranger_can_neither_add_nor_take_back(plan, reporter, person) -> None:
    send(reporter, plan)
    row = Evidence.objects.get()
    stranger = signed_in(person("reporter", unit="กค."))
    assert send(stranger, plan).status_code == 404
    assert stranger.post(f"/evidence/{row.pk}/withdraw/").status_code == 404
    assert not Evidence.objects.get().withdrawn


def test_the_public_gets_no_evidence(plan, reporter, client) -> None:
    send(reporter, plan)
    answer = client.get(f"/evidence/{Evidence.objects.get().pk}/")
    assert answer.status_code == 302
    assert "/sign-in/" in answer["Location"]


def test_a_closed_month_takes_no_evidence_and_says_why(plan, reporter, person) -> None:
    period_close(person("planner"), plan=plan, period=3)
    page = send(reporter, plan).content.decode()
    assert "ปิดแล้ว" in page
    assert not Evidence.objects.exists()


def test_a_file_that_was_lost_from_the_disk_is_not_found(plan, reporter, settings) -> None:
    send(reporter, plan)
    row = Evidence.objects.get()
    (Path(settings.EVIDENCE_ROOT) / row.sha256[:2] / row.sha256).unlink()
    assert reporter.get(f"/evidence/{row.pk}/").status_code == 404


def test_a_file_that_was_not_sent_is_for_its_unit_its_heads_and_auditors(plan, reporter, person) -> None:
    send(reporter, plan)
    place = f"/evidence/{Evidence.objects.get().pk}/"
    may = dict.fromkeys(("reporter", "head", "auditor"), 200)
    for name in (*may, "planner", "executive", "administrator"):
        answer = signed_in(person(name, unit="กฝ." if name in ("reporter", "head") else "")).get(place)
        # Read to its end, as a browser does: that closes the file, and not the connection of the test.
        assert b"".join(answer.streaming_content if answer.streaming else ())[:4] in (b"", PDF[:4])
        assert answer.status_code == may.get(name, 404), name
    stranger = signed_in(person("reporter", unit="กค."))
    assert stranger.get(place).status_code == 404
    typed = history_of(plan, reported_plan(plan, 3).plan.project("P1"))
    assert typed[0].is_typed
    assert typed[0].values == (), "the history tells that something was typed, and not what"
