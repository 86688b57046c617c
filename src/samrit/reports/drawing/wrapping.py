"""Breaking a text into lines between words; Thai writes no space between them.

SVG has no line breaking of its own.  The words are found by BudouX, a small model made for
this purpose; what it must never do (cut a syllable, begin a line with a tone mark or a
closing bracket) is checked here and does not depend on the model.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import budoux

from samrit.reports.look.fonts import text_width

_LEADING_VOWELS = "เแโใไ"
_FOLLOWERS = "ะาำๅๆฯ"
_NEVER_FIRST = _FOLLOWERS + ")]}”’»,.:;!?%/"
_NEVER_LAST = _LEADING_VOWELS + "([{“‘«"
# Words of every office report that the model sometimes cuts or joins wrongly.
_KNOWN = (
    "กลยุทธ์ ก้าวหน้า กองทุน ข้อเสนอแนะ ค่าเป้าหมาย คุณภาพ คณะกรรมการ งบประมาณ จังหวัด ชาติ ตัวชี้วัด "
    "ตำแหน่ง ไตรมาส ทรัพยากร เทคโนโลยี ธรรมาภิบาล นวัตกรรม นโยบาย แนวทาง บทบาท บุคลากร บริหาร บริการ ประกันสังคม "
    "ประจำปี ประสิทธิภาพ ประสิทธิผล ประเมินผล ประเมิน ปรับปรุง ปรับเปลี่ยน ปานกลาง เป้าประสงค์ เป้าหมาย ผู้ประกันตน แผนงาน "
    "พนักงาน พันธกิจ ภารกิจ มาตรฐาน ยุทธศาสตร์ ร้อยละ ระบบ รายงาน ราชการ วัฒนธรรม วิสัยทัศน์ วัตถุประสงค์ "
    "สมรรถนะ สารสนเทศ สำนักงาน สิ่งแวดล้อม หน่วยงาน องค์กร อัตรากำลัง โครงการ"
).split()
_SPLIT = re.compile(f"({'|'.join(sorted(_KNOWN, key=len, reverse=True))})")
_CONSONANTS = re.compile("[ก-ฮ]")


def wrap(text: str, width: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """Return ``text`` as lines no wider than ``width`` at ``size``; line feeds in it are kept.

    A word wider than a whole line is broken between letters, so that nothing is ever cut off.
    An empty text gives one empty line.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_filled(paragraph, width, size, bold))
    return tuple(lines)


def balanced(text: str, width: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """Return ``text`` as :func:`wrap` does, in as few lines, but of about equal length: for centred words in a box."""
    lines = wrap(text, width, size, bold)
    narrow, wide = width / 2, width
    while wide - narrow > size / 2:
        middle = (narrow + wide) / 2
        if len(wrap(text, middle, size, bold)) > len(lines):
            narrow = middle
        else:
            wide, lines = middle, wrap(text, middle, size, bold)
    return lines


def words(text: str) -> tuple[str, ...]:
    """Return the pieces of ``text`` between which a line may break; joined they give the text again."""
    pieces: list[str] = []
    for piece in _guessed(text):
        if pieces and _belong_together(pieces[-1], piece):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return tuple(pieces)


def _guessed(text: str) -> Iterator[str]:
    """Yield the words of ``text``: the known ones, and between them what the model takes for words."""
    for place, part in enumerate(_SPLIT.split(text)):
        if place % 2:
            yield part
        elif part:
            yield from _parser().parse(part)


@cache
def _parser() -> budoux.Parser:
    return budoux.load_default_thai_parser()


def _belong_together(before: str, after: str) -> bool:
    """Say whether a line must not break here."""
    if after[0] == " ":
        return True  # a space hangs at the end of its line
    if before[-1] == " ":
        return False
    if not _may_break(before[-1], after[0]) or after[0] in _NEVER_FIRST or before[-1] in _NEVER_LAST:
        return True
    if before[-1].isascii() and after[0].isascii():
        return True  # 1,297 and SSO-57 are one word
    return _is_fragment(after) or _is_fragment(before)


def _is_fragment(piece: str) -> bool:
    """Say whether ``piece`` is a single Thai consonant with its vowels: rarely a word, often a cut one (ชา|ติ)."""
    return len(_CONSONANTS.findall(piece)) == 1 and not piece.endswith(" ") and len(piece) < 3


def _may_break(before: str, after: str) -> bool:
    """Say whether two letters belong to different clusters."""
    return not (unicodedata.category(after) == "Mn" or after in _FOLLOWERS or before in _LEADING_VOWELS)


def _filled(paragraph: str, width: float, size: float, bold: bool) -> list[str]:
    lines = [""]
    for word in words(paragraph):
        if text_width((lines[-1] + word).rstrip(), size, bold) <= width:
            lines[-1] += word
            continue
        *whole, rest = _broken(word, width, size, bold)
        lines.extend([*whole, rest])
    return [line.rstrip() for line in lines if line.strip()] or [""]


def _broken(word: str, width: float, size: float, bold: bool) -> list[str]:
    """Return ``word`` in parts no wider than ``width``, cut only between clusters."""
    parts = [""]
    for cluster in _clusters(word):
        if parts[-1] and text_width((parts[-1] + cluster).rstrip(), size, bold) > width:
            parts.append("")
        parts[-1] += cluster
    return parts


def _clusters(word: str) -> list[str]:
    clusters: list[str] = []
    for letter in word:
        if clusters and not _may_break(clusters[-1][-1], letter):
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return clusters
