"""Numbers of works as offices write them: 1., 1.1, P-001, โครงการที่ 1, ก., (2), IV. — and numbers misread in print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from samrit.intake.tables.layout import month_of

_LETTER = "[ก-๙A-Za-z]"
_PLAIN = re.compile(r"^\(?([0-9]{1,4})\s*[.):](?:\s+(?=\S)|(?=[^\s0-9.]|$))(.*)$", re.DOTALL)
_LOOSE = re.compile(rf"^([0-9]{{1,4}})\s+(?=[\"“(]?{_LETTER})(.*)$", re.DOTALL)
_BARE = re.compile(r"^\(?([0-9]{1,4})\s*[.)]?$")
_NESTED = re.compile(r"^([0-9]{1,3}(?:\.[0-9]{1,3})+)\.?(?:\s*[)]?\s*(?=[^\s0-9.,%)])|\s*$)(.*)$", re.DOTALL)
_WORDED = re.compile(
    r"^(โครงการ|งาน|กิจกรรม|project|activity|work)\s*(?:ที่|ลำดับที่|no\.?|#|(?<=[a-z]))\s*([0-9]{1,4}(?:\.[0-9]{1,3})*)\s*[.:)\-–]?(?:\s+|$)(.*)$",
    re.DOTALL | re.IGNORECASE,
)
_CODE = re.compile(
    r"^\(?([A-Za-z]{1,5}(?:[0-9]{1,2}(?=[-./]))?|[ก-ฮ]{1,5})\s?([-./]?)\s?([0-9]{1,4}(?:[-./][0-9]{1,4})*)\)?[.:]?(?:\s+(?=\S)|$)(.*)$",
    re.DOTALL,
)
_THAI = re.compile(r"^\(?([ก-ฮ])\s*[.)]\s*(?![ก-ฮ]{1,3}\.)(.*)$", re.DOTALL)
_LATIN = re.compile(r"^\(?([A-Za-z])[.)](?:\s+|$)(.*)$", re.DOTALL)
_ROMAN = re.compile(r"^\(?([ivx]{1,5}|[IVX]{1,5})[.)](?:\s+|$)(.*)$", re.DOTALL)
_MISREAD = re.compile(r"^([0-9OolIZSB|]{1,3})[.)](?:\s+(?=[ก-๙])|$)(.*)$", re.DOTALL)
_DASHED = re.compile(r"^([0-9]{1,4}(?:[-/][0-9]{1,4})+)(?:[.:)]|\s+(?=\S)|$)\s*(.*)$", re.DOTALL)
_DIGIT_OF = str.maketrans("OolI|ZSB", "00111258")
_ALPHABET = "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_COUNTED = [letter for letter in _ALPHABET if letter not in "ฃฅฆ"]  # as lists are lettered: ก ข ค ง
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class Label:
    """A number of any kind: its ``form`` ("plain", "nested", "code P-" …), its ``order`` and the ``rest`` of the text.

    ``loose`` says that nothing but a space tells it from the text behind it.
    """

    form: str
    order: tuple[int, ...]
    printed: str
    rest: str = ""
    loose: bool = False


def labels_of(text: str) -> tuple[Label, ...]:
    """Return every way to read the beginning of a cleaned ``text`` as a number, the surest first."""
    return tuple(_labels(text)) if text else ()


def _labels(text: str) -> Iterator[Label]:
    if match := _WORDED.match(text):
        yield Label(f"worded {match[1].casefold()}", _order(match[2]), text[: match.start(3)].strip(), match[3].strip())
    if match := _DASHED.match(text):
        yield Label("dashed", _order(match[1]), match[1], match[2].strip())
    if match := _NESTED.match(text):
        yield Label("nested", _order(match[1]), match[1], match[2].strip())
    if match := _PLAIN.match(text) or _BARE.match(text):
        rest = match[2].strip() if match.lastindex == 2 else ""
        yield Label("plain", (int(match[1]),), match[1], rest)
    elif match := _LOOSE.match(text):
        yield Label("plain", (int(match[1]),), match[1], match[2].strip(), loose=True)
    elif match := _MISREAD.match(text):
        yield Label("plain", (int(match[1].translate(_DIGIT_OF)),), match[1], match[2].strip(), loose=True)
    if (
        (match := _CODE.match(text))
        and month_of(match[1], None) is None
        and month_of(match[1] + match[2], None) is None
    ):
        printed = f"{match[1]}{match[2]}{match[3]}"
        yield Label(f"code {match[1]}{match[2]}", _order(match[3]), printed, match[4].strip())
    yield from _lettered(text)


def _lettered(text: str) -> Iterator[Label]:
    if (match := _THAI.match(text)) and match[1] in _COUNTED:
        yield Label("letter", (_COUNTED.index(match[1]) + 1,), f"{match[1]}.", match[2].strip())
    if match := _ROMAN.match(text):
        yield Label("roman", (_roman(match[1]),), f"{match[1]}.", match[2].strip())
    if match := _LATIN.match(text):
        yield Label("latin", (ord(match[1].casefold()) - ord("a") + 1,), f"{match[1]}.", match[2].strip())


def _order(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.split("[-./]", text) if part)


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[c] for c in text.casefold()]
    return sum(-v if any(later > v for later in values[n + 1 :]) else v for n, v in enumerate(values))


def follows(before: Label, after: Label) -> bool:
    """Say whether ``after`` is the next number after ``before``: 3 after 2, 1.3 after 1.2, 2.1 after 1.4."""
    if before.form != after.form:
        return False
    one, two = before.order, after.order
    return _next(one, two) or (len(one) == len(two) > 1 and two[-1] == 1 and _next(one[:-1], two[:-1]))


def _next(one: tuple[int, ...], two: tuple[int, ...]) -> bool:
    return len(one) == len(two) and one[:-1] == two[:-1] and two[-1] == one[-1] + 1


def is_later(before: Label, after: Label) -> bool:
    """Say whether ``after`` has the form of ``before`` and a higher number."""
    return before.form == after.form and after.order > before.order


def is_first(label: Label) -> bool:
    """Say whether a numbering begins with the label."""
    return label.order[-1] == 1
