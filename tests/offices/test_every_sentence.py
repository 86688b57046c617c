"""No word of the first office stands in any sentence that the product has, said to a plan without it (issue M).

Pages, documents, forms, letters and messages are made of the catalogues' sentences alone, so what holds for every
sentence holds for every page and document, also for those that no test opens.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from samrit.vocabulary.speech import LevelName, Speech, currency
from tests.offices.foreign import FOREIGN
from tests.offices.forms import package

SOURCE = Path(__file__).parents[2] / "src" / "samrit"
# What is read in documents, and lists of the world outside: no sentence of ours.
NO_SENTENCES = frozenset(
    {"headings.toml", "plans_above.toml", "currencies.toml", "without_funds.toml", "said_otherwise.toml"}
)
# Said only where there are funds, or where either era may be chosen.
OF_FUNDS = re.compile(r"(^|[._])(funds?|allotment)([._]|$)")
EITHER = frozenset({"era.terms.be", "word.terms.buddhist_year", "alignment_kind.terms.fund_track"})
OF_SEVERAL_FUNDS = frozenset({"bands_caption_all", "kinds_caption_all", "sources.planned"})
# The first office itself: nobody else has these, whatever words the plan has.
FIRST = re.compile(
    r"\bSSF\b|\bWCF\b|\bsso\b|insured person|(?<!and )social security|ประกันสังคม|ผู้ประกันตน|เงินทดแทน", re.IGNORECASE
)


def sentences() -> Iterator[tuple[str, str, str]]:
    """Yield every sentence of the product's catalogues: its place, its language, and its words without fields."""
    for path in sorted(SOURCE.rglob("*.toml")):
        if path.name not in NO_SENTENCES:
            for place, text in _leaves(tomllib.loads(path.read_text("utf-8")), ()):
                language = "en" if {"en", "help_en"} & set(place) else "th"
                if {"th", "en", "help", "help_en"} & set(place):
                    named = ".".join(part for part in place if part not in ("th", "en"))
                    yield f"{path.name}: {named}", language, text


def _leaves(node: object, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(node, dict):
        for key, below in node.items():
            yield from _leaves(below, (*place, key))
    elif isinstance(node, str):
        yield place, node


def without_fields(text: str) -> str:
    """Return a sentence without its fields: what fills them is the plan's own."""
    return re.sub(r"\{[^{}]*\}", " ", text)


SPEECH = {
    "ngo": package("ngo").plan.speech,
    "okr": package("okr").plan.speech,
    "without anything": Speech(
        "ce", currency("KES"), planner=LevelName("ทีมติดตามผล", "MEL team/MEL teams"), has_funds=False, country="KE"
    ),
}


@pytest.mark.parametrize("words", SPEECH.values(), ids=SPEECH)
def test_no_sentence_says_a_word_of_the_first_office(words: Speech) -> None:
    said = replace(words, planner=SPEECH["without anything"].planner)
    found = {
        place: hit[0]
        for place, language, text in sentences()
        if (hit := FOREIGN.search(without_fields(said.says(text, language)).replace("กองแผน", "กองทุน")))
        and not OF_FUNDS.search(place.partition(": ")[2])
        and place.partition(": ")[2] not in EITHER | OF_SEVERAL_FUNDS
    }
    assert found == {}


def test_what_is_the_first_offices_alone_stands_in_no_sentence() -> None:
    """Its name, its funds, its insured: data of its example, said by no sentence to anybody."""
    assert {place: hit[0] for place, _, text in sentences() if (hit := FIRST.search(text))} == {}


def test_the_catalogues_are_looked_through() -> None:
    """The test could fail: there are thousands of sentences, and the first office's words stand in them as written."""
    every = list(sentences())
    assert len(every) > 4000
    assert sum(1 for _, _, text in every if FOREIGN.search(text)) > 100


def test_no_thai_sentence_calls_a_work_otherwise_than_the_plan_does() -> None:
    """A plan of activities reads of no project, neither by itself nor beside a number."""
    words = Speech(project=LevelName("กิจกรรม", "Activity"))
    said = {place: words.says(text, "th") for place, language, text in sentences() if language == "th"}
    assert {place: text for place, text in said.items() if re.search(r"โครงการ|\} งาน(?![ก-๛/])", text)} == {}


# A number and what it counts: "{count} rows". Numbers that are never one: limits, and what is said of several alone.
COUNTED = re.compile(r"\{(\w+)(?::,)?\} ([a-z]+ )?([a-z]{2,}s)\b")
VERBS = frozenset(
    """is was has as does its this gives lies stands holds needs reads unpacks ends serves fits replaces finds
    keeps misses less""".split()
)
NEVER_ONE = frozenset(
    {
        "limit",
        "lines",
        "seconds",
        "length",
        "wanted",
        "times",
        "stages",
        "value",
        "day",
        "thresholds",
        "dimension",
        "percent",
        "place",
        "month",
    }
)
OF_SEVERAL = frozenset(
    """id_repeated several_main_links classes_not_five weight_above_missing percent_months_summed entry_repeated
    units_silent identical_rows budget_listed_twice announcement_twice override_superseded criteria_lead
    package_ruleset_not_five consolidation_missing sites_differ_from_project intake_behind_not_placed
    intake_zip_entries year_file_too_many draft_stages_too_many get_all report_look_too_long
    todo_ready all""".split()
)


def test_what_a_number_counts_is_said_of_one_and_of_several() -> None:
    """No sentence says "1 rows": each gives both words, ``{count:row is|rows are}``."""
    wrong = [
        f"{place}: {hit[0]}"
        for place, language, text in sentences()
        if language == "en" and not OF_SEVERAL & set(place.replace(": ", ".").split("."))
        for hit in COUNTED.finditer(text)
        if hit[1] not in NEVER_ONE and hit[3] not in VERBS and not text[: hit.start()].endswith(("first ", "last "))
    ]
    assert wrong == []


@pytest.mark.parametrize("words", [SPEECH["ngo"], SPEECH["okr"]], ids=["ngo", "okr"])
def test_a_plans_own_word_stands_once_where_the_product_says_two(words: Speech) -> None:
    """Works, projects and activities are all key results of a plan that calls them so: they are named once."""
    own = rf"(?:{words.project.several}|{words.project.one})"
    twice = re.compile(rf"\b{own}(?:,| and| or)+ (?:an? |the )?{own}\b", re.IGNORECASE)
    said = ((place, words.says(text, "en")) for place, language, text in sentences() if language == "en")
    assert [(place, text) for place, text in said if twice.search(text)] == []
