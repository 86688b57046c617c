"""The file around the text: a package of our own parts, saved so that equal documents are equal bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx

from samrit.package.whole import write_whole
from samrit.reports.document.inline import clean
from samrit.reports.document.model import Document
from samrit.reports.writers.word.styles import FONT
from samrit.reports.writers.word.xml import NAMESPACES

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip can hold; the document itself knows no date
_PARTS = {"styles": "styles", "numbering": "numbering", "settings": "settings", "fontTable": "fontTable"}


def blank(styles: str, numbering: str, language: str) -> Any:
    """Return an empty python-docx document with these styles and lists, and no others."""
    parts = {
        "word/styles.xml": styles,
        "word/numbering.xml": numbering,
        "word/settings.xml": _settings(language),
        "word/fontTable.xml": _fonts(),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body><w:p/><w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            {f"{_RELATION}/{kind}": f"{name}.xml" for kind, name in _PARTS.items()}
        ),
        "_rels/.rels": _relations({f"{_RELATION}/officeDocument": "word/document.xml"}),
        "[Content_Types].xml": _content_types(),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, _HEAD + content)
    stream.seek(0)
    return docx.Document(stream)


def describe(word: Any, document: Document) -> None:
    """Write the core properties; no date, since the same document must give the same file."""
    properties = word.core_properties
    properties.title = clean(document.title)[:255]
    properties.author = clean(document.author)[:255]
    properties.subject = clean(document.subject)[:255]
    properties.language = "en-GB" if document.language == "en" else "th-TH"
    properties.identifier = clean(f"{document.plan_id} {document.as_of or ''}".strip())[:255]
    properties.last_modified_by = clean(document.author)[:255]
    properties.comments = ""
    properties.revision = 1
    element = properties._element
    for child in list(element):
        if child.tag.endswith(("}created", "}modified")):
            element.remove(child)


def save(word: Any, path: Path) -> None:
    """Save under ``path`` at once or not at all, with fixed zip dates and the parts in a fixed order."""
    made, kept = io.BytesIO(), io.BytesIO()
    word.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name))
    write_whole(path, kept.getvalue())


def _settings(language: str) -> str:
    latin = "en-GB" if language == "en" else "en-US"
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
        )
    )
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f"<w:compat><w:applyBreakingRules/>{compat}</w:compat>"
        f'<w:themeFontLang w:val="{latin}" w:bidi="th-TH"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
        "</w:settings>"
    )


def _fonts() -> str:
    """Return the font table; where the official font is missing, its siblings take its place."""
    return (
        f'<w:fonts {NAMESPACES}><w:font w:name="{FONT}"><w:altName w:val="TH Sarabun New,Sarabun"/>'
        '<w:charset w:val="DE"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _relations(targets: Mapping[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="rId{index}" Type="{kind}" Target="{target}"/>'
        for index, (kind, target) in enumerate(targets.items(), 1)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'
    )


def _content_types() -> str:
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for name, kind in (("document", "document.main"), *_PARTS.items())
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )
