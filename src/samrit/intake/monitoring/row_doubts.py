"""What should be looked at in the months of one row: what was moved or put in, and figures that look odd.

Each is the code of a finding and what it says besides the side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from samrit.intake.facts import RecordFacts, Status
from samrit.intake.monitoring.wording import cells_text, periods_text
from samrit.intake.repair.readings import RowReading
from samrit.intake.tables.drafts import FigureRow

Doubt = tuple[str, dict[str, object]]


def doubt_both(
    record: RecordFacts, plan: FigureRow | None, actual: FigureRow | None, doubts: Mapping[str, str]
) -> None:
    """Doubt the months of both sides where they are in one row of recognised text and one side had to be repaired.

    A cell that was lost moves all after it: then results are under plans and may come out among themselves.
    """
    if plan is None or actual is None or plan.certain or plan.line is None or plan.line != actual.line:
        return
    for side, other in (("plan", "actual"), ("actual", "plan")):
        code = doubts[other] or doubts[side]
        for name in (f"{other}_total", *(f"{other}.{period}" for period in range(1, 13))):
            if code and record[name].status is not Status.DOUBTFUL and record[name].value is not None:
                record[name] = record[name].doubted(code)


def repairs(reading: RowReading, undecided: frozenset[int]) -> Iterator[Doubt]:
    """Yield what was left out, put in or not decided."""
    dropped = reading.dropped
    if any(t.value is not None for t in dropped):
        yield "intake_numbers_dropped", {"count": len(dropped), "cells": cells_text(dropped)}
    elif dropped:
        yield "intake_cells_dropped", {"count": len(dropped), "cells": cells_text(dropped)}
    if reading.put_in:
        yield "intake_month_put_in", {"periods": periods_text(reading.put_in)}
    if undecided:
        yield "intake_months_undecided", {"periods": periods_text(sorted(undecided))}
    if reading.left_over:
        yield "intake_cells_left_over", {"cells": cells_text(reading.left_over)}


def falls(reading: RowReading) -> Iterator[Doubt]:
    """Yield a cumulative row that falls: levels, and plans of what is only counted on, never do."""
    if any(after < before for before, after in pairwise(reading.values)):
        yield "intake_cumulative_row_falls", {}


def odd_month(reading: RowReading) -> Iterator[Doubt]:
    """Yield the one month that differs from all others, where no sum would show a misread digit."""
    values = reading.values
    if len(values) < 3:
        return
    common, times = Counter(values).most_common(1)[0]
    if times == len(values) - 1:
        period = next(n for n, f in enumerate(reading.figures, 1) if isinstance(f, Decimal) and f != common)
        yield "intake_odd_month", {"period": period, "value": reading.figures[period - 1], "others": common}
