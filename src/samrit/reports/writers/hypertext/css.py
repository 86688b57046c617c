"""The style sheet of the page: the fixed part from a file, and what depends on the document."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

from samrit.reports.document.inline import clean
from samrit.reports.document.model import Document
from samrit.reports.look import colour
from samrit.reports.look.fonts import FAMILY
from samrit.reports.writers.hypertext.blocks import PageSection
from samrit.reports.writers.hypertext.webfont import font_faces
from samrit.reports.writers.words import word

_PAGE_TYPE = f'font:10pt "{FAMILY}",sans-serif;color:{colour.QUIET}'  # of the running head and foot


def stylesheet(document: Document, parts: Sequence[PageSection]) -> str:
    """Return the whole style sheet; nothing in it comes from the document unescaped."""
    fixed = resources.files("samrit.reports.writers").joinpath("templates/report.css").read_text("utf-8")
    return "\n".join((font_faces(), _palette(), fixed, *_bands(document), *_pages(document, parts)))


def quoted(text: str) -> str:
    """Return text as a CSS string that can neither end its string nor its style element."""
    safe = "".join(
        letter if letter.isalnum() or letter in " .–-" or "\u0e00" <= letter <= "\u0e7f" else f"\\{ord(letter):x} "
        for letter in clean(text)
    )
    return f'"{safe}"'


def _palette() -> str:
    colours = {
        "ink": colour.INK,
        "navy": colour.NAVY,
        "teal": colour.TEAL,
        "quiet": colour.QUIET,
        "line": colour.LINE,
        "head": colour.HEAD_FILL,
        "group": colour.GROUP_FILL,
        "total": colour.TOTAL_FILL,
    }
    return ":root{" + ";".join(f"--{name}:{value}" for name, value in colours.items()) + "}"


def _bands(document: Document) -> list[str]:
    rules = []
    for index, band in enumerate(document.bands):
        ground = colour.tint(band.colour)
        rules.append(
            f".b{index} .sign{{color:{colour.ink(band.colour)}}}"
            f"td.b{index},th.b{index}{{background:{ground}}}"
            f"td.b{index} .sign,th.b{index} .sign{{color:{colour.ink(band.colour, ground)}}}"
        )
    return rules


def _pages(document: Document, parts: Sequence[PageSection]) -> list[str]:
    """Return one named page per section: its orientation, its running head and the page number."""
    style = "thai" if document.digits == "thai" else "decimal"
    page, of = (quoted(word(code, document.language)) for code in ("page", "of"))
    foot = (
        f"@bottom-left{{content:{quoted(document.title)}}}"
        f'@bottom-right{{content:{page} " " counter(page,{style}) " " {of} " " counter(pages,{style})}}'
    )
    rules = [f"@page{{{_PAGE_TYPE}}}"]
    for part in parts:
        turned = "size:A4 landscape;margin:2.2cm 1.5cm 1.6cm;" if part.section.landscape else "size:A4 portrait;"
        head = f"@top-left{{content:{quoted(part.header)}}}" if part.header else ""
        running = "" if part.is_cover else head + foot
        rules.append(f"@page {part.id}{{{turned}{running}}}#{part.id}{{page:{part.id}}}")
    return rules
