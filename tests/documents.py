"""The two public documents behind the examples: facts of them kept beside the tests, and the readings where they are.

The readings are no part of the repository. A test that is about them alone is marked ``readings``; where they are not
beside the checkout it is left out of the run, and the run says so. Everything else uses ``facts()``.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"


@cache
def facts() -> dict[str, Any]:
    """Return what ``tools.facts`` took from the documents."""
    return json.loads((ROOT / "tests" / "facts.json").read_text("utf-8"))


def are_beside() -> bool:
    """Say whether the readings lie beside the checkout."""
    return DATA.is_dir()
