"""Sites: since when each is committed (R189), and how far the work at it is: contract, instalments, done (R191)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO, divide, exact
from samrit.engine.choices import ContractState, SiteState
from samrit.engine.model import Site

Span = tuple[int, int | None]  # from a period up to the one in which it ended, which no longer counts; None: it holds
_NEVER = 99
YEAR_END = 12


def committed_since(site: Site, as_of: int) -> int | None:
    """Return since which period the site is committed at the end of ``as_of``; None where it is not (R189).

    What ended later was committed until then: a month that was looked at says the same for ever (I3).
    """
    return min((begun for begun, ended in _spans(site) if _holds(begun, ended, as_of)), default=None)


def under_contracts(site: Site, contracts: Sequence[Span]) -> Site:
    """Return the site committed as its contracts say too, each from its signing to its end."""
    made = _committed(site, (*_spans(site), *contracts))
    is_new = site.committed_period is None and made.committed_period is not None
    return replace(made, outcome=SiteState.COMMITTED.value) if is_new else made


def in_states(site: Site, states: Sequence[tuple[int, SiteState]]) -> Site:
    """Return the site after the states that it came into, in order, each with its period (R189, R254).

    A state says what is so from its period on, and nothing of the months before.  What is done was committed by then
    at the latest; a state told once more begins nothing anew.
    """
    spans, done = list(_spans(site)), site.done_period
    for period, state in states:
        if state is SiteState.NOT_COMMITTED:
            spans = [(begun, period) if _holds(begun, ended, period) else (begun, ended) for begun, ended in spans]
        elif not any(_holds(begun, ended, period) for begun, ended in spans):
            spans.append((period, None))
        is_past = done is not None and done <= period
        if state is SiteState.DONE:
            done = done if is_past else period
        elif is_past:
            done = None
    outcome = states[-1][1].value if states else site.outcome
    return replace(_committed(site, spans), done_period=done, outcome=outcome)


def _spans(site: Site) -> tuple[Span, ...]:
    first = site.committed_period
    return site.commitments or (((first, None),) if first is not None else ())


def _holds(begun: int, ended: int | None, period: int) -> bool:
    return begun <= period and (ended is None or period < ended)


def _committed(site: Site, spans: Iterable[Span]) -> Site:
    known = {(begun, ended) for begun, ended in spans if ended is None or begun < ended}
    now = min((begun for begun, ended in known if ended is None), default=None)
    inner = sorted(known, key=lambda span: (span[0], span[1] or _NEVER))
    return replace(site, commitments=tuple(inner), committed_period=now)


def measuring(contracts: Mapping[str, ContractState]) -> frozenset[str]:
    """Return the contracts of a site by whose instalments it is measured: those that did not end early, else all."""
    whole = frozenset(number for number, state in contracts.items() if state is not ContractState.TERMINATED)
    return whole or frozenset(contracts)


@exact
def site_progress(site: Site, contract_share: Decimal, as_of: int, *, accepted: int | None = None) -> Decimal:
    """Return the progress of one site in percent at the end of period ``as_of`` (R191).

    ``contract_share`` is what the contract alone gives (the rule set's ``site_contract_share``); the rest comes with
    the instalments accepted.  ``accepted`` are those accepted by then, None for the number that the site itself names.
    """
    if site.done_period is not None and site.done_period <= as_of:
        return HUNDRED
    if committed_since(site, as_of) is None:
        return ZERO
    taken = _accepted(site, as_of) if accepted is None else accepted
    return _with_instalments(site, contract_share, taken)


@exact
def progress_planned(site: Site, contract_share: Decimal, as_of: int) -> Decimal:
    """Return the progress of one site in percent that is planned by the end of period ``as_of`` (R191).

    The contract by its due month, each instalment by its own; what has no day is due by the year's end.
    """
    due = site.commitment_due_period or min((*site.instalments_due, YEAR_END))
    if as_of < due:
        return ZERO
    if not site.instalments:
        return HUNDRED if as_of >= YEAR_END else contract_share
    passed = sum(period <= as_of for period in site.instalments_due)
    undated = site.instalments - len(site.instalments_due)
    return _with_instalments(site, contract_share, passed + (max(undated, 0) if as_of >= YEAR_END else 0))


@exact
def mean_progress(sites: Sequence[Site], contract_share: Decimal, as_of: int) -> tuple[Decimal, Decimal] | None:
    """Return the mean progress planned and reached of the sites that are due by ``as_of`` (R191); None without sites.

    Where none is due yet, nothing is planned, and what is reached is the mean of all.
    """
    if not sites:
        return None
    pairs = [(progress_planned(s, contract_share, as_of), site_progress(s, contract_share, as_of)) for s in sites]
    due = [pair for pair in pairs if pair[0]] or pairs
    count = Decimal(len(due))
    return divide(sum((p for p, _ in due), ZERO), count), divide(sum((r for _, r in due), ZERO), count)


def _accepted(site: Site, as_of: int) -> int:
    taken = site.instalments_taken
    return site.instalments_accepted if taken is None else sum(period <= as_of for period in taken)


def _with_instalments(site: Site, contract_share: Decimal, count: int) -> Decimal:
    if not site.instalments:
        return contract_share
    rest = (HUNDRED - contract_share) * Decimal(min(count, site.instalments))
    return contract_share + divide(rest, Decimal(site.instalments))
