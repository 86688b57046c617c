"""Which pinned libraries have known faults: ``make advisories`` asks OSV, a public list, about every pin.

Never part of the tests: it needs the network.  Exit codes: 0 nothing known, 1 a fault is known, 3 not reached.
"""

from __future__ import annotations

import json
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIST = "https://api.osv.dev/v1/querybatch"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
_PATIENCE = 60  # seconds


def pins(files: Iterable[Path]) -> list[tuple[str, str]]:
    """Return every pinned name and version, once."""
    return sorted(
        {(name.lower(), version) for file in files for name, version in _PIN.findall(file.read_text("utf-8"))}
    )


def known_faults(pinned: list[tuple[str, str]], address: str = LIST) -> dict[tuple[str, str], list[str]]:
    """Return the numbers of the known faults by pin; raises OSError where the list can't be reached or read."""
    queries = [{"package": {"name": name, "ecosystem": "PyPI"}, "version": version} for name, version in pinned]
    body = json.dumps({"queries": queries}).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})  # noqa: S310 - ours, or a test's
    with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310
        results = json.load(answer)["results"]
    if len(results) != len(pinned):
        raise OSError("the list answered about other packages")
    told = zip(pinned, results, strict=True)
    return {pin: [fault["id"] for fault in result["vulns"]] for pin, result in told if result.get("vulns")}


def main(address: str = LIST) -> int:
    """Print what is known, and return the exit code."""
    pinned = pins(sorted(ROOT.glob("requirements*.txt")))
    try:
        found = known_faults(pinned, address)
    except (OSError, ValueError, KeyError) as error:
        print(f"The list of known faults could not be reached: {error}", file=sys.stderr)
        return 3
    for (name, version), faults in found.items():
        print(f"{name} {version}: {', '.join(faults)}")
    print(f"{len(pinned)} pins, {len(found)} with known faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
