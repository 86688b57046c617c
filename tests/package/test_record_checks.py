"""What a form of the year's records refuses: days out of time, amounts beyond their contract, an end without a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from samrit.engine.model import ContractState, Plan, Project
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.year import YearRecord
from samrit.package.kinds import KINDS
from samrit.package.kinds.declared import RecordKind
from samrit.package.kinds.procurement import CONTRACTS, INSTALMENTS
from samrit.package.schema import Type
from samrit.vocabulary.findings import Finding, sentence

WORK, PLAN, TODAY = Project("P1", 1, "งาน", "1"), Plan("p", "แผน", 2569), date(2026, 5, 10)


def values(kind: RecordKind, **given: object) -> dict:
    return {**dict.fromkeys(f.name for f in kind.fields), **given}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_came_lies_not_ahead_and_an_end_not_before_its_beginning(kind: RecordKind) -> None:
    """A day on which something came closes what is waited for, so that one ahead would silence the warning (R248)."""
    for name in kind.came:
        assert kind.field(name).kind is Type.DATE
        assert list(kind.out_of_time(values(kind, **{name: TODAY}), TODAY)) == []
        late = date(2026, 5, 11)
        assert [(f, c) for f, c, _ in kind.out_of_time(values(kind, **{name: late}), TODAY)] == [
            (name, "year_came_ahead")
        ]
    for first, last in kind.spans:
        turned = values(kind, **{first: date(2026, 4, 2), last: date(2026, 4, 1)})
        ((field, code, params),) = kind.out_of_time(turned, TODAY)
        assert (field, kind.field(first).th in sentence(Finding(code, params=params))) == (last, True)
        assert list(kind.out_of_time({**turned, last: date(2026, 4, 2)}, TODAY)) == []


@pytest.mark.parametrize("kind", [k for k in KINDS if k.waits], ids=lambda kind: kind.name)
def test_a_day_that_ends_the_waiting_is_one_that_came(kind: RecordKind) -> None:
    """Whatever day of a record makes it wait no longer is declared so: a kind cannot forget it."""
    waits = kind.waits
    assert waits is not None
    days = [f.name for f in kind.fields if f.kind is Type.DATE]
    for due in days:
        open_ = values(kind, **{due: date(2026, 4, 1)})
        try:
            is_waiting = waits(open_) is not None
        except KeyError:
            continue
        closing = {d for d in days if d != due and is_waiting and waits({**open_, d: TODAY}) is None}
        assert closing <= kind.came


@pytest.mark.parametrize(
    ("number", "amount", "is_refused"), [(3, "400000.00", False), (3, "400000.01", True), (2, "700000", False)]
)
def test_instalments_come_to_no_more_than_their_contract(number: int, amount: str, is_refused: bool) -> None:
    """R252, R253: to the satang; one that is re-cut counts as it is now, and not beside what it was."""

    def record(kind: RecordKind, own: str, **given: object) -> YearRecord:
        return YearRecord(kind.name, own, date(2026, 3, 1), tuple(values(kind, **given).items()))

    work = replace(
        WORK,
        records=(
            record(CONTRACTS, "7", number="7", value=Decimal(1_000_000)),
            record(CONTRACTS, "8", number="8", value=Decimal(1)),
            record(INSTALMENTS, "7 / 1", contract="7", number=1, amount=Decimal(300_000)),
            record(INSTALMENTS, "7 / 2", contract="7", number=2, amount=Decimal(300_000)),
        ),
    )
    given = values(INSTALMENTS, contract="7", number=number, amount=Decimal(amount))
    assert INSTALMENTS.check is not None
    found = [code for _, code, _ in INSTALMENTS.check(given, work, PLAN, PERCENT_OF_PLAN)]
    assert found == (["instalments_above_contract"] if is_refused else [])


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_word_in_both_languages_is_said_in_the_reader_s(language: str) -> None:
    """A refused sort or day of kept money stood on the form with both languages and their braces (R130)."""
    both = {"th": "ไทย", "en": "Thai"}
    for code, params in (
        ("carry_over_sort", {"sort": both}),
        ("carry_over_expiry", {"day": both}),
        ("year_days_turned", {"first": both}),
    ):
        said = sentence(Finding(code, params=params), language)
        assert both[language] in said
        assert "{" not in said


def test_a_contract_that_was_ended_has_a_day_on_which_it_was() -> None:
    """R189: one that ended on no known day counts as never signed, which nobody means who types it."""
    assert CONTRACTS.check is not None
    for day, codes in ((None, ["contract_end_missing"]), (TODAY, [])):
        given = values(CONTRACTS, state=ContractState.TERMINATED, terminated_on=day)
        assert [code for _, code, _ in CONTRACTS.check(given, WORK, PLAN, PERCENT_OF_PLAN)] == codes
