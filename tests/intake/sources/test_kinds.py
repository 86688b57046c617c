"""What a file is, its content says; what is not read is refused with a word on what to do."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from samrit.intake.sources import read_document
from samrit.vocabulary.findings import sentence
from tests.intake.sources.documents import MONITORING, WRITERS, codes, errors, tables_of, written

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def ole(*names: str) -> bytes:
    """Return the begin of an OLE container with entries of these names."""
    content = bytearray(OLE.ljust(512, b"\0"))
    for name in ("Root Entry", *names):
        text = name.encode("utf-16-le") + b"\0\0"
        content += (text.ljust(64, b"\0") + len(text).to_bytes(2, "little") + b"\2").ljust(128, b"\0")
    return bytes(content)


def zipped(path: Path, **parts: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("kind", ["xlsx", "docx", "ods", "html", "pdf"])
@pytest.mark.parametrize("wrong", [".txt", ".xls", ".csv"])
def test_a_wrong_name_is_said_and_the_content_read(kind: str, wrong: str, tmp_path: Path) -> None:
    path = written(kind, MONITORING, tmp_path)
    reading = read_document(path.rename(path.with_suffix(wrong)))
    assert reading.origin == kind
    assert len(tables_of(reading)) == 1
    assert codes(reading) == ["intake_kind_mismatch"]
    assert kind in sentence(reading.findings[0])


@pytest.mark.parametrize("kind", [kind for kind in WRITERS if "_" not in kind])
def test_a_right_name_and_no_name_are_not_spoken_of(kind: str, tmp_path: Path) -> None:
    path = written(kind, MONITORING, tmp_path)
    assert codes(read_document(path)) == []
    assert codes(read_document(path.rename(tmp_path / "noname"))) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "intake_empty"),
        (ole("EncryptionInfo", "EncryptedPackage"), "intake_encrypted"),
        (ole("Workbook", "_VBA_PROJECT_CUR"), "intake_macros"),
        (ole("WordDocument", "Macros"), "intake_macros"),
        (ole("WordDocument"), "intake_kind_unread"),
        (ole("PowerPoint Document"), "intake_kind_unread"),
        (ole(), "intake_kind_unknown"),
        (ole("Workbook"), "intake_damaged"),
        (b"{\\rtf1 text}", "intake_kind_unread"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "intake_picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "intake_picture"),
        (b"<?xml version='1.0'?><Workbook/>", "intake_kind_unread"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "intake_kind_unread"),
        (bytes(range(1, 32)) * 100, "intake_kind_unknown"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0", "intake_kind_unknown"),
        (b"PK\x05\x06" + b"\0" * 18, "intake_archive"),
        (b"PK\x03\x04 nonsense", "intake_damaged"),
        (b"%PDF-1.7 nonsense", "intake_damaged"),
        (b"   \n \n", None),
    ],
)
def test_what_is_not_read_is_refused(content: bytes, code: str | None, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    reading = read_document(path)
    assert reading.grids == ()
    assert code in codes(reading) if code else codes(reading) == ["intake_nothing_found"]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"datapackage.json": "{}", "plan.csv": ""}, "intake_is_package"),
        ({"a.xlsx": "", "b.xlsx": ""}, "intake_archive"),
        ({"[Content_Types].xml": "<Types/>"}, "intake_kind_unknown"),
        ({"[Content_Types].xml": 'ContentType="vnd.ms-excel.sheet.macroEnabled.main+xml"'}, "intake_macros"),
        ({"[Content_Types].xml": "spreadsheetml.sheet.main+xml", "xl/vbaProject.bin": ""}, "intake_macros"),
        ({"[Content_Types].xml": "spreadsheetml.sheet.main+xml", "xl/macrosheets/sheet1.xml": ""}, "intake_macros"),
        ({"[Content_Types].xml": "vnd.ms-excel.sheet.binary.macro", "xl/workbook.bin": ""}, "intake_kind_unread"),
        ({"[Content_Types].xml": "presentationml.presentation.main+xml"}, "intake_kind_unread"),
        ({"mimetype": "application/vnd.oasis.opendocument.presentation"}, "intake_kind_unread"),
        ({"mimetype": "application/epub+zip"}, "intake_archive"),
        ({"[Content_Types].xml": "wordprocessingml.document.main+xml"}, "intake_nothing_found"),
        ({"[Content_Types].xml": "spreadsheetml.sheet.main+xml"}, "intake_no_sheets"),
    ],
)  # fmt: skip
def test_zipped_files_of_other_kinds_are_told_apart(parts: dict[str, str], code: str, tmp_path: Path) -> None:
    reading = read_document(zipped(tmp_path / "file.zip", **parts))
    assert reading.grids == ()
    assert code in codes(reading)


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    assert errors(read_document(tmp_path / "nowhere.xlsx")) == ["intake_unreadable"]
    assert errors(read_document(tmp_path)) == ["intake_not_a_file"]
    assert errors(read_document("bad\0name")) == ["intake_unreadable"]


def test_every_finding_names_the_document(tmp_path: Path) -> None:
    path = tmp_path / "เอกสาร.xlsx"
    path.write_bytes(b"PK\x03\x04 nonsense")
    (finding,) = read_document(path).findings
    assert sentence(finding).startswith("แฟ้ม เอกสาร.xlsx")
