"""Refusing a document: inside this package by an exception, outside of it as a finding."""

from __future__ import annotations

from typing import Any, NoReturn

from samrit.vocabulary.findings import Finding, Place


class Refused(Exception):  # noqa: N818 - it is no error of the program
    """A document that is not read any further; ``finding`` says why and never leaves without its place.

    ``kind`` is what the document turned out to be, as far as the reading came.
    """

    def __init__(self, finding: Finding, kind: str = "") -> None:
        super().__init__(finding.code)
        self.finding = finding
        self.kind = kind


def refuse(code: str, place: Place = Place(), **params: Any) -> NoReturn:
    """Stop reading the document; ``read_document`` turns this into its finding."""
    raise Refused(Finding(code, place, params))
