"""Proofs of full size: divided, gone on with after a break, repeated case by case, and told truly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs import Proof, _page, _parts, proofs
from proofs.__main__ import prove
from proofs._parts import Part, Parts

SMALL = replace(proofs()["engine-against-fractions"], count=6, parts=3)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_parts, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(_page, "PAGE", tmp_path / "proofs.md")


def odd_ones(numbers: range, seed: int) -> Iterator[str]:
    """Even numbers hold."""
    for number in numbers:
        if number == 99:
            raise ZeroDivisionError("made up")
        if number % 2:
            yield f"case {number} of {seed}"


ODD = Proof("odd-ones", "Even numbers hold.", 10, "numbers", 2, odd_ones)


@given(count=st.integers(1, 500), parts=st.integers(1, 40))
def test_the_parts_hold_every_number_once(count: int, parts: int) -> None:
    ranges = replace(ODD, parts=parts).ranges(count)
    assert [number for numbers in ranges for number in numbers] == list(range(count))
    assert all(ranges)


def test_every_proof_says_what_it_proves() -> None:
    assert len(proofs()) >= 5
    for one in proofs().values():
        assert one.says.endswith("."), one.name
        assert one.count >= one.parts > 0


def test_a_run_goes_on_where_it_was_broken_off_and_enters_its_row(tmp_path: Path, capsys) -> None:
    assert prove(SMALL, 6, 1, 1) == 0
    assert "3 of 3 parts to run" in capsys.readouterr().out
    kept = sorted((tmp_path / "kept").rglob("*.json"))
    kept[0].unlink()
    assert prove(SMALL, 6, 1, 1) == 0
    assert "1 of 3 parts to run" in capsys.readouterr().out
    row = _page.rows()[SMALL.name]
    assert "| 6 random plans | 1 |" in row
    assert row.endswith("| holds |")


def test_a_part_of_the_number_leaves_the_page_alone(tmp_path: Path) -> None:
    assert prove(replace(SMALL, parts=1), 2, 1, 1) == 0
    assert not (tmp_path / "proofs.md").exists()


def test_what_does_not_hold_is_told_with_number_and_seed() -> None:
    assert Part.measured(ODD, range(4), 7).faults == ("case 1 of 7", "case 3 of 7")
    (broken,) = Part.measured(ODD, range(99, 100), 7).faults
    assert broken == "range(99, 100): ZeroDivisionError: made up"


def test_a_fault_stands_on_the_page_and_is_replaced_when_it_holds() -> None:
    for faults, result in ((("case 1",), "**1 faults**"), ((), "holds")):
        _page.enter(_page.Outcome.of(ODD, 7, [Part(0, 10, faults, 2.0)]))
        (row,) = (row for name, row in _page.rows().items() if name == "odd-ones")
        assert row.endswith(f"| 2 s | {result} |")
    _page.enter(_page.Outcome.of(ODD, 7, [Part(0, 5, (), 2.0)]))
    assert "broken off after 5" in _page.rows()["odd-ones"]


def test_a_process_that_dies_is_a_fault_and_is_run_again() -> None:
    parts = Parts("state", "no-such-proof", 1)
    died = parts.run(range(2))
    assert "no-such-proof" in died.faults[0]
    assert parts.kept(range(2)) is None
