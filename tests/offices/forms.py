"""The filled forms of the six offices, as packages."""

from __future__ import annotations

from functools import cache
from itertools import takewhile
from pathlib import Path

from samrit.intake.draft import Draft
from samrit.intake.importer import import_documents
from samrit.package import PlanPackage

OFFICES = Path(__file__).parents[2] / "examples" / "offices"


@cache
def draft(office: str) -> Draft:
    """Return the draft of an office's filled form."""
    return import_documents([OFFICES / f"{office}.xlsx"])


def package(office: str) -> PlanPackage:
    """Return the package of an office's filled form."""
    found = draft(office).package
    assert found is not None
    return found


def by_hand(name: str) -> list[list[str]]:
    """Return the rows of a table of right values in the offices' page, reckoned by hand."""
    lines = (OFFICES / "README.md").read_text("utf-8").partition(f"<!-- test: {name} -->\n")[2].splitlines()
    rows = takewhile(lambda line: line.startswith("|"), lines)
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in rows][2:]
