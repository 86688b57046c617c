"""What a reader must know before trusting the figures, in at most five lines beside the headline.

Everything behind these lines (lists, rules, findings) is in the planner's file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from samrit.engine.results import ProjectResult, State
from samrit.reports.document.model import Heading, Items
from samrit.reports.evaluation.unknowns import in_state, wrong_weights
from samrit.reports.evaluation.view import Blocks, ReportView
from samrit.vocabulary.findings import Finding, Severity


def limits(view: ReportView, findings: Sequence[Finding] | None = None) -> Blocks:
    """Return the limits of the report; what there is nothing of has no line."""
    if not view.voice.template.unknowns or not view.result.projects:
        return ()
    lines = (_method(view), _silent(view), _outside(view), _settled(view), _checks(view, findings))
    return Heading(view.voice.say("limits_heading"), 2), Items(tuple(line for line in lines if line))


def _method(view: ReportView) -> str:
    rules, voice = view.ruleset, view.voice
    fields = {"name": voice.name(rules.name, rules.name_en), "date": voice.date(rules.effective_from)}
    if not view.result.as_of:
        return voice.say("limits_method_start", **fields)
    return voice.say("limits_method", **fields, month=view.timing.month_year(view.result.as_of))


def _silent(view: ReportView) -> str:
    pairs = [(result, own) for result, own in in_state(view, State.NOT_REPORTED) if not result.project.level]
    return _counted(view, "limits_silent", len(pairs), (result for result, _ in pairs))


def _outside(view: ReportView) -> str:
    outside = [result for result in _works(view) if not result.counts]
    return _counted(view, "limits_outside", len(outside), outside)


def _settled(view: ReportView) -> str:
    """Return how many results the evaluators settled, and how many works have weights that do not add up."""
    settled = [r for r in _works(view) if r.override or any(i.override for i in r.indicators)]
    said = (
        _counted(view, "limits_settled", len(settled), settled),
        _counted(view, "limits_weights", 1, wrong_weights(view)),
    )
    return " ".join(part for part in said if part)


def _works(view: ReportView) -> list[ProjectResult]:
    """Return what is a work: a line that measures a strategy itself is counted nowhere (RU5)."""
    return [result for result in view.result.projects if not result.project.level]


def _checks(view: ReportView, findings: Sequence[Finding] | None) -> str:
    if not findings:
        return view.voice.say("limits_elsewhere")
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    fields = {"count": view.voice.count(len(findings)), "errors": view.voice.count(errors)}
    return view.voice.say("limits_checks", **fields)


def _counted(view: ReportView, key: str, number: int, results: Iterable[ProjectResult]) -> str:
    works = len({result.project.key for result in results if not result.project.level})
    if not works:
        return ""
    return view.voice.say(key, count=view.voice.count(number), works=view.voice.count(works))
