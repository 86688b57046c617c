"""Errors of services: a code with data; the sentence is written once, in ``messages/services.toml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from samrit.vocabulary.findings import Finding, Place, sentence


def in_language(params: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return ``params`` with each text that is given in two languages, ``{"th": …, "en": …}``, in one."""
    return {name: value[language] if isinstance(value, dict) else value for name, value in params.items()}


class ServiceError(Exception):
    """A service refused: ``code`` names a message of the catalogue, ``params`` fill it.

    A parameter may be given in both languages: ``{"th": "มีนาคม", "en": "March"}``.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def text(self, language: str = "th") -> str:
        """Return what is wrong, where, and what to do."""
        params = in_language(self.params, language)
        return sentence(Finding(self.code, Place(record=str(params.get("record", ""))), params), language)

    @property
    def all(self) -> tuple[ServiceError, ...]:
        """Everything that was refused."""
        return (self,)


class SeveralRefused(ServiceError):
    """More than one thing is in the way: all of them at once, so that nobody comes back for each."""

    def __init__(self, errors: Sequence[ServiceError]) -> None:
        super().__init__(errors[0].code, **errors[0].params)
        self._errors = tuple(errors)

    @property
    def all(self) -> tuple[ServiceError, ...]:
        """Everything that was refused."""
        return self._errors

    def text(self, language: str = "th") -> str:
        """Return all the sentences, one after the other."""
        return " ".join(error.text(language) for error in self._errors)


def refuse_all(errors: Sequence[ServiceError]) -> None:
    """Raise what was found, if anything: one error as itself, more of them together."""
    if errors:
        raise errors[0] if len(errors) == 1 else SeveralRefused(errors)


class NotVisible(Exception):
    """The record is not there for this person: answered with 404, never 403."""
