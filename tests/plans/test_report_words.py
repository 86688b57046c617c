"""The report's words: drafted, edited without being lost, signed by another hand, frozen with the evaluation."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from samrit.engine.model import ReportText
from samrit.plans.errors import NotVisible, ServiceError, SeveralRefused
from samrit.plans.evaluation.documents import unpack
from samrit.plans.evaluation.report_words import laid, latest
from samrit.plans.models import Plan, ReportParagraph
from samrit.plans.records.audit import audit
from samrit.plans.selectors.control.closing import closing_of
from samrit.plans.selectors.control.report_words import words_page
from samrit.plans.services.plan.evaluations import evaluation_close
from samrit.plans.services.plan.plans import plan_export, plan_import
from samrit.plans.services.plan.report_words import (
    words_add,
    words_draft,
    words_from_plan,
    words_save,
    words_sign,
    words_take,
    words_withdraw,
)
from samrit.plans.services.plan.year_records import year_record_add, year_record_revise
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan
from tests.plans.singly import figure_save

CAUSE = {"happened_on": "20/3/2569", "cause": "no_bidder", "words": "ประกาศสองครั้ง"}
AT = {"period": 3, "section": "problem"}


@pytest.fixture
def plan(register, clock) -> Plan:
    made = plan_import(SYSTEM, package=small_plan(reported=((1, 2), (2, 1), (3, 1))), owner=register["กนผ."])
    clock.set("2026-04-03")
    return made


def told(plan: Plan, actor, **given: str) -> None:
    year_record_add(actor, plan=plan, kind="causes", project="P1", given={**CAUSE, **given})


def held(plan: Plan, section: str = "problem") -> list[ReportParagraph]:
    return [row for row in latest(plan.pk, 3) if row.section == section and row.state == "held"]


def test_a_draft_is_made_of_the_records_in_both_languages(plan, person) -> None:
    planner = person("planner")
    told(plan, planner)
    made = words_draft(planner, plan=plan, **AT)
    assert (made.new, made.renewed, made.lapsed, made.kept) == (2, 0, 0, 0)
    head, under = held(plan)
    assert ("ไม่มีผู้ยื่นข้อเสนอ" in head.text, "No bidder" in head.text_en) == (True, True)
    assert (under.depth, under.project, "ประกาศสองครั้ง" in under.text) == (1, "P1", True)
    assert words_draft(planner, plan=plan, **AT).new == 0
    assert len(held(plan)) == 2
    assert audit().faults == ()


def test_drafting_again_renews_what_nobody_touched_and_loses_no_edit(plan, person) -> None:
    planner = person("planner")
    told(plan, planner)
    words_draft(planner, plan=plan, **AT)
    head, under = held(plan)
    words_save(planner, plan=plan, **AT, key=head.key, given={"text": "ข้อความของบรรณาธิการ"}, seen=1)
    record = {"plan": plan, "kind": "causes", "project": "P1", "record": "1", "seen": 1}
    year_record_revise(planner, **record, given={**CAUSE, "words": "ประกาศสามครั้ง"})
    made = words_draft(planner, plan=plan, **AT)
    assert (made.renewed, made.kept) == (1, 1)
    head, under = held(plan)
    assert head.text == "ข้อความของบรรณาธิการ"
    assert "No bidder" in head.text_en
    assert "ประกาศสามครั้ง" in under.text
    year_record_revise(planner, **{**record, "seen": 2}, given={**CAUSE, "cause": "budget_late"})
    made = words_draft(planner, plan=plan, **AT)
    assert made.lapsed == 1
    assert held(plan)[0].text == "ข้อความของบรรณาธิการ"


def test_the_page_offers_the_new_draft_of_an_edited_text_and_keeps_or_takes_it(plan, person) -> None:
    planner = person("planner")
    told(plan, planner)
    words_draft(planner, plan=plan, **AT)
    _, under = held(plan)
    words_save(planner, plan=plan, **AT, key=under.key, given={"text": "ของฉัน"}, seen=1)
    record = {"plan": plan, "kind": "causes", "project": "P1", "record": "1", "seen": 1}
    year_record_revise(planner, **record, given={**CAUSE, "words": "ประกาศสามครั้ง"})

    def offered() -> str:
        return words_page(planner, plan, **AT, language="th").lines[1].new_draft

    assert "ประกาศสามครั้ง" in offered()
    words_take(planner, plan=plan, **AT, key=under.key, seen=2, keep=True)
    assert offered() == ""
    assert held(plan)[1].text == "ของฉัน"
    words_take(planner, plan=plan, **AT, key=under.key, seen=3)
    assert "ประกาศสามครั้ง" in held(plan)[1].text


def test_a_text_taken_out_stays_out(plan, person) -> None:
    planner = person("planner")
    told(plan, planner)
    words_draft(planner, plan=plan, **AT)
    words_withdraw(planner, plan=plan, **AT, key=held(plan)[0].key, seen=1)
    words_draft(planner, plan=plan, **AT)
    assert [row.depth for row in held(plan)] == [1]


def test_a_corrected_figure_is_marked_until_somebody_has_checked_the_text(plan, person) -> None:
    planner, at = person("planner"), {"period": 3, "section": "achievement"}
    given = {"text": "ทำได้ {P1.1.actual} ครั้ง", "strategy": "1"}
    row = words_add(planner, plan=plan, **at, given=given)
    figure_save(planner, plan=plan, indicator="P1.1", unit_code="กฝ.", period=3, actual="7")
    (line,) = words_page(planner, plan, **at, language="th").lines
    (figure,) = line.figures
    assert (figure.seen, figure.now, line.is_changed) == ("4", "10", True)
    assert line.shown[0].runs[0].text == "ทำได้ 10 ครั้ง"
    words_save(planner, plan=plan, **at, key=row.key, given={}, seen=1)
    (line,) = words_page(planner, plan, **at, language="th").lines
    assert not line.is_changed
    assert line.row.text == given["text"]


def test_a_section_is_signed_by_another_hand_and_only_as_it_was_shown(plan, person) -> None:
    planner, chief = person("planner"), person("executive")
    at = {"period": 3, "section": "achievement"}
    words_add(planner, plan=plan, **at, given={"text": "ทำได้ {P1.1.actual} ครั้ง"})

    def page(who=chief):
        return words_page(who, plan, **at, language="th")

    with pytest.raises(ServiceError, match="words_own_hand"):
        words_sign(planner, plan=plan, **at, shown=page(planner).mark)
    assert (page(planner).may_sign, page().may_sign, page().may_write) == (False, True, False)
    shown = page().mark
    figure_save(planner, plan=plan, indicator="P1.1", unit_code="กฝ.", period=3, actual="7")
    with pytest.raises(ServiceError, match="words_changed_since"):
        words_sign(chief, plan=plan, **at, shown=shown)
    words_sign(chief, plan=plan, **at, shown=page().mark)
    assert (page().state.state, page().state.signed_by) == ("signed", str(chief))
    figure_save(planner, plan=plan, indicator="P1.1", unit_code="กฝ.", period=2, actual="9")
    assert page().state.state == "changed"


def test_words_stay_their_writer_s_whoever_enters_them_again(plan, person) -> None:
    """Another who checks the figures of a text, or drafts again around it, takes no writing off its writer's hand."""
    writer, other, at = person("planner"), person("planner", plan=plan), {"period": 3, "section": "achievement"}
    row = words_add(writer, plan=plan, **at, given={"text": "ทำได้ {P1.1.actual} ครั้ง"})
    words_save(other, plan=plan, **at, key=row.key, given={}, seen=1)
    page = words_page(writer, plan, **at, language="th")
    assert not page.may_sign
    with pytest.raises(ServiceError, match="words_own_hand"):
        words_sign(writer, plan=plan, **at, shown=page.mark)
    words_save(other, plan=plan, **at, key=row.key, given={"text": "สำเร็จ"}, seen=2)
    words_sign(writer, plan=plan, **at, shown=words_page(writer, plan, **at, language="th").mark)


def test_every_fault_of_a_text_is_told_at_once_and_nothing_is_kept(plan, person) -> None:
    given = {
        "text": "{P9.1.actual}",
        "text_en": "x" * 4001,
        "strategy": "9",
        "depth": "3",
        "place": "หนึ่ง",
        "project": "P9",
    }
    with pytest.raises(SeveralRefused) as refused:
        words_add(person("planner"), plan=plan, **AT, given=given)
    codes = {error.code for error in refused.value.all}
    assert codes == {
        "text_too_long",
        "words_field_unknown",
        "words_strategy_unknown",
        "words_work_unknown",
        "words_number_wrong",
    }
    assert not ReportParagraph.objects.exists()


def test_a_text_that_another_changed_is_refused_and_only_the_division_writes(plan, person) -> None:
    planner = person("planner")
    row = words_add(planner, plan=plan, **AT, given={"text": "ก"})
    words_save(planner, plan=plan, **AT, key=row.key, given={"text": "ข"}, seen=1)
    with pytest.raises(ServiceError, match="words_moved_on"):
        words_save(planner, plan=plan, **AT, key=row.key, given={"text": "ค"}, seen=1)
    for role in ("executive", "auditor", "administrator"):
        with pytest.raises(ServiceError, match="not_allowed"):
            words_draft(person(role), plan=plan, **AT)
    with pytest.raises(NotVisible):
        words_page(planner, plan, period=3, section="other", language="th")


def test_the_words_are_frozen_with_the_evaluation_and_a_change_makes_another_edition(plan, person) -> None:
    planner = person("planner")
    words_add(planner, plan=plan, **AT, given={"text": "ปัญหาหนึ่ง", "text_en": "One problem"})
    closed = evaluation_close(planner, plan=plan, period=3, reason="ปิด")
    (text,) = unpack(bytes(closed.content)).plan.texts
    assert (text.section, text.text, text.text_en, text.as_of) == ("problem", "ปัญหาหนึ่ง", "One problem", 3)
    before = bytes(closed.content)
    (row,) = held(plan)
    words_save(planner, plan=plan, **AT, key=row.key, given={"text": "ปัญหาสอง"}, seen=1)
    closed.refresh_from_db()
    assert bytes(closed.content) == before
    changes = [(c.what, c.old, c.new) for c in closing_of(plan, 3).changes]
    assert changes == [("text_problem", "ปัญหาหนึ่ง", ""), ("text_problem", "", "ปัญหาสอง")]
    assert [t.text for t in plan_export(plan).plan.texts] == ["ปัญหาสอง"]


def test_a_draft_tells_only_what_was_known_by_the_day_that_was_chosen(plan, person, clock) -> None:
    """March's report tells what March knew; June's tells both (R165)."""
    planner = person("planner")
    told(plan, planner)
    clock.set("2026-06-20")
    told(plan, planner, cause="contractor_failed", happened_on="18/6/2569")
    words_draft(planner, plan=plan, **AT, until=datetime(2026, 4, 30, tzinfo=UTC))
    assert {row.key.partition("/")[0] for row in held(plan)} == {"no_bidder"}
    words_draft(planner, plan=plan, period=6, section="problem")
    june = {row.key.partition("/")[0] for row in latest(plan.pk, 6)}
    assert june == {"no_bidder", "contractor_failed"}


def test_a_plan_of_one_language_is_drafted_and_asked_for_in_that_one(register, person, clock) -> None:
    clock.set("2026-04-03")
    package = small_plan(code="en-2026", reported=((1, 10), (2, 10), (3, 10)))
    english = plan_import(
        SYSTEM, package=replace(package, plan=replace(package.plan, era="ce", language="en", title_en="Plan 2026"))
    )
    planner = person("planner")
    told(english, planner, happened_on="20/3/2026", words="Nobody came")
    words_draft(planner, plan=english, **AT)
    head, _ = (row for row in latest(english.pk, 3) if row.section == "problem")
    assert ("No bidder" in head.text, head.text_en) == (True, "")
    achieved = words_add(planner, plan=english, period=3, section="achievement", given={"text": "", "project": "P1"})
    assert ("planned" in achieved.text, achieved.text_en) == (True, "")
    assert not words_page(planner, english, **AT, language="en").has_english


def test_the_texts_of_the_plan_are_taken_over_and_then_stand_in_their_place(plan, person) -> None:
    texts = (ReportText("problem", "ทุกงวด", order=1), ReportText("problem", "เฉพาะธันวาคม", order=2, as_of=12))
    with_texts = small_plan(code="texts-2569")
    package = replace(with_texts, plan=replace(with_texts.plan, texts=texts))
    other, planner = plan_import(SYSTEM, package=package), person("planner")
    assert words_from_plan(planner, plan=other, **AT) == 1
    (row,) = latest(other.pk, 3)
    words_save(planner, plan=other, **AT, key=row.key, given={"text": "มีนาคมเอง"}, seen=1)
    now = laid(texts, latest(other.pk))
    assert [t.text for t in now if t.as_of in (None, 3)] == ["มีนาคมเอง"]
    assert [t.text for t in now if t.as_of in (None, 12)] == ["ทุกงวด", "เฉพาะธันวาคม"]
    with pytest.raises(ServiceError, match="words_begun"):
        words_from_plan(planner, plan=other, **AT)
