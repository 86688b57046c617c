"""Real Word lists: bullets, and numbers as offices write them: 1. then 1) then (1)."""

from __future__ import annotations

from collections.abc import Sequence

from samrit.reports.writers.word.xml import NAMESPACES

BULLETS, NUMBERS = 1, 2  # the two lists that the list styles name
DEPTHS = 3
_STEP = 425  # 0.75 cm
_MARKS = ("•", "–", "▪")
_PATTERNS = ("%1.", "%2)", "(%3)")


def numbering_xml(starts: Sequence[int], digits: str) -> str:
    """Return word/numbering.xml; every numbered list of the document counts on its own, from its start."""
    form = "thaiNumbers" if digits == "thai" else "decimal"
    bullets = "".join(_level(depth, "bullet", _MARKS[depth]) for depth in range(DEPTHS))
    numbers = "".join(_level(depth, form, _PATTERNS[depth]) for depth in range(DEPTHS))
    lists = "".join(
        f'<w:num w:numId="{numbered_list(index)}"><w:abstractNumId w:val="{NUMBERS}"/>{_restart(start)}</w:num>'
        for index, start in enumerate(starts)
    )
    return (
        f"<w:numbering {NAMESPACES}>"
        f"{_abstract(BULLETS, 'hybridMultilevel', bullets)}{_abstract(NUMBERS, 'multilevel', numbers)}"
        f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="{BULLETS}"/></w:num>'
        f'<w:num w:numId="{NUMBERS}"><w:abstractNumId w:val="{NUMBERS}"/></w:num>'
        f"{lists}</w:numbering>"
    )


def numbered_list(index: int) -> int:
    """Return the list number of the document's numbered list ``index``, counted from 0."""
    return 10 + index


def _restart(start: int) -> str:
    firsts = (start, *(1,) * (DEPTHS - 1))
    return "".join(
        f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{first}"/></w:lvlOverride>'
        for depth, first in enumerate(firsts)
    )


def _abstract(identifier: int, kind: str, levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{identifier}"><w:multiLevelType w:val="{kind}"/>{levels}</w:abstractNum>'


def _level(depth: int, form: str, pattern: str) -> str:
    left = _STEP * (depth + 2)
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{_STEP}"/></w:pPr></w:lvl>'
    )
