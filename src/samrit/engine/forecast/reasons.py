"""Why a forecast or an early warning says what it says, in words."""

from __future__ import annotations

from collections.abc import Mapping

from samrit.vocabulary.reasons import reasons
from samrit.vocabulary.speech import speech
from samrit.vocabulary.text import filled


def reason_text(code: str, params: Mapping[str, object], language: str = "th") -> str:
    """Return the reason in words, in Thai ("th") or English ("en")."""
    thai, english = reasons()[code]
    return filled(speech().says(english if language == "en" else thai, language), params)
