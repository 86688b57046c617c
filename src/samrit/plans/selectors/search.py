"""Searching works by words that may be misspelt: Thai without spaces, tone marks lost, sara am in pieces.

A word matches where its letters stand in the text, or nearly so.  The exact come
first, then those that match without marks, then the nearly alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from samrit.vocabulary.text import search_key

EXACT, WITHOUT_MARKS = 300.0, 200.0
_MARKS = re.compile("[\u0e47-\u0e4e\u0e3a]")  # tone marks, thanthakhat, maitaikhu …: what people leave out or mistype
_LETTERS = str.maketrans("ใศษณฎฏฑฐฬฌฤญ", "ไสสนดตทถลชรย")  # letters of one sound
_SHORTEST_FUZZY = 4  # shorter words resemble everything
_NEARLY = 80.0  # of 100, by rapidfuzz
_CLOSE = 90.0  # how near the nearly alike must be to stand beside true matches
_LONGEST = 200


def rank(wanted: str, texts: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Return the keys of ``texts`` that hold every word of ``wanted``, each with how well, 0 < x <= 300."""
    words = [word for word in map(search_key, wanted[:_LONGEST].split()) if word]
    if not words:
        return {}
    phrase = search_key(wanted[:_LONGEST])
    found = {}
    for key, fields in texts.items():
        score = max(_score([phrase], fields), _score(words, fields))
        if score:
            found[key] = score
    if any(score >= WITHOUT_MARKS for score in found.values()):
        return {key: score for key, score in found.items() if score >= _CLOSE}
    return found


def _score(words: Sequence[str], fields: Sequence[str]) -> float:
    """Return how well the worst matched word is matched by any field; 0 when one is not."""
    return min(max((_match(word, *_folded(field)) for field in fields), default=0.0) for word in words)


def _match(word: str, key: str, skeleton: str) -> float:
    if word in key:
        return EXACT
    bare = _skeleton(word)
    if bare and bare in skeleton:
        return WITHOUT_MARKS
    if len(bare) < _SHORTEST_FUZZY or any(c.isdigit() for c in bare):
        return 0.0
    alike = fuzz.partial_ratio if len(skeleton) >= len(bare) else fuzz.ratio
    return alike(bare, skeleton, score_cutoff=_NEARLY)


@lru_cache(maxsize=20_000)
def _folded(text: str) -> tuple[str, str]:
    key = search_key(text)
    return key, _skeleton(key)


def _skeleton(key: str) -> str:
    """Return a search key without its marks, letters of one sound written as one."""
    return _MARKS.sub("", key).translate(_LETTERS)
