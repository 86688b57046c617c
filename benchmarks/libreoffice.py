"""LibreOffice recalculating a workbook: load, compute every formula anew, save."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.measure import Measured, run

# 0 is "always": without it LibreOffice would trust the values that are stored beside the formulas.
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def available() -> bool:
    """Say whether LibreOffice is installed."""
    return shutil.which("soffice") is not None


def recalculate(workbook: Path, folder: Path, timeout: float) -> Measured:
    """Have LibreOffice recalculate ``workbook`` and save it under ``folder``; the profile is made new there."""
    settings = folder / "profile" / "user"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "registrymodifications.xcu").write_text(_ALWAYS_RECALCULATE, "utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    out = folder / "recalculated"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out)]
    measured = run([*command, str(workbook)], timeout)
    if not (out / workbook.name).exists():
        raise RuntimeError(f"LibreOffice did not save {workbook.name}")
    return measured
