"""Text as a reader meant it: recognition errors of script put right, the original kept beside it.

What is repaired can be seen from the letters alone: sara am in pieces, marks in the
wrong order or doubled, letters of look-alike scripts inside Thai or Latin words,
spaces inside a syllable, soft hyphens and other invisible characters, Thai digits.
A space between two whole syllables ("กำ หนด") could only be judged with a
dictionary, so it stays.  NFKC is never used: it takes sara am apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from samrit.vocabulary.text import arabic_digits, tidy

_THAI = re.compile("[\u0e01-\u0e5b]")
_LAO = re.compile("[\u0e81-\u0edf]")
_LAO_SHIFT = 0x80
# Lao letters whose place in the block differs from the Thai letter that they look like.
_LAO_TO_THAI = {0x0EBB: 0x0E31, 0x0EBD: 0x0E22, 0x0EDC: 0x0E2B, 0x0EDD: 0x0E2B}

# Letters of other scripts that look the same as a Latin one; used only where Latin is beside them.
_LATIN_LOOKS = str.maketrans(
    "АВСЕНІЈКМОРЅТХУасеіјорѕухһѵԁɡΑΒΕΖΗΙΚΜΝΟΡΤΥΧοριν",
    "ABCEHIJKMOPSTXYaceijopsyxhvdgABEZHIKMNOPTYXopiv",
)
_WORD_WITH_FOREIGN = re.compile(r"[A-Za-z0-9\u0370-\u03ff\u0400-\u052f\u0261]+")
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f\u0261]")
# Foreign signs that stand for a Thai one when Thai letters are on both sides.
_INSIDE_THAI = {"\u0430": "ล", "\u0438": "น", "\u043d": "น", "\u03c9": "ผ", "\u0448": "พ"}
_ALONE_IN_THAI = re.compile("(?<=[\u0e01-\u0e5b])([" + "".join(_INSIDE_THAI) + "])(?=[\u0e01-\u0e5b])")

_ABOVE_OR_BELOW = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_TONES = "\u0e48-\u0e4b"
_TONE_BEFORE_VOWEL = re.compile(f"([{_TONES}])([\u0e31\u0e34-\u0e39])")
_THANTHAKHAT_BEFORE_VOWEL = re.compile("(\u0e4c)([\u0e34\u0e38])")
_DOUBLED = re.compile(f"([{_ABOVE_OR_BELOW}\u0e30\u0e33])\\1+")
_TWO_TONES = re.compile(f"([{_TONES}])[{_TONES}]+")
_SPACE_BEFORE_MARK = re.compile(f"(?<=[\u0e01-\u0e2e]) +(?=[{_ABOVE_OR_BELOW}\u0e33])")
_SPACE_AFTER_LEADING = re.compile("(?<=[\u0e40-\u0e44]) +(?=[\u0e01-\u0e2e])")
_SPACES = re.compile(r"\s+")
_MARK_AT_START = re.compile(f"(^|[ \\t])[{_ABOVE_OR_BELOW}]+")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text made good, the ``original`` as it was read, and the names of what was repaired."""

    text: str
    original: str
    repairs: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether letters changed, not only spacing that nobody sees."""
        return bool(self.repairs)


@lru_cache(maxsize=65536)
def clean(text: str) -> Cleaned:
    """Return ``text`` cleaned; the same text twice gives the same result, and clean text is left as it is.

    The names in ``repairs`` are "lao", "look_alike", "mark_order", "doubled_mark",
    "broken_space", "stray_mark", "hidden" and "thai_digits".
    """
    repairs: dict[str, None] = {}
    result, before = text, ""
    while result != before:  # a repair may uncover another
        before = result
        for name, step in _STEPS:
            after = step(result)
            if after != result:
                repairs[name] = None
                result = after
        result = _SPACES.sub(" ", result).strip()
    return Cleaned(result, text, tuple(repairs))


def cleaned(text: str) -> str:
    """Return ``text`` cleaned, for where the original is kept elsewhere."""
    return clean(text).text


def _hidden(text: str) -> str:
    """Drop invisible characters and put sara am together; plain spaces are left to the end."""
    made = tidy(text)
    return made if made != _SPACES.sub(" ", text).strip() else text


def _lao(text: str) -> str:
    """Turn Lao letters into the Thai ones that look like them, where the text is Thai."""
    if not _LAO.search(text) or not _THAI.search(text):
        return text
    return _LAO.sub(lambda m: chr(_LAO_TO_THAI.get(ord(m[0]), ord(m[0]) - _LAO_SHIFT)), text)


def _look_alike(text: str) -> str:
    if not _FOREIGN.search(text):
        return text
    text = _ALONE_IN_THAI.sub(lambda m: _INSIDE_THAI[m[1]], text)
    return _WORD_WITH_FOREIGN.sub(_latin, text)


def _latin(match: re.Match[str]) -> str:
    """Return a word that mixes Latin with look-alikes in Latin only; a word all of another script stays."""
    word = match[0]
    return word.translate(_LATIN_LOOKS) if re.search("[A-Za-z]", word) and _FOREIGN.search(word) else word


def _mark_order(text: str) -> str:
    return _THANTHAKHAT_BEFORE_VOWEL.sub(r"\2\1", _TONE_BEFORE_VOWEL.sub(r"\2\1", text))


def _doubled(text: str) -> str:
    return _TWO_TONES.sub(r"\1", _DOUBLED.sub(r"\1", text))


def _broken_space(text: str) -> str:
    return _SPACE_AFTER_LEADING.sub("", _SPACE_BEFORE_MARK.sub("", text))


def _stray_mark(text: str) -> str:
    """Drop marks that stand on nothing."""
    return _MARK_AT_START.sub(r"\1", text)


_STEPS = (
    ("hidden", _hidden),
    ("lao", _lao),
    ("look_alike", _look_alike),
    ("broken_space", _broken_space),
    ("mark_order", _mark_order),
    ("doubled_mark", _doubled),
    ("stray_mark", _stray_mark),
    ("thai_digits", arabic_digits),
)
