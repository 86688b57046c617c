"""Documents of other offices, in layouts of their own, become drafts with every value where it belongs."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from samrit.engine.model import Indicator, Plan
from samrit.intake.draft import Draft
from samrit.intake.importer import import_documents
from samrit.vocabulary.findings import Severity
from tests.intake import offices
from tests.intake.sources.documents import converted, needs_office

NO_STRATEGY = {"intake_strategy_missing"}


def plan_of(draft: Draft) -> Plan:
    assert draft.package is not None
    return draft.package.plan


def warned(draft: Draft) -> set[str]:
    """Return what the import itself warns of; the checks of the plan are another matter."""
    return {f.code for f in draft.findings if f.severity is not Severity.NOTICE and f.code.startswith("intake_")}


def months(indicator: Indicator, side: str) -> list[Decimal | None]:
    figures = {e.period: getattr(e, side) for e in indicator.entries if e.span == 1}
    return [f if isinstance(f := figures.get(n), Decimal) else None for n in range(1, 13)]


def spans(indicator: Indicator, side: str) -> list[tuple[int, int, Decimal]]:
    return [(e.period, e.span, getattr(e, side)) for e in indicator.entries if e.span > 1]


def decimals(values: list[offices.Figure]) -> list[Decimal | None]:
    return [None if value is None else Decimal(str(value)) for value in values]


def check_hospital(draft: Draft) -> None:
    plan = plan_of(draft)
    assert (plan.year_be, plan.calendar) == (2568, "fiscal")
    assert plan.organisation == "โรงพยาบาลบางน้ำเปรี้ยว จังหวัดฉะเชิงเทรา"
    first, second = plan.projects
    assert [(p.strategy, p.number, p.responsible_text) for p in plan.projects] == [
        ("1", 1, "กลุ่มงานเวชกรรมสังคม"), ("1", 2, "กลุ่มการพยาบาล"),
    ]  # fmt: skip
    assert [b.amount for p in plan.projects for b in p.budgets] == [250000, 120000]
    screened, referred = first.indicators
    assert (screened.unit_of_measure, screened.weight, screened.targets[0].value) == ("คน", 60, 4800)
    assert months(screened, "actual") == decimals(offices.SCREENED)
    assert months(referred, "actual") == decimals(offices.REFERRED)
    assert referred.aggregation.value == "average"
    assert months(second.indicators[0], "actual") == decimals(offices.TRAINED)


def test_a_hospitals_workbook_with_quarter_sums(tmp_path: Path) -> None:
    draft = import_documents([offices.hospital(tmp_path)])
    check_hospital(draft)
    assert not warned(draft)


@needs_office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_the_same_workbook_in_other_programs(kind: str, tmp_path: Path) -> None:
    check_hospital(import_documents([converted(offices.hospital(tmp_path), kind)]))


def test_months_that_stand_below_each_other(tmp_path: Path) -> None:
    draft = import_documents([offices.municipality(tmp_path)])
    plan = plan_of(draft)
    assert (plan.year_be, plan.calendar, plan.organisation) == (2568, "fiscal", "เทศบาลตำบลหนองปลาหมอ")
    assert [(p.strategy, p.number, p.title) for p in plan.projects] == [
        ("1", 1, "โครงการซ่อมแซมถนนลูกรังภายในตำบล"), ("1", 2, "โครงการขุดลอกท่อระบายน้ำ"),
    ]  # fmt: skip
    second = plan.projects[1]
    assert (second.responsible_text, second.budgets[0].amount) == ("กองช่าง", 350000)
    indicator = second.indicators[0]
    assert (indicator.name, indicator.unit_of_measure) == ("ความยาวท่อที่ขุดลอก", "เมตร")
    assert months(indicator, "planned") == [Decimal(300)] * 12
    assert months(indicator, "actual") == [Decimal(300), Decimal(299)] * 6
    assert indicator.claim is not None
    assert (indicator.claim.plan_total, indicator.claim.actual_total) == (3600, 3594)
    assert warned(draft) == {"intake_weight_missing"}


def test_a_csv_in_the_old_encoding_with_the_unit_after_the_months(tmp_path: Path) -> None:
    draft = import_documents([offices.university(tmp_path)])
    plan = plan_of(draft)
    assert plan.organisation == "มหาวิทยาลัยราชภัฏเมืองเหนือ"
    assert [p.responsible_text for p in plan.projects] == ["สำนักส่งเสริมวิชาการ", "สถาบันวิจัยและพัฒนา"]
    courses, pleased = plan.projects[0].indicators
    assert (courses.weight, pleased.weight) == (50, 50)
    assert months(pleased, "actual") == decimals([None, None, 88.5, None, None, 90, 91, None, 87, None, 86, 89])
    assert warned(draft) == NO_STRATEGY


def test_english_headings_and_a_year_of_the_common_era(tmp_path: Path) -> None:
    draft = import_documents([offices.english(tmp_path)])
    plan = plan_of(draft)
    assert (plan.year_be, plan.strategies[0].name) == (2568, "Better service")
    assert [(p.title, p.responsible_text) for p in plan.projects] == [
        ("Modernise the claims counter", "Claims Office"), ("Train inspectors", "Training Division"),
    ]  # fmt: skip
    trained = plan.projects[1].indicators[0]
    assert (trained.unit_of_measure, trained.weight, trained.targets[0].value) == ("persons", 100, 90)
    assert months(trained, "actual") == decimals([None, 28, None, None, 33, None, None, None, 30, None, None, None])
    assert not warned(draft)


def test_two_tables_on_a_sheet_under_two_strategies(tmp_path: Path) -> None:
    draft = import_documents([offices.two_tables(tmp_path)])
    plan = plan_of(draft)
    assert [(p.strategy, p.number, p.title) for p in plan.projects] == [
        ("1", 1, "โครงการปรับปรุงดินเปรี้ยว"), ("1", 2, "งานตรวจวิเคราะห์ดิน"), ("2", 1, "โครงการอบรมหมอดินอาสา"),
    ]  # fmt: skip
    assert [i.unit_of_measure for p in plan.projects for i in p.indicators] == ["ไร่", "ตัวอย่าง", "คน"]
    assert {i.weight for p in plan.projects for i in p.indicators} == {Decimal(100)}
    assert warned(draft) == {"intake_name_missing"}


def test_a_plan_in_thai_digits_that_goes_on_over_the_page(tmp_path: Path) -> None:
    draft = import_documents([offices.health_office(tmp_path)])
    plan = plan_of(draft)
    assert (plan.year_be, plan.calendar, plan.strategies[0].code) == (2569, "fiscal", "2")
    assert [(p.number, p.first_period, p.last_period) for p in plan.projects] == [(1, 1, 12), (2, 4, 6), (3, 7, 9)]
    assert [(i.name, t.value, t.unit_of_measure) for i in plan.projects[2].indicators for t in i.targets] == [
        ("จำนวน รพ.สต.", 60, "แห่ง"), ("ร้อยละที่ผ่านเกณฑ์", 80, "ร้อยละ"),
    ]  # fmt: skip
    assert not warned(draft)


def test_a_report_by_quarter_gives_figures_of_three_months(tmp_path: Path) -> None:
    draft = import_documents([offices.transport(tmp_path)])
    plan = plan_of(draft)
    assert (plan.year_be, plan.calendar) == (2568, "fiscal")
    cars, pleased = (p.indicators[0] for p in plan.projects)
    assert spans(cars, "planned") == [(n, 3, 100) for n in (3, 6, 9, 12)]
    assert spans(cars, "actual") == [(3, 3, 95), (6, 3, 102), (9, 3, 110), (12, 3, 98)]
    assert pleased.aggregation.value == "average"
    assert cars.claim is not None
    assert (cars.claim.plan_total, cars.claim.actual_total, cars.claim.percent) == (400, 405, Decimal("101.25"))
    assert warned(draft) == NO_STRATEGY


def test_targets_of_five_years(tmp_path: Path) -> None:
    draft = import_documents([offices.five_years(tmp_path)])
    plan = plan_of(draft)
    shops, markets = (p.indicators[0] for p in plan.projects)
    assert [(t.year_be, t.value) for t in shops.targets] == [(2566 + n, 80 + 2 * n) for n in range(5)]
    assert [(t.year_be, t.value) for t in markets.targets] == [(2566 + n, 120 + 10 * n) for n in range(5)]
    assert [p.responsible_text for p in plan.projects] == ["กองตรวจสอบ", "กองส่งเสริม"]
    assert warned(draft) == {"intake_indicator_as_work"}


def test_ticked_months_are_the_period(tmp_path: Path) -> None:
    draft = import_documents([offices.ticks(tmp_path)])
    plan = plan_of(draft)
    assert [(p.first_period, p.last_period) for p in plan.projects] == [(1, 6), (1, 12)]
    assert [i.targets[0].value for p in plan.projects for i in p.indicators] == [5, 99]
    assert plan.organisation == "สำนักงานสถิติแห่งชาติ"
    assert warned(draft) == NO_STRATEGY


def check_labour(draft: Draft) -> None:
    plan = plan_of(draft)
    assert [p.number for p in plan.projects] == [1, 2, 3, 4, 5, 6]
    for project in plan.projects:
        indicator = project.indicators[0]
        assert months(indicator, "planned") == [Decimal(20)] * 12
        assert months(indicator, "actual") == [Decimal(20 + month * project.number % 5) for month in range(12)]
        assert (indicator.weight, indicator.unit_of_measure) == (100, "คน")


def test_a_word_table_that_goes_on_over_pages(tmp_path: Path) -> None:
    check_labour(import_documents([offices.labour_office(tmp_path)]))


@needs_office
@pytest.mark.parametrize("kind", ["pdf", "odt"])
def test_the_same_word_document_from_another_program(kind: str, tmp_path: Path) -> None:
    """The narrow cells of the PDF break figures and names over several lines."""
    check_labour(import_documents([converted(offices.labour_office(tmp_path), kind)]))


def test_a_sheet_for_every_strategy_and_a_month_that_is_a_date(tmp_path: Path) -> None:
    draft = import_documents([offices.schools(tmp_path)])
    plan = plan_of(draft)
    assert (plan.year_be, plan.calendar) == (2568, "fiscal")
    assert [(p.id, p.responsible_text) for p in plan.projects] == [(n, "กลุ่มนิเทศ") for n in ("1-1", "1-2", "2-1")]
    for project in plan.projects:
        assert months(project.indicators[0], "actual") == decimals([10, 9, 11, *[10] * 9])
    assert not warned(draft)


def test_quarters_in_english_and_a_unit_of_measure_called_unit(tmp_path: Path) -> None:
    draft = import_documents([offices.tourism(tmp_path)])
    indicator = plan_of(draft).projects[0].indicators[0]
    assert spans(indicator, "actual") == [(3, 3, 2), (6, 3, 1), (9, 3, 3), (12, 3, 2)]
    assert (indicator.unit_of_measure, plan_of(draft).projects[0].responsible_text) == ("centres", "")
    assert warned(draft) == NO_STRATEGY
