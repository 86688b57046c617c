"""The documents that a plan was read from, kept as they came: which there are, and a value's place in them."""

from __future__ import annotations

from dataclasses import dataclass

from samrit.engine.model import Source
from samrit.plans.drafting.imported import imported_of, original_content
from samrit.plans.drafting.original import Excerpt, excerpt
from samrit.plans.errors import NotVisible
from samrit.plans.evaluation import memory
from samrit.plans.models import DraftImport, DraftState, Plan, PlanDraft
from samrit.plans.selectors.results.look import Look


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document of a published draft of the plan: its name, kind ("pdf"), hash, and where it is kept."""

    name: str
    kind: str
    sha256: str
    draft: int
    at: int


@dataclass(frozen=True, slots=True)
class OriginalPage:
    """A document opened at a place; ``number`` names it among the plan's, ``picture`` is its printed page."""

    code: str
    plan_title: str
    document: KeptDocument
    number: int
    excerpt: Excerpt | None
    picture: int | None


def originals_of(plan: Plan) -> tuple[KeptDocument, ...]:
    """Return the documents that versions of ``plan`` were read from, the oldest first."""

    def read() -> tuple[KeptDocument, ...]:
        rows = DraftImport.objects.filter(draft__plan=plan.pk, draft__state=DraftState.PUBLISHED)
        return tuple(
            KeptDocument(one["name"], one["kind"], one["sha256"], row.draft_id, at)  # type: ignore[attr-defined]
            for row in rows.defer("content").order_by("draft")
            for at, one in enumerate(row.documents)
        )

    return memory.read(("originals", plan.pk), read)


def number_of(seen: Look, document: str) -> int | None:
    """Return the number of the latest document of that name; None where the reader may open none."""
    if seen.public or not document:
        return None
    named = [number for number, kept in enumerate(originals_of(seen.plan)) if kept.name == document]
    return named[-1] if named else None


def original_page(seen: Look, number: int, source: Source) -> OriginalPage:
    """Return a document opened at the place of ``source``; raises NotVisible for the public or another number."""
    kept = _kept(seen, number)
    found = imported_of(_draft(kept))
    place = Source(kept.name, source.page, source.line, source.cell)
    shown = excerpt(found.grids, place) if found is not None else None
    page = place.page if kept.kind == "pdf" else None
    title = (seen.language == "en" and seen.plan.title_en) or seen.plan.title
    return OriginalPage(seen.plan.code, title, kept, number, shown, page)


def original_file(seen: Look, number: int) -> tuple[KeptDocument, bytes]:
    """Return a document as it came, held against its hash; raises NotVisible for the public or another number."""
    kept = _kept(seen, number)
    content = original_content(_draft(kept), kept.at)
    if content is None:
        raise NotVisible(kept.name)
    return kept, content


def _kept(seen: Look, number: int) -> KeptDocument:
    kept = originals_of(seen.plan)
    if seen.public or not 0 <= number < len(kept):
        raise NotVisible(f"{seen.plan.code} {number}")
    return kept[number]


def _draft(kept: KeptDocument) -> PlanDraft:
    return PlanDraft.objects.defer("content").get(pk=kept.draft)
