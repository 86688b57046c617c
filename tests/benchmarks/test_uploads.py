"""The fuzzer of uploads finds nothing in a sample, and finds what is broken."""

from __future__ import annotations

import pytest

from proofs.uploads import harmful, uploads_meant_to_harm


def test_a_sample_of_harmful_files_is_read_or_refused() -> None:
    with harmful(7) as attack:
        for number in range(60):
            attack(number)
    assert attack.tally.faults == []
    assert attack.tally.outcomes.total() == 60
    assert attack.tally.outcomes["read"]
    assert attack.tally.outcomes["refused"]
    assert attack.tally.slowest > 0, "the work of the processes apart is seen"


def test_an_error_that_gets_through_is_told_with_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("samrit.intake.sources.confined.Confined._asked", broken)
    faults = [*uploads_meant_to_harm(range(4, 7), 7)]
    assert [fault.split(":")[0].split()[1] for fault in faults] == ["4", "5", "6"]
