"""Everything that a report tells in words, laid into the plan that its tables gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from samrit.engine.model import Plan
from samrit.intake.grid import Grid
from samrit.intake.headings import Headings
from samrit.intake.prose.allotments import allotments, with_budgets
from samrit.intake.prose.behind import with_narratives
from samrit.intake.prose.lines import paragraphs
from samrit.intake.prose.sections import report_texts, told_parts
from samrit.intake.prose.site_states import stated
from samrit.vocabulary.findings import Finding, Place


def with_parts(plan: Plan, grids: Sequence[Grid], words: Headings) -> tuple[Plan, tuple[Finding, ...]]:
    """Return a plan with budgets of funds, texts, explanations and site states as its documents tell them in words."""
    texts = tuple(paragraphs(grids))
    told = tuple(told_parts(texts, words, plan.calendar))
    funds, of_money = with_budgets(plan.funds, tuple(allotments(texts)))
    projects, of_works = with_narratives(plan.projects, told, words)
    projects, of_sites = stated(projects, words, plan.year_be, plan.calendar)
    made = replace(plan, funds=funds, projects=projects, texts=report_texts(told))
    return made, (*of_money, *_counted(made), *of_works, *of_sites)


def _counted(plan: Plan) -> tuple[Finding, ...]:
    if not plan.texts:
        return ()
    counts = Counter(text.section for text in plan.texts)
    first = plan.texts[0].source
    params = {
        "count": len(plan.texts),
        "achievements": counts["achievement"],
        "problems": counts["problem"],
        "remedies": counts["remedy"],
    }
    return (Finding("intake_texts_read", Place(first.document, first.page, first.line), params),)
