"""The guides name buttons and pages as the screens do, and lead nowhere that isn't there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from samrit.vocabulary.narrative import WORDS
from samrit.web import words
from tests.source_tree import ROOT

GUIDE = ROOT / "docs" / "guide"
# Pages about the screens; the guide of importing quotes findings and documents.
SCREENS = sorted(
    path for name in ("reporting", "control-room", "proving", "drafting") for path in GUIDE.glob(f"*/{name}.md")
)

# What a number chooses: {count:report is|reports are}, perhaps with the number in it.
CHOICE = re.compile(r"\{\w+:((?:[^{}|]|\{\w+\})*)\|((?:[^{}]|\{\w+\})*)\}")


def shown(language: str) -> list[re.Pattern[str]]:
    """Return a pattern for every text of the screens, a field standing for anything."""
    screens = (*words.catalogue().values(), *(word.labels for word in WORDS))
    texts = (CHOICE.sub(rf"\{n}", text[language]) for text in screens for n in (1, 2))
    pieces = (re.split(r"\{[^}]*\}", text) for text in texts)
    # A text of fields alone, "{name} {count}", would stand for any words.
    return [re.compile(".+".join(map(re.escape, own))) for own in pieces if any(c.isalpha() for c in "".join(own))]


def named(path: Path) -> list[str]:
    return [" ".join(quoted.split()) for quoted in re.findall(r"“([^”]+)”", path.read_text("utf-8"))]


def test_both_languages_have_the_same_guides() -> None:
    assert {p.name for p in GUIDE.glob("th/*.md")} == {p.name for p in GUIDE.glob("en/*.md")}
    assert len(SCREENS) == 8


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_a_guide_quotes_stands_on_the_screens(path: Path) -> None:
    patterns = shown(path.parent.name)
    assert len(named(path)) >= 3
    assert [text for text in named(path) if not any(p.fullmatch(text) for p in patterns)] == []


@pytest.mark.parametrize("path", sorted(GUIDE.rglob("*.md")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_links_lead_to_pages_that_are_there(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []
