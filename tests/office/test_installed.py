"""Samrit as an office installs it: the built wheel beside its libraries, with no source tree to fall back on."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from itertools import count
from pathlib import Path

import pytest

from samrit.plans.demo.passwords import PASSWORD
from tests import databases
from tests.office.conftest import Office
from tests.office.crawling import Browser
from tests.source_tree import ROOT, SOURCE

pytestmark = pytest.mark.one_database

DATA = {".md", ".toml", ".html", ".css", ".js", ".po", ".mo", ".svg", ".typ", ".txt"}


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that the project's own build makes."""
    out = tmp_path_factory.mktemp("wheel")
    build = "import sys; from flit_core import buildapi; print(buildapi.build_wheel(sys.argv[1]))"
    done = subprocess.run([sys.executable, "-c", build, str(out)], cwd=ROOT, capture_output=True, text=True, check=True)
    return out / done.stdout.split()[-1]


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin of an environment with the wheel, which sees this one's libraries and not the source tree."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    own = Path(sysconfig.get_path("purelib", vars={"base": str(folder)}))
    # A line in a .pth file adds a folder without following the .pth files in there, so not the editable checkout.
    (own / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    pip = [sys.executable, "-m", "pip", "--quiet", "--python", str(folder / "bin" / "python"), "install"]
    options = ["--no-index", "--no-deps", "--ignore-installed", "--no-compile"]
    subprocess.run([*pip, *options, str(wheel)], check=True, env=_outside())
    return folder / "bin"


def test_every_file_of_the_source_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    wanted = {f"samrit/{file.relative_to(SOURCE)}" for file in SOURCE.rglob("*") if file.suffix in {".py", *DATA}}
    assert sorted(wanted - packed) == []


def test_the_source_tree_is_out_of_sight(installed: Path, tmp_path: Path) -> None:
    program = "import samrit, sys; print(samrit.__file__); print(*sys.path, sep='\\n')"
    command = [str(installed / "python"), "-c", program]
    done = subprocess.run(command, cwd=tmp_path, env=_outside(), capture_output=True, text=True, check=True)
    module, *path = done.stdout.split()
    assert Path(module).is_relative_to(installed.parent)
    assert not {str(ROOT), str(ROOT / "src")} & set(path)


_NUMBERS = count()  # each test copies the office's database under a name of its own


@pytest.fixture
def office(demo: Office, installed: Path, tmp_path: Path) -> Office:
    """The demonstration office, run by the installed program from a folder that has nothing to do with the source."""
    database = databases.copied_url(tmp_path, f"installed_{os.getpid()}_{next(_NUMBERS)}", demo.database)
    return Office(tmp_path, database, (str(installed / "samrit"),), tmp_path, source="")


@pytest.mark.slow
def test_an_installed_server_shows_a_rule_a_report_and_a_why_page(office: Office) -> None:
    with office.serving("demo", "--no-documents", "--examples", ROOT / "examples") as (_, base):
        browser = Browser(base)
        browser.sign_in("executive", PASSWORD)

        def shown(path: str) -> str:
            status, _, text = browser.get(base + path)
            assert status == 200, path
            return text

        assert "WE3" in shown("/rules/WE3/")
        why = shown("/plans/sso-2568/why/S2-57/?month=9")
        links = set(re.findall(r'href="(/rules/[^"]+)"', why))
        assert len(links) > 2, "the page names its rules"
        for link in links:
            shown(link)
        assert "S2-57" in shown("/plans/sso-2568/works/S2-57/")


def test_an_installed_command_writes_a_report(office: Office, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = office.run("report", ROOT / "examples" / "hr-2569", "--format", "docx,html,xlsx", "--out", out)
    assert done.returncode == 0, done.stderr
    assert {file.suffix for file in out.iterdir()} == {".docx", ".html", ".xlsx"}


def _outside() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith(("SAMRIT_", "DJANGO_", "PYTHON", "PIP_"))}
