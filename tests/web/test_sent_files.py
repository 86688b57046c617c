"""A file that comes back with its preview: as large as the page takes it, and its faults counted where not listed."""

from __future__ import annotations

import base64

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve

from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from samrit.vocabulary.findings import Finding, Place, Severity
from samrit.web.gates import files_of
from samrit.web.sent_files import MOST_FAULTS, faults_shown
from tests.plans.office import small_plan

PAGES = (
    "/plans/small-2569/money/table/",
    "/plans/small-2569/year/form/",
    "/control/small-2569/past/",
    "/start/office/",
)


@pytest.mark.parametrize("address", PAGES)
def test_what_was_looked_at_can_be_taken_however_large(register, clock, person, address: str) -> None:
    """The preview's form carries the file as text, larger than the framework takes by itself."""
    clock.set("2026-07-05")
    plan_import(SYSTEM, package=small_plan(), owner=register["กนผ."])
    client = Client()
    client.force_login(person("administrator" if address.startswith("/start") else "planner"))
    content = base64.b64encode(bytes(2_000_000)).decode()
    answer = client.post(address, {"content": content, "name": "mine.xlsx", "source": "x", "do": "take"})
    assert answer.status_code == 422
    assert "mine.xlsx" in answer.content.decode(), "a fault names the file that was sent"
    files = files_of(resolve(address).func)
    assert files is not None
    assert files.most <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def test_faults_are_listed_up_to_a_hundred_and_all_are_counted() -> None:
    shown = faults_shown([Finding("money_file_twice", Place(line=n), {}) for n in range(MOST_FAULTS + 7)])
    assert (len(shown["faults"]), shown["found"], shown["rest"]) == (MOST_FAULTS, MOST_FAULTS + 7, 7)


def test_what_refuses_a_file_is_listed_before_what_is_only_to_be_known() -> None:
    notes = [Finding("package_column_unknown", Place(line=n), {"column": "x"}) for n in range(MOST_FAULTS)]
    errors = [Finding("form_unreadable", Place(document=f"{n}.xlsx")) for n in (2, 1)]
    assert {note.severity for note in notes}.isdisjoint({Severity.ERROR}), "notes refuse nothing"
    shown = faults_shown([*notes, *errors])
    assert ["2.xlsx" in shown["faults"][0], "1.xlsx" in shown["faults"][1], shown["rest"]] == [True, True, 2]
