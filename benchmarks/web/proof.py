"""What the database holds after the evening: ``python -m benchmarks.web.proof`` reads what was acknowledged as JSON."""

from __future__ import annotations

import json
import os
import sys
from decimal import Decimal
from typing import Any

import django


def main() -> None:
    """Hold what stands against what was acknowledged."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.web.settings")
    django.setup()
    print(json.dumps(proof(json.load(sys.stdin))))


def proof(order: dict[str, Any]) -> dict[str, Any]:
    """Return how many acknowledged figures, entries and reports are missing, and the audit's faults."""
    from samrit.plans.models import Figure, HistoryEntry, MonthlyReport
    from samrit.plans.records.audit import audit

    figures = Figure.objects.filter(plan__code=order["plan"], period=order["month"])
    stands = {(f.indicator, f.unit_code): f for f in figures}
    entries = HistoryEntry.objects.filter(plan__code=order["plan"], action="figure.save", period=order["month"])
    told = set(entries.values_list("record", "unit_code"))
    reports = MonthlyReport.objects.filter(plan__code=order["plan"], period=order["month"], state="submitted")
    found = audit()
    return {
        "figures_lost": sum(
            not _holds(stands.get((indicator, unit)), value) for indicator, unit, value in order["acknowledged"]
        ),
        "entries_lost": sum((indicator, unit) not in told for indicator, unit, _ in order["acknowledged"]),
        "reports_lost": len(set(order["submitted"]) - set(reports.values_list("unit__code", flat=True))),
        "audit_faults": [f"{f.code} {f.detail}" for f in found.faults[:3]],
        "entries": found.entries,
    }


def _holds(row: Any, value: str) -> bool:
    return row is not None and Decimal(value) in (row.actual, row.numerator)


if __name__ == "__main__":
    main()
