"""The evaluation report: texts and cells against plans made by hand, and against the 2568 example."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit import package
from samrit.engine.model import (
    Entry,
    Indicator,
    Kind,
    Level,
    Mark,
    Narrative,
    Override,
    Plan,
    Programme,
    ProjectStatus,
    ReportText,
    Site,
    Tactic,
)
from samrit.engine.results import PlanResult
from samrit.engine.ruleset import PERCENT_OF_PLAN, Band, Method, PointScale, RuleSet
from samrit.engine.score import score
from samrit.reports.document.model import Chart, Cover, Document, Items, Paragraph, Section, TableBlock
from samrit.reports.evaluation import planner
from samrit.reports.evaluation.report import build
from samrit.reports.evaluation.words.live_values import missing_fields
from samrit.reports.texts.template import COLUMNS, FundLayout, Template
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.narrative import WORDS
from tests.reports.small_plans import (
    FUNDS,
    STRATEGIES,
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
    scored,
    seven_projects,
    table,
    tables,
    target,
    texts,
)

EXAMPLE = Path(__file__).parents[3] / "examples" / "sso-2568"
THAI = re.compile("[ก-๙]")


@cache
def example(as_of: int = 12) -> PlanResult:
    if not EXAMPLE.exists():
        pytest.skip("the example package examples/sso-2568 is not there")
    read = package.read(EXAMPLE).package
    assert read is not None
    return score(read.plan, read.rulesets[0], as_of)


def counts(document: Document, caption: str) -> list[list[str]]:
    return texts(table(document, caption).rows)


class TestSummaryTables:
    def test_kinds_count_the_whole_year_with_a_dash_for_none(self) -> None:
        document = build(scored(seven_projects(), 6))
        assert counts(document, "ในแผน ประจำปี 2568 รวมทุกกองทุน") == [
            ["ยุทธศาสตร์ที่ 1", "2", "2", "4"],
            ["ยุทธศาสตร์ที่ 2", "–", "3", "3"],
            ["รวมทั้งสิ้น", "2", "5", "7"],
        ]
        assert counts(document, "2568 กองทุนเงินทดแทน จำแนกตามยุทธศาสตร์") == [
            ["ยุทธศาสตร์ที่ 1", "1", "–", "1"],
            ["ยุทธศาสตร์ที่ 2", "–", "1", "1"],
            ["รวม", "1", "1", "2"],
        ]

    def test_a_project_of_no_stated_kind_is_counted_and_said(self) -> None:
        document = build(scored(seven_projects()))
        assert any("มี 1 งาน/โครงการที่แผนไม่ระบุว่าเป็นงานประจำหรือโครงการ" in p for p in paragraphs(document))

    def test_bands_at_year_end_with_shares_to_two_places(self) -> None:
        document = build(scored(seven_projects()))
        assert counts(document, "รวมทุกกองทุน จำแนกตามยุทธศาสตร์และระดับ") == [
            ["ยุทธศาสตร์ที่ 1", "4", "3", "1", "0", "0"],
            ["ยุทธศาสตร์ที่ 2", "3", "0", "0", "1", "2"],
            ["รวม", "7", "3", "1", "1", "2"],
            ["ร้อยละของงาน/โครงการทั้งหมด", "100", "42.86", "14.29", "14.29", "28.57"],
        ]

    def test_in_quarter_two_only_projects_with_a_plan_up_to_june_count(self) -> None:
        document = build(scored(seven_projects(), 6))
        assert counts(document, "รวมทุกกองทุน จำแนกตามยุทธศาสตร์และระดับ") == [
            ["ยุทธศาสตร์ที่ 1", "3", "3", "0", "0", "0"],
            ["ยุทธศาสตร์ที่ 2", "2", "0", "0", "1", "1"],
            ["รวม", "5", "3", "0", "1", "1"],
            ["ร้อยละของงาน/โครงการทั้งหมด", "100", "60.00", "0.00", "20.00", "20.00"],
        ]
        assert any("อีก 2 งาน/โครงการยังไม่มีแผนถึงงวดนี้" in p for p in paragraphs(document))

    def test_a_project_under_two_strategies_counts_once_in_the_total_and_it_is_said(self) -> None:
        twice = plan(
            project("S1-1", "1", "SSF", {3: 1}, {3: 1}, identity="same"),
            project("S2-2", "2", "SSF", {3: 1}, {3: 1}, identity="same"),
        )
        document = build(scored(twice))
        assert [row[1] for row in counts(document, "รวมทุกกองทุน จำแนกตามยุทธศาสตร์และระดับ")[:3]] == ["1", "1", "1"]
        assert any("นับครั้งเดียวในแถวรวม (ซ้ำ 1 รายการ)" in p for p in paragraphs(document))

    def test_the_example_gives_the_printed_counts(self) -> None:
        document = build(example())
        assert counts(document, "รวมทุกกองทุน จำแนกตามยุทธศาสตร์และระดับ") == [
            ["ยุทธศาสตร์ที่ 1", "20", "16", "1", "0", "3"],
            ["ยุทธศาสตร์ที่ 2", "102", "89", "5", "2", "6"],
            ["ยุทธศาสตร์ที่ 3", "113", "94", "13", "3", "3"],
            ["รวม", "235", "199", "19", "5", "12"],
            ["ร้อยละของงาน/โครงการทั้งหมด", "100", "84.68", "8.09", "2.13", "5.11"],
        ]
        assert counts(document, "กองทุนประกันสังคม จำแนกตามยุทธศาสตร์และระดับ") == [
            ["ยุทธศาสตร์ที่ 1", "17", "13", "1", "0", "3"],
            ["ยุทธศาสตร์ที่ 2", "86", "74", "5", "2", "5"],
            ["ยุทธศาสตร์ที่ 3", "60", "44", "12", "2", "2"],
            ["รวม", "163", "131", "18", "4", "10"],
            ["ร้อยละของงาน/โครงการทั้งหมด", "100", "80.37", "11.04", "2.45", "6.13"],
        ]
        assert counts(document, "กองทุนเงินทดแทน จำแนกตามยุทธศาสตร์และระดับ") == [
            ["ยุทธศาสตร์ที่ 1", "3", "3", "0", "0", "0"],
            ["ยุทธศาสตร์ที่ 2", "16", "15", "0", "0", "1"],
            ["ยุทธศาสตร์ที่ 3", "53", "50", "1", "1", "1"],
            ["รวม", "72", "68", "1", "1", "2"],
            ["ร้อยละของงาน/โครงการทั้งหมด", "100", "94.44", "1.39", "1.39", "2.78"],
        ]

    @pytest.mark.parametrize("as_of", [1, 4, 6, 9, 12])
    def test_every_summary_table_adds_up(self, as_of: int) -> None:
        for result in (scored(seven_projects(), as_of), example(as_of)):
            document = build(result, template=Template(annex=False))
            summed = [t for t in tables(document) if "จำแนกตามยุทธศาสตร์" in t.caption]
            assert len(summed) >= 3
            for found in summed:
                check_sums(found)


def check_sums(found: TableBlock) -> None:
    """Every row adds up to its total column, every column to its total row, whichever place the total has."""
    is_bands = "ระดับ" in found.caption
    rows = [[number(cell) for cell in row.cells[1:]] for row in found.rows]
    total_at = next(i for i, row in enumerate(found.rows) if plain(row.cells[0].text).startswith("รวม"))
    for row in rows[: total_at + 1]:
        values = [v for v in row if v is not None]
        assert len(values) == len(row)
        total, parts = (values[0], values[1:]) if is_bands else (values[-1], values[:-1])
        assert sum(parts) == total
    for column in zip(*rows[: total_at + 1], strict=True):
        assert sum(v for v in column[:-1] if v is not None) == column[-1]


class TestSentences:
    def test_one_sentence_a_band_with_count_and_share(self) -> None:
        said = paragraphs(build(scored(seven_projects())))
        assert (
            "ระดับดี (สีเขียว) ดำเนินการได้ 100% ขึ้นไป ของเป้าหมาย มีจำนวน 3 งาน/โครงการ "
            "คิดเป็นร้อยละ 42.86 ของจำนวนงาน/โครงการทั้งหมด"
        ) in said
        assert (
            "ระดับปรับปรุง (สีแดง) ดำเนินการได้ ต่ำกว่า 50% ของเป้าหมาย มีจำนวน 2 งาน/โครงการ "
            "คิดเป็นร้อยละ 28.57 ของจำนวนงาน/โครงการทั้งหมด"
        ) in said

    def test_the_lead_leaves_out_empty_bands_and_always_the_worst(self) -> None:
        document = build(scored(seven_projects()))
        first, second = (
            next(plain(b.text) for b in blocks_under(document, name) if isinstance(b, Paragraph))
            for name in ("ยุทธศาสตร์ที่ 1 บริการทันสมัย", "ยุทธศาสตร์ที่ 2 องค์กรโปร่งใส")
        )
        assert first == (
            "ดำเนินการได้ตามเป้าหมายอยู่ในระดับดี 100% ขึ้นไป จำนวน 3 งาน/โครงการ และระดับปานกลาง 76 – 99% จำนวน 1 งาน/โครงการ"
        )
        assert second == "ดำเนินการได้ตามเป้าหมายอยู่ในระดับต่ำ 50 – 75% จำนวน 1 งาน/โครงการ"

    def test_exact_limits_stand_beside_the_printed_ranges(self) -> None:
        said = " ".join(paragraphs(build(scored(seven_projects()))))
        assert "ปานกลาง มากกว่าร้อยละ 75 ไม่เกินร้อยละ 99" in said
        assert "ปรับปรุง ต่ำกว่าร้อยละ 50" in said

    def test_money_by_fund_and_as_listed(self) -> None:
        said = " ".join(paragraphs(build(scored(seven_projects()))))
        assert "จากเงินกองทุน ประจำปี พ.ศ. 2568 รวมทั้งสิ้น จำนวน 1,000,000 บาท" in said
        assert "และจากดอกผลของกองทุน ประจำปี พ.ศ. 2568 รวมทั้งสิ้น จำนวน 250,000 บาท" in said
        assert "นับโครงการละหนึ่งครั้ง รวม 7,000 บาท" in said

    def test_charts_say_the_finding(self) -> None:
        charts = [b for b in build(scored(seven_projects())).blocks if isinstance(b, Chart)]
        assert [c.title for c in charts] == [
            "ระดับดี (สีเขียว) 3 จาก 7 งาน/โครงการ (ร้อยละ 42.86)",
            "กองทุนเงินทดแทนมีงาน/โครงการระดับดี (สีเขียว) ร้อยละ 50.00 สูงกว่ากองทุนประกันสังคมซึ่งมีร้อยละ 40.00",
        ]
        whole = {s.band: s.values for s in charts[0].series}
        assert whole == {
            "good": (D(3), D(3), D(0)),
            "fair": (D(1), D(1), D(0)),
            "low": (D(1), D(0), D(1)),
            "improve": (D(2), D(0), D(2)),
        }


class TestTime:
    def test_a_quarter_names_its_months(self) -> None:
        document = build(scored(seven_projects(), 6))
        cover = next(b for b in document.blocks if isinstance(b, Cover))
        assert cover.subtitles[1:] == ("ไตรมาส 2", "(มกราคม – มิถุนายน 2568)")
        assert cover.foot == ("สำนักงานตัวอย่าง", "กองทุนประกันสังคม", "กองทุนเงินทดแทน")
        head = texts(table(document, "รวมทุกกองทุน จำแนกตามยุทธศาสตร์และระดับ").head)
        assert head[0][1] == "งาน/โครงการที่ดำเนินการ ไตรมาส 2 (ม.ค. – มิ.ย. 2568)"
        assert document.as_of == 6

    def test_a_month_within_a_quarter_is_named_as_month(self) -> None:
        cover = next(b for b in build(scored(seven_projects(), 5)).blocks if isinstance(b, Cover))
        assert cover.subtitles[1:] == ("เดือนพฤษภาคม 2568", "(มกราคม – พฤษภาคม 2568)")

    def test_the_first_quarter_of_a_fiscal_year_is_october_to_december_of_the_year_before(self) -> None:
        fiscal = replace(seven_projects(), calendar="fiscal", year_be=2569)
        document = build(scored(fiscal, 3))
        cover = next(b for b in document.blocks if isinstance(b, Cover))
        assert cover.subtitles[1:] == ("ไตรมาส 1", "(ตุลาคม – ธันวาคม 2568)")
        months = texts(annex_tables(document)[0].head)[-1]
        assert months == "ต.ค. พ.ย. ธ.ค. ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย.".split()
        half = next(b for b in build(scored(fiscal, 6)).blocks if isinstance(b, Cover))
        assert half.subtitles[2] == "(ตุลาคม 2568 – มีนาคม 2569)"

    def test_before_the_year_nothing_is_due_and_nothing_is_judged(self) -> None:
        document = build(scored(seven_projects(), 0))
        assert any("ยังไม่มีงาน/โครงการใดถึงกำหนดประเมิน" in p for p in paragraphs(document))
        assert not [h for h in headings(document) if "ระดับปรับปรุง" in h]
        assert "(–)" not in " ".join(all_texts(document.blocks))

    def test_results_after_the_evaluated_month_are_not_printed(self) -> None:
        document = build(scored(seven_projects(), 6))
        rows = texts(annex_tables(document)[0].rows)
        assert (
            "รวมถึง มิ.ย." in texts(annex_tables(document)[0].head)[0 if len(annex_tables(document)[0].head) == 2 else 1]
        )
        plan_row = next(r for r in rows if "แผน" in r)
        actual_row = rows[rows.index(plan_row) + 1]
        assert plan_row.count("10") == 3  # March, September, and the total to June
        assert [c for c in actual_row if c] == ["ผล", "10", "10", "100"]  # March, total to June, percent: no September


class TestLanguages:
    def test_an_english_report_of_a_plan_with_english_names_has_no_thai(self) -> None:
        payments = (indicator("S1-1", 1, {3: 4}, {3: 1}, name="Payments", unit_of_measure="times"),)
        sets = (indicator("S2-2", 1, {3: 4}, {}, name="Sets", unit_of_measure="sets"),)
        named = {"responsible_units": ("PD",), "kind": Kind.ROUTINE}
        english = plan(
            project("S1-1", "1", "SSF", {}, {}, title="Pay by phone", indicators=payments, **named),
            project("S2-2", "2", "WCF", {}, {}, title="Open data", indicators=sets, **named),
            title="", title_en="Plan", organisation="", tactics=(), programmes=(),
            funds=tuple(replace(f, budget_source="interest") for f in FUNDS),
            strategies=tuple(replace(s, goal="") for s in STRATEGIES),
        )  # fmt: skip
        document = build(scored(english), language="en")
        assert not [text for text in all_texts(document) if THAI.search(text)]
        assert document.language == "en"
        assert [b.name for b in document.bands] == ["Needs improvement", "Low", "Fair", "Good"]

    def test_both_languages_have_the_same_blocks_and_figures(self) -> None:
        thai, english = build(scored(seven_projects()), language="th"), build(scored(seven_projects()), language="en")
        assert [type(b) for b in thai.blocks] == [type(b) for b in english.blocks]
        for one, other in zip(tables(thai), tables(english), strict=True):
            assert [[number(c) for c in r.cells] for r in one.rows] == [
                [number(c) for c in r.cells] for r in other.rows
            ]

    def test_thai_digits_reach_every_figure_but_not_the_names_of_standards(self) -> None:
        named = plan(project("S1-1", "1", "SSF", {3: 10}, {3: 7}, title="มาตรฐาน ISO/IEC 20000-1 จำนวน 2 ระบบ"))
        document = build(scored(named), template=Template(digits="thai"))
        titles = [t for t in all_texts(document.blocks) if "ISO" in t]
        assert titles
        assert all("ISO/IEC 20000-1 จำนวน ๒ ระบบ" in t for t in titles)
        others = [t for t in all_texts(document.blocks) if "ISO" not in t and "S1-1" not in t]
        assert not [t for t in others if re.search("[0-9]", re.sub(r"[A-Z]{2}[0-9]|sso-2568", "", t))]
        assert document.digits == "thai"
        chart = next(b for b in document.blocks if isinstance(b, Chart))
        assert all(isinstance(v, Decimal) for s in chart.series for v in s.values)


class TestOddPlans:
    def test_an_empty_plan_gives_a_whole_document_that_says_so(self) -> None:
        document = build(scored(plan(funds=(), strategies=(), tactics=(), programmes=())))
        assert any("แผนนี้ยังไม่มีงาน/โครงการ" in p for p in paragraphs(document))
        assert not annex_tables(document)
        for found in tables(document):
            assert set(row_widths((*found.head, *found.rows))) == {len(found.widths)}

    def test_one_strategy_and_no_fund(self) -> None:
        single = plan(
            project("A-1", "1", "", {3: 1}, {3: 1}), funds=(), strategies=STRATEGIES[:1], tactics=(), programmes=()
        )
        document = build(scored(single))
        assert counts(document, "ผลการประเมิน ไตรมาส 4 จำแนกตามยุทธศาสตร์และระดับ")[0] == [
            "ยุทธศาสตร์ที่ 1", "1", "1", "0", "0", "0",
        ]  # fmt: skip
        assert not [h for h in headings(document) if "กองทุน" in h]
        assert len(annex_tables(document)) == 1

    def test_a_strategy_and_fund_that_only_a_project_names_are_not_lost(self) -> None:
        stray = plan(project("X-1", "9", "NEW", {3: 1}, {3: 1}))
        document = build(scored(stray))
        assert ["ยุทธศาสตร์ที่ 9", "1", "1", "0", "0", "0"] in counts(document, "NEW จำแนกตามยุทธศาสตร์และระดับ")
        assert len(annex_tables(document)) == 1

    def test_nothing_red_is_said_in_words(self) -> None:
        green = plan(project("S1-1", "1", "SSF", {3: 1}, {3: 1}))
        document = build(scored(green))
        said = [plain(b.text) for b in blocks_under(document, "งาน/โครงการที่อยู่ในระดับปรับปรุง") if isinstance(b, Paragraph)]
        assert said == ["ไม่มีงาน/โครงการที่อยู่ในระดับปรับปรุง (สีแดง)"]

    def test_a_project_without_indicators_is_red_at_year_end_and_still_in_the_annex(self) -> None:
        bare = plan(project("S1-1", "1", "SSF", {}, {}, indicators=()))
        document = build(scored(bare))
        assert counts(document, "รวมทุกกองทุน จำแนกตามยุทธศาสตร์และระดับ")[-2] == ["รวม", "1", "0", "0", "0", "1"]
        assert "ไม่มีตัวชี้วัด" in " ".join(all_texts(tuple(annex_tables(document))))

    @pytest.mark.parametrize("as_of", [0, 3, 7, 12])
    def test_every_table_of_every_report_is_rectangular(self, as_of: int) -> None:
        for result in (scored(seven_projects(), as_of), example(as_of)):
            for language in ("th", "en"):
                for found in tables(build(result, language=language)):
                    assert set(row_widths((*found.head, *found.rows))) == {len(found.widths)}, found.caption

    def test_another_rule_set_brings_its_own_bands(self) -> None:
        bands = (
            Band("fail", "ไม่ผ่าน", "Failed", D(60), False, "#b42318"),
            Band("pass", "ผ่าน", "Passed", None, False, "#1a7f37"),
        )
        rules = replace(PERCENT_OF_PLAN, id="two", bands=bands, explain_below="")
        document = build(scored(seven_projects(), 12, rules))
        assert counts(document, "รวมทุกกองทุน จำแนกตามยุทธศาสตร์และระดับ")[-2] == ["รวม", "7", "4", "3"]
        assert any("ระดับผ่าน ดำเนินการได้ ตั้งแต่ร้อยละ 60 ของเป้าหมาย มีจำนวน 4" in p for p in paragraphs(document))
        assert "งาน/โครงการที่อยู่ในระดับไม่ผ่าน" in headings(document)

    def test_scores_are_printed_with_four_decimals(self) -> None:
        scale = PointScale((D(60), D(70), D(80), D(90), D(100)), (D(1), D(2), D(3), D(4), D(5)))
        bands = (Band("weak", "อ่อน", "Weak", D(3), False), Band("strong", "แข็ง", "Strong", None))
        rules = RuleSet(
            "five",
            "ห้าระดับ",
            "Five levels",
            date(2025, 1, 1),
            Method.FIVE_LEVEL,
            bands,
            scale=scale,
            explain_below="weak",
        )
        document = build(scored(seven_projects(), 12, rules))
        annex = annex_tables(document)[0]
        assert "ผลการประเมิน (คะแนน)" in " ".join(all_texts(annex.head))
        averages = [r.cells[-2] if r.cells[-1].text == "" else r.cells[-1] for r in annex.rows if "คะแนนเฉลี่ย" in str(r)]
        assert [plain(c.text) for c in averages] == ["5.0000", "3.3333", "5.0000"]
        assert any(p.startswith("ระดับแข็ง ผลประเมิน ตั้งแต่ 3 คะแนน มีจำนวน 4 งาน/โครงการ") for p in paragraphs(document))


class TestAchievements:
    def test_texts_are_filled_with_live_values(self) -> None:
        told = replace(
            seven_projects(),
            texts=(
                ReportText(
                    "achievement", "ทำได้ {S1-2.percent} จาก **{S1-2.title}** รวม {S1-2.1.actual} ครั้ง", "1", 2, 1
                ),
                ReportText("achievement", "ข้อแรก", "1", 1),
                ReportText("achievement", "ไตรมาสอื่น", "1", 3, as_of=6),
                ReportText("achievement", "ไม่มี {S9-9.percent}", "2"),
            ),
        )
        document = build(scored(told))
        items = next(b for b in blocks_under(document, "ยุทธศาสตร์ที่ 1 บริการทันสมัย") if isinstance(b, Items))
        assert [plain(i) for i in items.items] == ["ข้อแรก", "ทำได้ 83 จาก โครงการ S1-2 รวม 5 ครั้ง"]
        assert items.depths == (0, 1)
        assert items.numbered
        assert [run.text for run in items.items[1] if not isinstance(run, str) and run.bold] == ["โครงการ S1-2"]
        assert "ไม่มี [ไม่พบค่า S9-9.percent]" in paragraphs(document)
        assert [f.params["field"] for f in missing_fields(scored(told))] == ["S9-9.percent"]

    def test_the_same_text_shows_the_figures_of_its_own_quarter(self) -> None:
        told = replace(seven_projects(), texts=(ReportText("achievement", "ร้อยละ {S1-2.percent}", "1"),))
        assert "ร้อยละ 100" in paragraphs(build(scored(told, 6)))
        assert "ร้อยละ 83" in paragraphs(build(scored(told, 12)))

    def test_problems_remedies_and_closing_come_from_the_editors(self) -> None:
        told = replace(
            seven_projects(),
            texts=(
                ReportText("problem", "**จัดซื้อล่าช้า** ไม่มีผู้เสนอราคา"),
                ReportText("remedy", "สืบราคาก่อน"),
                ReportText("closing", "ติดตามต่อ"),
            ),
        )
        document = build(scored(told))
        assert {"ภาพรวมปัญหาและอุปสรรค", "แนวทางแก้ไขและข้อเสนอแนะ"} <= set(headings(document))
        assert {"จัดซื้อล่าช้า ไม่มีผู้เสนอราคา", "สืบราคาก่อน", "ติดตามต่อ"} <= set(paragraphs(document))
        silent = build(scored(seven_projects()))
        assert "ปัญหาอุปสรรคและแนวทางแก้ไข" not in headings(silent)


class TestRedList:
    def entries(self, of: Plan, as_of: int = 12) -> list[str]:
        document = build(scored(of, as_of))
        return [plain(b.text) for b in blocks_under(document, "งาน/โครงการที่อยู่ในระดับ") if isinstance(b, Paragraph)]

    def test_order_is_fund_strategy_number_and_figures_stand_where_nobody_explained(self) -> None:
        entries = self.entries(seven_projects())
        assert entries[0].endswith("มีจำนวน 2 งาน/โครงการ ดังนี้")
        assert entries[1] == "1. โครงการ S2-2 (กผ.) 0 ปรับปรุง"
        assert entries[2] == "เป้าหมาย (เม.ย. 2568) : ตัวชี้วัด S2-2 ข้อ 1 5 ครั้ง"
        assert entries[3].endswith("ยังไม่มีรายงานผล (แผน 5 ครั้ง) – อยู่ระหว่างรอคำชี้แจงจากหน่วยงาน")
        assert entries[4] == "2. โครงการ W2-2 (กผ.) 17 ปรับปรุง"

    def test_a_narrative_is_told_with_its_own_date_and_none_from_later_months(self) -> None:
        said = {"result": "ทำแล้วหนึ่งครั้ง", "cause": "งบมาช้า", "next_step": "เร่งครั้งที่สอง", "lesson": "เริ่มให้เร็ว"}
        assert list(said) == [word.name for word in WORDS]
        told = plan(
            project(
                "S1-1", "1", "SSF", {6: 4}, {6: 1},
                narratives=(
                    Narrative(6, **said, target_text="จัดสี่ครั้ง", written_on=date(2025, 7, 10)),
                    Narrative(12, "เสร็จแล้ว"),
                ),
            )
        )  # fmt: skip
        june = self.entries(told, 6)
        assert june[2:] == [
            "เป้าหมาย (มิ.ย. 2568) : จัดสี่ครั้ง",
            "ผลการดำเนินงาน : ทำแล้วหนึ่งครั้ง",
            "สาเหตุ : งบมาช้า",
            "แนวทางแก้ไขและการดำเนินการต่อไป : เร่งครั้งที่สอง",
            "บทเรียนที่ได้รับ : เริ่มให้เร็ว (ข้อมูล ณ วันที่ 10 กรกฎาคม 2568)",
        ]
        assert "ผลการดำเนินงาน : เสร็จแล้ว" in self.entries(told, 12)

    def test_a_target_that_names_its_month_is_not_given_another(self) -> None:
        told = plan(
            project("S1-1", "1", "SSF", {6: 4}, {6: 1}, narratives=(Narrative(6, "ช้า", target_text="เสร็จใน ก.ย. 68"),))
        )
        assert "เป้าหมาย : เสร็จใน ก.ย. 68" in self.entries(told)

    def test_sites_that_are_not_done_are_listed_with_their_state(self) -> None:
        sites = (
            Site("a", "อาคาร ก", committed_period=3, done_period=5, outcome="done"),
            Site("b", "อาคาร ข", committed_period=8, outcome="committed"),
            Site("c", "อาคาร ค", outcome="ประกวดราคาครั้งที่ 3"),
        )
        built = plan(project("S1-1", "1", "SSF", {3: 3}, {3: 0}, sites=sites))
        assert self.entries(built, 12)[-2:] == ["1.1 อาคาร ข ก่อหนี้ผูกพันแล้ว", "1.2 อาคาร ค ประกวดราคาครั้งที่ 3"]
        assert self.entries(built, 6)[-2] == "1.1 อาคาร ข ยังไม่ก่อหนี้ผูกพัน"

    def test_money_carried_over_is_said_with_the_next_year(self) -> None:
        late = plan(project("S1-1", "1", "SSF", {3: 3}, {3: 0}, status=ProjectStatus.CARRIED_OVER))
        assert "ทั้งนี้ ขอกันเงินไว้ดำเนินการในปี 2569" in self.entries(late)
        said = paragraphs(build(scored(late)))
        assert "งาน/โครงการที่ขอกันเงินไว้ดำเนินการในปี 2569 มีจำนวน 1 งาน/โครงการ: โครงการ S1-1" in said

    def test_a_rule_set_can_draw_the_line_higher(self) -> None:
        rules = replace(PERCENT_OF_PLAN, explain_below="low")
        document = build(scored(seven_projects(), 12, rules))
        said = [
            plain(b.text) for b in blocks_under(document, "งาน/โครงการที่อยู่ในระดับต่ำหรือต่ำกว่า") if isinstance(b, Paragraph)
        ]
        assert [s for s in said if re.match(r"\d\. ", s)] == [
            "1. โครงการ S2-1 (กผ.) 50 ต่ำ",
            "2. โครงการ S2-2 (กผ.) 0 ปรับปรุง",
            "3. โครงการ W2-2 (กผ.) 17 ปรับปรุง",
        ]

    def test_the_example_lists_twelve(self) -> None:
        said = [
            plain(b.text)
            for b in blocks_under(build(example()), "งาน/โครงการที่อยู่ในระดับปรับปรุง")
            if isinstance(b, Paragraph)
        ]
        assert len([s for s in said if re.match(r"\d+\. .*ปรับปรุง$", s)]) == 12


class TestUnknowns:
    def rows(self, result: PlanResult) -> dict[str, list[str]]:
        return {row[0]: row[1:3] for row in counts(planner.build(result), "สิ่งที่ตัวเลขในรายงานนี้ไม่ครอบคลุม")}

    def test_what_is_silent_not_due_or_settled_is_counted(self) -> None:
        settled = Override(12, "ตรวจหลักฐานแล้ว", percent=D(80), decided_by="คณะกรรมการ")
        odd = replace(
            seven_projects(),
            projects=(
                *seven_projects().projects,
                project("S2-9", "2", "SSF", {2: 1}, {2: 0}, overrides=(settled,)),
                project("S2-10", "2", "SSF", {}, {}, indicators=(
                    indicator("S2-10", 1, {3: 1}, {3: 1}, weight=D(50)),
                    indicator("S2-10", 2, {12: 1}, {}, weight=D(60)),
                )),
            ),
        )  # fmt: skip
        rows = self.rows(scored(odd))
        assert rows["ถึงกำหนดแต่ยังไม่มีรายงาน"] == ["2", "2"]
        assert rows["น้ำหนักรวมไม่เท่ากับ 100"] == ["2", "1"]
        assert rows["ผลที่ผู้ประเมินปรับ"] == ["–", "1"]
        assert self.rows(scored(odd, 6))["ยังไม่ถึงกำหนด"] == ["3", "3"]
        assert self.rows(scored(odd, 6))["งาน/โครงการที่ไม่นับในตาราง"] == ["2", "2"]
        document = planner.build(scored(odd))
        assert counts(document, "ผลที่ผู้ประเมินปรับ เปรียบเทียบ") == [
            ["ตรวจหลักฐานแล้ว (ผู้กำหนด: คณะกรรมการ)"],
            ["S2-9", "โครงการ S2-9 (กผ.)", "0", "80"],
        ]
        assert counts(document, "งาน/โครงการที่น้ำหนักรวม") == [["S2-10", "โครงการ S2-10 (กผ.)", "110", "50", "45"]]
        assert [row[0] for row in counts(document, "ถึงกำหนดแต่ยังไม่มีรายงาน")] == ["S2-2", "S2-10"]

    def test_results_that_are_the_plan_s_own_figure_are_marked(self) -> None:
        copied = plan(
            project("S1-1", "1", "SSF", {1: 5, 2: 5, 3: 7, 5: 9, 6: 3}, {1: 5, 2: 5, 3: 6, 5: 9, 6: 3}),
            project("S1-2", "1", "SSF", {1: 5, 2: 7}, {1: 6}),
        )
        document = planner.build(scored(copied, 5))
        (row,) = counts(document, "ตัวชี้วัดที่มีผลตรงกับแผนทุกหลัก")
        assert row == ["S1-1", "โครงการ S1-1 (กผ.)", "ตัวชี้วัด S1-1 ข้อ 1", "ม.ค. – ก.พ., พ.ค.", "3 จาก 4"]
        assert "ผลที่ตรงกับแผนทุกหลัก" not in headings(planner.build(scored(plan(copied.projects[1]))))

    def test_the_second_reading_names_who_would_change_band(self) -> None:
        hidden = plan(
            project("S1-1", "1", "SSF", {}, {}, indicators=(
                indicator("S1-1", 1, {3: 1}, {3: 4}, weight=D(50)), indicator("S1-1", 2, {3: 10}, {3: 0}, weight=D(50)),
            ))
        )  # fmt: skip
        document = planner.build(scored(hidden))
        assert counts(document, "เมื่อจำกัดและไม่จำกัดผล") == [
            ["ดี", "1", "0"], ["ปานกลาง", "0", "0"], ["ต่ำ", "0", "1"], ["ปรับปรุง", "0", "0"],
        ]  # fmt: skip
        assert any(p.endswith("จะมี 1 งาน/โครงการที่ระดับเปลี่ยนไป: S1-1") for p in paragraphs(document))
        assert counts(document, "งาน/โครงการที่ผลเฉลี่ยสูงแต่มีตัวชี้วัดต่ำ") == [
            ["S1-1", "โครงการ S1-1 (กผ.)", "200", "ตัวชี้วัด S1-1 ข้อ 2", "0"]
        ]

    def test_the_example_has_the_thirteen_that_a_cap_would_move(self) -> None:
        said = next(p for p in paragraphs(planner.build(example())) if "จะมี 13 งาน/โครงการที่ระดับเปลี่ยนไป" in p)
        assert said.split(": ")[1] == (
            "S2-20, S2-38, S2-44, S2-48, S2-60, S2-75, S3-48, S3-55, S3-59, W2-5, W2-7, W3-28, W3-32"
        )

    def test_findings_are_summed_up_only_when_given(self) -> None:
        findings = [Finding("template_column_unknown", Place(), {"column": "x", "setting": "y"})] * 3
        without = planner.build(scored(seven_projects()))
        given = planner.build(scored(seven_projects()), findings=findings)
        assert "ข้อสังเกตจากการตรวจสอบของระบบ" not in headings(without)
        assert [row[:2] for row in counts(given, "ข้อสังเกตของระบบต่อแผนและผล")] == [["ควรตรวจสอบ", "3"]]
        assert any("ไม่พบข้อสังเกต" in p for p in paragraphs(planner.build(scored(seven_projects()), findings=[])))

    def test_an_earlier_evaluation_is_compared(self) -> None:
        document = build(scored(seven_projects()), previous=scored(seven_projects(), 6))
        assert counts(document, "เทียบกับ ไตรมาส 2") == [
            ["ดี", "3", "2", "−1"], ["ปานกลาง", "0", "1", "+1"], ["ต่ำ", "1", "1", "0"], ["ปรับปรุง", "1", "1", "0"],
        ]  # fmt: skip
        said = paragraphs(document)
        assert "เปรียบเทียบเฉพาะ 5 งาน/โครงการที่ประเมินทั้งสองงวด อีก 2 งาน/โครงการประเมินเป็นครั้งแรก" in said
        assert said[said.index("ระดับลดลง 1 งาน/โครงการ") + 1] == "โครงการ S1-2 (ดี เป็น ปานกลาง)"


class TestAnnex:
    def test_plan_and_result_rows_keep_dash_blank_and_zero_apart(self) -> None:
        marks = plan(project("S1-1", "1", "SSF", {1: "-", 2: 0, 3: 5}, {1: "-", 2: 0, 3: None}))
        rows = texts(annex_tables(build(scored(marks)))[0].rows)
        plan_row = next(r for r in rows if "แผน" in r)
        start = plan_row.index("แผน") + 3
        assert plan_row[start : start + 4] == ["–", "0", "5", ""]
        assert rows[rows.index(plan_row) + 1][:5] == ["ผล", "–", "0", "", ""]

    def test_a_figure_for_a_quarter_is_one_cell_over_its_months(self) -> None:
        entries = (
            Entry(3, planned=D(6), actual=D(4), span=3),
            Entry(6, planned=D(6), span=3),
            Entry(9, actual=D(1), span=3),
        )
        spanned = plan(
            project("S1-1", "1", "SSF", {}, {}, indicators=(Indicator("S1-1.1", 1, "ครั้ง", entries=entries),))
        )
        rows = annex_tables(build(scored(spanned, 6)))[0].rows
        plan_row = next(r for r in rows if "แผน" in [plain(c.text) for c in r.cells])
        spans = [(plain(c.text), c.colspan) for c in plan_row.cells if c.colspan == 3]
        assert spans == [("6", 3), ("6", 3)]
        actual_row = rows[rows.index(plan_row) + 1]
        assert [(plain(c.text), c.colspan) for c in actual_row.cells if c.colspan > 1] == [("4", 3)]

    def test_the_average_carries_the_band_and_never_contradicts_it(self) -> None:
        close = plan(project("S1-1", "1", "SSF", {3: 500}, {3: 496}))
        rows = annex_tables(build(scored(close)))[0].rows
        average = next(r for r in rows if "ร้อยละเฉลี่ยของงาน/โครงการ" in [plain(c.text) for c in r.cells])
        cell = next(c for c in average.cells if c.band)
        assert (plain(cell.text), cell.band) == ("99.2", "good")

    def test_group_rows_stand_above_the_first_project_of_each_heading(self) -> None:
        rows = texts(annex_tables(build(scored(seven_projects())))[0].rows)
        singles = [r[0] for r in rows if len(r) == 1]
        assert singles == [
            "กลยุทธ์ที่ 1.1 : ช่องทางดิจิทัล", "แผนงาน : พัฒนาช่องทาง", "เป้าประสงค์ : มีช่องทางมากขึ้น", "งานประจำ",
            "โครงการใหม่", "โครงการใหม่",
        ]  # fmt: skip

    def test_the_goal_repeats_with_the_heads_and_the_second_fund_has_its_own_layout(self) -> None:
        document = build(scored(seven_projects()))
        first, second, third, fourth = annex_tables(document)
        assert texts(first.head)[0] == ["เป้าประสงค์ : ประชาชนได้รับบริการรวดเร็ว"]
        assert len(first.head) == 3
        assert len(third.head) == len(fourth.head) == 2
        names = texts(second.head)[1]
        assert names.index("หน่วยนับ") < names.index("น้ำหนัก")
        names = texts(third.head)[0]
        assert names.index("น้ำหนัก") < names.index("หน่วยนับ")
        assert "ยุทธศาสตร์สำนักงานตัวอย่าง ยุทธศาสตร์ที่ 1 บริการทันสมัย" in headings(document)

    def test_a_template_can_leave_columns_out_and_the_rows_still_fit(self) -> None:
        layout = FundLayout(columns=("number", "name", "plan_actual", "months", "remark", "total", "percent"))
        document = build(scored(seven_projects()), template=Template(layout=layout, funds=()))
        for found in annex_tables(document):
            assert len(found.widths) == 18
            assert set(row_widths((*found.head, *found.rows))) == {18}

    @settings(max_examples=40)
    @given(st.permutations(COLUMNS))
    def test_columns_in_any_order_give_whole_rows(self, columns: list[str]) -> None:
        sites = (Site("a", "อาคาร", unit="ก", budget=D(5), planned_texts=("ก", "ข")),)
        varied = plan(
            project("S1-1", "1", "SSF", {}, {}, sites=sites, indicators=(
                Indicator("S1-1.1", 1, "ครั้ง", weight=D(60), entries=(
                    Entry(3, "ก", D(2), D(1)), Entry(6, "ข", D(3), D(3), span=3),
                )),
                indicator("S1-1", 2, {3: 1}, {3: 1}),
            ))
        )  # fmt: skip
        template = Template(layout=FundLayout(columns=tuple(columns)), funds=())
        for found in annex_tables(build(scored(varied), template=template)):
            assert set(row_widths((*found.head, *found.rows))) == {23} == {len(found.widths)}

    def test_every_fund_and_strategy_begins_a_landscape_page_with_its_name_in_the_header(self) -> None:
        document = build(scored(seven_projects()))
        turned = [b.header for b in document.blocks if isinstance(b, Section) and b.landscape]
        assert [h.split(" · ")[0] for h in turned] == ["กองทุนประกันสังคม"] * 2 + ["กองทุนเงินทดแทน"] * 2

    def test_levels_are_explained_with_due_month_and_date_reached(self) -> None:
        levels = (
            Level(1, "แต่งตั้งคณะทำงาน", due_period=3, reached_on=date(2025, 3, 28), reached_period=3),
            Level(2, "ลงนามสัญญา", due_period=6),
        )
        stepped = plan(
            project("S1-1", "1", "SSF", {}, {}, indicators=(indicator("S1-1", 1, {3: 1, 6: 2}, {3: 1}, levels=levels),))
        )
        rows = [r[0] for r in texts(annex_tables(build(scored(stepped)))[0].rows) if len(r) == 1]
        first = "ระดับ 1 แต่งตั้งคณะทำงาน ภายในเดือนมีนาคม 2568 (ถึงระดับเมื่อวันที่ 28 มีนาคม 2568)"
        assert rows[-1] == f"คำอธิบาย : {first}; ระดับ 2 ลงนามสัญญา ภายในเดือนมิถุนายน 2568"

    def test_a_missing_period_is_derived_from_the_planned_months_and_said(self) -> None:
        document = build(scored(seven_projects()))
        rows = [plain(r.cells[0].text) for r in annex_tables(document)[0].rows]
        assert "ระยะเวลาโครงการ : มีนาคม – กันยายน 2568 (จากเดือนที่มีแผน)" in rows

    def test_several_reporting_units_have_a_pair_of_rows_each_and_one_for_all(self) -> None:
        entries = (
            Entry(3, unit="ก", planned=D(2), actual=D(1)),
            Entry(3, unit="ข", planned=D(3), actual=D(3)),
        )
        shared = plan(project("S1-1", "1", "SSF", {}, {}, indicators=(Indicator("S1-1.1", 1, "ครั้ง", entries=entries),)))
        rows = [[c for c in r if c] for r in texts(annex_tables(build(scored(shared)))[0].rows)]
        pairs = [r for r in rows if "แผน" in r or "ผล" in r]
        assert pairs == [
            ["ตัวชี้วัดที่ 1", "ครั้ง", "ก", "แผน", "2", "2"], ["ผล", "1", "1"],
            ["ข", "แผน", "3", "3"], ["ผล", "3", "3"],
            ["รวมทุกหน่วยงาน", "แผน", "5"], ["ผล", "4", "80"],
        ]  # fmt: skip

    def test_the_target_of_the_year_stands_in_its_column(self) -> None:
        aimed = plan(
            project("S1-1", "1", "SSF", {}, {}, indicators=(
                indicator("S1-1", 1, {3: 1}, {3: 1}, targets=(target(90), target(95, 2569))),
            ))
        )  # fmt: skip
        plan_row = next(r for r in texts(annex_tables(build(scored(aimed)))[0].rows) if "แผน" in r)
        assert "90" in plan_row
        assert "95" not in plan_row

    def test_the_example_has_every_project_once(self) -> None:
        firsts = [plain(r.cells[0].text) for t in annex_tables(build(example())) for r in t.rows]
        averages = [r for t in annex_tables(build(example())) for r in t.rows if "ร้อยละเฉลี่ย" in " ".join(all_texts(r))]
        assert len(averages) == 235
        assert sum(1 for f in firsts if f.startswith("ตัวชี้วัดที่")) == 444 + sum(1 for f in firsts if " : ผู้ประเมิน" in f)

    def test_no_annex_when_the_template_says_so(self) -> None:
        assert not annex_tables(build(scored(seven_projects()), template=Template(annex=False)))


def test_places_for_print_come_from_the_template_and_change_no_band() -> None:
    document = build(scored(seven_projects()), template=Template(percent_places=2, share_places=1))
    assert counts(document, "รวมทุกกองทุน จำแนกตามยุทธศาสตร์และระดับ")[-1][2:] == ["42.9", "14.3", "14.3", "28.6"]
    assert "16.67 ปรับปรุง" in " ".join(paragraphs(document))


def test_a_template_rewords_a_sentence_in_its_own_language_only() -> None:
    template = Template(texts=(("th", "summary", "สรุปสำหรับผู้บริหาร"),))
    assert "สรุปสำหรับผู้บริหาร" in headings(build(scored(seven_projects()), template=template))
    assert "Executive summary" in headings(build(scored(seven_projects()), template=template, language="en"))


def test_blank_marks_are_never_printed_as_words() -> None:
    assert not [
        t for t in all_texts(build(scored(seven_projects())).blocks) if "Mark." in t or "Decimal" in t or "None" in t
    ]
    assert Mark.BLANK.value == ""


def test_a_programme_is_printed_with_its_number_under_every_tactic() -> None:
    """R18: programme 1 stands under tactic 1.1 and under 1.2, which is itself printed as another number."""
    tactics = (Tactic("1.1", "1", "ช่องทาง"), Tactic("1.2", "1", "ข้อมูล", number="๒"))
    programmes = (Programme("a", "พัฒนา", "1.1", number="1"), Programme("b", "ยกระดับ", "1.2", number="1"))
    works = (
        project("S1-1", "1", "SSF", {3: 1}, {3: 1}, tactic="1.1", programme="a"),
        project("S1-2", "1", "SSF", {3: 1}, {3: 1}, tactic="1.2", programme="b"),
    )
    said = all_texts(build(scored(plan(*works, tactics=tactics, programmes=programmes))))
    wanted = ("กลยุทธ์ที่ 1.1 : ช่องทาง", "แผนงาน 1 : พัฒนา", "กลยุทธ์ที่ ๒ : ข้อมูล", "แผนงาน 1 : ยกระดับ")
    assert [text for text in said if text in wanted] == list(wanted)
