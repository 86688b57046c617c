"""Build the example plan packages from the office's two public documents as read by hand.

The readings are JSON files kept outside the repository.  Only facts enter an example:
titles, names, figures and dates.  Every sentence in the examples is our own.

    python tools/make_examples.py [--data DIR] [--out DIR]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import hr_2569
import sso_2568

from samrit.package import PlanPackage, write

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"


def build(data: Path) -> dict[str, PlanPackage]:
    """Return the example packages by folder name."""
    return {"sso-2568": sso_2568.build(data), "hr-2569": hr_2569.build(data)}


def main() -> None:
    """Write the examples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the hand-read documents")
    parser.add_argument("--out", type=Path, default=ROOT / "examples", help="folder to write to")
    options = parser.parse_args()
    if not options.data.is_dir():
        parser.exit(2, f"The hand-read documents are not there: {options.data}\n")
    for name, package in build(options.data).items():
        write(package, options.out / name)
        print(f"{name}: {len(package.plan.projects)} works and projects")


if __name__ == "__main__":
    main()
