"""The few words that writers add themselves, in both languages, and the digits they number with."""

from __future__ import annotations

from samrit.reports.document.model import Document

_WORDS = {
    "th": {
        "table": "ตารางที่",
        "figure": "ภาพที่",
        "page": "หน้า",
        "of": "จาก",
        "data": "ข้อมูลของภาพ",
        "item": "รายการ",
        "no_value": "–",
        "skip": "ข้ามไปที่เนื้อหา",
    },
    "en": {
        "table": "Table",
        "figure": "Figure",
        "page": "Page",
        "of": "of",
        "data": "Data of the figure",
        "item": "Item",
        "no_value": "–",
        "skip": "Skip to the content",
    },
}
_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def word(code: str, language: str) -> str:
    """Return a writer's word in the language; Thai for any language but English."""
    return _WORDS["en" if language == "en" else "th"][code]


def number(value: int, document: Document) -> str:
    """Return a number that the writer itself counts (page, caption) in the document's digits (R287)."""
    text = str(value)
    return text.translate(_THAI) if document.digits == "thai" else text
