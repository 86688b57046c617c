"""Writing the report's words: drafted from the records, edited without loss, signed off by section (R227–R236)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from samrit.package.kinds.declared import LONGEST_NOTE
from samrit.plans.errors import ServiceError, SeveralRefused
from samrit.plans.evaluation.documents import package_of
from samrit.plans.evaluation.report_words import (
    HELD,
    SECTIONS,
    drafts_of,
    figures_in,
    languages_of,
    latest,
    mark_of,
    view_at,
    writers_of,
)
from samrit.plans.evaluation.scoring import evaluate, version_in_force
from samrit.plans.models import Person, Plan, ReportParagraph, SectionSigned
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.services.writing import Actor, permit, person_of, service
from samrit.reports.evaluation.view import ReportView, view_of
from samrit.reports.evaluation.words.drafted import achievement, candidates
from samrit.vocabulary.numbers import whole
from samrit.vocabulary.speech import speaking

WITHDRAWN, LAPSED = "withdrawn", "lapsed"
MOST = 300  # paragraphs of a section
TEXTS = ("text", "text_en")


@dataclass(frozen=True, slots=True)
class Drafting:
    """What a drafting did: how many paragraphs are new, renewed, taken out, and left as their editor had them."""

    new: int = 0
    renewed: int = 0
    lapsed: int = 0
    kept: int = 0


@service
def words_draft(actor: Actor, *, plan: Plan, period: int, section: str, until: datetime | None = None) -> Drafting:
    """Draft a section from what was known at ``until`` (None: now), or draft it again.

    A text that was edited stays as it is; one that nobody touched becomes what the draft says now, or lapses with
    it.  Raises ServiceError ``not_allowed``, ``period_unknown`` or ``words_section_unknown``.
    """
    scene = _Scene.of(actor, plan, period, section)
    drafts = {key: draft for (own, key), draft in drafts_of(evaluate(plan, period), until).items() if own == section}
    new = renewed = lapsed = kept = 0
    for key, draft in list(drafts.items())[:MOST]:
        row = scene.rows.get(key)
        said = {"depth": draft.of.depth, "strategy": draft.of.strategy, "project": draft.of.project}
        if row is None or row.state == LAPSED:
            texts = {"text": draft.of.text, "text_en": draft.text_en}
            scene.added(actor, key, **said, **texts, **_as_drafted(texts), place=draft.place)
            new += 1
        elif row.state == HELD:
            fresh = _renewed(row, {"text": draft.of.text, "text_en": draft.text_en})
            place = row.place if row.moved else draft.place
            kept += any(getattr(row, name) != getattr(row, f"drafted{name[4:]}") for name in TEXTS)
            if fresh or place != row.place:
                scene.added(actor, key, **fresh, place=place)
                renewed += bool(fresh)
    for row in list(scene.rows.values()):
        if row.key not in drafts and row.state == HELD and row.drafted and _is_untouched(row):
            scene.added(actor, row.key, state=LAPSED)
            lapsed += 1
    return Drafting(new, renewed, lapsed, kept)


@service
def words_from_plan(actor: Actor, *, plan: Plan, period: int, section: str) -> int:
    """Take the section's texts of the plan's version over, to go on with; return how many.

    Raises ServiceError ``words_begun`` where the section has words of its own.
    """
    scene = _Scene.of(actor, plan, period, section)
    if scene.rows:
        raise ServiceError("words_begun", record=plan.code)
    own = [t for t in package_of(version_in_force(plan, period)).plan.texts if t.section == section]
    held = sorted((t for t in own if t.as_of in (None, period)), key=lambda t: t.order)[:MOST]
    for at, text in enumerate(held, 1):
        said = {"strategy": text.strategy, "project": text.project, "text": text.text, "text_en": text.text_en}
        scene.added(actor, f"plan/{at}", **said, depth=text.depth, place=at * 10)
    return len(held)


@service
def words_add(actor: Actor, *, plan: Plan, period: int, section: str, given: Mapping[str, str]) -> ReportParagraph:
    """Add a paragraph: ``given`` has text, text_en, strategy, project, depth and place as typed.

    An achievement with a work and no text is drafted from the work's figures.  Raises SeveralRefused with every
    fault, ServiceError ``words_too_many``.
    """
    scene = _Scene.of(actor, plan, period, section)
    if len(scene.rows) >= MOST:
        raise ServiceError("words_too_many", record=plan.code, limit=MOST)
    typed = scene.chosen(given) if section == "achievement" and not given.get("text", "").strip() else dict(given)
    said = scene.read(typed)
    free = next(n for n in range(1, MOST + 2) if f"own/{n}" not in scene.rows)
    said.setdefault("place", max((row.place for row in scene.rows.values()), default=0) + 10)
    return scene.added(actor, f"own/{free}", **said, moved=True)


@service
def words_save(
    actor: Actor, *, plan: Plan, period: int, section: str, key: str, given: Mapping[str, str], seen: int
) -> ReportParagraph:
    """Write a paragraph over, or say that it was checked against its figures as they are now.

    ``seen`` is the revision that it was written over.  Raises SeveralRefused with every fault, ServiceError
    ``words_moved_on`` where another has been faster.
    """
    scene = _Scene.of(actor, plan, period, section)
    row = scene.seen(key, seen)
    said = scene.read({**{name: getattr(row, name) for name in (*TEXTS, "strategy", "project")}, **given})
    moved = row.moved or said.get("place", row.place) != row.place
    return scene.added(actor, key, **said, moved=moved)


@service
def words_take(
    actor: Actor, *, plan: Plan, period: int, section: str, key: str, seen: int, keep: bool = False
) -> ReportParagraph:
    """Take the draft of now in place of an edited text, or with ``keep`` say that the edited one stays."""
    scene = _Scene.of(actor, plan, period, section)
    scene.seen(key, seen)
    draft = drafts_of(evaluate(plan, period), None).get((section, key))
    if draft is None:
        raise ServiceError("words_not_drafted", record=plan.code)
    texts = {"text": draft.of.text, "text_en": draft.text_en}
    return scene.added(actor, key, **({} if keep else texts), **_as_drafted(texts))


@service
def words_withdraw(actor: Actor, *, plan: Plan, period: int, section: str, key: str, seen: int) -> ReportParagraph:
    """Take a paragraph out of the report; drafting again does not bring it back."""
    scene = _Scene.of(actor, plan, period, section)
    scene.seen(key, seen)
    return scene.added(actor, key, state=WITHDRAWN)


@service
def words_sign(actor: Actor, *, plan: Plan, period: int, section: str, shown: str) -> SectionSigned:
    """Sign a section off as it was on the page; a later change of a word or a figure ends that by itself.

    Who wrote one of its paragraphs does not sign it.  Raises ServiceError ``words_changed_since``,
    ``words_own_hand`` or ``words_none``.
    """
    scene = _Scene.of(actor, plan, period, section, action="words.sign")
    held = [row for row in scene.rows.values() if row.state == HELD]
    if not held:
        raise ServiceError("words_none", record=plan.code)
    mark = mark_of(scene.view, section, latest(plan.pk, period))
    if shown != mark:
        raise ServiceError("words_changed_since", record=plan.code)
    if isinstance(actor, Person) and actor.pk in writers_of(plan.pk, held):
        raise ServiceError("words_own_hand", record=plan.code)
    signed = SectionSigned(
        plan=plan, period=period, section=section, mark=mark, signed_at=timezone.now(), signed_by=person_of(actor)
    )
    signed.save()
    _note(actor, "section.sign", signed, {})
    return signed


@dataclass
class _Scene:
    """One section of a period's report that is written to, with its rows by key."""

    plan: Plan
    period: int
    section: str
    rows: dict[str, ReportParagraph]
    view: ReportView

    @classmethod
    def of(cls, actor: Actor, plan: Plan, period: int, section: str, *, action: str = "words.write") -> _Scene:
        permit(actor, action, plan=plan)
        if not 1 <= period <= 12:
            raise ServiceError("period_unknown", record=plan.code, period=period)
        if section not in SECTIONS:
            raise ServiceError("words_section_unknown", record=plan.code, section=section[:40])
        rows = {row.key: row for row in latest(plan.pk, period) if row.section == section}
        return cls(plan, period, section, rows, view_at(plan, period))

    def seen(self, key: str, revision: int) -> ReportParagraph:
        """Return a paragraph, as long as it is as it was seen."""
        row = self.rows.get(key)
        if row is None or row.revision != revision or row.state != HELD:
            by = str(row.entered_by or "–") if row is not None else "–"
            raise ServiceError("words_moved_on", record=self.plan.code, by=by)
        return row

    def chosen(self, given: Mapping[str, str]) -> dict[str, str]:
        """Return what was typed with a text made of the figures of the work that was chosen."""
        work = given.get("project", "").strip()
        found = next((r for r in candidates(self.view) if r.project.id == work), None)
        if found is None:
            return dict(given)
        result = self.view.result
        with speaking(result.plan.speech):
            told = [achievement(view_of(result, own, None), found).text for own in languages_of(result.plan)]
        return {**given, **dict(zip(TEXTS, told, strict=False)), "strategy": found.project.strategy}

    def read(self, given: Mapping[str, str]) -> dict[str, Any]:
        """Return what was typed as values; raises SeveralRefused with every fault."""
        plan, named = self.view.result.plan, self.plan.code
        said: dict[str, Any] = {name: _clean(given.get(name, "")) for name in TEXTS}
        said |= {name: given.get(name, "").strip() for name in ("strategy", "project")}
        wrong = [] if said["text"] else [ServiceError("words_empty", record=named)]
        wrong += [
            ServiceError("text_too_long", record=named, limit=LONGEST_NOTE)
            for name in TEXTS
            if len(said[name]) > LONGEST_NOTE
        ]
        unknown = [field for field, value in figures_in(self.view, said["text"], said["text_en"]).items() if not value]
        wrong += [ServiceError("words_field_unknown", record=named, field=field[:60]) for field in unknown[:20]]
        if said["strategy"] and said["strategy"] not in {s.code for s in plan.strategies}:
            wrong.append(ServiceError("words_strategy_unknown", record=named, strategy=said["strategy"][:40]))
        is_missing = self.section == "red" and not said["project"]
        if is_missing or (said["project"] and plan.project(said["project"]) is None):
            wrong.append(ServiceError("words_work_unknown", record=named, work=said["project"][:40] or "–"))
        for name, most in (("depth", 2), ("place", 100_000)):
            typed = given.get(name, "").strip()
            if typed:
                said[name] = whole(typed, -1)
                if not 0 <= said[name] <= most:
                    wrong.append(ServiceError("words_number_wrong", record=named, value=typed[:20], most=most))
        if wrong:
            raise SeveralRefused(wrong)
        return said

    def added(self, actor: Actor, key: str, **said: Any) -> ReportParagraph:
        """Write the next revision of a paragraph, with its entry of the history, its figures as they are now."""
        before = self.rows.get(key)
        kept = ("place", "moved", "depth", "strategy", "project", "text", "text_en", "drafted", "drafted_en")
        values = {name: getattr(before, name) for name in kept} if before is not None else {}
        values |= said
        row = ReportParagraph(
            plan=self.plan,
            period=self.period,
            section=self.section,
            key=key,
            revision=before.revision + 1 if before is not None else 1,
            **values,
            figures=figures_in(self.view, values.get("text", ""), values.get("text_en", "")),
            entered_at=timezone.now(),
            entered_by=person_of(actor),
        )
        row.save()
        action = "paragraph.withdraw" if row.state != HELD else "paragraph.save"
        _note(actor, action, row, snapshot(before) if before is not None else {})
        self.rows[key] = row
        return row


def _note(actor: Actor, action: str, row: ReportParagraph | SectionSigned, old: dict[str, Any]) -> None:
    entry = history.record(
        person_of(actor), action, plan=row.plan, record=row.section, period=row.period, old=old, new=snapshot(row)
    )
    row.sequence = entry.sequence
    row.save()


def _as_drafted(texts: Mapping[str, str]) -> dict[str, str]:
    return {"drafted": texts["text"], "drafted_en": texts["text_en"]}


def _renewed(row: ReportParagraph, texts: Mapping[str, str]) -> dict[str, str]:
    """Return what the draft changes of a paragraph: each language that nobody edited."""
    fresh: dict[str, str] = {}
    for name in TEXTS:
        before = f"drafted{name[4:]}"
        if getattr(row, name) == getattr(row, before) != texts[name]:
            fresh |= {name: texts[name], before: texts[name]}
    return fresh


def _is_untouched(row: ReportParagraph) -> bool:
    return (row.text, row.text_en) == (row.drafted, row.drafted_en)


def _clean(typed: str) -> str:
    lines = typed.replace("\r\n", "\n").replace("\r", "\n").strip()
    return "".join(c for c in lines if c.isprintable() or c in "\n\t" or not c.isascii())
