"""What an amendment must not do unseen: change months that are over, hold from a closed month, close what is reported.

Months before the effective one count by the version before (I3, R33, R103): what is taken out is closed from that
month on and stays in the versions that held before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from samrit.package.resources import resource_named
from samrit.plans.drafting.document import Standing, StandingRow, begun_with
from samrit.plans.models import PlanDraft
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.numbers import whole

_Begun = Mapping[str, Mapping[int, Mapping[str, str]]]
_PLANNED = ("planned", "planned_upper", "planned_numerator", "planned_denominator")
_CLOSED = {"projects": "amendment_closes_work", "indicators": "amendment_closes_indicator"}


def amendment_findings(draft: PlanDraft, rows: Standing) -> tuple[Finding, ...]:
    """Return what to know of an amendment as it is; nothing for any other draft."""
    if draft.plan is None:
        return ()
    begun = {name: {row.number: row.cells for row in own} for name, own in begun_with(draft).items()}
    return (*_of_closed_month(draft), *_closing(draft, begun, rows), *_behind(draft, begun, rows))


def _of_closed_month(draft: PlanDraft) -> Iterator[Finding]:
    """Yield that a month from the effective one on is closed: the version would be refused in the end."""
    closed = draft.plan.closures.filter(period__gte=draft.effective_period) if draft.plan else None
    last = closed.order_by("-period").values_list("period", flat=True).first() if closed is not None else None
    if last is not None:
        yield Finding("amendment_of_closed_month", Place(), {"month": draft.effective_period, "closed": last})


def _closing(draft: PlanDraft, begun: _Begun, rows: Standing) -> Iterator[Finding]:
    """Yield the works and indicators that are closed from the effective month on; those of a closed work with it."""
    for file, code in _CLOSED.items():
        gone = [begun.get(file, {}).get(n) for n, row in rows[file].items() if row.is_removed]
        for cells in filter(None, gone):
            work = cells.get("project", "")
            if file == "indicators" and work not in _ids(rows["projects"]):
                continue
            named = {"month": draft.effective_period, "name": cells.get("title") or cells.get("name", "")}
            yield Finding(code, Place(resource_named(file).path, record=cells.get("id", "")), named)


def _behind(draft: PlanDraft, begun: _Begun, rows: Standing) -> Iterator[Finding]:
    """Yield the indicators whose plan is another one in months that count by the version before."""
    months: dict[str, set[int]] = {}
    standing = _ids(rows["indicators"])
    for number, row in rows["monthly"].items():
        before: Mapping[str, str] = begun.get("monthly", {}).get(number, {})
        after: Mapping[str, str] = {} if row.is_removed else row.cells
        if before is after:
            continue
        for cells, other in ((before, after), (after, before)):
            month, indicator = whole(cells.get("period"), 0), cells.get("indicator", "")
            if 0 < month < draft.effective_period and indicator in standing and _planned(cells) != _planned(other):
                months.setdefault(indicator, set()).add(month)
    known = {cells.get("id", "") for cells in begun.get("indicators", {}).values()}
    for indicator, own in months.items():
        if indicator in known:  # a new one has no month that counted already
            listed = ", ".join(map(str, sorted(own)))
            place = Place(resource_named("monthly").path, record=indicator)
            yield Finding("amendment_behind", place, {"months": listed, "month": draft.effective_period})


def _ids(rows: Mapping[int, StandingRow]) -> frozenset[str]:
    return frozenset(row.cells.get("id", "") for row in rows.values() if not row.is_removed)


def _planned(cells: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a row of months plans; a dash and a blank plan nothing."""
    return tuple("" if (text := cells.get(name, "")) in ("", "–", "-") else text for name in _PLANNED)
