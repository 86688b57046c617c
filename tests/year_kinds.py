"""For tests of the year's records: what one might type for any kind, and a further kind for as long as a test."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from samrit.engine.model import Project
from samrit.package import files, kinds, resources
from samrit.package.kinds.declared import RecordKind
from samrit.package.schema import Field, Type
from samrit.vocabulary.terms import groups

# Fields of which one has to fit the others.
_FITTING = {
    "iit_weight": "30.25",
    "eit_weight": "30",
    "oit_weight": "39.75",
    "improve_from": "70",
    "passed_from": "85",
    "excellent_from": "95.50",
}


def typed(kind: RecordKind, work: Project, *, unit: str = "กฝ.", day: str = "1 มี.ค. 2569") -> dict[str, str]:
    """Return something that every field of a kind may hold: a text says which field of which kind it is."""
    came = dict.fromkeys(kind.came, day)
    return {"happened_on": day, **{f.name: _typed(kind, f, work, unit) for f in kind.fields}, **came}


def _typed(kind: RecordKind, own: Field, work: Project, unit: str) -> str:
    if own.name in _FITTING:
        return _FITTING[own.name]
    if own.name in kind.units:
        return unit
    if own.name in kind.choose:
        return next(iter(kind.choose[own.name](work)))  # a contract is recorded before its instalments
    if own.suggested:
        return next(iter(groups()[own.suggested].terms))
    if own.allowed:
        return own.allowed[0]
    by_type = {
        Type.DATE: "๓๐/๐๙/๒๕๖๙",
        Type.NUMBER: "50.50" if own.maximum else "1250.50",
        Type.INTEGER: "2567" if own.is_year else str(max(own.minimum or 0, 3)),
        Type.FLAG: "true",
    }
    return by_type.get(own.kind, f"ข้อความ-{kind.name}-{own.name}")


@contextmanager
def also_declared(kind: RecordKind) -> Iterator[None]:
    """Have one kind more than are declared, as if it stood in the list."""
    more = (*resources.RESOURCES, kind.resource)
    known: Mapping[int, object] = {id(kinds.KINDS): (*kinds.KINDS, kind), id(resources.RESOURCES): more}
    places = [
        (module, name, value)
        for path, module in list(sys.modules.items())
        if path.startswith("samrit.")
        for name, value in list(vars(module).items())
        if id(value) in known
    ]
    for module, name, value in places:
        setattr(module, name, known[id(value)])
    resources._BY_NAME[kind.name] = kind.resource
    files._NAMES.add(kind.resource.path)
    try:
        yield
    finally:
        for module, name, value in places:
            setattr(module, name, value)
        del resources._BY_NAME[kind.name]
        files._NAMES.discard(kind.resource.path)
