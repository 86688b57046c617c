"""The plan book: against a plan made by hand, and against the HR example of 2569."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from samrit import package
from samrit.engine.model import (
    Alignment,
    BudgetLine,
    IndicatorCard,
    Level,
    ManpowerRow,
    Plan,
    Strategy,
    Tactic,
    Target,
)
from samrit.reports.document.model import Cell, Chart, Contents, Diagram, Document, Items
from samrit.reports.plan_book.book import build
from samrit.reports.texts.template import Template
from tests.reports.small_plans import (
    D,
    all_texts,
    annex_tables,
    blocks_under,
    headings,
    indicator,
    number,
    paragraphs,
    plain,
    plan,
    project,
    row_widths,
    seven_projects,
    table,
    tables,
    target,
    texts,
)

EXAMPLE = Path(__file__).parents[3] / "examples" / "hr-2569"


@cache
def example() -> Plan:
    if not EXAMPLE.exists():
        pytest.skip("the example package examples/hr-2569 is not there")
    read = package.read(EXAMPLE).package
    assert read is not None
    return read.plan


def diagrams(document: Document) -> list[Diagram]:
    return [b for b in document.blocks if isinstance(b, Diagram)]


def frame(*counts: tuple[str, int]) -> Plan:
    """Return a plan with one group of people."""
    return plan(manpower=(ManpowerRow("ส่วนกลาง", counts),))


class TestManpower:
    def test_totals_both_ways_and_shares_with_the_places_printed(self) -> None:
        rows = (
            ManpowerRow("ส่วนกลาง", (("civil_servant", 355), ("พนักงานประกันสังคม", 832))),
            ManpowerRow("ภูมิภาค", (("civil_servant", 1665), ("พนักงานประกันสังคม", 3678), ("ที่ปรึกษา", 2))),
        )
        document = build(plan(manpower=rows))
        found = table(document, "กรอบอัตรากำลัง")
        assert texts(found.head) == [["หน่วยงาน", "ข้าราชการ", "พนักงานประกันสังคม", "ที่ปรึกษา", "รวม"]]
        assert texts(found.rows) == [
            ["ส่วนกลาง", "355", "832", "–", "1,187"],
            ["ภูมิภาค", "1,665", "3,678", "2", "5,345"],
            ["รวม", "2,020", "4,510", "2", "6,532"],
            ["ร้อยละ", "30.92", "69.04", "0.03", "100"],
        ]

    def test_the_sentence_names_the_largest_and_the_second(self) -> None:
        said = paragraphs(build(frame(("civil_servant", 2020), ("permanent_employee", 95), ("พนักงานประกันสังคม", 4510))))
        assert "พนักงานประกันสังคมมีอัตรากำลังมากที่สุด คิดเป็นร้อยละ 68.08 รองลงมาเป็นข้าราชการ คิดเป็นร้อยละ 30.49" in said

    def test_places_follow_the_template(self) -> None:
        said = paragraphs(build(frame(("a", 2), ("b", 1)), template=Template(share_places=0)))
        assert "aมีอัตรากำลังมากที่สุด คิดเป็นร้อยละ 67 รองลงมาเป็นb คิดเป็นร้อยละ 33" in said

    def test_one_type_only_has_no_second(self) -> None:
        assert "อัตรากำลังทั้งหมดเป็นข้าราชการ" in paragraphs(build(frame(("civil_servant", 3))))

    def test_the_pie_holds_the_counts(self) -> None:
        (pie,) = [b for b in build(frame(("civil_servant", 1), ("พนักงานประกันสังคม", 3))).blocks if isinstance(b, Chart)]
        assert pie.kind == "pie"
        assert pie.series[0].values == (D(1), D(3))
        assert pie.title == "พนักงานประกันสังคมมีมากที่สุด ร้อยละ 75.00"

    def test_no_frame_no_section(self) -> None:
        assert "กรอบอัตรากำลัง" not in headings(build(plan()))
        assert "กรอบอัตรากำลัง" not in headings(build(frame(("civil_servant", 0))))

    def test_the_example_gives_the_shares_of_its_own_table(self) -> None:
        found = table(build(example()), "กรอบอัตรากำลัง")
        assert texts(found.rows)[-2:] == [
            ["รวม", "2,020", "95", "328", "4,510", "6,953"],
            ["ร้อยละ", "29.05", "1.37", "4.72", "64.86", "100"],
        ]


class TestMoney:
    def test_a_project_on_two_lines_is_paid_once(self) -> None:
        money = {"budgets": (BudgetLine(D(2_120_000)),)}
        twice = plan(
            project("A-1", "1", "", {}, {}, identity="same", **money),
            project("A-2", "2", "", {}, {}, identity="same", **money),
            project("A-3", "2", "", {}, {}, budgets=(BudgetLine(D("0.50")),)),
        )
        document = build(twice)
        assert any("งบประมาณรวม 2,120,000.50 บาท" in p and "4,240,000.50 บาท" in p for p in paragraphs(document))
        assert texts(table(document, "งบประมาณจำแนกตามยุทธศาสตร์").rows) == [
            ["ยุทธศาสตร์ที่ 1", "1", "2,120,000"],
            ["ยุทธศาสตร์ที่ 2", "2", "2,120,000.50"],
            ["รวม", "2", "2,120,000.50"],
        ]
        assert any("(ซ้ำ 1 รายการ)" in p for p in paragraphs(document))

    def test_a_plan_without_money_says_nothing_about_it(self) -> None:
        free = plan(project("A-1", "1", "", {}, {}, budgets=(BudgetLine(None, text="ไม่ใช้งบประมาณ"),)))
        document = build(free)
        assert not [p for p in paragraphs(document) if "งบประมาณรวม" in p]
        assert texts(annex_tables(document)[0].rows)[1][-1] == "ไม่ใช้งบประมาณ\n(กผ.)"

    def test_the_example_once_and_as_listed(self) -> None:
        said = " ".join(paragraphs(build(example())))
        assert "67,530,900 บาท นับโครงการละหนึ่งครั้ง" in said
        assert "71,417,600 บาท" in said


class TestPlanTable:
    def test_strategies_and_tactics_span_the_table(self) -> None:
        (found,) = annex_tables(build(seven_projects()))
        spanning = [plain(r.cells[0].text) for r in found.rows if len(r.cells) == 1]
        assert spanning == [
            "ยุทธศาสตร์ที่ 1 บริการทันสมัย (Modern service)",
            "กลยุทธ์ที่ 1.1 : ช่องทางดิจิทัล",
            "ยุทธศาสตร์ที่ 2 องค์กรโปร่งใส (Clean office)",
            "กลยุทธ์ที่ 2.1 : ตรวจสอบได้",
        ]
        assert set(row_widths((*found.head, *found.rows))) == {len(found.widths)}

    def test_tactics_under_tactics_each_have_their_row_once_and_are_all_counted(self) -> None:
        """Works hang on the lowest level alone: those above it are no less in the plan, as the plan on a page says."""
        levels = (("1", ""), ("1.1", "1"), ("1.1.1", "1.1"), ("1.1.2", "1.1"), ("1.2", "1"))
        tactics = tuple(Tactic(code, "1", f"ชั้น {code}", parent=parent) for code, parent in levels)
        works = tuple(
            replace(project(f"W-{n}", "1", "", {}, {}), tactic=code)
            for n, code in enumerate(("1.1.2", "1.2", "1.1.1", "1.1.2"), 1)
        )
        made = build(plan(*works, tactics=tactics, programmes=()))
        (found,) = annex_tables(made)
        spanning = [plain(r.cells[0].text) for r in found.rows if len(r.cells) == 1]
        assert [text.rpartition(" ")[2] for text in spanning[1:]] == ["1", "1.1", "1.1.1", "1.1.2", "1.2"]
        assert any("5 กลยุทธ์" in text for text in paragraphs(made))
        assert "5 กลยุทธ์" in diagrams(made)[-1].title

    def test_what_neighbours_share_is_printed_once(self) -> None:
        def make(id_: str, goal: str) -> object:
            shared = (indicator(id_, 1, {}, {}, name="จำนวนผู้เข้าอบรม", targets=(target(90, unit_of_measure="คน"),)),)
            return project(id_, "1", "", {}, {}, goal=goal, steps=("ขออนุมัติ", "จัดอบรม"), indicators=shared)

        (found,) = annex_tables(build(plan(make("A-1", "เก่งขึ้น"), make("A-2", "เก่งขึ้น"), make("A-3", "ดีขึ้น"))))  # type: ignore[arg-type]
        first, second, third = found.rows[1:]
        assert [(plain(c.text), c.rowspan) for c in first.cells[1:4]] == [
            ("เก่งขึ้น", 2), ("จำนวนผู้เข้าอบรม (90 คน)", 3), ("1. ขออนุมัติ\n2. จัดอบรม", 3),
        ]  # fmt: skip
        assert len(second.cells) == 3
        assert plain(third.cells[1].text) == "ดีขึ้น"
        assert set(row_widths((*found.head, *found.rows))) == {len(found.widths)}

    def test_empty_goals_are_not_joined_and_a_column_without_any_is_left_out(self) -> None:
        with_one = plan(
            project("A-1", "1", "", {}, {}), project("A-2", "1", "", {}, {}), project("A-3", "1", "", {}, {}, goal="ดี")
        )
        (found,) = annex_tables(build(with_one))
        assert [c.rowspan for c in found.rows[1].cells] == [1] * 5
        (without,) = annex_tables(build(plan(project("A-1", "1", "", {}, {}))))
        assert "เป้าประสงค์" not in texts(without.head)[0]

    def test_the_period_as_printed_or_from_its_months(self) -> None:
        both = plan(
            project("A-1", "1", "", {}, {}, period_text="ต.ค. 67 - ก.ย. 68", first_period=1, last_period=9),
            project("A-2", "1", "", {}, {}, first_period=2, last_period=4),
        )
        (found,) = annex_tables(build(both))
        assert [plain(r.cells[-2].text) for r in found.rows[1:]] == ["ต.ค. 67 - ก.ย. 68", "ก.พ. – เม.ย. 2568"]


class TestDiagrams:
    def test_links_stand_on_the_levels_of_the_national_system(self) -> None:
        linked = plan(
            parents=(
                Alignment("national_strategy", "6"),
                Alignment("national_strategy", "4"),
                Alignment("master_plan", "20"),
                Alignment("government_policy", "นโยบายรัฐบาล"),
            )
        )
        diagram = diagrams(build(linked))[0]
        assert diagram.title == "แผนนี้สอดคล้องกับแผนระดับที่สูงกว่า 4 แผน"
        assert [(n.level, n.text) for n in diagram.nodes][:4] == [
            (1, "ยุทธศาสตร์ชาติ 4, 6"),
            (2, "แผนแม่บทภายใต้ยุทธศาสตร์ชาติ 20"),
            (3, "นโยบายรัฐบาล"),
            (4, "แผนปฏิบัติการตัวอย่าง ประจำปี พ.ศ. 2568"),
        ]
        ids = {n.id for n in diagram.nodes}
        assert len(ids) == len(diagram.nodes)
        assert {end for edge in diagram.edges for end in edge} <= ids

    def test_links_of_the_projects_serve_where_the_plan_states_none(self) -> None:
        linked = plan(project("A-1", "1", "", {}, {}, alignments=(Alignment("master_plan", "17"),)))
        assert any("17" in n.text for n in diagrams(build(linked))[0].nodes)
        assert len(diagrams(build(plan(project("A-1", "1", "", {}, {}))))) == 1  # only the plan on a page

    def test_the_plan_on_a_page_joins_vision_strategies_goals_and_tactics(self) -> None:
        diagram = diagrams(build(replace(seven_projects(), vision="เชื่อมั่น")))[-1]
        assert diagram.title == "2 ยุทธศาสตร์ 2 กลยุทธ์ 7 งาน/โครงการ"
        assert [n.text for n in diagram.nodes] == [
            "เชื่อมั่น",
            "1. บริการทันสมัย\nเป้าประสงค์ : ประชาชนได้รับบริการรวดเร็ว", "1.1 ช่องทางดิจิทัล",
            "2. องค์กรโปร่งใส\nเป้าประสงค์ : องค์กรมีธรรมาภิบาล", "2.1 ตรวจสอบได้",
        ]  # fmt: skip
        assert set(diagram.edges) == {("vision", "s-1"), ("s-1", "t-1"), ("vision", "s-2"), ("s-2", "t-2")}

    def test_many_strategies_stand_in_even_rows_each_with_its_tactics_below(self) -> None:
        six = tuple(Strategy(str(n), f"ข้อ {n}") for n in range(1, 7))
        tactics = tuple(Tactic(f"{n}.1", str(n), f"วิธี {n}") for n in range(1, 7))
        diagram = diagrams(build(plan(strategies=six, tactics=tactics, vision="ไกล")))[-1]
        rows = {level: [n.text for n in diagram.nodes if n.level == level] for level in range(5)}
        assert rows[1] == ["1. ข้อ 1", "2. ข้อ 2", "3. ข้อ 3"]
        assert rows[2] == ["1.1 วิธี 1", "2.1 วิธี 2", "3.1 วิธี 3"]
        assert rows[3] == ["4. ข้อ 4", "5. ข้อ 5", "6. ข้อ 6"]
        assert rows[4] == ["4.1 วิธี 4", "5.1 วิธี 5", "6.1 วิธี 6"]

    def test_thai_digits_leave_the_joints_of_a_diagram_alone(self) -> None:
        diagram = diagrams(build(replace(seven_projects(), vision="ปี 2570"), template=Template(digits="thai")))[-1]
        ids = {n.id for n in diagram.nodes}
        assert {end for edge in diagram.edges for end in edge} <= ids
        assert diagram.nodes[0].text == "ปี ๒๕๗๐"


class TestIndicators:
    def with_cards(self) -> Plan:
        levels = tuple(Level(n, threshold=D(t)) for n, t in ((1, "10"), (2, "9.5")))
        own = indicator(
            "A-1", 1, {}, {}, name="อัตราว่าง", unit_of_measure="ร้อยละ", levels=levels,
            targets=(Target(2568, text="ระดับ 5"), target("-", 2569), target(8, 2570, unit_of_measure="แห่ง")),
        )  # fmt: skip
        again = indicator("A-2", 1, {}, {}, name="อัตรา ว่าง")
        card = IndicatorCard("A-1.1", "คำนิยาม", "วิธีวัด", "ร้อยละ", "yearly", "quarterly", "กบค.", "ทุกหน่วยงาน")
        return plan(
            project("A-1", "1", "", {}, {}, indicators=(own,)),
            project("A-2", "1", "", {}, {}, indicators=(again, indicator("A-2", 2, {}, {}, name="อื่น"))),
            cards=(card,),
        )

    def test_distinct_indicators_are_listed_once_whatever_their_spaces(self) -> None:
        document = build(self.with_cards())
        assert any("2 งาน/โครงการ มีตัวชี้วัด 3 รายการ เป็นตัวชี้วัดที่ไม่ซ้ำกัน 2 ตัวชี้วัด" in p for p in paragraphs(document))
        (listed,) = [b for b in blocks_under(document, "ตัวชี้วัดของแผน") if isinstance(b, Items)]
        assert listed.items == ("อัตราว่าง", "อื่น")

    def test_a_card_prints_each_year_with_its_own_unit(self) -> None:
        (card,) = [t for t in tables(build(self.with_cards())) if "1.1 อัตราว่าง" in " ".join(all_texts(t.head))]
        assert texts(card.rows) == [
            ["รายละเอียดตัวชี้วัด", "คำนิยาม"],
            ["วิธีการวัดและการประเมินผล", "วิธีวัด"],
            ["เกณฑ์การให้คะแนน", "ระดับ 1 ≥ ร้อยละ 10\nระดับ 2 ≥ ร้อยละ 9.5"],
            ["หน่วยการวัด", "ร้อยละ"],
            ["ค่าเป้าหมายรายปี", "2568", "2569", "2570"],
            ["ระดับ 5", "–", "8 แห่ง"],
            ["การวัดผล", "ปีละ 1 ครั้ง"],
            ["การรายงานและการติดตามผล", "ทุกไตรมาส"],
            ["หน่วยงานประเมินและจัดเก็บข้อมูล", "กบค."],
            ["หน่วยงานสนับสนุน", "ทุกหน่วยงาน"],
            ["ข้อเสนอแนะเพิ่มเติม/หมายเหตุ", "–"],
        ]
        assert set(row_widths((*card.head, *card.rows))) == {4}

    def test_the_example_has_fifty_cards_of_twenty_four_indicators(self) -> None:
        document = build(example())
        assert any("มีตัวชี้วัด 50 รายการ เป็นตัวชี้วัดที่ไม่ซ้ำกัน 24 ตัวชี้วัด" in p for p in paragraphs(document))
        cards = [t for t in tables(document) if plain(t.head[0].cells[0].text) == "ตัวชี้วัด"]
        assert len(cards) == 50
        for card in cards:
            (years,) = [r for r in texts(card.rows) if r[0] == "ค่าเป้าหมายรายปี"]
            assert years[1:] == ["2566", "2567", "2568", "2569", "2570"]


@pytest.mark.parametrize("language", ["th", "en"])
def test_both_languages_are_whole(language: str) -> None:
    for made in (seven_projects(), example(), plan(funds=(), strategies=(), tactics=(), programmes=())):
        document = build(made, language=language)
        assert document.language == language
        assert any(isinstance(b, Contents) for b in document.blocks)
        for found in tables(document):
            assert set(row_widths((*found.head, *found.rows))) == {len(found.widths)}
        for text in all_texts(document.blocks):
            assert not re.search(r"\{[a-z_]+\}|Decimal|None", text)


def test_the_same_figures_in_both_languages() -> None:
    thai, english = build(example()), build(example(), language="en")
    for one, other in zip(tables(thai), tables(english), strict=True):
        assert [[number(c) for c in r.cells] for r in one.rows] == [
            [without_era(c) for c in r.cells] for r in other.rows
        ]


def without_era(cell: Cell) -> Decimal | None:
    """Return the number in a cell; English names the era of a year."""
    return number(replace(cell, text=plain(cell.text).removeprefix("B.E. ")))
