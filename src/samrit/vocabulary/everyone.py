"""All units of an office, named on purpose as one where a plan says who is responsible (R89)."""

from __future__ import annotations

from functools import lru_cache

from samrit.vocabulary.terms import code_of, label

GROUP = "everyone"


@lru_cache(2048)
def is_everyone(name: str) -> bool:
    """Say whether ``name`` means every unit, in either language: no register has to have a unit of that code."""
    return bool(name) and code_of(name, GROUP) is not None


def everyone(language: str = "th") -> str:
    """Return what people read for every unit; in Thai it is also what a plan keeps."""
    return label(GROUP, language, GROUP)
