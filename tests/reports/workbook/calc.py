"""LibreOffice Calc as a second opinion: recalculates a workbook headless and reads it back.

LibreOffice is told to recalculate on load always; a caller proves it by writing wrong
stored values first.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

_NODE = "/org.openoffice.Office.Calc/Formula/Load"
_PROFILE = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="{_NODE}"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
SECONDS = 300
Rows = list[dict[str, object]]

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler (pdftotext) is not installed: nothing can read the printed page"
)
needs_calc = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="LibreOffice (soffice) is not installed: nothing can recalculate the workbook",
)


def convert(source: Path, to: str = "xlsx") -> Path:
    """Return the folder with ``source`` loaded, recalculated and saved again by LibreOffice."""
    folder = source.parent
    user = folder / "profile" / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
    out = folder / "recalculated"
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", to, "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    return out


def recalculated(source: Path) -> Path:
    """Return the workbook with every formula computed anew."""
    return convert(source) / source.name


def printed(source: Path) -> str:
    """Return the text of the workbook as LibreOffice prints it: formulas computed, number formats applied."""
    file = convert(source, "pdf") / f"{source.stem}.pdf"
    command = ["pdftotext", "-layout", str(file), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=SECONDS).stdout


def rows_of(path: Path, sheet: str) -> Rows:
    """Return the rows of a data sheet as dictionaries by heading."""
    lines = values_of(path, sheet)
    return [dict(zip(map(str, lines[0]), line, strict=True)) for line in lines[1:]]


def values_of(path: Path, sheet: str) -> list[tuple[object, ...]]:
    """Return the values of a sheet row by row."""
    book = load_workbook(path, data_only=True, read_only=True)
    try:
        return [tuple(row) for row in book[sheet].iter_rows(values_only=True)]
    finally:
        book.close()
