"""Searching works by words that may be misspelt: Thai without spaces, tone marks lost, sara am in pieces.

A word matches where its letters stand in the text.  The exact come first, then those
that match without marks; where there is neither, the nearly alike are shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from samrit.vocabulary.text import search_key

EXACT, WITHOUT_MARKS = 300.0, 200.0
_MARKS = re.compile("[\u0e47-\u0e4e\u0e3a]")  # tone marks, thanthakhat, maitaikhu …: what people leave out or mistype
_LETTERS = str.maketrans("ใศษณฎฏฑฐฬฌฤญ", "ไสสนดตทถลชรย")  # letters of one sound
_SHORTEST_FUZZY = 4  # shorter words resemble everything
_NEARLY = 80.0  # of 100, by rapidfuzz
_LONGEST = 200


class Searched(NamedTuple):
    """A text as it is searched: its letters alone, and without marks with letters of one sound written as one."""

    key: str
    skeleton: str


def searched(texts: Iterable[str]) -> tuple[Searched, ...]:
    """Return texts as they are searched."""
    return tuple(_word(search_key(text)) for text in texts)


def rank(wanted: str, texts: Mapping[str, Sequence[Searched]]) -> dict[str, float]:
    """Return the keys of ``texts`` that hold every word of ``wanted``, each with how well, 0 < x <= 300.

    What is only nearly alike is looked for where nothing matches truly.
    """
    words = [_word(word) for word in map(search_key, wanted[:_LONGEST].split()) if word]
    if not words:
        return {}
    phrase = [_word(search_key(wanted[:_LONGEST]))]
    for match in (_true, _near):
        found = {}
        for key, fields in texts.items():
            score = max(_score(phrase, fields, match), _score(words, fields, match))
            if score:
                found[key] = score
        if found:
            return found
    return {}


Match = Callable[[Searched, Searched], float]


def _score(words: Sequence[Searched], fields: Sequence[Searched], match: Match) -> float:
    """Return how well the worst matched word is matched by any field; 0 when one is not."""
    return min(max((match(word, field) for field in fields), default=0.0) for word in words)


def _true(word: Searched, text: Searched) -> float:
    """Return whether the word's letters stand in the text, marks and letters of one sound aside."""
    if word.key in text.key:
        return EXACT
    return WITHOUT_MARKS if word.skeleton and word.skeleton in text.skeleton else 0.0


def _near(word: Searched, text: Searched) -> float:
    """Return how alike the word is to its like in the text, 80 to 100; 0 for less, and for numbers."""
    if (true := _true(word, text)) or any(c.isdigit() for c in word.key):
        return true
    if len(word.skeleton) < _SHORTEST_FUZZY:
        return 0.0
    alike = fuzz.partial_ratio if len(text.skeleton) >= len(word.skeleton) else fuzz.ratio
    return alike(word.skeleton, text.skeleton, score_cutoff=_NEARLY)


def _word(key: str) -> Searched:
    return Searched(key, _MARKS.sub("", key).translate(_LETTERS))
