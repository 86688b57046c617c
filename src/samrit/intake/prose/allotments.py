"""Money given to a plan as a sentence tells it: for which fund, how much, and where it comes from (R118, R299)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from samrit.engine.model import Fund, Source
from samrit.intake.cleaning import cleaned
from samrit.intake.prose.lines import ProseLine
from samrit.vocabulary.findings import Finding, Place

_GIVEN = re.compile(r"(?:ได้รับ|รับ)(?:การ)?(?:จัดสรร|อนุมัติ)(?:เงิน)?(?:งบประมาณ|เงิน)?|งบประมาณ(?:จาก|ได้รับ)|วงเงินงบประมาณ")
_CLAUSE = re.compile(
    r"(?:งบประมาณ|เงิน)?จาก(?P<origin>(?:(?!งบประมาณจาก)[^0-9]){2,160}?)"
    r"\s*(?:ประจำปี|ปีงบประมาณ|ปี|พ\.ศ\.|รวม|จำนวน|เป็น|วงเงิน)(?P<between>[^0-9]{0,40}(?:25[0-9]{2}[^0-9]{0,60})?)"
    r"(?P<amount>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?)\s*บาท"
)
_FUND = re.compile(r"^กองทุน")


@dataclass(frozen=True, slots=True)
class ToldAllotment:
    """An amount in baht that a sentence says was given, and where from, in its words."""

    origin: str
    amount: Decimal
    source: Source


def allotments(texts: Iterable[ProseLine | None]) -> Iterator[ToldAllotment]:
    """Yield every amount that a sentence says was allotted out of a named source."""
    for paragraph in texts:
        if paragraph is None or not _GIVEN.search(paragraph.whole):
            continue
        for found in _CLAUSE.finditer(paragraph.whole):
            amount = Decimal(found["amount"].replace(",", ""))
            yield ToldAllotment(cleaned(found["origin"]), amount, paragraph.source)


def with_budgets(funds: Sequence[Fund], given: Sequence[ToldAllotment]) -> tuple[tuple[Fund, ...], tuple[Finding, ...]]:
    """Return the funds with what was allotted to each, and what is to be said of it.

    An amount is a fund's where its source names the fund and no other; what names none,
    or a fund that already has one, is told and left out.
    """
    made = {fund.code: fund for fund in funds}
    findings = []
    for one in dict.fromkeys(given):
        place = Place(one.source.document, one.source.page, one.source.line)
        named = [fund for fund in funds if _names(one.origin, fund.name)]
        fund = named[0] if len(named) == 1 else None
        known = made[fund.code].budget if fund is not None else None
        params = {"amount": one.amount, "origin": one.origin, "fund": fund.name if fund is not None else ""}
        if fund is None or (known is not None and known != one.amount):
            findings.append(Finding("intake_allotment_not_placed", place, params))
            continue
        made[fund.code] = replace(made[fund.code], budget=one.amount, budget_source=one.origin)
        findings.append(Finding("intake_allotment_read", place, params))
    return tuple(made.values()), tuple(findings)


def _names(origin: str, fund: str) -> bool:
    name = _FUND.sub("", fund).strip()
    return bool(name) and name in origin
