"""Sites under a work: rows that tell in words, by quarter, what is planned and done (R55, R189)."""

from __future__ import annotations

from samrit.intake.monitoring.row_view import RowView
from samrit.intake.tables.drafts import SiteDraft, WorkDraft
from samrit.intake.tables.tokens import TokenKind

_LONG = 12  # letters from which a text in the months is a sentence, not a misread figure
_MONTHS = 14  # places in which the quarters' texts stand


def is_site(view: RowView, *, after_site: bool) -> bool:
    """Say whether a row is one of a site; ``after_site`` tells that the row before was."""
    if view.marker is None:
        return False
    if view.site_number and not view.figures:
        return True
    if view.marker[1] == "actual" and after_site and not view.figures:
        return True
    if _is_of_indicator(view):
        return False
    start = view.marker[0] + 1
    tail = [t for t in view.tokens[start + 2 :] if t.kind is not TokenKind.BLANK]
    words = [t for t in tail if t.kind is TokenKind.TEXT and len(t.text) > _LONG and t.position < start + _MONTHS]
    figures = [t for t in tail if t.kind in (TokenKind.NUMBER, TokenKind.DASH)]
    return bool(words) and len(figures) <= 2


def _is_of_indicator(view: RowView) -> bool:
    """Say whether a row names its indicator, or is the result below one: a sentence among its months is no site."""
    assert view.marker is not None  # noqa: S101
    if view.indicator is not None or view.layout.position("indicator") in view.filled:
        return True
    return view.certain and view.marker[1] == "actual" and view.filled[0] == view.marker[0]


def read_site(view: RowView, work: WorkDraft) -> None:
    """Add a site to its work, or its result row to the site before."""
    assert view.marker is not None  # noqa: S101
    at, side = view.marker
    told = [t for t in view.tokens[at + 1 :] if t.kind is TokenKind.TEXT and len(t.text) > _LONG]
    texts = tuple(t.text for t in told)
    view.taken.update(t.position for t in told)
    if side == "actual" and work.sites:
        work.sites[-1].actual = texts
        return
    before = [t for t in view.tokens[:at] if t.kind is not TokenKind.BLANK]
    words = [t for t in before if t.kind is TokenKind.TEXT][:2]
    money = next((t for t in before if t.value is not None and t.value >= 1000), None)
    view.taken.update(t.position for t in (*words, money) if t is not None)
    title, unit, *_ = [*(t.text for t in words), "", ""]
    site = SiteDraft(len(work.sites) + 1, title, unit, money.text if money is not None else "", texts)
    site.cell = view.cell(view.filled[0])
    if view.filled[-1] > view.layout.months[-1]:
        site.outcome = view.texts[view.filled[-1]]
        view.taken.add(view.filled[-1])
    work.sites.append(site)
