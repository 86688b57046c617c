"""What the rows of a work say about each other: slipped percents, names beside the wrong rows, unproved totals."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.model import Indicator
from samrit.intake.draft import Draft
from tests.intake.printed_work import DASHES, drafted, work_of


def percent(indicator: Indicator) -> Decimal | None:
    return indicator.claim.percent if indicator.claim else None


def codes(draft: Draft, record: str) -> set[str]:
    return {f.code for f in draft.findings if (f.place.record or "").endswith(record)}


def test_a_percent_that_slipped_to_the_next_indicators_plan_row_is_given_back() -> None:
    draft = drafted(
        f"|ตัวชี้วัดที่ 1 จำนวนผู้เข้าอบรม|||50|แผน|คน|50|{DASHES}50|50|",
        f"|ตัวชี้วัดที่ 2 ร้อยละความพึงพอใจ|||80|แผน|ร้อยละ|50|{DASHES}80|80|120",
        f"|||||ผล|||{DASHES}80|80|100",
        average="110",
    )
    first, second = work_of(draft).indicators
    assert (percent(first), percent(second)) == (Decimal(120), Decimal(100))
    assert "intake_percent_completed" in codes(draft, ".1")


def test_a_percent_that_the_works_own_percent_does_not_prove_is_not_given() -> None:
    draft = drafted(
        f"|ตัวชี้วัดที่ 1 จำนวนผู้เข้าอบรม|||50|แผน|คน|50|{DASHES}50|50|",
        f"|ตัวชี้วัดที่ 2 ร้อยละความพึงพอใจ|||80|แผน|ร้อยละ|50|{DASHES}80|80|120",
        f"|||||ผล|||{DASHES}80|80|100",
        average="87",
    )
    assert percent(work_of(draft).indicators[0]) is None


def test_names_that_stand_below_each_other_go_to_the_pairs_of_rows_in_order() -> None:
    draft = drafted(
        f"|ตัวชี้วัดที่ 1 จำนวนผู้เข้าอบรม|||50|แผน|คน|40|{DASHES}50|50|",
        f"|ตัวชี้วัดที่ 2 จำนวนรายงาน|||2|ผล|||{DASHES}45|45|90",
        f"|ตัวชี้วัดที่ 3 ร้อยละความพึงพอใจ|||80|แผน|เล่ม|30|{DASHES}2|2|",
        f"|||||ผล|||{DASHES}2|2|100",
        f"|||||แผน|ร้อยละ|30|{DASHES}80|80|",
        f"|||||ผล|||{DASHES}88|88|110",
        average="99",
    )
    found = [(i.name, i.unit_of_measure, i.targets[0].value, percent(i)) for i in work_of(draft).indicators]
    assert found == [
        ("จำนวนผู้เข้าอบรม", "คน", Decimal(50), Decimal(90)),
        ("จำนวนรายงาน", "เล่ม", Decimal(2), Decimal(100)),
        ("ร้อยละความพึงพอใจ", "ร้อยละ", Decimal(80), Decimal(110)),
    ]
    assert "intake_labels_stacked" in codes(draft, ".2")


def test_a_figure_that_nothing_proves_is_not_taken_for_the_total() -> None:
    draft = drafted(
        f"|ตัวชี้วัดที่ 1 จำนวนเรื่องที่ผลิต|||392|แผน|เรื่อง|100|{DASHES}-|-|98",
        f"|||||ผล|||{DASHES}-|-|-|4|13",
        average="32",
    )
    indicator = work_of(draft).indicators[0]
    assert indicator.claim is None or indicator.claim.plan_total is None
    assert "intake_total_unproved" in codes(draft, ".1")


def test_a_total_in_its_place_is_kept_although_the_months_do_not_give_it() -> None:
    """A document's own error is claimed as printed."""
    draft = drafted(
        f"|ตัวชี้วัดที่ 1 จำนวนผู้เข้าอบรม|||60|แผน|คน|100|{'5|' * 12}70|",
        f"|||||ผล|||{'5|' * 12}60|100",
    )
    claim = work_of(draft).indicators[0].claim
    assert claim is not None
    assert claim.plan_total == 70


def test_the_percent_of_the_only_indicator_is_known_by_the_works_own() -> None:
    draft = drafted(
        f"|ตัวชี้วัดที่ 1 จำนวนรายงาน|||12|แผน|เล่ม|100|{'1|' * 14}12|",
        f"|||||ผล|||{'1|' * 14}108|",
        average="108",
    )
    claim = work_of(draft).indicators[0].claim
    assert claim is not None
    assert (claim.percent, claim.actual_total) == (Decimal(108), None)
