"""What a board is told beside the headline: how much is known, the limits in five lines, and nothing technical."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from samrit import package
from samrit.engine.checks import check_plan
from samrit.engine.results import PlanResult
from samrit.engine.score import score
from samrit.reports.document.model import Document, Heading, Items, Paragraph, Section, TableBlock
from samrit.reports.evaluation.coverage import coverage_of
from samrit.reports.evaluation.report import build
from samrit.reports.evaluation.summary_tables import in_fund
from samrit.reports.evaluation.view import view_of
from tests.reports.small_plans import all_texts, indicator, paragraphs, plain, plan, project, scored, seven_projects

EXAMPLES = Path(__file__).parents[3] / "examples"


@cache
def example(as_of: int = 12, name: str = "sso-2568") -> PlanResult:
    read = package.read(EXAMPLES / name).package
    assert read is not None
    return score(read.plan, read.rulesets[0], as_of)


def lead_of(document: Document) -> str:
    return next(plain(b.text) for b in document.blocks if isinstance(b, Paragraph) and b.style == "lead")


def lines_under(document: Document, heading: str) -> list[str]:
    blocks = iter(document.blocks)
    next(b for b in blocks if isinstance(b, Heading) and b.text == heading)
    listed = next(blocks)
    assert isinstance(listed, Items)
    return [plain(item) for item in listed.items]


def test_the_first_sentence_and_every_table_of_bands_say_how_many_reported() -> None:
    document = build(scored(seven_projects()))
    assert lead_of(document).endswith("มีผลรายงานแล้ว 6 จาก 7 งาน/โครงการ (ร้อยละ 85.71)")
    captions = [b.caption for b in document.blocks if isinstance(b, TableBlock) and "และระดับ" in b.caption]
    found = [re.findall(r"มีผลรายงานแล้ว (\d+) จาก (\d+)", caption) for caption in captions]
    assert found == [[("6", "7")], [("4", "5")], [("2", "2")]]


def test_works_without_a_plan_have_a_column_so_that_parts_add_up() -> None:
    """AC4: at the year's end no work leaves the tables because of what it reported."""
    made = plan(
        project("S1-1", "1", "SSF", {3: 5}, {3: 5}),
        project("S1-2", "1", "SSF", {}, {3: 5}),
        project("S1-3", "1", "SSF", {3: 0}, {3: 0}),
    )
    document = build(scored(made), language="en")
    table = next(b for b in document.blocks if isinstance(b, TableBlock) and "reported" in b.caption)
    heads = [plain(cell.text) for cell in table.head[1].cells]
    total = [plain(cell.text) for cell in table.rows[-2].cells]
    assert heads[-1] == "No plan"
    assert total == ["Total", "3", "1", "0", "0", "0", "2"]
    assert "No plan 2 (66.67 %)" in lead_of(document)


@pytest.mark.parametrize(("language", "words"), [("th", "ยังไม่มีงาน/โครงการใดรายงานผล"), ("en", "none has reported yet")])
def test_a_plan_of_which_nothing_was_reported_is_not_called_poor(language: str, words: str) -> None:
    silent = plan(*(project(f"S1-{n}", "1", "SSF", {3: 5}, {}) for n in (1, 2, 3)))
    lead = lead_of(build(scored(silent), language=language))
    assert words in lead
    assert "100" not in lead


@pytest.mark.parametrize("as_of", [3, 6, 9, 12])
def test_what_is_reported_is_never_more_than_what_is_due_and_adds_up(as_of: int) -> None:
    view = view_of(example(as_of), "th", None)
    whole, parts = coverage_of(view), [coverage_of(view, in_fund(fund.code)) for fund in view.funds]
    assert 0 <= whole.reported <= whole.due
    assert whole == (sum(part.due for part in parts), sum(part.reported for part in parts))


@pytest.mark.parametrize("as_of", [0, 3, 6, 9, 12])
@pytest.mark.parametrize(("language", "heading"), [("th", "ข้อจำกัดของรายงาน"), ("en", "Limitations")])
def test_there_are_at_most_five_lines(as_of: int, language: str, heading: str) -> None:
    result = example(as_of)
    findings = check_plan(result.plan, result.ruleset, as_of)
    assert 1 <= len(lines_under(build(result, language=language, findings=findings), heading)) <= 5


@pytest.mark.parametrize("name", ["sso-2568", "hr-2569"])
@pytest.mark.parametrize("language", ["th", "en"])
def test_no_rule_file_or_code_of_a_work_stands_before_the_annex(language: str, name: str) -> None:
    result = example(12, name)
    findings = check_plan(result.plan, result.ruleset, 12)
    previous = score(result.plan, result.ruleset, 9)
    document = build(result, language=language, findings=findings, previous=previous)
    annex = next(n for n, b in enumerate(document.blocks) if isinstance(b, Section) and b.landscape)
    front = "\n".join(all_texts(replace(document, blocks=document.blocks[:annex], plan_id="")))
    assert not re.findall(r"\b(?:AC|WE|BA|RU|TO|FC|DI|SP)\d+\b|\w+\.(?:csv|json|txt|toml)|::", front)
    works = {work.id for work in result.plan.projects}
    assert works & set(re.findall(r"[A-Z]\d+-\d+", front)) == set()


def test_a_share_and_a_missing_result_make_a_sentence() -> None:
    silent = indicator("S1-1", 1, {3: 100}, {}, unit_of_measure="ร้อยละ")
    reached = indicator("S1-1", 2, {3: 100}, {3: 20}, unit_of_measure="ร้อยละ")
    said = "\n".join(paragraphs(build(scored(plan(project("S1-1", "1", "SSF", {}, {}, indicators=(silent, reached)))))))
    assert "ยังไม่มีรายงานผล (แผน ร้อยละ 100)" in said
    assert "ผล 20 จากแผน ร้อยละ 100" in said
    assert not re.search(r"100 ร้อยละ|ผล – ", said)
