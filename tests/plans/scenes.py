"""Scenes played by programs in processes of their own, on a database that outlives them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def scene(folder: Path, database: str, *arguments: object, program: str = "writers") -> dict[str, Any]:
    """Run a program of these tests on an empty database and return what it printed at its end."""
    environment = {
        **os.environ,
        "SAMRIT_DATA": str(folder),
        "SAMRIT_DATABASE": database,
        "DJANGO_SETTINGS_MODULE": "samrit.config.settings.test",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    command = [sys.executable, "-m", f"tests.plans.{program}", *map(str, arguments)]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        raise RuntimeError(f"{program}: {result.stderr[-4000:]}")
    return json.loads(result.stdout.splitlines()[-1])
