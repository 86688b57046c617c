"""Damage to documents: bytes flipped, lost and doubled, tags exchanged, numbers that nobody would write."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.intake.sources.documents import LAYOUTS, converted, write_html, write_ods, write_pdf, write_xlsx
from tests.intake.sources.test_word import LISTS, numbered, tc, tr, word

CARD = LAYOUTS["card"]
EXTREMES = [b"0", b"-1", b"65536", b"4294967295", b"99999999999999999999", b"1e308", b"NaN", b"", b"A1:XFD1048576"]

Mutate = Callable[[bytes, random.Random], bytes]


def flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 40))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def without_a_piece(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.randrange(1, 200) :]


def with_a_piece_twice(data: bytes, chance: random.Random) -> bytes:
    at, length = chance.randrange(len(data)), chance.randrange(1, 400)
    to = chance.randrange(len(data))
    return data[:to] + data[at : at + length] * chance.choice((1, 2, 30)) + data[to:]


def with_an_extreme_number(data: bytes, chance: random.Random) -> bytes:
    places = list(re.finditer(rb"[A-Z]{0,3}[0-9]+", data))
    if not places:
        return flipped(data, chance)
    place = chance.choice(places)
    return data[: place.start()] + chance.choice(EXTREMES) + data[place.end() :]


def with_tags_exchanged(data: bytes, chance: random.Random) -> bytes:
    tags = list(re.finditer(rb"<[^>]*>", data))
    if len(tags) < 2:
        return cut(data, chance)
    one, other = sorted(chance.sample(tags, 2), key=lambda tag: tag.start())
    return (
        data[: one.start()] + other[0] + data[one.end() : other.start()] + one[0] + data[other.end() :]
    )  # fmt: skip


BYTES: tuple[Mutate, ...] = (flipped, cut, without_a_piece, with_a_piece_twice)
MARKUP: tuple[Mutate, ...] = (*BYTES, with_an_extreme_number, with_an_extreme_number, with_tags_exchanged)


def inside(data: bytes, chance: random.Random) -> bytes:
    """Damage one part of a zipped document and zip it again, so that the damage is not caught by the zip's own sums."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([name for name, content in parts.items() if content])
    parts[name] = chance.choice(MARKUP)(parts[name], chance)
    if chance.random() < 0.05:
        del parts[chance.choice(list(parts))]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return out.getvalue()


def good_file(kind: str, folder: Path) -> bytes:
    """Return a small good file of a kind."""
    match kind:
        case "xlsx":
            return write_xlsx(CARD, folder / "a.xlsx").read_bytes()
        case "ods":
            return write_ods(CARD, folder / "a.ods").read_bytes()
        case "html":
            return write_html(CARD, folder / "a.html").read_bytes()
        case "pdf":
            return write_pdf(CARD, folder / "a.pdf").read_bytes()
        case "xls":
            return converted(write_xlsx(CARD, folder / "a.xlsx"), "xls").read_bytes()
        case "docx":
            merged = tr(tc("ก", '<w:vMerge w:val="restart"/>'), tc("ข", '<w:gridSpan w:val="2"/>')) + tr(
                tc("", "<w:vMerge/>"), tc("1"), tc(f"<w:tbl>{tr(tc('ใน'))}</w:tbl>")
            )
            body = numbered("หนึ่ง") + numbered("สอง", 2) + f"<w:tbl>{merged}</w:tbl>"
            return word(folder, body, numbering=LISTS).read_bytes()
        case "csv":
            return 'งาน,แผน,ผล\n"ตรวจ ""ก""\nสอง",1,2\nข,3,4\n\nหัว,ท้าย\n'.encode()
        case _:
            return "หัวเรื่อง\nก\t1\t2\nข\t3\t4\n\nท้าย\n".encode("cp874")


def ways(kind: str) -> tuple[Mutate, ...]:
    """Return the ways to damage a file of a kind, the likeliest several times."""
    return (inside, inside, inside, *BYTES) if kind in {"xlsx", "docx", "ods"} else MARKUP
