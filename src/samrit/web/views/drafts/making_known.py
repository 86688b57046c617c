"""What the page of a plan's versions shows of where and when the plan was made known."""

from __future__ import annotations

from typing import Any

from samrit.plans.models import Person, Plan
from samrit.plans.models.publications import Channel
from samrit.plans.rights import may
from samrit.vocabulary.terms import label

GROUP = "publication_channel"


def publications_of(person: Person, plan: Plan, language: str) -> dict[str, Any]:
    """Return the records that stand with the word of their channel, the channels to choose from, and the right."""
    rows = plan.publications.filter(withdrawn=False).select_related("recorded_by")
    return {
        "publications": [(row, label(row.channel, language, GROUP)) for row in rows],
        "channels": [(c.value, label(c.value, language, GROUP)) for c in Channel if c is not Channel.LETTERS],
        "may_publish": may(person, "publication.record", plan=plan),
    }
