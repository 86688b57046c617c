"""The office's own list of causes: called otherwise, added to, closed, never taken out (R242, R243)."""

from __future__ import annotations

from samrit.plans.errors import ServiceError
from samrit.plans.evaluation.causes import ListedCause, cause_list
from samrit.plans.models import CauseWord
from samrit.plans.records import history
from samrit.plans.records.snapshots import snapshot
from samrit.plans.services.writing import Actor, permit, person_of, service
from samrit.vocabulary.text import search_key

LONGEST = 200  # characters of a cause's words


@service
def cause_save(
    actor: Actor, *, title: str, title_en: str = "", code: str = "", is_closed: bool = False, reason: str = ""
) -> CauseWord | None:
    """Add a cause (``code`` is "") or call one otherwise, close it or open it again; None when nothing is another.

    What was recorded with a cause keeps it.  Raises ServiceError ``cause_unknown``, ``cause_title_missing``,
    ``text_too_long``, or ``cause_taken`` where another cause is called so.
    """
    permit(actor, "causes.manage")
    known, th, en = cause_list(), _in_line(title), _in_line(title_en)
    if code and code not in known:
        raise ServiceError("cause_unknown", record=code[:60], cause=code[:60])
    _require_words(th, en, [cause for cause in known.values() if cause.code != code])
    if code and known[code] == ListedCause(code, th, en, is_closed, known[code].is_own):
        return None
    row = CauseWord.objects.filter(code=code).first() if code else None
    old = snapshot(row) if row is not None else {}
    row = row or CauseWord(code=code or th)
    row.title, row.title_en, row.is_closed = th, en, is_closed
    row.save()
    history.record(person_of(actor), "cause.save", record=row.code, old=old, new=snapshot(row), reason=reason)
    return row


def _require_words(th: str, en: str, others: list[ListedCause]) -> None:
    if not th:
        raise ServiceError("cause_title_missing")
    if max(len(th), len(en)) > LONGEST:
        raise ServiceError("text_too_long", record=th[:60], limit=LONGEST)
    taken = {search_key(word) for cause in others for word in (cause.code, cause.title, cause.title_en) if word}
    for word in filter(None, (th, en)):
        if search_key(word) in taken:
            raise ServiceError("cause_taken", record=word, cause=word)


def _in_line(text: str) -> str:
    return " ".join(text.split())
