"""A report of a closed evaluation says what it was closed over, why, and what counts; another one says nothing."""

from __future__ import annotations

import pytest

from samrit.reports.evaluation.closed_over import ClosedGap, ClosedOver
from samrit.reports.evaluation.report import build
from samrit.reports.texts.template import Template
from tests.reports.small_plans import all_texts, scored, seven_projects

KINDS = ("missing", "returned", "correcting", "unconfirmed", "error", "unaccepted", "late")


def said(closed: ClosedOver | None, **more: object) -> str:
    return "\n".join(all_texts(build(scored(seven_projects()), closed=closed, **more)))


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("counts_from", ["sent", "confirmed", "accepted"])
def test_every_kind_of_gap_stands_with_its_units_and_the_reason(language, counts_from) -> None:
    gaps = tuple(ClosedGap(kind, 2, (f"หน่วย {kind}",)) for kind in KINDS)
    text = said(ClosedOver(gaps, "ปิดโดยขาดหนึ่งหน่วย", counts_from), language=language)
    assert "ปิดโดยขาดหนึ่งหน่วย" in text
    for kind in KINDS:
        assert f"หน่วย {kind}" in text
    assert "{" not in text


def test_it_stands_there_by_any_template() -> None:
    closed = ClosedOver((ClosedGap("missing", 1, ("กฝ.",)),), "เหตุผล")
    assert "ขาดส่ง (1)" in said(closed, template=Template())


def test_of_many_units_some_are_named_and_the_rest_counted() -> None:
    text = said(ClosedOver((ClosedGap("missing", 90, tuple(f"น{n}." for n in range(90))),)))
    assert "น39. และอีก 50" in text
    assert "ขาดส่ง (90)" in text


def test_a_report_of_no_closing_says_nothing_of_it() -> None:
    assert "เมื่อปิดการประเมิน" not in said(None)


@pytest.mark.parametrize("gaps", [(), (ClosedGap("missing", 1, ("กฝ.",)),)])
def test_the_closings_entry_stands_there_for_the_auditor(gaps: tuple[ClosedGap, ...]) -> None:
    mark = "0123456789abcdef" * 4
    assert " ".join(("7:0123456789abcdef", *["0123456789abcdef"] * 3)) in said(ClosedOver(gaps, chain_end=f"7:{mark}"))
    assert "audit verify" not in said(ClosedOver(gaps))
