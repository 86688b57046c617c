"""How far the work at a site is, from what its rows say in words: a state, and the days of contract and acceptance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz.distance import Indel

from samrit.engine.model import ProcurementStep, Project, Site, SiteState
from samrit.engine.year import YearRecord
from samrit.intake.headings import Headings, key
from samrit.vocabulary.dates import parse_date
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.months import month_pattern
from samrit.vocabulary.periods import plan_year_of

_ALIKE = 0.72  # text recognition leaves about three letters of four
_NOT_YET = re.compile(r"ยังไม่|ยังมิได้|\bnot\b", re.IGNORECASE)
_DATE = rf"[0-9๐-๙]{{1,2}}\s*(?:{month_pattern()})\s*(?:พ\.?ศ\.?\s*)?(?:[0-9๐-๙]{{4}}|[0-9๐-๙]{{2}})"
_SIGNED = re.compile(rf"(?<!ระหว่าง)ลงนาม[^0-9๐-๙]{{0,40}}?(?:วันที่|เมื่อ)\s*({_DATE})", re.IGNORECASE)
_ACCEPTED = re.compile(rf"(?:ส่งมอบ|ตรวจรับ|เบิกจ่าย|แล้วเสร็จ|เสร็จ)[^0-9๐-๙]{{0,60}}?(?:วันที่|เมื่อ)\s*({_DATE})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Days:
    signed: date | None
    accepted: date | None


def with_site_states(
    project: Project, words: Headings, year_be: int, calendar: str
) -> tuple[Project, tuple[Finding, ...]]:
    """Return the work with its sites in states, the contract days among its records, and what is to be said.

    A state that no words tell stays as printed (R189, R254); a day outside the plan's year
    counts in no month of it.
    """
    sites: list[Site] = []
    records: list[YearRecord] = []
    findings: list[Finding] = []
    for site in project.sites:
        days = _days(site)
        state, sure = state_of(site.outcome, words)
        if days.accepted is not None and state is not SiteState.NOT_COMMITTED:  # a dated acceptance says more
            state, sure = SiteState.DONE, sure and state is SiteState.DONE
        state = state or (SiteState.COMMITTED if days.signed is not None else None)
        where = Place(site.source.document, site.source.page, site.source.line, record=project.id)
        if state is None and site.outcome:
            findings.append(Finding("intake_site_state_unknown", where, {"site": site.title, "text": site.outcome}))
        elif state is not None and site.outcome and not sure:
            said = {"site": site.title, "text": site.outcome, "state": state.value}
            findings.append(Finding("intake_site_state_guessed", where, said))
        sites.append(_placed(site, state, days, (year_be, calendar)))
        if days.signed is not None:
            records.append(_contract(site, days.signed))
    made = replace(project, sites=tuple(sites), records=(*project.records, *records))
    return made, tuple(findings)


def state_of(outcome: str, words: Headings) -> tuple[SiteState | None, bool]:
    """Return the state that words tell, and whether they do so to the letter; misread letters are forgiven."""
    said = key(outcome)
    denies = bool(_NOT_YET.search(outcome))
    likely = [
        (Indel.normalized_similarity(said, word), state)
        for state in SiteState
        if denies is (state is SiteState.NOT_COMMITTED)
        for word in words.words("site_state", state.value)
    ]
    score, state = max(likely, key=lambda pair: pair[0])
    return (state, score == 1) if said and score >= _ALIKE else (None, False)


def _days(site: Site) -> _Days:
    told = " \n ".join((*site.actual_texts, site.outcome))
    return _Days(_last(_SIGNED, told), _last(_ACCEPTED, told))


def _last(pattern: re.Pattern[str], text: str) -> date | None:
    found = [parse_date(match[1]).day for match in pattern.finditer(text)]
    return next((day for day in reversed(found) if day is not None), None)


def _placed(site: Site, state: SiteState | None, days: _Days, year: tuple[int, str]) -> Site:
    return replace(
        site,
        outcome=state.value if state is not None else site.outcome,
        committed_period=site.committed_period or _period(days.signed, year),
        done_period=site.done_period or (_period(days.accepted, year) if state is SiteState.DONE else None),
    )


def _period(day: date | None, year: tuple[int, str]) -> int | None:
    if day is None:
        return None
    own, period = plan_year_of(day, year[1])
    return period if own == year[0] else None


def _contract(site: Site, signed: date) -> YearRecord:
    step = ProcurementStep.CONTRACT
    values: tuple[tuple[str, str | int | date | None], ...] = (
        ("step", step), ("round", 1), ("site", site.id), ("due_on", None), ("done_on", signed),
        ("failed", None), ("words", ""), ("document", ""),
    )  # fmt: skip
    return YearRecord("procurement_steps", f"{step.value} / 1 / {site.id}", signed, values, source=site.source)


def stated(
    projects: Sequence[Project], words: Headings, year_be: int, calendar: str
) -> tuple[tuple[Project, ...], list[Finding]]:
    """Return the works with their sites in states, and what is to be said of them."""
    made, findings = [], list[Finding]()
    for project in projects:
        own, said = with_site_states(project, words, year_be, calendar) if project.sites else (project, ())
        made.append(own)
        findings.extend(said)
    return tuple(made), findings
