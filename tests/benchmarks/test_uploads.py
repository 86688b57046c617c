"""The fuzzer of uploads finds nothing in a sample, and finds what is broken."""

from __future__ import annotations

import pytest

from benchmarks.uploads import fuzz


def test_a_sample_of_harmful_files_is_read_or_refused() -> None:
    tally = fuzz(7, seconds=0, files=60)
    assert tally.faults == []
    assert tally.count == 60
    assert tally.outcomes["read"]
    assert tally.outcomes["refused"]


def test_an_error_that_gets_through_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("samrit.intake.sources.confined.Confined._asked", broken)
    assert len(fuzz(7, seconds=0, files=3).faults) == 3
