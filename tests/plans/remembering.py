"""The register and the example plans are the same for hundreds of tests: imported once, their rows laid in again."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from samrit.plans.models import ChainHead, HistoryEntry, Plan, PlanVersion, Unit

_TABLES: tuple[type[Model], ...] = (Unit, Unit.members.through, Plan, PlanVersion, HistoryEntry)
_known: dict[tuple[object, ...], tuple[list[list[Model]], ChainHead]] = {}


def written_once(name: str, write: Callable[[], object]) -> None:
    """Run ``write``, which only adds rows of these tables, or add again what it added to the same history before."""
    head = ChainHead.objects.filter(pk=1).values_list("hash", flat=True).first()
    key = (name, head, timezone.localdate())
    if key in _known:
        tables, end = _known[key]
        for model, rows in zip(_TABLES, tables, strict=True):
            model._base_manager.bulk_create(rows)
        _count_on()
        ChainHead.objects.update_or_create(pk=1, defaults={"sequence": end.sequence, "hash": end.hash})
        return
    before = [set(model._base_manager.values_list("pk", flat=True)) for model in _TABLES]
    write()
    added = [list(m._base_manager.exclude(pk__in=old)) for m, old in zip(_TABLES, before, strict=True)]
    _known[key] = (added, ChainHead.objects.get(pk=1))


def _count_on() -> None:
    """Let the next row have a number of its own: a restore in an earlier test has put PostgreSQL's counters back."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(_TABLES)):
            cursor.execute(statement)
