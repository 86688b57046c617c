"""The planner's file beside an evaluation report: rules by number, lists behind the limits, findings of the checks.

A board needs none of it; who answers for the plan works from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from samrit.engine.results import PlanResult
from samrit.reports.document.digits import in_thai
from samrit.reports.document.model import Cover, Document
from samrit.reports.evaluation.report import document_of
from samrit.reports.evaluation.unknowns import unknowns
from samrit.reports.evaluation.view import ReportView, view_of
from samrit.reports.texts.template import Template
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.speech import speaking


def build(
    result: PlanResult,
    *,
    language: str = "th",
    template: Template | None = None,
    findings: Sequence[Finding] | None = None,
) -> Document:
    """Return the planner's file of ``result`` in "th" or "en"."""
    with speaking(result.plan.speech):
        return _built(view_of(result, language, template), findings)


def _built(view: ReportView, findings: Sequence[Finding] | None) -> Document:
    plan, voice = view.result.plan, view.voice
    title = voice.say("planner_title")
    lines = (voice.name(plan.title, plan.title_en), view.timing.label, view.timing.covered().strip())
    cover = Cover(title, tuple(line for line in lines if line), (voice.name(plan.organisation, plan.organisation_en),))
    document = replace(document_of(view, (cover, *unknowns(view, findings))), title=f"{title} {view.timing.label}")
    return in_thai(document) if document.digits == "thai" else document
