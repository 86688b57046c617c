"""The title of an indicator's curve."""

from __future__ import annotations

import pytest

from samrit.reports.texts.curve import curve_title


@pytest.mark.parametrize(
    ("language", "settled", "said"),
    [
        ("th", None, "ทำได้ 7,513 จากแผน 38,424 ถึง ธ.ค. 2568 (ร้อยละ 20)"),
        ("th", "73", "ผู้ประเมินปรับผลเป็นร้อยละ 73 · คำนวณได้: ทำได้ 7,513 จากแผน 38,424 ถึง ธ.ค. 2568 (ร้อยละ 20)"),
        ("en", "73", "Settled by the evaluators: 73 % · computed: 7,513 of 38,424 planned by ธ.ค. 2568 (20 %)"),
    ],
)
def test_a_settled_value_is_told_as_settled_and_the_computed_one_beside_it(
    language: str, settled: str | None, said: str
) -> None:
    """WE4: the figures of the months never seem to give what the evaluators settled."""
    title = curve_title(language, done="7,513", planned="38,424", period="ธ.ค. 2568", percents=("20", settled))
    assert title == said
