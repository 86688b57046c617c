"""Writers killed in the middle: what was acknowledged stands, nothing is half written, and no file is left behind.

A thousand on both databases together, and the kinds of work take turns: saving, sending, closing, importing, printing,
restoring (``killed_anywhere``).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from proofs import proof
from tests import databases
from tests.plans.scenes import scene


@proof(count=500, of="kills of a writer", parts=10)
def killed_on_sqlite(numbers: range, seed: int) -> Iterator[str]:
    """Killed on SQLite while saving, sending, closing, importing, printing, restoring: nothing is lost or left."""
    yield from _killed(numbers, seed, "sqlite")


@proof(count=500, of="kills of a writer", parts=10)
def killed_on_postgresql(numbers: range, seed: int) -> Iterator[str]:
    """Killed on PostgreSQL during each of the same six kinds of work: nothing is lost or left."""
    server = databases.PostgresServer.start()
    databases.share(server)
    try:
        yield from _killed(numbers, seed, "postgres")
    finally:
        server.stop()


def _killed(numbers: range, seed: int, kind: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = databases.fresh_url(folder, "killed", kind)
        found = scene(folder, database, numbers.start, numbers.stop, seed, program="killed_anywhere")
        yield from (f"kills {numbers.start} to {numbers.stop - 1}: {fault}" for fault in lost(found, len(numbers)))


def lost(found: dict[str, Any], kills: int) -> Iterator[str]:
    """Yield what a killed writer's scene lost or left half written, or why it proves nothing."""
    if found["deaths"] != kills:
        yield f"only {found['deaths']} writers were killed"
    if found["acknowledged"] + sum(found["said"].values()) <= kills or not all(found["said"].values()):
        yield f"too little was acknowledged to lose any of it: {found['acknowledged']}, {found['said']}"
    yield from (f"error: {error}" for error in found["errors"])
    yield from (f"the audit finds {fault}" for fault in found["faults"])
    yield from found["half"]
    yield from (f"left behind: {path}" for path in found["left"])
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
