"""A repaired row is proved by its places, not only by its sum: a wrong month never passes as read or repaired."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from samrit.intake.draft import Draft
from samrit.intake.facts import Fact, Status
from tests.intake.holding import Value, imported, values
from tests.intake.random_documents import DAMAGES, LAYOUTS, Document, Layout, printed, works

SHIFTS = ("dash dropped", "number dropped", "cell doubled", "surplus dashes", "row shifted")
SIDES = {"planned": "plan", "actual": "actual"}
WORKS, HITS = 3, 2


def months(document: Document, draft: Draft) -> Iterator[tuple[Value, Fact]]:
    """Yield every month as printed and as read, with its fact."""
    assert draft.package is not None
    facts = {record.record: record for work in draft.facts for record in work.records()}
    known = {(w.number, i.number): i.id for w in draft.package.plan.projects for i in w.indicators}
    for value in values(document, draft):
        side, _, period = value.name.partition(" ")
        record = known.get((value.work, value.indicator))
        if side in SIDES and record is not None:
            yield value, facts[record][f"{SIDES[side]}.{period}"]


@pytest.mark.parametrize("kind", SHIFTS)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_no_wrong_month_of_a_shifted_row_passes_as_sure(layout: Layout, kind: str) -> None:
    chance = random.Random(f"{layout.name} {kind}")
    document = printed(works(chance, WORKS), layout)
    for _ in range(HITS):
        DAMAGES[kind](chance, document)
    sure = (Status.READ, Status.REPAIRED)
    passed = [(v, f.codes) for v, f in months(document, imported(document)) if not v.right and f.status in sure]
    assert passed == []


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_months_of_a_clean_document_are_sure(layout: Layout) -> None:
    document = printed(works(random.Random(layout.name), WORKS), layout)
    assert {f.status for v, f in months(document, imported(document)) if v.printed is not None} == {Status.READ}
