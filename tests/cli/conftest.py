"""A runner of the command line and small packages to run it on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from samrit.cli.main import main

ROOT = Path(__file__).parents[2]
SSO, HR = ROOT / "examples" / "sso-2568", ROOT / "examples" / "hr-2569"

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Run ``samrit`` with arguments; a traceback fails the test whatever it asserts."""

    def invoke(*arguments: object) -> Result:
        result = CliRunner().invoke(main, [str(a) for a in arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        assert "Traceback" not in result.output
        return result

    return invoke


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the 2568 example to break."""
    target = tmp_path / "plan"
    shutil.copytree(SSO, target)
    return target
