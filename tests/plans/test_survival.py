"""Nothing acknowledged is lost and nothing is half written: writers killed in the middle, and many at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import databases
from tests.plans.writers import EACH, WRITERS

ROOT = Path(__file__).parents[2]
KILLS = 200


@pytest.fixture
def run(tmp_path: Path, pytestconfig: pytest.Config, request: pytest.FixtureRequest):
    """Run a scene of a program of these tests on a fresh database that outlives its processes."""
    kind = databases.wanted(pytestconfig.getoption("--database"))
    name = f"writers_{os.getpid()}_{request.node.name[:20]}".lower()

    def scene(*arguments: object, program: str = "writers") -> dict:
        environment = {
            **os.environ,
            "SAMRIT_DATA": str(tmp_path),
            "SAMRIT_DATABASE": databases.fresh_url(tmp_path, name, kind),
            "DJANGO_SETTINGS_MODULE": "samrit.config.settings.test",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }
        command = [sys.executable, "-m", f"tests.plans.{program}", *map(str, arguments)]
        result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr[-4000:]
        return json.loads(result.stdout.splitlines()[-1])

    return scene


@pytest.mark.slow
def test_killed_two_hundred_times_nothing_acknowledged_is_lost(run) -> None:
    found = run("kill", KILLS)
    assert found["deaths"] == KILLS
    assert found["errors"] == []
    assert found["faults"] == [], "the chain verifies, and every row is what its last entry says"
    assert found["acknowledged"] > 3 * KILLS, "there was something to lose"
    for key, (value, revision) in found["figures"].items():
        assert revision >= found["latest"][key]["revision"]
        if revision == found["latest"][key]["revision"]:
            assert value == found["latest"][key]["value"]
    assert len({value for value, _ in found["figures"].values()}) == 1, "three figures saved together stay together"
    assert found["narrative"][1] >= found["latest"]["P1"]["revision"]
    assert set(found["evidence"]) <= set(found["kept"])
    assert found["submits"] >= found["submitted"]


@pytest.mark.slow
def test_twenty_writers_at_once_lose_nothing_and_meet_no_lock_error(run) -> None:
    found = run("together", WRITERS)
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
def test_a_zip_of_forms_whose_merging_was_killed_is_merged_by_sending_it_again(run) -> None:
    found = run("merge", program="killed_jobs")
    assert found["stands"] == [0, 1, 2, 3], "what was taken before the end is kept, form by form"
    assert found["figures"] == [["7", 1]] * 4, "and taken once"
    assert found["entries"] == 4
    assert found["faults"] == []
