"""Make the README's pictures from the example plan's report: ``python tools/pictures.py`` (needs poppler).

Two pages of the PDF: the summary with its bands, and a page of the annex with twelve months of plan and result.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from pypdf import PdfReader

from samrit import package
from samrit.engine.score import score
from samrit.reports import evaluation, pdf

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "sso-2568"
IMAGES = ROOT / "docs" / "images"
SUMMARY_HEADING = "ผลที่ได้จากการประเมิน"


def main() -> None:
    """Write docs/images/summary.png and annex.png."""
    plan_package = package.read(EXAMPLE).package
    ruleset = plan_package.ruleset() if plan_package else None
    if plan_package is None or ruleset is None:
        raise SystemExit(f"{EXAMPLE} can't be scored")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.pdf"
        pdf.write(evaluation.build(score(plan_package.plan, ruleset, 12)), report)
        pages = PdfReader(report).pages
        wide = [n for n, page in enumerate(pages, 1) if page.mediabox.width > page.mediabox.height]
        text = subprocess.run(["pdftotext", report, "-"], check=True, capture_output=True, text=True).stdout
        summary = [n for n, page in enumerate(text.split("\f"), 1) if SUMMARY_HEADING in page]
        IMAGES.mkdir(exist_ok=True)
        _picture(report, summary[-1], "summary")
        _picture(report, wide[len(wide) // 4], "annex")


def _picture(report: Path, page: int, name: str) -> None:
    size = ["-scale-to", "900", "-png", "-singlefile"]
    subprocess.run(["pdftoppm", *size, "-f", str(page), "-l", str(page), report, IMAGES / name], check=True)


if __name__ == "__main__":
    main()
