"""Findings: a code, a place and parameters become a sentence in either language."""

from samrit.vocabulary.findings import Finding, Place, Severity, sentence, worst
from samrit.vocabulary.months import CALENDARS
from samrit.vocabulary.speech import Speech, speaking

EVERYWHERE = Place("report.txt", page=5, line=930, column="C4", record="S2-57.1")


def test_a_place_is_named_in_the_language_of_the_sentence() -> None:
    assert EVERYWHERE.text("th") == "S2-57.1, report.txt, หน้า 5, บรรทัด 930, C4"
    assert EVERYWHERE.text("en") == str(EVERYWHERE) == "S2-57.1, report.txt, p. 5, line 930, C4"


def test_what_is_not_known_of_a_place_is_left_out() -> None:
    assert Place(record="S2-57").text() == "S2-57"
    assert Place(document="a.csv", line=2).text() == "a.csv, บรรทัด 2"
    assert not Place().text()


def test_a_sentence_names_place_and_parameters() -> None:
    finding = Finding("figure_separator", EVERYWHERE, {"text": "15,30"})
    assert sentence(finding).startswith("S2-57.1, report.txt, หน้า 5, บรรทัด 930, C4: ตัวเลข “15,30”")
    assert sentence(finding, "en").startswith("S2-57.1, report.txt, p. 5, line 930, C4: the separators of “15,30”")


def test_a_sentence_without_a_place_starts_with_the_matter() -> None:
    assert sentence(Finding("figure_separator", params={"text": "15,30"})).startswith("ตัวเลข “15,30”")


def test_the_severity_is_that_of_the_catalogue() -> None:
    assert Finding("figure_separator").severity is Severity.ERROR
    assert Finding("year_two_digits").severity is Severity.NOTICE


def test_the_worst_finding_decides() -> None:
    notice, error = Finding("year_two_digits"), Finding("figure_separator")
    assert worst([notice, error, notice]) is Severity.ERROR
    assert worst([notice]) is Severity.NOTICE
    assert worst([]) is None


def test_a_period_is_named_by_its_month_where_a_plan_is_in_hand() -> None:
    """Period 7 of a fiscal year is April: "month 7" would be read as July."""
    outside = Finding("planned_outside_period", params={"months": "7, 13", "first": 1, "last": 3})
    with speaking(Speech(first_month=CALENDARS["fiscal"])):
        said = sentence(outside, "en")
        assert "in April, month 13, outside the period (October to December)" in said
        assert "ในเดือนเมษายน, ที่ 13" in sentence(outside)
    assert "in month 7, 13, outside the period (month 1 to month 3)" in sentence(outside, "en")
    assert "ในเดือนที่ 7, 13 " in sentence(outside)
