"""Nothing acknowledged is lost and nothing is half written: writers killed in the middle, and many at once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from proofs import SEED
from proofs.kills import lost
from tests import databases
from tests.plans.scenes import scene
from tests.plans.writers import EACH, WRITERS

KILLS = 12  # two of each kind of work


@pytest.fixture
def run(tmp_path: Path, pytestconfig: pytest.Config, request: pytest.FixtureRequest):
    """Run a scene of a program of these tests on a fresh database that outlives its processes."""
    kind = databases.wanted(pytestconfig.getoption("--database"))
    name = f"writers_{os.getpid()}_{request.node.name[:20]}".lower()

    def played(*arguments: object, program: str = "writers") -> dict[str, Any]:
        return scene(tmp_path, databases.fresh_url(tmp_path, name, kind), *arguments, program=program)

    return played


@pytest.mark.slow
def test_killed_again_and_again_nothing_acknowledged_is_lost(run) -> None:
    assert not [*lost(run(0, KILLS, SEED, program="killed_anywhere"), KILLS)]


@pytest.mark.slow
def test_twenty_writers_at_once_lose_nothing_and_meet_no_lock_error(run) -> None:
    found = run(WRITERS)
    assert found["errors"] == []
    assert found["faults"] == []
    assert found["contested"][0] == found["contested_acks"] == WRITERS * EACH, "every success is a revision of its own"
    assert sorted(found["own"]) == sorted(
        [unit, str(number * 100 + EACH - 1), EACH] for number, unit in enumerate(sorted(u for u, _, _ in found["own"]))
    )
    assert found["saves"] == 2 * WRITERS * EACH
    assert found["conflicts"] > 0, "they did meet"


@pytest.mark.slow
def test_reminders_killed_and_run_again_go_out_once(run) -> None:
    found = run("remind", program="killed_jobs")
    assert found["deaths"] == {"before": 3, "between": 3, "after": 9}
    assert sorted(found["messages"].values()) == [1] * 8 + [4], "again only what was killed before it was booked"
    assert set(found["distinct"].values()) == {1}, "and then as the same message"
    assert len(found["messages"]) == found["booked"] == found["entries"] == 9
    assert found["faults"] == []


@pytest.mark.slow
@pytest.mark.one_database
def test_a_document_whose_printing_was_killed_is_printed_again_whole(run) -> None:
    found = run("print", program="killed_jobs")
    assert found["states"] == ["running"] * 3
    assert found["state"] == "done"
    assert found["is_whole"]
    assert found["alive"] == [False] * 3, "what was killed is not taken for living"
    assert [len(names) for names in found["folders"]] == [1] * 3, "and what it left does not heap up"
    assert found["left"] == []
    assert found["faults"] == []


@pytest.mark.slow
@pytest.mark.one_database
def test_a_zip_of_forms_whose_merging_was_killed_is_merged_by_sending_it_again(run) -> None:
    found = run("merge", program="killed_jobs")
    assert found["stands"] == [0, 1, 2, 3], "what was taken before the end is kept, form by form"
    assert found["figures"] == [["7", 1]] * 4, "and taken once"
    assert found["entries"] == 4
    assert found["faults"] == []
