"""The first look at a file: what its bytes say it is, whatever its name says."""

from __future__ import annotations

import re

from samrit.intake.sources.archive import Archive
from samrit.intake.sources.refusal import refuse

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_EXCEL = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00")  # a bare BIFF stream
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
_PDF_BEGINS_WITHIN = 1024

# OLE stream and storage names that decide; the first that is found counts.
_OLE_KINDS = (
    ("EncryptedPackage", "encrypted"),
    ("_VBA_PROJECT", "macros"),
    ("_VBA_PROJECT_CUR", "macros"),
    ("Macros", "macros"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
)
_MAIN_TYPES = (
    ("spreadsheetml.sheet.main+xml", "xlsx"),
    ("spreadsheetml.template.main+xml", "xlsx"),
    ("wordprocessingml.document.main+xml", "docx"),
    ("wordprocessingml.template.main+xml", "docx"),
    ("sheet.binary.", "xlsb"),
    ("presentationml.", "pptx"),
)
_ODF_KINDS = {"spreadsheet": "ods", "text": "odt", "presentation": "odp", "graphics": "odg"}

_BY_SUFFIX = {
    ".xlsx": "xlsx", ".xltx": "xlsx", ".xls": "xls", ".xlt": "xls", ".ods": "ods", ".ots": "ods",
    ".docx": "docx", ".dotx": "docx", ".odt": "odt", ".ott": "odt", ".pdf": "pdf",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".txt": "text", ".text": "text", ".xml": "xml",
}  # fmt: skip
_SAME = {"csv": "text"}  # both are plain text; only the separators differ


def kind_of(content: bytes) -> str:
    """Return what the content is: "pdf", "xls", "zip" (see ``zip_kind``), "plain", or a kind that is not read."""
    if content.startswith(_ZIP):
        return "zip"
    if content.startswith(_OLE):
        return _ole_kind(content)
    if b"%PDF-" in content[:_PDF_BEGINS_WITHIN]:
        return "pdf"
    if content.startswith(b"{\\rtf"):
        return "rtf"
    if content.startswith(_PICTURES) and b"\0" in content[:64]:
        return "picture"
    if _OLD_EXCEL.match(content):
        return "xls"
    return "plain"


def zip_kind(archive: Archive) -> str:
    """Return what a zip holds: "xlsx", "docx", "ods", "odt", or a kind that is not read."""
    if "[Content_Types].xml" in archive:
        types = archive.content("[Content_Types].xml").decode("utf-8", "replace")
        if "macroEnabled" in types or _has_macros(archive):
            return "macros"
        return next((kind for mark, kind in _MAIN_TYPES if mark in types), "unknown")
    if "mimetype" in archive:
        mime = archive.content("mimetype", 100).decode("ascii", "replace").strip()
        if mime.startswith("application/vnd.oasis.opendocument."):
            return _ODF_KINDS.get(mime.split(".")[-1].removesuffix("-template"), "unknown")
    return "package" if any(name.endswith("datapackage.json") for name in archive.names()) else "archive"


def _has_macros(archive: Archive) -> bool:
    names = [name.lower() for name in archive.names()]
    return any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names)


def _ole_kind(content: bytes) -> str:
    return next((kind for name, kind in _OLE_KINDS if _has_stream(content, name)), "unknown")


def _has_stream(content: bytes, name: str) -> bool:
    """Say whether an OLE container has an entry called ``name``.

    Entries are 128 bytes at multiples of 128: the name in UTF-16, its length at 64, its
    kind (1 storage, 2 stream, 5 root) at 66.
    """
    wanted = name.encode("utf-16-le") + b"\0\0"
    length = len(wanted).to_bytes(2, "little")
    at = content.find(wanted)
    while at >= 0:
        if at % 128 == 0 and content[at + 64 : at + 66] == length and content[at + 66 : at + 67] in {b"\1", b"\2"}:
            return True
        at = content.find(wanted, at + 1)
    return False


def refuse_unread(kind: str) -> None:
    """Refuse the kinds that are known and not read; nothing happens for the others."""
    match kind:
        case "encrypted":
            refuse("intake_encrypted")
        case "macros":
            refuse("intake_macros")
        case "picture":
            refuse("intake_picture")
        case "package":
            refuse("intake_is_package")
        case "archive":
            refuse("intake_archive")
        case "doc" | "rtf" | "ppt" | "pptx" | "odp" | "odg" | "xlsb" | "mhtml" | "xml":
            refuse("intake_kind_unread", kind=kind)
        case "unknown" | "binary":
            refuse("intake_kind_unknown")
        case _:
            return


def promised_kind(suffix: str, kind: str) -> str | None:
    """Return the kind that a file name promises where the content is of another, else None."""
    promised = _BY_SUFFIX.get(suffix.lower())
    if promised is None or _SAME.get(promised, promised) == _SAME.get(kind, kind):
        return None
    return promised
