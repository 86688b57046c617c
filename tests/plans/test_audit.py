"""``audit`` finds whatever was done behind the services' back, and names it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection, transaction
from django.utils import timezone

from samrit.plans.models import (
    Evaluation,
    Evidence,
    Figure,
    HistoryEntry,
    LevelReached,
    MoneyMovement,
    MonthlyReport,
    PeriodClosure,
    Plan,
    PlanVersion,
    RoleAssignment,
    Settlement,
    Unit,
    Unlock,
)
from samrit.plans.records.audit import audit
from samrit.plans.records.chain_place import GENESIS
from samrit.plans.records.snapshots import KEPT
from samrit.plans.records.stored_files import evidence_path
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.findings import finding_decide
from samrit.plans.services.plan.money import money_record
from samrit.plans.services.plan.periods import period_unlock
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.plan.settlements import settlement_save
from samrit.plans.services.report.evidence import evidence_add
from samrit.plans.services.report.levels import level_reach
from samrit.plans.services.report.narratives import narrative_save
from samrit.plans.services.report.reports import report_submit
from samrit.plans.services.writing import SYSTEM
from samrit.vocabulary.findings import Finding, Place
from tests.plans.office import small_plan
from tests.plans.singly import figure_save, report_accept, report_confirm


@pytest.fixture
def busy(register, clock, person) -> Plan:
    """A plan with something of every kind in it."""
    plan = plan_import(SYSTEM, package=small_plan(levels=3), owner=register["กนผ."])
    unit, reporter, head = register["กฝ."], person("reporter", unit="กฝ."), person("head", unit="กฝ.")
    planner = person("planner")
    for month in (1, 2, 3):
        figure_save(reporter, plan=plan, indicator="P1.1", unit_code="กฝ.", period=month, actual="10")
    level_reach(reporter, plan=plan, unit=unit, indicator="P1.1", number=1, reached_on=date(2026, 1, 20))
    level_reach(reporter, plan=plan, unit=unit, indicator="P1.1", number=2, reached_on=date(2026, 2, 20))
    level_reach(reporter, plan=plan, unit=unit, indicator="P1.1", number=3, reached_on=date(2026, 3, 20))
    narrative_save(reporter, plan=plan, project="P1", unit=unit, period=3, result="อบรมครบ")
    evidence_add(
        reporter, plan=plan, project="P1", unit=unit, period=3, name="รายชื่อ.pdf", stream=BytesIO(b"%PDF-1.7 list")
    )
    report_submit(reporter, plan=plan, unit=unit, period=3)
    report_confirm(head, plan=plan, unit=unit, period=3)
    report_accept(planner, plan=plan, unit=unit, period=3)
    money_record(planner, plan=plan, project="P1", period=3, state="disbursed", amount="1,250.50", seen=0)
    settlement_save(planner, plan=plan, record="P1", period=3, percent=Decimal("87.50"), reason="มติ")
    finding_decide(planner, plan=plan, finding=Finding("weights_not_100", Place(record="P1")), state="fixed")
    evaluation_close(planner, plan=plan, period=3, reason="ปิดตามกำหนด")
    period_unlock(planner, plan=plan, period=3, unit=unit, reason="แก้ตัวเลข", until=date(2026, 4, 10))
    return plan


def codes() -> set[str]:
    return {fault.code for fault in audit().faults}


def test_what_services_wrote_is_clean(busy) -> None:
    found = audit()
    assert found.faults == ()
    assert found.entries == HistoryEntry.objects.count()
    assert found.rows > 170
    assert found.files == 1


def swap_two_entries() -> None:
    first, second = HistoryEntry.objects.order_by("-sequence")[1:3]
    one, two = first.sequence, second.sequence
    HistoryEntry.objects.filter(pk=first.pk).update(sequence=10**6)
    HistoryEntry.objects.filter(pk=second.pk).update(sequence=one)
    HistoryEntry.objects.filter(pk=first.pk).update(sequence=two)


def drop_from_the_end() -> None:
    HistoryEntry.objects.order_by("-sequence")[0].delete()


def change_an_actor() -> None:
    HistoryEntry.objects.filter(action="figure.save").update(actor_name="คนอื่น")


DEEDS: list[tuple[Callable[[], object], str]] = [
    (lambda: HistoryEntry.objects.filter(action="figure.save").first().delete(), "missing"),
    (drop_from_the_end, "missing"),
    (lambda: HistoryEntry.objects.all().delete(), "missing"),
    (change_an_actor, "changed"),
    (lambda: HistoryEntry.objects.filter(action="report.accept").update(reason="x"), "changed"),
    (swap_two_entries, "reordered"),
    (lambda: Figure.objects.filter(period=2).update(actual=Decimal(11)), "figure_changed"),
    (lambda: Figure.objects.filter(period=2).update(explanation="แก้"), "figure_changed"),
    (lambda: Figure.objects.filter(period=2).update(sequence=1), "figure_changed"),
    (lambda: Figure.objects.filter(period=2).delete(), "figure_missing"),
    (lambda: Figure.objects.filter(period=2).update(period=4), "figure_unrecorded"),
    (lambda: LevelReached.objects.filter(number=2).update(reached_on=date(2026, 1, 2)), "level_changed"),
    (lambda: MoneyMovement.objects.update(amount=Decimal(9)), "money_changed"),
    (lambda: MoneyMovement.objects.all().delete(), "money_missing"),
    (lambda: Settlement.objects.update(percent=Decimal(100)), "settlement_changed"),
    (lambda: MonthlyReport.objects.filter(period=3).update(is_late=True), "report_changed"),
    (lambda: Evidence.objects.update(name="อื่น.pdf"), "evidence_changed"),
    (lambda: evidence_path(Evidence.objects.get().sha256).unlink(), "evidence_file_missing"),
    (lambda: PeriodClosure.objects.filter(period=1).delete(), "period_missing"),
    (lambda: Unlock.objects.update(until=date(2030, 1, 1)), "unlock_changed"),
    (lambda: Evaluation.objects.update(content=b"x"), "evaluation_content_changed"),
    (lambda: Evaluation.objects.update(summary={}), "evaluation_changed"),
    (lambda: PlanVersion.objects.update(content=b"x"), "version_content_changed"),
    (lambda: Plan.objects.update(is_public=True), "plan_changed"),
    (lambda: Unit.objects.filter(code="กฝ.").update(name="กองอื่น"), "unit_changed"),
    (lambda: RoleAssignment.objects.filter(role="reporter").update(role="planner"), "role_unrecorded"),
]


@pytest.mark.parametrize(("deed", "code"), DEEDS, ids=[f"{n}-{code}" for n, (_, code) in enumerate(DEEDS)])
def test_a_deed_behind_the_services_back_is_found_and_named(busy, deed, code) -> None:
    deed()
    assert code in codes()


def test_a_changed_figure_is_named_with_both_values(busy) -> None:
    Figure.objects.filter(period=2).update(actual=Decimal(11))
    fault = next(f for f in audit().faults if f.code == "figure_changed")
    assert fault.detail == 'figure P1.1 2 1: actual "10" → "11"'
    assert HistoryEntry.objects.get(sequence=fault.sequence).period == 2


def test_a_changed_evidence_file_is_found(busy) -> None:
    place = evidence_path(Evidence.objects.get().sha256)
    place.chmod(0o640)
    place.write_bytes(b"%PDF-1.7 other")
    assert codes() == {"evidence_file_changed"}


def test_a_chain_rewritten_from_end_to_end_is_found_by_a_noted_hash(busy) -> None:
    from samrit.plans.records import history

    noted = audit()
    with connection.cursor():
        before = GENESIS
        for entry in HistoryEntry.objects.order_by("sequence"):
            entry.actor_name, entry.previous_hash = "คนอื่น", before
            entry.hash = before = history.entry_hash(entry)
            entry.save()
    history.ChainHead.objects.update(hash=before)
    assert audit().faults == (), "the chain alone cannot tell"
    assert {f.code for f in audit(anchors={noted.sequence: noted.head}).faults} == {"rewritten"}


def another(column, row) -> object:
    """A value that the row does not hold in that column."""
    value = getattr(row, column.attname)
    if column.is_relation:
        others = column.related_model._default_manager.exclude(pk=value)
        return others.values_list("pk", flat=True).first() if value is None or not column.null else None
    return {
        "BooleanField": lambda: not value,
        "DateField": lambda: date(2031, 5, 5),
        "DateTimeField": lambda: timezone.now() + timedelta(days=900),
        "JSONField": lambda: {"changed": 1} if isinstance(value, dict) else ["changed"],
        "FigureField": lambda: Decimal(987654),
        "ExactField": lambda: Decimal(987654),
    }.get(type(column).__name__, lambda: value + 1 if isinstance(value, int) else "z")()


def test_no_column_of_any_kept_table_changes_unseen(busy) -> None:
    """Who, when and every value: whatever column is changed by hand, the audit names its table (F.6, D.9)."""
    unseen, tried = [], 0
    for kept in KEPT:
        row = kept.model._default_manager.order_by("-pk").first()
        for name in kept.fields if row is not None else ():
            column = kept.model._meta.get_field(name)
            if column.many_to_many or (other := another(column, row)) is None:
                continue
            tried += 1
            with contextlib.suppress(_UndoneError), transaction.atomic():
                kept.model._default_manager.filter(pk=row.pk).update(**{name: other})
                if not any(f.code.startswith(f"{kept.action}_") for f in audit(with_files=False).faults):
                    unseen.append(f"{kept.action}.{name}")
                raise _UndoneError
    assert unseen == []
    assert tried > 100


class _UndoneError(Exception):
    """Takes one change back."""
