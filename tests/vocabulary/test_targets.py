"""Reading targets: comparator, value, unit of measure, nothing lost and nothing invented."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.engine.model import Comparator
from samrit.vocabulary.findings import sentence
from samrit.vocabulary.numbers import NoNumber, is_percent_unit, parse_target, unit_name
from samrit.vocabulary.targets import rate_of
from samrit.vocabulary.terms import groups
from tests.documents import facts

READ = """
ไม่น้อยกว่า 80 แห่ง            | ge | 80     | แห่ง
ร้อยละ 95.50                  | eq | 95.50  | ร้อยละ
ระดับ 5                       | eq | 5      | ระดับ
(ร้อยละ 85)                   | eq | 85     | ร้อยละ
รายงาน 1 ฉบับ                 | eq | 1      | ฉบับ
ไม่เกินร้อยละ 8                | le | 8      | ร้อยละ
จำนวน 15 แห่ง                 | eq | 15     | แห่ง
(จำนวน 15 แห่ง)               | eq | 15     | แห่ง
ไม่น้อยกว่า ร้อยละ 85          | ge | 85     | ร้อยละ
(ไม่น้อยกว่าร้อยละ 85)         | ge | 85     | ร้อยละ
ไม่น้อยกว่า (ร้อยละ 85)        | ge | 85     | ร้อยละ
ไม่น้อยกว่า 2 สวัสดิการ        | ge | 2      | สวัสดิการ
2 กิจกรรม/โครงการ             | eq | 2      | กิจกรรม/โครงการ
ไม่ต่ำกว่าร้อยละ ๘๐            | ge | 80     | ร้อยละ
ตั้งแต่ร้อยละ 80 ขึ้นไป        | ge | 80     | ร้อยละ
ร้อยละ 80 ขึ้นไป              | ge | 80     | ร้อยละ
มากกว่า 1,000 ราย             | gt | 1000   | ราย
น้อยกว่า 5 เรื่อง              | lt | 5      | เรื่อง
80%                           | eq | 80     | ร้อยละ
≥ 80 %                        | ge | 80     | ร้อยละ
<= 8.5%                       | le | 8.5    | ร้อยละ
ร้อยละ 80%                    | eq | 80     | ร้อยละ
ภายใน 30 วัน                  | le | 30     | วัน
15แห่ง                        | eq | 15     | แห่ง
ร้อยละ80                      | eq | 80     | ร้อยละ
0 เรื่อง                       | eq | 0      | เรื่อง
0                             | eq | 0      |
เป้าหมาย : 12 ครั้ง            | eq | 12     | ครั้ง
at least 80 places            | ge | 80     | places
not more than 8%              | le | 8      | ร้อยละ
level 5                       | eq | 5      | ระดับ
1.5 ล้านคน                    | eq | 1.5    | ล้านคน
ภายใน 3 เดือน                 | le | 3      | เดือน
เดือนละ 2 ครั้ง                | eq | 2      | ครั้ง
ไตรมาสละ 1 ครั้ง               | eq | 1      | ครั้ง
ปีละ 12 ครั้ง                  | eq | 12     | ครั้ง
ตุลาการ 5 ราย                 | eq | 5      | ราย
"""


@pytest.mark.parametrize("row", READ.strip().splitlines())
def test_targets_are_taken_apart(row: str) -> None:
    text, comparator, value, unit = (cell.strip() for cell in row.split("|"))
    target = parse_target(text)
    assert (target.comparator, str(target.value), target.unit_of_measure) == (comparator, value, unit)
    assert not target.findings


def test_words_around_the_quantity_are_kept_apart() -> None:
    target = parse_target("ไม่เกินร้อยละ 8.5 ของกรอบอัตราบุคลากรทั้งหมด 6,953 อัตรา")
    assert (target.value, target.of_what) == (Decimal("8.5"), "ของกรอบอัตราบุคลากรทั้งหมด 6,953 อัตรา")
    target = parse_target("ผู้เข้ารับการอบรมไม่น้อยกว่าร้อยละ 80 (จากการตอบแบบสอบถาม)")
    assert (target.comparator, target.counted) == ("ge", "ผู้เข้ารับการอบรม")
    assert target.of_what == "(จากการตอบแบบสอบถาม)"
    target = parse_target("150 ราย ภายในปี 2569")
    assert (target.value, target.unit_of_measure, target.of_what) == (Decimal(150), "ราย", "ภายในปี 2569")


def test_a_dash_is_no_target_and_an_empty_cell_is_blank() -> None:
    assert parse_target("-").value is NoNumber.NOTHING
    assert parse_target(" – ").value is NoNumber.NOTHING
    assert parse_target("").value is NoNumber.BLANK
    assert parse_target(None).value is NoNumber.BLANK
    assert not parse_target("-").findings


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("จัดทำแผนแล้วเสร็จ", "target_without_number"),
        ("ภายในเดือนมิถุนายน 2568", "target_is_a_date"),
        ("ธ.ค. 68", "target_is_a_date"),
        ("ภายในไตรมาส 4", "target_is_a_date"),
        ("ภายในวันที่ 5", "target_is_a_date"),
        ("ภายในปี 2569", "target_is_a_date"),
        ("5 มกราคม 2569", "target_is_a_date"),
        ("ไม่เกินร้อยละ 80 - 85", "target_ambiguous"),
        ("85 - 80", "target_ambiguous"),
        ("2568 - 2570", "target_ambiguous"),
        ("2566-2570 ปี", "target_ambiguous"),
        ("ระดับ 5 (ร้อยละ 100)", "target_ambiguous"),
        ("อบรม 3 รุ่น 150 คน", "target_ambiguous"),
        ("ร้อยละ 15,30", "target_ambiguous"),
        ("1/2569", "target_ambiguous"),
        ("9" * 31 + " แห่ง", "target_too_long"),
        ("ก" * 500, "target_too_long"),
    ],
)
def test_nothing_is_invented_where_no_single_quantity_stands(text: str, code: str) -> None:
    target = parse_target(text)
    assert target.value is NoNumber.BLANK
    assert [f.code for f in target.findings] == [code]
    assert target.text == text


@given(st.text(max_size=80) | st.text(alphabet="ร้อยละไม่เกินน้อยกว่าระดับ 0123456789.,%()-–/ขึ้นไป", max_size=60))
def test_any_text_is_kept_and_never_raises(text: str) -> None:
    target = parse_target(text)
    assert target.text == text
    assert target.comparator in set(Comparator)
    assert all(sentence(f, language) for f in target.findings for language in ("th", "en"))


@given(
    st.sampled_from(["", "ไม่น้อยกว่า", "ไม่เกิน", "มากกว่า", "น้อยกว่า"]),
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.sampled_from(["แห่ง", "คน", "ร้อยละ", "ระดับ"]),
)
def test_what_is_printed_is_read_back(comparator: str, value: Decimal, unit: str) -> None:
    quantity = f"{unit} {value:,}" if unit in ("ร้อยละ", "ระดับ") else f"{value:,} {unit}"
    target = parse_target(f"{comparator} {quantity}")
    assert (target.value, target.unit_of_measure) == (value, unit)


def test_comparators_are_those_of_the_engine_and_the_glossary() -> None:
    assert set(groups()["comparator"].terms) == {c.value for c in Comparator}


@pytest.mark.parametrize("unit", ["ร้อยละ", "%", "เปอร์เซ็นต์", "(ร้อยละ)", "จำนวน (ร้อยละ)", "Percent"])
def test_percent_has_many_names(unit: str) -> None:
    assert is_percent_unit(unit)
    assert unit_name(unit) == "ร้อยละ"


@pytest.mark.parametrize(
    ("printed", "name"),
    [("จำนวน (แห่ง)", "แห่ง"), ("(คน)", "คน"), ("จำนวน", "จำนวน"), ("กิจกรรม/โครงการ", "กิจกรรม/โครงการ")],
)
def test_the_bare_unit_is_taken_out_of_its_brackets(printed: str, name: str) -> None:
    assert unit_name(printed) == name
    assert not is_percent_unit(printed)


def test_every_target_of_the_hr_plan_is_read() -> None:
    printed = facts()["hr_targets"]
    assert len(printed) > 50
    assert {text: parse_target(text).findings for text in printed if parse_target(text).findings} == {}


@pytest.mark.parametrize(
    ("text", "lower", "upper", "unit"),
    [
        ("ร้อยละ 40–60", "40", "60", "ร้อยละ"),
        ("ร้อยละ 80 - 85", "80", "85", "ร้อยละ"),
        ("3 - 5 แห่ง", "3", "5", "แห่ง"),
        ("80 ถึง 90 %", "80", "90", "ร้อยละ"),
        ("3–5", "3", "5", ""),
        ("2500 - 3000 คน", "2500", "3000", "คน"),
        ("2,500 - 2,600 คน", "2500", "2600", "คน"),
        ("2500-2600 คน", "2500", "2600", "คน"),
        ("1900 – 2100 ราย", "1900", "2100", "ราย"),
        ("2500 - 3000", "2500", "3000", ""),
        ("0.5 - 1.25 คนต่อพันคน", "0.5", "1.25", "คนต่อพันคน"),
    ],
)
def test_a_range_has_both_its_ends(text: str, lower: str, upper: str, unit: str) -> None:
    """AC13: every tenth numeric target of a national government is one."""
    parsed = parse_target(text)
    assert (parsed.value, parsed.upper, parsed.unit_of_measure) == (Decimal(lower), Decimal(upper), unit)
    assert not parsed.findings


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("ต่อพัน", 1000), ("ราย/แสนประชากร", 100_000), ("ต่อ ๑,๐๐๐ วันนอน", 1000), ("ต่อประชากรแสนคน", 100_000),
        ("per 100 000 live births", 100_000), ("cases per million", 1_000_000), ("‰", 1000), ("ครั้งต่อวัน", 1),
        ("per day", 1), ("ต่อ 10 ล้านคน", 10_000_000),
        ("ร้อยละ", None), ("ร้อยละต่อปี", None), ("per cent", None), ("บาทต่อคน", None), ("ต่อเนื่อง 1,000 ชั่วโมง", None),
        ("ต่อวงเงินก่อหนี้ผูกพัน", None), ("ต่อความเรียบร้อย", None), ("ต่อจังหวัดร้อยเอ็ด", None),
        ("ต่อพันธุ์", None), ("ต่อ 24 ชั่วโมง", None), ("งาน/โครงการ", None), ("", None),
    ],
)  # fmt: skip
def test_a_unit_of_measure_says_what_its_rate_is_per(text: str, rate: int | None) -> None:
    """AC14: and nothing where it says percent, a count or an amount per person."""
    assert rate_of(text) == rate
