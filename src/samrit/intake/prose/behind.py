"""The works that a report names as behind, with target, result, reason and next step (R164, R165, R232)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz.distance import Indel

from samrit.engine.model import Narrative, Project, Source
from samrit.intake.headings import Headings, key
from samrit.intake.prose.sections import ToldParagraph
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.narrative import WORDS

_UNIT = re.compile(r"\s*\(([^()]{1,80})\)\s*$")
_LABEL = re.compile(r"^(?P<label>[^:：]{3,40}?)\s*(?:\([^()]{1,30}\))?\s*[:：]\s*(?P<text>.*)$")
_CAUSE = re.compile(r"เนื่องจาก|เพราะ|ด้วยเหตุ|สาเหตุ(?:มา)?จาก|\bdue to\b|\bbecause\b", re.IGNORECASE)
_NEXT = re.compile(r"ทั้งนี้|ปัจจุบัน|ขณะนี้|คาดว่า|อยู่ระหว่าง|จะดำเนินการ|รับไปดำเนินการต่อ|ขอกันเงิน|ขอเงินไว้|next step", re.IGNORECASE)
_ALIKE = 0.8
_FIELDS = ("target_text", *(word.name for word in WORDS))


@dataclass(slots=True)
class _Behind:
    title: str
    unit: str
    as_of: int | None
    source: Source
    parts: dict[str, list[str]] = field(default_factory=dict)
    current: str = "result"

    def add(self, text: str, words: Headings) -> None:
        """Take a paragraph; one that begins with a label opens that part."""
        found = _LABEL.match(text)
        match = words.find("told", found["label"]) if found else None
        if found and match:
            self.current, text = match.code, found["text"]
        if text:
            self.parts.setdefault(self.current, []).append(text)


def with_narratives(
    projects: Sequence[Project], told: Iterable[ToldParagraph], words: Headings
) -> tuple[tuple[Project, ...], tuple[Finding, ...]]:
    """Return the works with what the report tells of those behind, and what is to be said of it.

    A list item goes to the work whose title it prints; one that names no work, or more than
    one, is told with its words and left out.  A result that tells reason and next step in
    one breath is taken apart at the words that begin them, and said.
    """
    made = {project.id: project for project in projects}
    findings: list[Finding] = []
    for one in _items(told, words):
        place = Place(one.source.document, one.source.page, one.source.line)
        same = _same(projects, one)
        if len(same) != 1:
            told_words = " ".join(text for texts in one.parts.values() for text in texts)
            findings.append(
                Finding("intake_behind_not_placed", place, {"title": one.title, "count": len(same), "text": told_words})
            )
            continue
        narrative, split = _narrative(one)
        work = made[same[0].id]
        made[work.id] = replace(work, narratives=(*work.narratives, narrative))
        code = "intake_narrative_split" if split else "intake_narrative_read"
        findings.append(Finding(code, replace(place, record=work.id), {"title": one.title}))
    return tuple(made.values()), tuple(findings)


def _items(told: Iterable[ToldParagraph], words: Headings) -> list[_Behind]:
    """Return the works of the list: each begins with its number, one higher than the last."""
    found: list[_Behind] = []
    for one in told:
        if one.section != "behind":
            continue
        paragraph = one.paragraph
        if paragraph.depth == 0 and paragraph.number == str(len(found) + 1):
            unit = _UNIT.search(paragraph.text)
            title = _UNIT.sub("", paragraph.text)
            found.append(_Behind(title, unit[1] if unit else "", one.as_of, paragraph.source))
        elif found:
            found[-1].add(paragraph.whole, words)
    return found


def _same(projects: Sequence[Project], one: _Behind) -> list[Project]:
    """Return the works that an item can mean: the likest title, the unit deciding between equals."""
    title = key(one.title)
    scores = {p.id: _likeness(title, key(p.title)) for p in projects}
    best = max(scores.values(), default=0.0)
    if best < _ALIKE:
        return []
    same = [p for p in projects if scores[p.id] >= best - 0.01]
    own = [p for p in same if one.unit and key(one.unit) in key(p.responsible_text)]
    return own or same


def _likeness(one: str, other: str) -> float:
    if min(len(one), len(other)) > 12 and (one in other or other in one):
        return 0.95
    return float(Indel.normalized_similarity(one, other))


def _narrative(one: _Behind) -> tuple[Narrative, bool]:
    texts = {name: " ".join(one.parts.get(name, ())) for name in _FIELDS}
    split = False
    if texts["result"] and not texts["cause"] and not texts["next_step"]:
        texts["result"], texts["cause"], texts["next_step"] = _apart(texts["result"])
        split = bool(texts["cause"] or texts["next_step"])
    return Narrative(one.as_of or 0, **texts, source=one.source), split  # type: ignore[arg-type]


def _apart(text: str) -> tuple[str, str, str]:
    """Return result, reason and next step of one paragraph: nothing of it is lost, and none said twice."""
    cause = _CAUSE.search(text)
    begins = cause.start() if cause else len(text)
    after = _NEXT.search(text, cause.end() if cause else 1)
    ends = after.start() if after else len(text)
    begins = min(begins, ends)
    return text[:begins].strip(), text[begins:ends].strip(), text[ends:].strip()
