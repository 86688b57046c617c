"""Taking apart the cells of a plan table: several works, indicators with targets, steps, periods or budgets in one."""

from __future__ import annotations

import re

from rapidfuzz.distance import Indel

from samrit.intake.cleaning import cleaned
from samrit.vocabulary.money import parse_money
from samrit.vocabulary.months import month_pattern

_ITEM = re.compile(r"(?:(?<=\s)|^)([0-9]{1,3})\s*[.)]\s*(?=[^\s0-9])")
_TARGET = re.compile(r"\(([^()]*(?:[0-9๐-๙][^()]*|ระดับ[^()]*)?)\)\s*$")
_BULLET = re.compile(r"^[-–•●*]\s*(?=\S)")
_HAS_NUMBER = re.compile("[0-9]")
_BEGINS_WITH_COUNT = re.compile(
    r"[0-9][0-9,]*\s+[A-Za-z]"
)  # "120 members trained (60 women)": brackets are a part of it
_AMOUNT = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|ไม่\s?(?:ใช้|ใช่|มี|ได้ใช้)\s?งบ\s?ประมาณ|-(?=\s*\()")
_BRACKETED = re.compile(r"\(([^()]+)\)")
_MONTHS = re.compile(
    rf"(?:{month_pattern()})\s*(?:[0-9]{{2,4}})?(?:\s*[-–—]\s*(?:{month_pattern()}))?\s*(?:[0-9]{{4}}|[0-9]{{2}})?"
)
_NO_BUDGET = "ไม่ใช้งบประมาณ"
_ALIKE = 0.88


def split_numbered(text: str) -> list[tuple[int | None, str]]:
    """Return the numbered items of a text in order; one item without a number where none is numbered.

    Only numbers that run on (1, 2, 3 or 22, 23) begin items, so "ระดับ 5" and dates do not.
    """
    marks: list[re.Match[str]] = []
    for match in _ITEM.finditer(text):
        if not marks or int(match[1]) == int(marks[-1][1]) + 1:
            marks.append(match)
    if not marks or marks[0].start() > 0:
        return [(None, text.strip())] if text.strip() else []
    ends = [*(m.start() for m in marks[1:]), len(text)]
    return [(int(m[1]), text[m.end() : end].strip()) for m, end in zip(marks, ends, strict=True)]


def indicators_of(text: str) -> list[tuple[str, str]]:
    """Return the indicators of a cell, each with the target that is in brackets after it ("" where none does)."""
    return [_with_target(item) for _, item in split_numbered(text) if item]


def paired(names: str, targets: str) -> list[tuple[str, str]]:
    """Return the indicators of a cell with the targets of the cell beside it, where they are as many; else both whole.

    Both are texts as in the document: lines tell items without numbers apart, names where each has a bullet.
    """
    items = [name for _, name in split_numbered(cleaned(names))]
    rows = [cleaned(line) for line in names.splitlines() if line.strip()]
    if len(items) == 1 < len(rows) and all(map(_BULLET.match, rows)):
        items = [_BULLET.sub("", row) for row in rows]
    lines = [cleaned(line) for line in targets.splitlines() if line.strip()]
    for parts in ([target for _, target in split_numbered(cleaned(targets))], lines):
        if len(items) > 1 and len(parts) == len(items):
            return list(zip(items, parts, strict=True))
    return [(cleaned(names), cleaned(targets))]


def _with_target(item: str) -> tuple[str, str]:
    match = _TARGET.search(item)
    if match is None or not _HAS_NUMBER.search(match[1]) or _BEGINS_WITH_COUNT.match(item):
        return item, ""
    return item[: match.start()].strip(), match[0].strip()


def is_complete(text: str) -> bool:
    """Say whether the indicators of a cell end with a target in brackets, so that nothing more is to come."""
    items = indicators_of(text)
    return bool(items) and bool(items[-1][1])


def periods_of(text: str) -> list[str]:
    """Return the periods that a cell prints one after the other; the text itself where no month is named."""
    found = [m[0].strip() for m in _MONTHS.finditer(text)]
    return found if len(found) > 1 else [text.strip()]


def budgets_of(text: str) -> list[tuple[str, str]]:
    """Return amount and unit for every budget of a cell: "2,120,000 (กฝ.) 1,766,700 (กฝ.)"."""
    marks = list(_AMOUNT.finditer(text))
    if not marks:
        unit = _BRACKETED.search(text)
        return [("", unit[1].strip() if unit else text.strip())] if text.strip() else []
    ends = [*(m.start() for m in marks[1:]), len(text)]
    made = []
    for mark, end in zip(marks, ends, strict=True):
        rest = text[mark.end() : end]
        unit = _BRACKETED.search(rest)
        made.append((mark[0], unit[1].strip() if unit else rest.strip(" /")))
    return made


def no_budget_misprint(text: str) -> bool:
    """Say whether a text is a misprint of "ไม่ใช้งบประมาณ" ("ไม่ใช่ งบประมาณ")."""
    if parse_money(text).uses_no_budget:
        return False
    bare = cleaned(text).replace(" ", "")
    return bool(bare) and Indel.normalized_similarity(bare, _NO_BUDGET) >= _ALIKE
