"""From bytes to text: UTF-8 as it should be, the old Thai encodings and UTF-16 read and said."""

from __future__ import annotations

import codecs
import re

from samrit.package.notes import Notes
from samrit.vocabulary.findings import Place

THAI_8_BIT = "cp874"  # Windows-874, a superset of TIS-620

_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_THAI_IN_UTF8 = re.compile(rb"\xe0[\xb8-\xbb][\x80-\xbf]")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")


def decode(name: str, data: bytes, notes: Notes) -> str | None:
    """Return the text of a file, noting any encoding but plain UTF-8; None when it is not text."""
    if data.startswith(codecs.BOM_UTF8):
        notes.add("package_bom", Place(name))
        data = data[len(codecs.BOM_UTF8) :]
    for mark, encoding in _UTF16.items():
        if data.startswith(mark):
            return _utf16(name, data[len(mark) :], encoding, notes)
    if b"\0" in data[:2]:
        # A heading begins with a Latin letter: every other byte of it is zero.
        return _utf16(name, data, "utf-16-be" if data[0] == 0 else "utf-16-le", notes)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(name, data, error, notes)


def _not_utf8(name: str, data: bytes, error: UnicodeDecodeError, notes: Notes) -> str | None:
    if b"\0" in data:
        notes.add("package_not_text", Place(name))
        return None
    line = data.count(b"\n", 0, error.start) + 1
    if not _mostly_utf8(data):
        try:
            text = data.decode(THAI_8_BIT)
        except UnicodeDecodeError:
            pass
        else:
            notes.add("package_encoding_thai", Place(name), encoding="TIS-620/Windows-874")
            return text
    notes.add("package_encoding_broken", Place(name, line=line), byte=f"0x{data[error.start]:02X}")
    return data.decode("utf-8", "replace")


def _mostly_utf8(data: bytes) -> bool:
    """Say whether the bytes are UTF-8 with a few broken ones, rather than an 8-bit encoding.

    In TIS-620 the three bytes of a Thai UTF-8 letter are a rare run of vowels and letters.
    """
    thai = len(_THAI_IN_UTF8.findall(data))
    return thai * 3 * 2 > len(_HIGH_BYTE.findall(data))


def _utf16(name: str, data: bytes, encoding: str, notes: Notes) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        notes.add("package_not_text", Place(name))
        return None
    if "\0" in text:
        notes.add("package_not_text", Place(name))
        return None
    notes.add("package_encoding_utf16", Place(name), encoding=encoding.upper())
    return text
