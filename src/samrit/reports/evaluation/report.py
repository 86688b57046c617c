"""The evaluation report of a quarter or month, built from a scored plan (R217–R241)."""

from __future__ import annotations

from collections.abc import Sequence

from samrit.engine.results import PlanResult
from samrit.reports.document.digits import in_thai
from samrit.reports.document.model import BandStyle, Document
from samrit.reports.evaluation.achievements import achievements, remedies
from samrit.reports.evaluation.annex.part import annex
from samrit.reports.evaluation.breakdowns import breakdown_tables
from samrit.reports.evaluation.closed_over import ClosedOver, closed_over
from samrit.reports.evaluation.front import contents, cover, summary
from samrit.reports.evaluation.outcome import outcome
from samrit.reports.evaluation.red_list import red_list
from samrit.reports.evaluation.view import Blocks, ReportView, view_of
from samrit.reports.texts.template import Template
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.speech import speaking


def build(
    result: PlanResult,
    *,
    language: str = "th",
    template: Template | None = None,
    previous: PlanResult | None = None,
    findings: Sequence[Finding] | None = None,
    closed: ClosedOver | None = None,
) -> Document:
    """Return the evaluation report of ``result`` in "th" or "en".

    Every figure is computed from ``result``.  With ``previous``, an earlier evaluation,
    the report says what changed; with ``findings`` of the checks it says how many; with
    ``closed`` it says what was not complete when the evaluation was closed.
    """
    with speaking(result.plan.speech):
        return _built(view_of(result, language, template), previous, findings, closed)


def _built(
    view: ReportView, previous: PlanResult | None, findings: Sequence[Finding] | None, closed: ClosedOver | None
) -> Document:
    blocks = (
        *cover(view),
        *contents(view),
        *summary(view, findings),
        *outcome(view, previous),
        *breakdown_tables(view),
        *achievements(view),
        *red_list(view),
        *remedies(view),
        *closed_over(view, closed),
        *annex(view),
    )
    document = document_of(view, blocks)
    return in_thai(document) if document.digits == "thai" else document


def document_of(view: ReportView, blocks: Blocks) -> Document:
    """Return blocks as a document on the evaluation of ``view``."""
    plan, voice = view.result.plan, view.voice
    return Document(
        title=_title(view),
        language=voice.language,
        author=voice.name(plan.organisation, plan.organisation_en),
        subject=f"{view.timing.label}{view.timing.covered()}",
        blocks=blocks,
        bands=band_styles(view),
        digits=voice.template.digits,
        plan_id=plan.id,
        as_of=view.result.as_of,
    )


def _title(view: ReportView) -> str:
    plan = view.result.plan
    parts = (view.voice.say("cover_title"), view.voice.name(plan.title, plan.title_en), view.timing.label)
    return " ".join(part for part in parts if part)


def band_styles(view: ReportView) -> tuple[BandStyle, ...]:
    """Return how the bands look, worst first as in the rule set (BA3)."""
    return tuple(
        BandStyle(band.code, view.band_name(band), band.sign or "●", band.colour or "#475467")
        for band in view.ruleset.bands
    )
