"""The pages of docs/ that are written from the source, so that they can't drift from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tools.pages import commands, findings, glossary, package, requirements, templates

ROOT = Path(__file__).resolve().parents[2]

PAGES: Mapping[str, Callable[[], str]] = {
    "docs/commands.md": commands.page,
    "docs/findings.md": findings.page,
    "docs/glossary.md": glossary.page,
    "docs/package.md": package.page,
    "docs/report-template.md": templates.page,
    "docs/requirements.md": requirements.page,
}


def stale() -> tuple[str, ...]:
    """Return the pages that differ from what the source gives, or are not there."""
    return tuple(name for name, page in PAGES.items() if _standing(name) != page())


def write() -> tuple[str, ...]:
    """Write every stale page and return their names."""
    names = stale()
    for name in names:
        (ROOT / name).write_text(PAGES[name](), "utf-8", newline="\n")
    return names


def _standing(name: str) -> str | None:
    path = ROOT / name
    return path.read_text("utf-8") if path.exists() else None
