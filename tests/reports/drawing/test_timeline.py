"""The time line: due days and what came in their places, late ones told by a sign, texts that stay texts."""

from __future__ import annotations

import itertools
from datetime import date
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from samrit.reports.drawing.canvas import SMALL, WIDTH, width_of
from samrit.reports.drawing.timeline import TimeRow, TimeScale, timeline_svg

YEAR = TimeScale(
    date(2025, 1, 1),
    date(2025, 12, 31),
    tuple((date(2025, m, 1), f"เดือน {m}") for m in range(1, 13)),
    date(2025, 8, 1),
)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(*rows: TimeRow) -> ET.Element:
    return ET.fromstring(timeline_svg(rows, YEAR, title="ชื่อ", description="คำอธิบาย"))  # noqa: S314 — our own


def squares(picture: ET.Element) -> list[float]:
    return [float(r.attrib["x"]) for r in picture.iter(f"{SVG}rect") if r.attrib.get("width") == "10"]


def circles(picture: ET.Element) -> list[float]:
    return [float(c.attrib["cx"]) for c in picture.iter(f"{SVG}circle")]


def test_due_and_came_stand_at_their_days_and_late_has_a_sign() -> None:
    in_time = TimeRow("ลงนาม", date(2025, 6, 30), date(2025, 6, 1))
    late = TimeRow("<b>ตรวจรับ</b> & จ่าย", date(2025, 7, 1), None, is_late=True)
    picture = drawn(in_time, late)
    (first, second), (came,) = squares(picture), circles(picture)
    assert came < first + 5 < second + 5
    texts = "".join(picture.itertext())
    assert texts.count("✕") == 1
    assert "<b>ตรวจรับ</b>" in texts


@given(st.lists(st.dates(date(2024, 1, 1), date(2027, 1, 1)), min_size=2, max_size=6))
def test_later_days_stand_never_further_left_and_all_within_the_picture(days) -> None:
    picture = drawn(*(TimeRow("ก", day, None) for day in sorted(days)))
    places = squares(picture)
    assert len(places) == len(days)
    assert places == sorted(places)
    assert all(0 < place < 720 for place in places)


@given(st.integers(1, 40), st.sampled_from(["ม.ค. 2568", "Jan 2025", "กันยายน พ.ศ. 2568"]))
def test_names_of_months_never_stand_over_one_another(count: int, name: str) -> None:
    days = [date(2025 + n // 12, n % 12 + 1, 1) for n in range(count)]
    scale = TimeScale(days[0], date(2025 + (count - 1) // 12, 12, 31), tuple((day, name) for day in days))
    picture = ET.fromstring(timeline_svg((), scale, title="ชื่อ", description="คำอธิบาย"))  # noqa: S314 — our own
    size = SMALL - 2
    at = [float(t.attrib["x"]) for t in picture.iter(f"{SVG}text") if "".join(t.itertext()) == name]
    assert at, "the first month has its name"
    assert all(left + width_of(name, size) < right for left, right in itertools.pairwise(at))
    assert at[-1] + width_of(name, size) <= WIDTH
