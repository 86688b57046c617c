"""The sentences of the reports, one per language, with fields that only computed values fill.

The sentences are in ``sentences.toml``; a template may reword them but can add
neither a field nor a figure (nothing typed into a template is a figure).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from string import Formatter

from samrit.vocabulary.findings import Finding, Place

_FIGURE = re.compile(r"[0-9๐-๙]+")


@cache
def sentences() -> Mapping[str, Mapping[str, str]]:
    """Return every sentence by key and language ("th", "en")."""
    text = resources.files(__package__).joinpath("sentences.toml").read_text("utf-8")
    return tomllib.loads(text)


def sentence_fields(text: str) -> frozenset[str]:
    """Return the names of the fields of a sentence; raises ValueError when its braces are not balanced."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def sentence_faults(key: str, text: object, place: Place) -> list[Finding]:
    """Return what is wrong with a template's own wording of a sentence: unknown key, fields, typed figures."""
    own = sentences().get(key)
    if own is None:
        return [Finding("template_text_unknown", place, {"key": key})]
    if not isinstance(text, str):
        return [Finding("template_text_broken", place, {"key": key})]
    try:
        used = sentence_fields(text)
    except ValueError:
        return [Finding("template_text_broken", place, {"key": key})]
    allowed = sentence_fields(own["th"]) | sentence_fields(own["en"])
    names = ", ".join(sorted(allowed)) or "–"
    faults = [
        Finding("template_text_field", place, {"key": key, "field": field, "allowed": names})
        for field in sorted(used - allowed)
    ]
    typed = _FIGURE.search("".join(literal for literal, _, _, _ in Formatter().parse(text)))
    if typed:
        faults.append(Finding("template_text_figure", place, {"key": key, "figure": typed.group()}))
    return faults
