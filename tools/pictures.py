"""Make the README's pictures: ``python tools/pictures.py [http://localhost:8000]``.

The summary page of the example plan's report (needs poppler) and, where the address of a
running ``make demo`` is given, the front page as an executive sees it (needs Chromium).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from samrit import package
from samrit.engine.score import score
from samrit.plans.demo.passwords import PASSWORD
from samrit.reports.evaluation import report as evaluation
from samrit.reports.writers import pdf

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "sso-2568"
IMAGES = ROOT / "docs" / "images"
SUMMARY_HEADING = "ผลที่ได้จากการประเมิน"


def main() -> None:
    """Write docs/images/summary.png, and front.png where a server is named."""
    if len(sys.argv) > 1:
        _front(sys.argv[1].rstrip("/"))
    plan_package = package.read(EXAMPLE).package
    ruleset = plan_package.ruleset() if plan_package else None
    if plan_package is None or ruleset is None:
        raise SystemExit(f"{EXAMPLE} can't be scored")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.pdf"
        pdf.write(evaluation.build(score(plan_package.plan, ruleset, 12)), report)
        text = subprocess.run(["pdftotext", report, "-"], check=True, capture_output=True, text=True).stdout
        summary = [n for n, page in enumerate(text.split("\f"), 1) if SUMMARY_HEADING in page]
        IMAGES.mkdir(exist_ok=True)
        _picture(report, summary[-1], "summary")


def _picture(report: Path, page: int, name: str) -> None:
    size = ["-scale-to", "900", "-png", "-singlefile"]
    subprocess.run(["pdftoppm", *size, "-f", str(page), "-l", str(page), report, IMAGES / name], check=True)


def _front(address: str) -> None:
    """Sign in to the demonstration and take its front page."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        page = browser.new_page(viewport={"width": 1100, "height": 760})
        page.goto(f"{address}/sign-in/")
        page.fill("[name=login]", "executive")
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{address}/")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=IMAGES / "front.png")
        browser.close()


if __name__ == "__main__":
    main()
