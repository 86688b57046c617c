"""Letters that no font at hand can draw; a tagged PDF may not hold them.

Sarabun has Thai and Latin, and the typesetter brings fonts for symbols.  What neither
has (a smiling face, another script) is replaced by □, so that a strange letter in a
remark never prevents a report from being written.
"""

from __future__ import annotations

import json
from functools import cache

import typst

from samrit.reports.look.fonts import has_glyph
from samrit.reports.writers.typeset.typeface import typeface_directory

SUBSTITUTE = "□"
_MOST = 64  # letters that are tried; a text in a foreign script is replaced without trying each one
_PROBE = b"""#set document(title: "letter", date: none)
#set text(font: "Sarabun")
#json(bytes(sys.inputs.letter))
"""


@cache
def fonts() -> typst.Fonts:
    """Return Sarabun and the typesetter's own fonts, and none of the system's."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(typeface_directory())])


def with_drawable_letters(text: str) -> str:
    """Return ``text`` with every letter replaced that no font can draw."""
    strange = sorted(letter for letter in set(text) if letter != "\n" and not has_glyph(letter))
    missing = {letter: SUBSTITUTE for place, letter in enumerate(strange) if place >= _MOST or not _drawn(letter)}
    return text.translate({ord(letter): sign for letter, sign in missing.items()}) if missing else text


@cache
def _drawn(letter: str) -> bool:
    """Say whether some font draws ``letter``, by asking the typesetter for an accessible page that holds it."""
    try:
        typst.Compiler(_PROBE, font_paths=fonts(), sys_inputs={"letter": json.dumps(letter)}).compile(
            format="pdf", pdf_standards=["ua-1"]
        )
    except typst.TypstError:
        return False
    return True
