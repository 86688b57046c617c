"""How far the work at one site is: nothing, its contract, its instalments, done (R191)."""

from __future__ import annotations

from decimal import Decimal

from samrit.engine.arithmetic import HUNDRED, ZERO, divide, exact
from samrit.engine.model import Site


@exact
def site_progress(site: Site, contract_share: Decimal, as_of: int, *, accepted: int | None = None) -> Decimal:
    """Return the progress of one site in percent at the end of period ``as_of`` (R191).

    ``contract_share`` is what the contract alone gives (the rule set's ``site_contract_share``); the rest comes with
    the instalments accepted.  ``accepted`` are those accepted by then, None for the number that the site itself names.
    """
    if site.done_period is not None and site.done_period <= as_of:
        return HUNDRED
    if site.committed_period is None or site.committed_period > as_of:
        return ZERO
    taken = site.instalments_accepted if accepted is None else accepted
    if not site.instalments:
        return contract_share
    rest = (HUNDRED - contract_share) * Decimal(min(taken, site.instalments))
    return contract_share + divide(rest, Decimal(site.instalments))
