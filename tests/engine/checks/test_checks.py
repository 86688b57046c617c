"""The list of checks as a whole: order, sentences, documentation."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

import pytest

from samrit.engine.checks import CHECKS, check_plan
from samrit.engine.model import Source
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.vocabulary.findings import Severity, catalogue, sentence
from tests.engine.checks.plans import check, indicator, percentage, plan, project
from tests.engine.random_plans import random_plan
from tests.engine.rule_tables import PAGES

PAGE = PAGES / "checks.md"
NAMES = [check.__name__ for check in CHECKS]


def documented() -> dict[str, list[str]]:
    """Return the rows of the page's tables by code."""
    rows = (line.strip("| ").split(" | ") for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `"))
    return {row[0].strip("`"): [cell.strip() for cell in row[1:]] for row in rows}


def test_every_check_has_its_sentences_and_no_sentence_is_left_over() -> None:
    file = resources.files("samrit.vocabulary") / "messages" / "checks.toml"
    assert sorted(tomllib.loads(file.read_text("utf-8"))) == sorted(NAMES)


def test_no_check_stands_twice() -> None:
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_check_stands_in_the_page_with_severity_rule_and_an_example(name: str) -> None:
    what, rule, severity, example = documented()[name]
    assert what
    assert severity == catalogue()[name].severity.value
    assert catalogue()[name].rule in re.findall(r"[A-Z]{1,2}\d+", rule)
    assert re.search(r"\d", example), "an example with figures"


def test_the_page_has_no_check_that_is_gone() -> None:
    assert sorted(documented()) == sorted(NAMES)


@pytest.mark.parametrize("check", CHECKS, ids=NAMES)
def test_every_check_says_what_it_looks_for(check: object) -> None:
    assert check.__doc__


def test_findings_come_gravest_first_then_in_plan_order() -> None:
    worse = project(percentage("80", "85", target=90), id="P2", number=2, title="หลัง")
    softer = project(indicator("10", "20"), indicator("10", "9", name="จำนวนคน", unit_of_measure="ร้อยละ"), title="หน้า")
    found = check(plan(softer, worse))
    ranks = [list(Severity).index(f.severity) for f in found]
    assert ranks == sorted(ranks)
    assert [f.place.record for f in found] == ["P2.1", "P1.1", "P1.2"]


def test_a_finding_points_at_record_document_and_line() -> None:
    source = Source("report.txt", 3, 941, "B7")
    (finding,) = check(indicator("10", "20", source=source))
    place = finding.place
    assert (place.record, place.document, place.page, place.line, place.column) == ("P1.1", "report.txt", 3, 941, "B7")


def test_a_period_outside_the_year_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="13"):
        check_plan(plan(), PERCENT_OF_PLAN, 13)


@pytest.mark.parametrize("seed", range(300))
def test_no_plan_makes_a_check_fail(seed: int) -> None:
    for as_of in (0, seed % 13, 12):
        for finding in check_plan(random_plan(seed), PERCENT_OF_PLAN, as_of):
            assert "E+" not in sentence(finding, "th")
            assert sentence(finding, "en").startswith(str(finding.place))
