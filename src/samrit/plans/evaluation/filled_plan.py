"""What people send up as a plan, read apart: the filled Excel form of a plan, or a plan's own package.

The content says what it is, not the name; what is neither is refused unread (decision 0022).
"""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path

from samrit.intake.forms.reader import read_form
from samrit.intake.headings import Headings
from samrit.intake.sources import Confined, limits, read_document
from samrit.intake.sources.archive import Archive
from samrit.intake.sources.job import Job
from samrit.intake.sources.kinds import kind_of, zip_kind
from samrit.intake.sources.refusal import Refused
from samrit.package import PlanPackage
from samrit.package.rows import Files, typed
from samrit.vocabulary.findings import Finding, Place, Severity


def read_sent_plan(content: bytes, name: str, code: str) -> tuple[Files | None, tuple[Finding, ...]]:
    """Return the rows of the plan that somebody sent, and what was found; None for what is no plan.

    A filled form is taken whole or not at all: with a value that can't be read it would be another plan, and nobody
    would see it any more once the draft is there.
    ``code`` is the id of a plan that comes as a form.  Never raises on what the file holds.
    """
    job = Job(name)
    try:
        kind = zip_kind(Archive(content)) if kind_of(content) == "zip" else ""
        if kind == "xlsx":
            package, found = read_filled_plan(content, name, code)
            is_whole = package is not None and not any(f.severity is Severity.ERROR for f in found)
            return (typed(package) if package is not None and is_whole else None), found
        if kind not in {"package", "archive"}:
            return None, (Finding("draft_upload_unknown", Place(name)),)
        with Confined(together=limits.SECONDS) as confined:
            return confined.package(content, job), job.findings()
    except Refused as refused:
        last = refused.finding
        named = last if last.place.document else replace(last, place=replace(last.place, document=name))
        return None, (*job.findings(), named)


def read_filled_plan(content: bytes, name: str, code: str) -> tuple[PlanPackage | None, tuple[Finding, ...]]:
    """Return the plan of a filled form under the id ``code``, and what was found; None for what is no such form.

    Never raises on what the file holds.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{re.sub(r'[^A-Za-z0-9_-]', '_', Path(name).stem)[:60] or 'plan'}.xlsx"
        path.write_bytes(content)
        with Confined(together=limits.SECONDS) as confined:
            reading = read_document(path, confined=confined)
    found = tuple(reading.findings)
    form = read_form(reading.grids, code or "plan", Headings(None)) if reading.grids else None
    if form is None:
        faults = [f for f in found if f.severity is Severity.ERROR]
        return None, tuple(faults) or (Finding("draft_upload_no_form", Place(name)),)
    return PlanPackage(form.plan, (form.ruleset,)), (*found, *form.findings)
