"""The filled Excel form of a plan, as a package."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from samrit.intake.forms.reader import read_form
from samrit.intake.headings import Headings
from samrit.intake.sources import read_document
from samrit.package import PlanPackage
from samrit.vocabulary.findings import Finding, Place, Severity


def read_filled_plan(content: bytes, name: str, code: str) -> tuple[PlanPackage | None, tuple[Finding, ...]]:
    """Return the plan of a filled form under the id ``code``, and what was found; None for what is no such form.

    Never raises on what the file holds.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{re.sub(r'[^A-Za-z0-9_-]', '_', Path(name).stem)[:60] or 'plan'}.xlsx"
        path.write_bytes(content)
        reading = read_document(path)
    found = tuple(reading.findings)
    form = read_form(reading.grids, code or "plan", Headings(None)) if reading.grids else None
    if form is None:
        faults = [f for f in found if f.severity is Severity.ERROR]
        return None, tuple(faults) or (Finding("draft_upload_no_form", Place(name)),)
    return PlanPackage(form.plan, (form.ruleset,)), (*found, *form.findings)
