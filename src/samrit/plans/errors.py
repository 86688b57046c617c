"""Errors of services: a code with data; the sentence is written once, in ``messages/services.toml``."""

from __future__ import annotations

from typing import Any

from samrit.vocabulary.findings import Finding, Place, sentence


class ServiceError(Exception):
    """A service refused: ``code`` names a message of the catalogue, ``params`` fill it."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def text(self, language: str = "th") -> str:
        """Return what is wrong, where, and what to do."""
        return sentence(Finding(self.code, Place(record=str(self.params.get("record", ""))), self.params), language)


class NotVisible(Exception):
    """The record is not there for this person: answered with 404, never 403."""
