"""Filling the fields of a text; what follows a number is chosen by it: ``{count} {count:report is|reports are}``."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Any


class _Filling(Formatter):
    """Fills the fields of a text; of ``{count:report|reports}`` the first where the number is 1."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, bar, several = format_spec.partition("|")
        if not bar:
            return str(super().format_field(value, format_spec))
        return one if str(value) == "1" else several


_filling = _Filling()


def filled(text: str, params: Mapping[str, object]) -> str:
    """Return ``text`` with its fields filled; raises KeyError for one that ``params`` does not name."""
    return _filling.vformat(text, (), params)
