"""docs/glossary.md: the words of the field, code beside Thai and English."""

from __future__ import annotations

from samrit.vocabulary.terms import TermGroup, groups
from tools.pages.markdown import table

HEAD = """# Glossary

<!-- Written by `make docs` from src/samrit/vocabulary/terms.toml; change the words there. -->

One code for each thing, in columns, classes, JSON and tests, with the words that users read. The last column has other
spellings under which a document may name it.
"""


def page() -> str:
    """Return the page: a table per group of terms."""
    return HEAD + "".join(_group(group) for group in groups().values())


def _group(group: TermGroup) -> str:
    rows = [(f"`{t.code}`", t.th, t.en, t.note, ", ".join(t.also)) for t in group.terms.values()]
    return f"\n## {group.en} · {group.th}\n\n" + table(("code", "ภาษาไทย", "English", "note", "also"), rows)
