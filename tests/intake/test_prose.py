"""What a report tells in words: money, achievements, works behind, problems, sites (R118, R164, R189, R227, R232)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from samrit.engine.model import Fund, Project, Site, SiteState
from samrit.intake.draft import Draft
from samrit.intake.grid import Grid, GridCell
from samrit.intake.headings import Headings
from samrit.intake.importer import import_documents
from samrit.intake.prose.allotments import allotments, with_budgets
from samrit.intake.prose.behind import with_narratives
from samrit.intake.prose.lines import ProseLine, paragraphs
from samrit.intake.prose.sections import report_texts, told_parts
from samrit.intake.prose.site_states import state_of, with_site_states

WORDS = Headings({})
CASES = Path(__file__).parent / "cases"
TABLE = Grid("r.txt", (tuple(GridCell(str(n)) for n in range(9)),))


def lines(*texts: str) -> Iterator[ProseLine | None]:
    rows = tuple((GridCell(text, at),) for at, text in enumerate(texts, 1))
    yield from paragraphs((Grid("r.txt", rows, is_table=False), TABLE))


def funds(*names: str) -> tuple[Fund, ...]:
    return tuple(Fund(f"F{at}", name) for at, name in enumerate(names, 1))


@pytest.mark.parametrize(
    "sentence",
    [
        (
            "กรมได้รับจัดสรรงบประมาณจากกองทุนพัฒนาชุมชนประจำปี พ.ศ. 2570 รวมทั้งสิ้น 1,250,000 บาท และงบประมาณจากเงินกองทุนน้ำสะอาด"
            "ประจำปี 2570 จำนวน 88,000.50 บาท"
        ),
        "ปี 2570 ได้รับการจัดสรรเงินจากดอกผลของกองทุนน้ำสะอาด จำนวน 88,000.50 บาท และจากกองทุนพัฒนาชุมชน รวม 1,250,000 บาท",
    ],
)
def test_a_sentence_gives_each_fund_its_money(sentence: str) -> None:
    given = tuple(allotments(lines(sentence)))
    made, found = with_budgets(funds("กองทุนพัฒนาชุมชน", "กองทุนน้ำสะอาด"), given)
    assert [fund.budget for fund in made] == [Decimal(1250000), Decimal("88000.50")]
    assert {f.code for f in found} == {"intake_allotment_read"}


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (("กองทุนก", "กองทุนข"), "ได้รับจัดสรรงบประมาณจากเงินรายได้ จำนวน 5,000 บาท"),
        (("กองทุนน้ำ", "กองทุนน้ำสะอาด"), "ได้รับจัดสรรงบประมาณจากกองทุนน้ำสะอาด จำนวน 5,000 บาท"),
        (("กองทุนน้ำ",), "ได้รับจัดสรรงบประมาณจากกองทุนน้ำ จำนวน 5,000 บาท และจากกองทุนน้ำ จำนวน 6,000 บาท"),
    ],
)
def test_money_of_no_single_fund_is_said_and_not_used(names: tuple[str, ...], sentence: str) -> None:
    given = tuple(allotments(lines(sentence)))
    _, found = with_budgets(funds(*names), given)
    assert [f.params["amount"] for f in found if f.code == "intake_allotment_not_placed"] == [given[-1].amount]


def test_money_that_nobody_was_given_is_none() -> None:
    assert not list(allotments(lines("เบิกจ่ายจากกองทุนน้ำ จำนวน 5,000 บาท", "ได้รับจัดสรร 3 ครั้ง จากกองทุนน้ำ")))


def test_achievements_problems_and_remedies_keep_strategy_depth_and_month() -> None:
    told = told_parts(
        lines(
            "ผลการดำเนินงานที่สำคัญ ไตรมาส 2 (มกราคม - มิถุนายน 2570)",
            "ยุทธศาสตร์ที่ 3 น้ำสะอาด",
            "1. วางท่อใหม่",
            "1) หมู่ 4",
            "- ยาว 3 กม.",
            "ใช้งานได้แล้วตั้งแต่เดือนพฤษภาคม",
            "2. ตรวจคุณภาพน้ำ",
            "ปัญหาและอุปสรรค",
            "- ฝนตกชุก",
            "แนวทางแก้ไข",
            "- ปรับแผนก่อนฤดูฝน",
            "แผนปฏิบัติการ ปี 2570",
        ),
        WORDS,
        "calendar",
    )
    assert [(t.section, t.strategy, t.depth, t.as_of, t.text) for t in report_texts(told)] == [
        ("achievement", "3", 0, 6, "วางท่อใหม่"),
        ("achievement", "3", 1, 6, "หมู่ 4"),
        ("achievement", "3", 2, 6, "ยาว 3 กม."),
        ("achievement", "3", 2, 6, "ใช้งานได้แล้วตั้งแต่เดือนพฤษภาคม"),
        ("achievement", "3", 0, 6, "ตรวจคุณภาพน้ำ"),
        ("problem", "", 0, 6, "ฝนตกชุก"),
        ("remedy", "", 0, 6, "ปรับแผนก่อนฤดูฝน"),
    ]


def test_a_row_of_a_small_table_begins_no_part() -> None:
    """Cards of indicators have such rows too."""
    card = Grid("r.txt", ((GridCell("ข้อเสนอแนะ", 1), GridCell("ไม่มี", 1)), (GridCell("1. ตรวจ", 2), GridCell("2", 2))))
    assert report_texts(told_parts(paragraphs((card,)), WORDS, "calendar")) == ()


def behind(*texts: str) -> tuple[tuple[Project, ...], list[str]]:
    works = (
        Project("1-1", 1, "โครงการวางท่อประปาหมู่ 4", "1", responsible_text="กองช่าง"),
        Project("1-2", 2, "งานตรวจคุณภาพน้ำ", "1", responsible_text="กองช่าง"),
        Project("2-2", 2, "งานตรวจคุณภาพน้ำ", "2", responsible_text="กองสาธารณสุข"),
    )
    head = "งาน/โครงการที่อยู่ในระดับปรับปรุง ไตรมาส 4 (มกราคม - ธันวาคม 2570) มีดังนี้"
    made, found = with_narratives(works, told_parts(lines(head, *texts), WORDS, "calendar"), WORDS)
    return made, [f.code for f in found]


def test_a_work_behind_takes_what_its_labels_tell() -> None:
    works, codes = behind(
        "1. โครงการวางท่อประปาหมู่ที่ 4 (กองช่าง)",
        "เป้าหมาย (ธ.ค. 70) : ท่อยาว 3 กม.",
        "ผลการดำเนินงาน : วางได้ 1 กม.",
        "และส่งมอบแล้ว",
        "สาเหตุ : ฝนตกชุก",
        "การดำเนินการต่อไป : ขยายสัญญา",
        "2. งานตรวจคุณภาพน้ำ (กองสาธารณสุข)",
        "ผลการดำเนินงาน : ตรวจไม่ครบ เนื่องจากน้ำยาหมด ปัจจุบัน อยู่ระหว่างจัดซื้อ",
    )
    (first,) = works[0].narratives
    assert (first.period, first.target_text, first.result, first.cause, first.next_step) == (
        12, "ท่อยาว 3 กม.", "วางได้ 1 กม. และส่งมอบแล้ว", "ฝนตกชุก", "ขยายสัญญา",
    )  # fmt: skip
    assert works[1].narratives == ()
    (second,) = works[2].narratives
    assert (second.result, second.cause, second.next_step) == (
        "ตรวจไม่ครบ", "เนื่องจากน้ำยาหมด", "ปัจจุบัน อยู่ระหว่างจัดซื้อ",
    )  # fmt: skip
    assert codes == ["intake_narrative_read", "intake_narrative_split"]


@pytest.mark.parametrize("title", ["งานตรวจคุณภาพน้ำ", "โครงการสร้างสะพานข้ามคลอง"])
def test_words_about_no_single_work_are_said_whole(title: str) -> None:
    works, codes = behind(f"1. {title}", "ผลการดำเนินงาน : ล่าช้า")
    assert all(not work.narratives for work in works)
    assert codes == ["intake_behind_not_placed"]


@pytest.mark.parametrize(
    ("text", "state", "sure"),
    [
        ("ดำเนินการ เสร็จแล้ว", SiteState.DONE, True),
        ("ดำเนินการเสรจแล้ว", SiteState.DONE, False),
        ("ก่อหนี้ผูกพันแล้ว", SiteState.COMMITTED, True),
        ("ยังไม่ก่อหนี ผูกพน", SiteState.NOT_COMMITTED, False),
        ("Completed", SiteState.DONE, True),
        ("อยู่ในแผน", None, False),
        ("", None, False),
    ],
)
def test_a_site_is_in_the_state_that_its_words_tell(text: str, state: SiteState | None, sure: bool) -> None:
    assert state_of(text, WORDS) == (state, sure)


def test_days_of_contract_and_acceptance_are_read_of_thai_dates() -> None:
    told = ("ลงนามในสัญญา เมื่อวันที่ ๒๘ มีนาคม ๒๕๗๐", "ส่งมอบงานและเบิกจ่ายเรียบร้อยแล้ว เมื่อวันที่ 16 มิ.ย. 2570")
    site = Site("1-1/1", "อาคาร", actual_texts=told, outcome="ดำเนินการเสร็จแล้ว")
    waits = Site("1-1/2", "รั้ว", actual_texts=("อยู่ระหว่างลงนามในสัญญาในเดือนกรกฎาคม 2570",), outcome="รอ")
    late = Site("1-1/3", "ป้าย", actual_texts=("ลงนามในสัญญาเมื่อวันที่ 6 กุมภาพันธ์ 2571",))
    work, found = with_site_states(Project("1-1", 1, "ก", "1", sites=(site, waits, late)), WORDS, 2570, "calendar")
    assert [(s.outcome, s.committed_period, s.done_period) for s in work.sites] == [
        ("done", 3, 6), ("รอ", None, None), ("committed", None, None),
    ]  # fmt: skip
    assert [(r.value("site"), r.happened_on) for r in work.records] == [
        ("1-1/1", date(2027, 3, 28)), ("1-1/3", date(2028, 2, 6)),
    ]  # fmt: skip
    assert [f.code for f in found] == ["intake_site_state_unknown"]


def test_a_whole_report_opens_with_what_it_tells(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    table = (CASES / "a0-base-ok.txt").read_text("utf-8")
    told = (
        "สรุปผลการดำเนินงานที่สำคัญ ไตรมาส 4 (มกราคม – ธันวาคม 2570)\n\nยุทธศาสตร์ที่ 1 ก\n\n1. ทำเสร็จ\n\n"
        "งาน/โครงการที่ต้องปรับปรุง จำนวน 1 งาน ดังนี้\n\n1. โครงการหนึ่ง\n\nผลการดำเนินงาน : ช้า\n\nปัญหาอุปสรรค\n\n- งบมาช้า\n\n"
    )
    report.write_text(told + table, "utf-8")
    draft: Draft = import_documents([report])
    assert draft.package is not None
    plan = draft.package.plan
    assert [(t.section, t.text) for t in plan.texts] == [("achievement", "ทำเสร็จ"), ("problem", "งบมาช้า")]
    assert [[n.result for n in work.narratives] for work in plan.projects] == [["ช้า"], []]
    plain = import_documents([CASES / "a0-base-ok.txt"]).package
    assert plain is not None
    assert [w.indicators for w in plain.plan.projects] != []
    assert [(w.title, len(w.indicators)) for w in plan.projects] == [
        (w.title, len(w.indicators)) for w in plain.plan.projects
    ]
