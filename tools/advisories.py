"""Which pinned libraries have known faults: ``make advisories`` asks OSV, a public list, about every pin.

What came of it stands with its day in docs/security.md; where the list could not be reached, the last result stays
and the day of the try is put beside it.  Never part of the tests: it needs the network.
Exit codes: 0 nothing known, 1 a fault is known, 3 not reached.
"""

from __future__ import annotations

import json
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "security.md"
LIST = "https://api.osv.dev/v1/querybatch"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
_SAID = re.compile(r"(<!-- advisories:[^\n]*-->\n)(.*?)(\n<!-- end of advisories -->)", re.DOTALL)
_TRIED = re.compile(r" Last tried: [^\n]*")
_PATIENCE = 60  # seconds

Pin = tuple[str, str]


def pins(files: Iterable[Path]) -> list[Pin]:
    """Return every pinned name and version, once."""
    return sorted(
        {(name.lower(), version) for file in files for name, version in _PIN.findall(file.read_text("utf-8"))}
    )


def known_faults(pinned: list[Pin], address: str = LIST) -> dict[Pin, list[str]]:
    """Return the numbers of the known faults by pin; raises OSError or ValueError where the list is not to be had.

    The list may answer in pages: what is left of a pin's faults is asked for until nothing is.
    """
    found: dict[Pin, list[str]] = {}
    asked = [(pin, "") for pin in pinned]
    while asked:
        answers = _answers([_query(pin, page) for pin, page in asked], address)
        for (pin, _), answer in zip(asked, answers, strict=True):
            if answer.get("vulns"):
                found.setdefault(pin, []).extend(fault["id"] for fault in answer["vulns"])
        pages = [answer.get("next_page_token", "") for answer in answers]
        asked = [(pin, page) for (pin, before), page in zip(asked, pages, strict=True) if page and page != before]
    return found


def _query(pin: Pin, page: str) -> dict[str, object]:
    query: dict[str, object] = {"package": {"name": pin[0], "ecosystem": "PyPI"}, "version": pin[1]}
    return {**query, "page_token": page} if page else query


def _answers(queries: list[dict[str, object]], address: str) -> list[dict[str, object]]:
    body = json.dumps({"queries": queries}).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})  # noqa: S310 - ours, or a test's
    with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310
        told = json.load(answer)
    results = told.get("results") if isinstance(told, dict) else None
    if not isinstance(results, list) or len(results) != len(queries):
        raise ValueError("the list answered about other packages")
    return [result if isinstance(result, dict) else {} for result in results]


def result_line(pinned: list[Pin], found: Mapping[Pin, list[str]], day: date) -> str:
    """Return what the page says of a list that was reached."""
    said = "; ".join(f"{name} {version}: {', '.join(faults)}" for (name, version), faults in sorted(found.items()))
    told = f"known faults in {len(found)}: {said}" if found else "no fault is known"
    return f"Last result: {_written(day)}, {len(pinned)} pins, {told}."


def note(line: str | None, day: date, page: Path | None = None) -> None:
    """Put a result into the page; for None the last one stays, with the day on which the list was not reached."""
    page = page or PAGE
    text = page.read_text("utf-8")
    standing = _SAID.search(text)
    if standing is None:
        raise ValueError(f"{page} has no place for the result")
    said = line or f"{_TRIED.sub('', standing[2])} Last tried: {_written(day)}."
    page.write_text(f"{text[: standing.start(2)]}{said}{text[standing.end(2) :]}", "utf-8", newline="\n")


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def main(address: str = LIST) -> int:
    """Print what is known, put it into docs/security.md, and return the exit code."""
    pinned, today = pins(sorted(ROOT.glob("requirements*.txt"))), datetime.now(UTC).date()
    try:
        found = known_faults(pinned, address)
    except (OSError, ValueError, KeyError, TypeError) as error:
        note(None, today)
        print(f"The list of known faults could not be reached: {error}", file=sys.stderr)
        print(f"Nothing was looked up; {PAGE.name} keeps the last result.", file=sys.stderr)
        return 3
    note(result_line(pinned, found, today), today)
    for (name, version), faults in found.items():
        print(f"{name} {version}: {', '.join(faults)}")
    print(f"{len(pinned)} pins, {len(found)} with known faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
