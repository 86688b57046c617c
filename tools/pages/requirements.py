"""docs/requirements.md: the numbers of requirements that tests cite, each in our own words."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from tools.pages.markdown import table

ROOT = Path(__file__).resolve().parents[2]
WORDS = Path(__file__).with_suffix(".toml")
_NUMBER = re.compile(r"\b(R[1-9][0-9]{0,2})(?:–R?([0-9]{1,3}))?\b")

HEAD = """# Requirements that tests cite

<!-- Written by `make docs` from tools/pages/requirements.toml; change the words there. -->

A number such as R312 in a docstring is one of the requirements that were gathered from offices' documents; the
list itself is no part of the repository. `grep -rn R312 src tests` finds the code that follows it, and the test that
holds it.
"""


def page() -> str:
    """Return the page: a row per number, in their order."""
    known = words()
    rows = [(number, known[number]) for number in sorted(known, key=lambda number: int(number[1:]))]
    return f"{HEAD}\n{table(('number', 'asks for'), rows)}"


def words() -> dict[str, str]:
    """Return what each number asks for."""
    return tomllib.loads(WORDS.read_text("utf-8"))


def cited(text: str) -> set[str]:
    """Return the numbers that a text cites; "R237–R240" cites four."""
    return {
        f"R{number}"
        for match in _NUMBER.finditer(text)
        for number in range(int(match[1][1:]), int(match[2] or match[1][1:]) + 1)
    }
