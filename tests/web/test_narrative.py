"""Every word that a report has on a work, whichever are declared, goes the whole way, and no further than it may."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from samrit.package import read
from samrit.package.writer import write
from samrit.plans.evaluation import scoring
from samrit.plans.models import HistoryEntry, Narrative, Plan
from samrit.plans.records.audit import audit
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.reports import report_submit
from samrit.plans.services.report.unit_forms import unit_form, unit_forms_merge
from samrit.plans.services.writing import SYSTEM
from samrit.plans.unit_form.words import word as form_word
from samrit.vocabulary.narrative import ASKED, WORDS
from tests.web.reporting import address, cell, five, signed_in

pytestmark = pytest.mark.one_database
WORDS_SHEET = form_word("sheet", "words")
MARKS = {word.name: f"mark of {word.name}" for word in WORDS}
FIELDS = {f"{word.field}:P1": MARKS[word.name] for word in WORDS} | {"wr:P1": "0"}
PHONE = "?view=phone&at=W1"


@pytest.fixture
def plan(register, clock) -> Plan:
    package = five()
    return plan_import(SYSTEM, package=package, owner=register["กนผ."], is_public=True)


@pytest.fixture
def reporter(plan, person):
    return person("reporter", unit="กฝ.")


@pytest.fixture
def typing(reporter) -> Client:
    return signed_in(reporter)


def poor() -> dict[str, str]:
    return {k: v for month in (2, 3) for n in range(1, 6) for k, v in cell(n, "0", period=month).items()}


def marks_in(text: str) -> set[str]:
    return {name for name, mark in MARKS.items() if re.search(rf"\b{mark}\b", text)}


def test_what_is_typed_stands_in_the_form_on_the_phone_and_in_the_history(plan, typing) -> None:
    answer = typing.post(address(plan, name="report_save"), poor() | FIELDS).json()
    assert answer["saved"]["w:P1"] == 1
    for look in ("", PHONE):
        page = typing.get(address(plan) + look).content.decode()
        assert marks_in(page) == set(MARKS)
        assert f'data-words="{" ".join(word.field for word in WORDS)}"' in page, "what the script saves as one types"
        assert all(f'name="{word.field}:P1"' in page and word.label() in page for word in WORDS)
    entry = HistoryEntry.objects.get(action="narrative.save")
    assert {name: entry.new[name] for name in MARKS} == MARKS
    assert audit(with_files=False).faults == ()
    Narrative.objects.update(**{WORDS[-1].name: "changed behind the services' back"})
    assert [fault.code for fault in audit(with_files=False).faults] == ["narrative_changed"]


def test_the_words_that_are_asked_keep_a_report_back_and_no_other_does(plan, typing) -> None:
    others = {key: text for key, text in FIELDS.items() if key.partition(":")[0] not in {w.field for w in ASKED}}
    assert typing.post(address(plan), poor() | others | {"do": "submit"}).status_code == 422
    asked = {f"{word.field}:P1": "x" for word in ASKED} | {"wr:P1": "1"}
    assert typing.post(address(plan), asked | {"do": "submit"}).status_code == 302


def test_an_undo_brings_every_word_back(plan, typing) -> None:
    typing.post(address(plan), FIELDS)
    typing.post(address(plan), dict.fromkeys(FIELDS, "other") | {"wr:P1": "1"})
    last = HistoryEntry.objects.latest("sequence").sequence
    typing.post(address(plan), {"undo": str(last)})
    row = Narrative.objects.get()
    assert {name: getattr(row, name) for name in MARKS} == MARKS
    assert row.revision == 3


def test_of_what_is_sent_the_public_reads_what_is_declared_public(plan, register, reporter, typing, person) -> None:
    typing.post(address(plan), poor() | FIELDS)
    report_submit(reporter, plan=plan, unit=register["กฝ."], period=3)
    evaluation_close(SYSTEM, plan=plan, period=3, reason="ปิดตามกำหนด")
    at = reverse("work", args=(plan.code, "P1")) + "?month=3"
    inside = signed_in(person("planner")).get(at).content.decode()
    assert marks_in(inside) == set(MARKS)
    assert marks_in(Client().get(at).content.decode()) == {word.name for word in WORDS if word.is_public}
    head = signed_in(person("head", unit="กฝ."))
    assert marks_in(head.get(reverse("confirm")).content.decode()) == set(MARKS)


def test_the_package_holds_every_word_and_reads_it_back(plan, register, reporter, typing, tmp_path: Path) -> None:
    typing.post(address(plan), poor() | FIELDS)
    report_submit(reporter, plan=plan, unit=register["กฝ."], period=3)
    write(replace(five(), plan=scoring.reported_plan(plan, 3).plan), tmp_path / "out")
    (told,) = read(tmp_path / "out").package.plan.projects[0].narratives
    assert {name: getattr(told, name) for name in MARKS} == MARKS


class TestExcel:
    def sheet(self, reporter, plan, register, cells: dict[str, str]) -> bytes:
        _, content = unit_form(reporter, plan=plan, unit=register["กฝ."], period=3)
        book = openpyxl.load_workbook(io.BytesIO(content))
        for place, text in cells.items():
            book[WORDS_SHEET][place].value = text
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def filled(self, **others: str) -> dict[str, str]:
        return {f"{chr(ord('D') + n)}6": others.get(word.name, MARKS[word.name]) for n, word in enumerate(WORDS)}

    def test_every_word_is_filled_in_and_comes_back(self, plan, register, reporter) -> None:
        form = self.sheet(reporter, plan, register, self.filled())
        (taken,) = unit_forms_merge(reporter, name="form.xlsx", content=form)
        assert (taken.is_clean, taken.taken) == (True, 1)
        row = Narrative.objects.get()
        assert {name: getattr(row, name) for name in MARKS} == MARKS
        again = openpyxl.load_workbook(io.BytesIO(self.sheet(reporter, plan, register, {})))[WORDS_SHEET]
        assert marks_in(" ".join(str(c.value) for c in again[6])) == set(MARKS)
        (second,) = unit_forms_merge(reporter, name="form.xlsx", content=form)
        assert (second.is_clean, second.taken) == (True, 0)

    def test_words_written_meanwhile_stand_and_an_empty_row_takes_none_away(self, plan, register, reporter) -> None:
        empty, other = (self.sheet(reporter, plan, register, cells) for cells in ({}, self.filled(cause="other")))
        unit_forms_merge(reporter, name="form.xlsx", content=self.sheet(reporter, plan, register, self.filled()))
        (clean,) = unit_forms_merge(reporter, name="form.xlsx", content=empty)
        assert (clean.is_clean, clean.taken) == (True, 0)
        (clash,) = unit_forms_merge(reporter, name="form.xlsx", content=other)
        assert [c.theirs.cause for c in clash.words.conflicts] == [MARKS["cause"]]
        assert Narrative.objects.get().cause == MARKS["cause"]

    def test_the_page_tells_what_was_not_taken(self, plan, register, reporter, typing) -> None:
        form = self.sheet(reporter, plan, register, self.filled(cause="ก" * 10_001))
        form = io.BytesIO(form)
        form.name = "form.xlsx"
        page = typing.post(reverse("unit_forms"), {"forms": form}).content.decode()
        assert "P1" in page
        assert "10,000" in page or "10000" in page
        assert not Narrative.objects.exists()
