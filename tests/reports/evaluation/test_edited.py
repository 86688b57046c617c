"""The editors' texts as blocks, and the first draft of them (R227, R229, R234)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from samrit.engine.model import CarryOverState, ReportText
from samrit.engine.score import score
from samrit.engine.year import YearRecord, told
from samrit.package.kinds.follow_up import CARRY_OVERS
from samrit.reports.document.inline import plain
from samrit.reports.document.model import Items, Paragraph, TableBlock
from samrit.reports.evaluation.red_list import red_list
from samrit.reports.evaluation.view import ReportView, view_of
from samrit.reports.evaluation.words.drafted import Drafted, drafted
from samrit.reports.evaluation.words.edited import listed, paragraphs
from samrit.reports.evaluation.words.live_values import live
from tests.plans.office import example, small_plan

RED = "S1-6 S1-15 S1-17 S2-11 S2-32 S2-80 S2-83 S2-85 S3-22 S3-45 W2-11 W3-65".split()


@pytest.fixture(scope="module")
def year_end() -> ReportView:
    package = example("sso-2568")
    return view_of(score(package.plan, package.rulesets[0], 12), "th", None)


def drafts(view: ReportView) -> dict[str, list[Drafted]]:
    known = {project.id: told(project.records) for project in view.result.plan.projects}
    found: dict[str, list[Drafted]] = {}
    for own in drafted(view, known):
        found.setdefault(own.section, []).append(own)
    return found


def small(actual: int) -> ReportView:
    package = small_plan(reported=((1, actual), (2, actual), (3, actual)))
    return view_of(score(package.plan, package.rulesets[0], 3), "th", None)


def test_a_small_table_stands_below_its_item_and_the_list_goes_on_counting() -> None:
    """Tables inside achievements, as the report has one of interest rates (R230)."""
    view = small(10)
    table = "ดอกเบี้ย\n| ปี | อัตรา |\n| --- | --- |\n| 2568 | **{P1.1.actual}** |"
    texts = [ReportText("achievement", text, depth=depth) for text, depth in ((table, 0), ("ย่อย", 1), ("ถัดไป", 0))]
    first, block, second = listed(view, texts, numbered=True)
    assert isinstance(first, Items)
    assert isinstance(block, TableBlock)
    assert isinstance(second, Items)
    assert ([plain(i) for i in first.items], first.start) == (["ดอกเบี้ย", "ย่อย"], 1)
    assert ([plain(i) for i in second.items], second.start) == (["ถัดไป"], 2)
    rows = [[plain(cell.text) for cell in row.cells] for row in (*block.head, *block.rows)]
    assert rows == [["ปี", "อัตรา"], ["2568", "30"]]


def test_a_table_with_rows_of_different_length_loses_no_cell() -> None:
    (block,) = paragraphs(small(10), "|a|\n|b|c|d|")
    assert isinstance(block, TableBlock)
    assert [[plain(c.text) for c in row.cells] for row in (*block.head, *block.rows)] == [
        ["a", "", ""],
        ["b", "c", "d"],
    ]


def test_what_editors_wrote_of_a_work_stands_in_place_of_its_units_words(year_end) -> None:
    text = ReportText("red", "**ผล :** รอสัญญา\nบรรทัดสอง", project="S1-6", as_of=12, text_en="Waiting")
    result = replace(year_end.result, plan=replace(year_end.result.plan, texts=(text,)))
    for language, there, gone in (("th", "รอสัญญา", "ลงนามสัญญา 17 พ.ย. 68"), ("en", "Waiting", "รอสัญญา")):
        said = "\n".join(plain(b.text) for b in red_list(view_of(result, language, None)) if isinstance(b, Paragraph))
        assert there in said
        assert gone not in said
        assert "ยังไม่ลงนามสัญญา" in said  # another work's own words


def test_the_draft_tells_the_works_below_the_line_in_the_offices_order(year_end) -> None:
    """R231, R232: the fund, then strategy, then number; each with what its unit said."""
    red = drafts(year_end)["red"]
    assert [own.project for own in red] == RED
    assert "ลงนามสัญญา 17 พ.ย. 68" in red[0].text
    assert "เพิ่งได้รับงบประมาณ" in red[0].text


def test_problems_are_grouped_by_cause_and_the_cause_of_most_works_comes_first(year_end) -> None:
    """R234, R242: two works wait for a committee, every other cause holds up one."""
    found = drafts(year_end)
    heads = [own for own in found["problem"] if not own.depth]
    assert heads[0].key == "committee_waited"
    assert "2 งาน" in heads[0].text
    assert "W2-11" in heads[0].text
    assert len(heads) == len({own.key for own in heads}) == 13
    causes = {own.key for own in heads}
    assert {own.key for own in found["remedy"] if not own.depth} <= causes
    assert all(own.depth == 1 and own.key.startswith(tuple(causes)) for own in found["problem"] if own.depth)


def test_a_draft_writes_figures_as_live_values_that_the_evaluation_fills(year_end) -> None:
    """R229: whatever a draft says of a figure is what the tables say, also after it was corrected."""
    texts = drafts(year_end)["achievement"]
    assert texts
    assert all(own.strategy for own in texts)
    first = next(own for own in texts if own.project == "S2-27")
    assert "{S2-27.1.actual}" in first.text
    assert "99.13" in live(year_end, first.text)
    assert "{" not in live(year_end, first.text)


def test_the_closing_tells_how_much_money_of_how_many_works_goes_on() -> None:
    """What was refused or paid is not kept any more; two requests of one work are one work (R236)."""
    view = small(1)
    (result,) = view.result.projects

    def kept(n: int, amount: int, state: CarryOverState) -> YearRecord:
        values = dict.fromkeys(f.name for f in CARRY_OVERS.fields) | {
            "amount": Decimal(amount),
            "state": state,
        }
        return YearRecord("carry_overs", str(n), date(2026, 3, 1), tuple(values.items()))

    states = (CarryOverState.APPROVED, CarryOverState.REQUESTED, CarryOverState.REFUSED)
    records = [kept(n, n * 1_000_000, state) for n, state in enumerate(states, 1)]
    (closing,) = (own for own in drafted(view, {result.project.id: records}) if own.section == "closing")
    assert "จำนวน 1 งาน" in closing.text
    assert "3,000,000 บาท" in closing.text
    assert "2570" in closing.text


def test_nothing_is_drafted_of_a_work_that_nobody_has_told_anything_about() -> None:
    found = drafts(small(1))  # red, without a word
    assert "red" not in found
    assert "problem" not in found
