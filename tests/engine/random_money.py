"""Random plans of money: works on several lines, shares of units, sources, movements back and forth, awkward sums."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from samrit.engine.model import BudgetLine, Entry, Indicator, Kind, MoneyMovement, MoneyState, Plan, Project

_SOURCES = ("", "กองทุน ก", "กองทุน ข", "งบกลาง")


def random_money(seed: str) -> Plan:
    """Return the plan of that seed: one to twelve lines, some of them the same work."""
    rng = Random(seed)
    return Plan(f"money-{seed}", "แผนสุ่ม", 2568, projects=tuple(_line(rng, n) for n in range(1, rng.randint(2, 13))))


def _line(rng: Random, number: int) -> Project:
    return Project(
        f"P{number}",
        number,
        "งาน",
        rng.choice(("1", "2", "3")),
        fund=rng.choice(("", "F", "G")),
        kind=rng.choice((None, *Kind)),
        identity=rng.choice(("", "", "same", "other")),
        level="strategy" if rng.random() < 0.08 else "",
        responsible_units=tuple(rng.sample(("A", "B", "C"), rng.randint(0, 2))),
        indicators=(Indicator(f"P{number}.1", 1, "ตัวชี้วัด", entries=_entries(rng)),),
        budgets=tuple(_budget(rng) for _ in range(rng.choice((0, 1, 1, 2, 4)))),
        movements=tuple(_movement(rng) for _ in range(rng.choice((0, 0, 1, 3, 8)))),
    )


def _entries(rng: Random) -> tuple[Entry, ...]:
    planned = rng.choice((None, 0, 10, 10))
    if planned is None:
        return ()
    return (Entry(rng.randint(1, 12), planned=Decimal(planned), actual=Decimal(rng.choice((0, 4, 7, 10, 30)))),)


def _budget(rng: Random) -> BudgetLine:
    amount = None if rng.random() < 0.2 else _amount(rng)
    return BudgetLine(amount, rng.choice(_SOURCES), unit=rng.choice(("", "", "", "A")))


def _movement(rng: Random) -> MoneyMovement:
    sign = rng.choice((1, 1, 1, -1))
    return MoneyMovement(rng.randint(1, 12), rng.choice(list(MoneyState)), sign * _amount(rng))


def _amount(rng: Random) -> Decimal:
    places = rng.choice((0, 0, 2, 4))
    return Decimal(rng.choice((0, rng.randint(1, 10 ** rng.choice((3, 7, 15)))))).scaleb(-places)
