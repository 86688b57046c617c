"""Collecting findings while a package is read, without drowning the reader in thousands of the same."""

from __future__ import annotations

from collections import Counter
from typing import Any

from samrit.vocabulary.findings import Finding, Place, Severity

# Of one kind of fault in one file this many are listed, the rest is counted.
LISTED = 200


class Notes:
    """The findings of one reading, in the order in which they were made."""

    def __init__(self, listed: int = LISTED) -> None:
        self._listed = listed
        self._findings: list[Finding] = []
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, code: str, place: Place, /, **params: Any) -> None:
        """Note a finding; beyond ``listed`` of one code in one file it is only counted."""
        kind = (code, place.document)
        self._counts[kind] += 1
        if self._counts[kind] <= self._listed:
            self._findings.append(Finding(code, place, params))

    def count(self, code: str, document: str) -> int:
        """Return how often ``code`` was noted for a file."""
        return self._counts[code, document]

    def names(self, document: str) -> bool:
        """Say whether anything was noted for a file."""
        return any(named == document for _, named in self._counts)

    def has_errors(self) -> bool:
        """Say whether anything noted forbids using the package."""
        return any(finding.severity is Severity.ERROR for finding in self._findings)

    def findings(self) -> tuple[Finding, ...]:
        """Return everything noted; what was only counted is told at the end."""
        more = [
            Finding("package_more_of_the_same", Place(document), {"code": code, "count": count - self._listed})
            for (code, document), count in self._counts.items()
            if count > self._listed
        ]
        return (*self._findings, *more)
