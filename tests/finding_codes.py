"""Which finding codes the source can raise, read from the source itself.

A code is the first argument of ``Finding(...)``.  Where a function passes on a code that
it was given, the calls of that function are read in turn, until nothing new turns up.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.source_tree import Function, Module, called


@dataclass(frozen=True)
class Raised:
    """A code and where it is raised."""

    code: str
    where: str


def raised(modules: Iterable[Module]) -> tuple[Raised, ...]:
    """Return every code that the modules raise, with its place."""
    return tuple(_codes(tuple(modules)))


def _codes(modules: tuple[Module, ...]) -> Iterator[Raised]:
    makers = _makers(modules)
    for module in modules:
        constants = _constants(module)
        parameters = {id(call) for function in module.functions() for call in _passing(function, makers)}
        for node in module.walk():
            name = called(node).rpartition(".")[2]
            if name not in makers or id(node) in parameters:
                continue
            where = f"{module.where}:{node.lineno}"
            for code in _strings(_argument(node, makers[name]), constants):
                yield Raised(code, where)


def _makers(modules: tuple[Module, ...]) -> dict[str, tuple[int, str]]:
    """Return the functions that take a code: position and name of that parameter."""
    makers = {"Finding": (0, "code")}
    while True:
        found = {}
        for function in (f for module in modules for f in module.functions() if f.name not in makers):
            for call in _passing(function, makers):
                passed = _argument(call, makers[called(call).rpartition(".")[2]])
                found[function.name] = (_parameters(function).index(passed.id), passed.id)
        if not found:
            return makers
        makers |= found


def _passing(function: Function, makers: dict[str, tuple[int, str]]) -> Iterator[ast.Call]:
    """Yield the calls inside ``function`` that pass one of its own parameters on as the code."""
    names = _parameters(function)
    for node in ast.walk(function):
        name = called(node).rpartition(".")[2]
        if name in makers:
            passed = _argument(node, makers[name])
            if isinstance(passed, ast.Name) and passed.id in names:
                yield node


def _parameters(function: Function) -> list[str]:
    spec = function.args
    names = [a.arg for a in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)]
    return names[1:] if names[:1] in (["self"], ["cls"]) else names


def _argument(call: ast.Call, parameter: tuple[int, str]) -> ast.expr | None:
    position, name = parameter
    named = [k.value for k in call.keywords if k.arg == name]
    return named[0] if named else call.args[position] if position < len(call.args) else None


def _constants(module: Module) -> dict[str, ast.expr]:
    """Return the names assigned in the module, at any depth, with their last value."""
    return {
        target.id: node.value
        for node in module.walk()
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }


def _strings(node: ast.expr | None, constants: dict[str, ast.expr], depth: int = 0) -> Iterator[str]:
    """Yield the strings that an expression can be, following names and tables of the module."""
    match node:
        case ast.Constant(value=str(code)):
            yield code
        case ast.IfExp(body=body, orelse=orelse):
            yield from _strings(body, constants, depth)
            yield from _strings(orelse, constants, depth)
        case ast.Dict(values=values) | ast.Tuple(elts=values) | ast.List(elts=values):
            for value in values:
                yield from _strings(value, constants, depth)
        case ast.Subscript(value=table):
            yield from _strings(table, constants, depth)
        case ast.Name(id=name) if name in constants and depth < 5:
            yield from _strings(constants[name], constants, depth + 1)
        case _:
            return
