"""One document of a closed evaluation, printed as the page prints all of them."""

from __future__ import annotations

from samrit.plans.models import Evaluation, ReportFile
from samrit.plans.records.printing import printing
from samrit.plans.services.plan import report_files
from samrit.plans.services.writing import SYSTEM


def printed(evaluation: Evaluation, name: str) -> ReportFile:
    """Return the row of a Thai document, printed if it is not there."""
    with printing(evaluation.pk, "th") as folder:
        return report_files._make(SYSTEM, evaluation, name, "th", folder)
