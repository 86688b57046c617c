"""The filled forms of the six offices, as packages."""

from __future__ import annotations

from functools import cache
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
