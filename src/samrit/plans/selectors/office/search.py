"""Searching works by words that may be misspelt: Thai without spaces, tone marks lost, sara am in pieces.

A word matches where its letters stand in the text.  The exact come first, then those
that match without marks; where there is neither, the nearly alike are shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from samrit.vocabulary.text import search_key

EXACT, WITHOUT_MARKS = 300.0, 200.0
_MARKS = re.compile("[\u0e47-\u0e4e\u0e3a]")  # tone marks, thanthakhat, maitaikhu …: what people leave out or mistype
_LETTERS = str.maketrans("ใศษณฎฏฑฐฬฌฤญ", "ไสสนดตทถลชรย")  # letters of one sound
_SHORTEST_FUZZY = 4  # shorter words resemble everything
_NEARLY = 80.0  # of 100, by rapidfuzz
_LONGEST = 200


def rank(wanted: str, texts: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Return the keys of ``texts`` that hold every word of ``wanted``, each with how well, 0 < x <= 300.

    What is only nearly alike is looked for where nothing matches truly.
    """
    words = [word for word in map(search_key, wanted[:_LONGEST].split()) if word]
    if not words:
        return {}
    phrase = search_key(wanted[:_LONGEST])
    for match in (_true, _near):
        found = {}
        for key, fields in texts.items():
            score = max(_score([phrase], fields, match), _score(words, fields, match))
            if score:
                found[key] = score
        if found:
            return found
    return {}


Match = Callable[[str, str, str], float]


def _score(words: Sequence[str], fields: Sequence[str], match: Match) -> float:
    """Return how well the worst matched word is matched by any field; 0 when one is not."""
    return min(max((match(word, *_folded(field)) for field in fields), default=0.0) for word in words)


def _true(word: str, key: str, skeleton: str) -> float:
    """Return whether the word's letters stand in the text, marks and letters of one sound aside."""
    if word in key:
        return EXACT
    bare = _skeleton(word)
    return WITHOUT_MARKS if bare and bare in skeleton else 0.0


def _near(word: str, key: str, skeleton: str) -> float:
    """Return how alike the word is to its like in the text, 80 to 100; 0 for less, and for numbers."""
    if (true := _true(word, key, skeleton)) or any(c.isdigit() for c in word):
        return true
    bare = _skeleton(word)
    if len(bare) < _SHORTEST_FUZZY:
        return 0.0
    alike = fuzz.partial_ratio if len(skeleton) >= len(bare) else fuzz.ratio
    return alike(bare, skeleton, score_cutoff=_NEARLY)


@lru_cache(maxsize=20_000)
def _folded(text: str) -> tuple[str, str]:
    key = search_key(text)
    return key, _skeleton(key)


@lru_cache(maxsize=4096)
def _skeleton(key: str) -> str:
    """Return a search key without its marks, letters of one sound written as one."""
    return _MARKS.sub("", key).translate(_LETTERS)
