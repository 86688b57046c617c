"""An evaluated plan as an Excel workbook with live formulas (issue points 5 and 6)."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from samrit.engine.results import PlanResult
from samrit.reports.texts.looks import template_of
from samrit.reports.texts.template import Template
from samrit.reports.workbook.assemble import assemble
from samrit.vocabulary.speech import speaking


def write(result: PlanResult, path: Path | str, template: Template | None = None, language: str = "th") -> None:
    """Write the workbook of ``result`` to ``path``, in "th" or "en".

    Totals, percents, weights, bands and counts are formulas over the sheets of data;
    each carries the engine's value for programs that do not compute.  The same input
    gives the same bytes.  Raises OSError when the file cannot be written.
    """
    Path(path).write_bytes(to_bytes(result, template, language))


def to_bytes(result: PlanResult, template: Template | None = None, language: str = "th") -> bytes:
    """Return the workbook of ``result`` as bytes."""
    target = BytesIO()
    chosen = "en" if language == "en" else "th"
    with speaking(result.plan.speech):
        assemble(target, result, template=template or template_of(result.plan.look).template, language=chosen)
    return target.getvalue()
