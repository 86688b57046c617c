"""Which tables are asked while something is made, told as the kinds of history entries that make it stale."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from threading import local
from typing import Any

from django.db import connection

from samrit.plans.records.snapshots import KEPT

_ASKED = re.compile(r'\b(?:FROM|JOIN) "?(\w+)')


class _Here(local):
    """The kinds of entries that what this thread is making will wait for; None while nothing is made."""

    kinds: set[str] | None = None


_here = _Here()


@contextmanager
def unwatched() -> Iterator[None]:
    """Ask tables without anything waiting for them: what is always the same, or how far the history has come."""
    kinds, _here.kinds = _here.kinds, None
    try:
        yield
    finally:
        _here.kinds = kinds


@contextmanager
def watching(*, passed_on: bool = True) -> Iterator[set[str]]:
    """Note the kinds of entries about the tables that are asked; what is made around this waits for them too."""
    outer, kinds = _here.kinds, set[str]()
    _here.kinds = kinds
    try:
        if outer is None:
            with connection.execute_wrapper(_note):
                yield kinds
        else:
            yield kinds
    finally:
        _here.kinds = outer
        if passed_on and outer is not None:
            outer |= kinds


def pass_on(kinds: frozenset[str]) -> None:
    """Let what is being made wait for these kinds too: it uses a value that does."""
    if _here.kinds is not None:
        _here.kinds |= kinds


@contextmanager
def watched() -> Iterator[set[str]]:
    """Collect the kinds of entries about the tables that are asked inside, for who follows the history itself."""
    with watching(passed_on=False) as kinds:
        yield kinds


def _note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if _here.kinds is not None:
        _here.kinds.update(kind_of(table) for table in _ASKED.findall(sql))
    return execute(sql, params, many, context)


def kind_of(table: str) -> str:
    """Return what the actions of entries about a table begin with; raises LookupError for one without entries."""
    kinds = _kinds()
    if table not in kinds:
        raise LookupError(f"{table}: the history says nothing about it, so what is read from it cannot be kept")
    return kinds[table]


@cache
def _kinds() -> Mapping[str, str]:
    found = {}
    for kept in KEPT:
        found[kept.model._meta.db_table] = kept.action
        links = [field for field in kept.model._meta.many_to_many if field.name in kept.fields]
        found |= {field.m2m_db_table(): kept.action for field in links}
    return found
