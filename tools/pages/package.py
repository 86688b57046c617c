"""docs/package.md: the files and columns of a plan package."""

from __future__ import annotations

from samrit.package.resources import RESOURCES
from samrit.package.schema import Field, Resource
from tools.pages.markdown import table

HEAD = """# The plan package

<!-- Written by `make docs` from src/samrit/package/; change the files and columns there. -->

A folder (or a zip of it) with these CSV files and a `datapackage.json` that describes them
([decision 0004](decisions/0004-plan-package.md)). Text is UTF-8, the first row names the columns, dates are ISO
(2025-12-31), the decimal point is `.`, years of
plans are Buddhist (2568) and periods are 1 to 12 of the plan's own year.
A *figure* is a number, `–` (nothing planned, nothing due) or empty (not reported), and these three are never the
same. Files without rows may be left out. Columns marked * must be filled.
"""


def page() -> str:
    """Return the page: a heading per file, a row per column."""
    return HEAD + "".join(_resource(resource) for resource in RESOURCES)


def _resource(resource: Resource) -> str:
    head = f"\n## {resource.name}.csv\n\n{resource.en} · {resource.th}\n\n"
    key = f"A row is named by {', '.join(f'`{name}`' for name in resource.key)}.\n\n" if resource.key else ""
    return head + key + table(("column", "kind", "is", "คือ"), [_field(field) for field in resource.fields])


def _field(field: Field) -> tuple[str, str, str, str]:
    kind = ", ".join(f"`{word}`" for word in field.allowed) or str(field.kind)
    if field.minimum is not None or field.maximum is not None:
        kind += f" {_limit(field.minimum)}–{_limit(field.maximum)}"
    return f"`{field.name}`{'*' if field.required else ''}", kind, field.en, field.th


def _limit(value: int | None) -> str:
    return "" if value is None else str(value)
