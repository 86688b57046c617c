"""From a figure to the document it was read from, opened at its place; and the history in the words of the screens."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from samrit.engine.choices import MoneyState
from samrit.engine.score import score
from samrit.package.kinds import KINDS
from samrit.package.kinds.declared import RecordKind
from samrit.plans.drafting.from_documents import read_sent
from samrit.plans.evaluation.scoring import ruleset_of
from samrit.plans.models import DraftState, Plan, PlanDraft
from samrit.plans.records.snapshots import KEPT
from samrit.plans.selectors.results.look import look
from samrit.plans.selectors.results.naming import Names
from samrit.plans.selectors.results.traces import UNTOLD, HistoryChange, history_of
from samrit.plans.services.draft.importing import draft_import
from samrit.plans.services.plan.money import money_record
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.plan.settlements import settlement_save
from samrit.plans.services.writing import SYSTEM
from samrit.vocabulary.terms import label
from samrit.web.history_words import field_said, value_said
from samrit.web.sparklines import sparkline
from tests.plans.office import small_plan
from tests.plans.test_draft_imports import CASES, LETTER
from tests.web.reporting import signed_in


@pytest.fixture
def plan(register, clock) -> Plan:
    """The plan that a document was read as, published, as its draft's own way would."""
    contents = {LETTER: (CASES / LETTER).read_bytes()}
    reading = read_sent(contents)
    draft = draft_import(SYSTEM, reading=reading, contents=contents)
    made = plan_import(SYSTEM, package=reading.package)
    PlanDraft.objects.filter(pk=draft.pk).update(plan=made, state=DraftState.PUBLISHED)
    return made


def first_sourced(plan: Plan):
    seen = look(plan, month="12", today=date(2026, 1, 1), language="th", public=False)
    return next(
        (i.id, e)
        for r in seen.result.projects
        for i in r.project.indicators
        for e in i.entries
        if isinstance(e.actual, Decimal) and e.source.line
    )


def test_a_figure_leads_to_its_place_in_the_document_and_the_public_sees_none_of_it(plan, person, client) -> None:
    indicator, entry = first_sourced(plan)
    reader = signed_in(person("auditor"))
    entry_page = reader.get(f"/plans/{plan.code}/entries/{indicator}/{entry.period}/").content.decode()
    address = f"/plans/{plan.code}/originals/0/"
    assert f'href="{address}?' in entry_page
    assert f'href="{address}?' in reader.get(f"/plans/{plan.code}/why/{indicator}/?month=12").content.decode()
    place = {"page": entry.source.page or "", "line": entry.source.line, "cell": entry.source.cell}
    page = reader.get(address, place)
    assert 'class="is-here"' in page.content.decode()
    file = reader.get(f"{address}file/")
    assert file.content == (CASES / LETTER).read_bytes()
    assert file["Content-Disposition"].startswith("attachment")
    for wrong in ({"line": "9" * 40}, {"line": "-1", "cell": "x" * 9999}, {"page": "²"}):
        assert reader.get(address, wrong).status_code == 200
    assert reader.get(f"/plans/{plan.code}/originals/1/").status_code == 404
    Plan.objects.update(is_public=True)
    assert client.get(address).status_code == client.get(f"{address}file/").status_code == 404
    assert address not in client.get(f"/plans/{plan.code}/entries/{indicator}/{entry.period}/").content.decode()


def names_of(plan: Plan, language: str = "th") -> Names:
    return Names.of(look(plan, month="3", today=date(2026, 4, 1), language=language, public=False))


def test_history_is_told_in_the_words_of_the_screens(register, clock, person) -> None:
    plan = plan_import(SYSTEM, package=small_plan(reported=((1, 10),)))
    work = names_of(plan).result.plan.projects[0]
    money_record(SYSTEM, plan=plan, project="P1", period=1, state=MoneyState.DISBURSED, amount="1234567.5", seen=0)
    settlement_save(SYSTEM, plan=plan, record="P1", period=1, percent=Decimal(73), reason="มติ")
    said = {
        (c.action, name): (value_said(names_of(plan), c, name, new), value_said(names_of(plan, "en"), c, name, new))
        for c in history_of(plan, work)
        for name, _, new in c.values
    }
    assert said["money.record", "state"] == tuple(label(MoneyState.DISBURSED, language) for language in ("th", "en"))
    assert said["money.record", "amount"] == ("1,234,567.5", "1,234,567.5")
    assert "2569" in said["money.record", "period"][0]
    page = signed_in(person("auditor")).get(f"/plans/{plan.code}/works/P1/").content.decode()
    history = page[page.index('id="history"') :]
    assert "disbursed" not in history
    assert "1,234,567.5" in history


OF_A_WORK = ("figure", "level", "narrative", "evidence", "settlement", "money", "allotment", "year", "finding")


@pytest.mark.parametrize("action", OF_A_WORK)
def test_every_field_that_a_works_history_shows_has_a_name(action: str) -> None:
    (kept,) = [one for one in KEPT if one.action == action]
    fields = {name for name in kept.fields if name not in UNTOLD and name != "cells"}
    assert {name for name in fields if field_said(name, "th") == name} == set()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_choice_of_the_years_records_is_told_by_its_word(kind: RecordKind) -> None:
    names = Names(score(small_plan().plan, ruleset_of(small_plan()), 3), "th")
    change = HistoryChange(1, datetime(2026, 1, 1, tzinfo=UTC), "", "year.record", "P1", "", 1, (), "")
    for field in kind.fields:
        for code in field.allowed if field.choices is not None else ():
            assert value_said(names, change, f"{kind.name}.{field.name}", code) != code or code.isdigit()
        assert field_said(f"{kind.name}.{field.name}", "th") != f"{kind.name}.{field.name}"


def test_a_settled_month_of_a_sparkline_is_marked_with_its_computed_figure() -> None:
    plain = sparkline([Decimal(20), Decimal(73)], "x")
    settled = sparkline([Decimal(20), Decimal(73)], "x", settled={1: Decimal(20)})
    assert "spark-settled" not in plain
    assert settled.count("spark-settled") == settled.count("spark-computed") == 1
