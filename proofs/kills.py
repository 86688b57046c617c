"""Writers killed in the middle: what was acknowledged stands, and nothing is half written."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from proofs import proof
from tests import databases
from tests.plans.scenes import scene


@proof(count=1_000, of="kills of a writer", parts=10)
def killed_on_sqlite(numbers: range, seed: int) -> Iterator[str]:
    """A writer to SQLite killed at any moment loses nothing acknowledged and leaves nothing half written."""
    yield from _killed(numbers, seed, "sqlite")


@proof(count=1_000, of="kills of a writer", parts=10)
def killed_on_postgresql(numbers: range, seed: int) -> Iterator[str]:
    """A writer to PostgreSQL killed at any moment loses nothing acknowledged and leaves nothing half written."""
    server = databases.PostgresServer.start()
    databases.share(server)
    try:
        yield from _killed(numbers, seed, "postgres")
    finally:
        server.stop()


def _killed(numbers: range, seed: int, kind: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = scene(
            folder, databases.fresh_url(folder, "killed", kind), "kill", len(numbers), f"{seed}-{numbers.start}"
        )
        yield from (f"kills {numbers.start} to {numbers.stop - 1}: {fault}" for fault in lost(found, len(numbers)))


def lost(found: dict[str, Any], kills: int) -> Iterator[str]:
    """Yield what a killed writer's scene lost or left half written, or why it proves nothing."""
    if found["deaths"] != kills:
        yield f"only {found['deaths']} writers were killed"
    if found["acknowledged"] <= 3 * kills:
        yield f"only {found['acknowledged']} writes were acknowledged: there was little to lose"
    yield from (f"error: {error}" for error in found["errors"])
    yield from (f"the audit finds {fault}" for fault in found["faults"])
    for key, (value, revision) in found["figures"].items():
        last = found["latest"][key]
        if revision < last["revision"] or (revision == last["revision"] and value != last["value"]):
            yield f"{key} is {value} in revision {revision}; acknowledged was {last}"
    if len({value for value, _ in found["figures"].values()}) != 1:
        yield f"figures saved together came apart: {found['figures']}"
    if found["narrative"][1] < found["latest"]["P1"]["revision"]:
        yield f"the words are of revision {found['narrative'][1]}; acknowledged was {found['latest']['P1']}"
    yield from (f"evidence {name} is gone" for name in sorted(set(found["evidence"]) - set(found["kept"])))
    if found["submits"] < found["submitted"]:
        yield f"{found['submitted']} reports were acknowledged as sent, {found['submits']} are in the history"
