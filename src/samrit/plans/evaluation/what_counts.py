"""What counts: what was last sent of a report, and nothing that was only typed.

A figure is typed, sent, confirmed or accepted.  Its unit, its heads and auditors see what is
typed, on the report's own pages; everybody and everything else reads what was sent.  What came
with the plan's version counts as accepted, money and settled results count at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet

from samrit.plans.fields import figure_of
from samrit.plans.models import Evidence, HistoryEntry, Plan, Sending, Standing

Content = Mapping[str, Any]


def sendings(plan_id: int, *, standing: str = Standing.SENT, after: int = 0) -> QuerySet[Sending]:
    """Return what was sent and has come to ``standing``, after an entry of the history, in order."""
    rows = Sending.objects.filter(plan=plan_id, sequence__gt=after).order_by("sequence")
    if standing == Standing.CONFIRMED:
        return rows.filter(number__lte=F("report__confirmed"))
    return rows.filter(number__lte=F("report__accepted")) if standing == Standing.ACCEPTED else rows


def parts_sent(plan_id: int, part: str, *, standing: str, after: int) -> Iterator[tuple[Content, int]]:
    """Yield the rows of one part of what was sent (``figures``, ``levels``, ``narratives``), each with its sequence."""
    rows = sendings(plan_id, standing=standing, after=after)
    for content, sequence in rows.values_list(f"content__{part}", "sequence"):
        for row in content or ():
            yield row, sequence


def values_of(row: Content) -> dict[str, Any]:
    """Return a sent row's columns as the model holds them: figures exact, days and moments as such."""
    found: dict[str, Any] = {name: value for name, value in row.items() if name != "changed_by"}
    found |= {name: figure_of(row[name]) for name in ("actual", "numerator", "denominator") if name in row}
    if "reached_on" in row:
        found["reached_on"] = date.fromisoformat(row["reached_on"]) if row["reached_on"] else None
    return found | {"changed_at": datetime.fromisoformat(row["changed_at"]), "changed_by_id": row["changed_by"]}


def evidence_in(rows: Iterable[Sending]) -> frozenset[int]:
    """Return the keys of the evidence that was sent."""
    return frozenset(row["id"] for sending in rows for row in sending.content.get("evidence", ()))


def evidence_sent(plan: Plan, rows: Iterable[Evidence]) -> frozenset[int]:
    """Return the keys of those of a plan's evidence that were sent."""
    files = tuple(rows)
    months = {"unit__code__in": {e.unit_code for e in files}, "period__in": {e.period for e in files}}
    return evidence_in(sendings(plan.pk).filter(**months)) & {e.pk for e in files} if files else frozenset()


def only_typed(plan: Plan, entries: Iterable[HistoryEntry]) -> frozenset[int]:
    """Return the numbers of the entries about what was typed and not sent yet: their values are the unit's own."""
    typed = [entry for entry in entries if entry.action.partition(".")[0] in _PARTS]
    if not typed:
        return frozenset()
    rows = sendings(plan.pk)
    if all(entry.action.startswith("figure.") for entry in typed):
        rows = rows.filter(period__in={entry.period for entry in typed})
    sent: dict[tuple[object, ...], int] = {}
    for sending in rows:
        for part, keys in _PARTS.values():
            for state in sending.content.get(part, ()):
                sent[part, *(state[key] for key in keys)] = state.get("revision", 0)
    return frozenset(entry.sequence for entry in typed if _is_younger(entry, sent))


_PARTS = {
    "figure": ("figures", ("indicator", "unit_code", "period", "span")),
    "level": ("levels", ("indicator", "number")),
    "narrative": ("narratives", ("project", "unit_code", "period")),
    "evidence": ("evidence", ("id",)),
}


def _is_younger(entry: HistoryEntry, sent: Mapping[tuple[object, ...], int]) -> bool:
    part, keys = _PARTS[entry.action.partition(".")[0]]
    revision = sent.get((part, *(entry.new.get(key) for key in keys)))
    return revision is None or entry.new.get("revision", 0) > revision
