"""Why a forecast says what it says: reason code → (Thai, English)."""

from __future__ import annotations

from collections.abc import Mapping

from samrit.vocabulary.speech import speech

REASONS: dict[str, tuple[str, str]] = {
    "settled": ("ผลทั้งปีครบแล้ว", "full-year figures are complete"),
    "run_rate": (
        "มีผล {rate} ของแผนใน {months} เดือนที่ถึงกำหนด คาดการณ์โดยใช้อัตราเดียวกันกับแผนที่เหลือ",
        "{rate} of plan in the {months} months due so far, carried over the plan that remains",
    ),
    "last_year": (
        "ปีก่อนมีผล {share} ของทั้งปี ณ เดือนเดียวกัน",
        "by the same month of last year {share} of its total had been reached",
    ),
    "level_held": (
        "มีผล {rate} ของค่าแผนล่าสุด คาดว่าจะคงสัดส่วนเดิม",
        "{rate} of the latest planned value, expected to hold",
    ),
    "not_due": (
        "ยังไม่ถึงกำหนด จึงใช้ค่าแผนในการคาดการณ์ (ยังไม่มีผลยืนยัน)",
        "nothing is due yet: taken as planned, without evidence",
    ),
    "like_the_rest": (
        "ยังไม่ถึงกำหนด ถือว่าเหมือนตัวชี้วัดอื่นของงานเดียวกัน",
        "nothing is due yet: taken like the work's other indicators",
    ),
    "nothing_reported": (
        "ถึงกำหนดแล้วแต่ยังไม่รายงานผล",
        "due but nothing reported",
    ),
    "overridden": ("ผู้ประเมินปรับผลแล้ว", "settled by the evaluators"),
    "no_basis": ("ไม่มีแผนหรือผลให้คาดการณ์", "no plan or result to base a forecast on"),
    # early warnings
    "band_at_risk": (
        "คาดว่าสิ้นปีจะอยู่ระดับ{band} ({low}–{high})",
        "expected to end in band {band_en} ({low}–{high})",
    ),
    "level_overdue": (
        "ระดับ {level} ครบกำหนด {due} แต่ยังไม่บรรลุ",
        "level {level} was due in {due_en} and is not reached",
    ),
    "silent": (
        "ไม่มีรายงานผล {months} เดือนติดต่อกันในเดือนที่มีแผน",
        "no report for {months} months with planned activity",
    ),
    "site_uncommitted": (
        "{site} ยังไม่ก่อหนี้ผูกพัน (ครบกำหนด {due})",
        "no contract committed for {site} (due {due_en})",
    ),
    "step_overdue": ("ขั้นตอนจัดซื้อจัดจ้างเลยกำหนด {due}", "a milestone of a procurement is overdue since {due_en}"),
    "contract_overdue": ("สัญญาเลยวันสิ้นสุด {due}", "a contract is beyond its end, {due_en}"),
    "delivery_overdue": ("งวดงานยังไม่ได้ตรวจรับ ครบกำหนด {due}", "an instalment due on {due_en} is not accepted"),
    "action_overdue": ("สิ่งที่ตกลงว่าจะทำเลยกำหนด {due}", "what was agreed to be done is overdue since {due_en}"),
    "behind_plan": (
        "ผลสะสมต่ำกว่าแผนถึงปัจจุบัน ({percent})",
        "behind the plan to date ({percent})",
    ),
}


def reason_text(code: str, params: Mapping[str, object], language: str = "th") -> str:
    """Return the reason in words, in Thai ("th") or English ("en")."""
    thai, english = REASONS[code]
    return speech().says(english if language == "en" else thai, language).format_map(params)
