"""Which finding codes the source can raise, read from the source itself.

A code is the first argument of ``Finding(...)``.  Where a function passes on a code that
it was given, the calls of that function are read in turn, until nothing new turns up.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tests.source_tree import Function, Module


@dataclass(frozen=True)
class Raised:
    """A code and where it is raised."""

    code: str
    where: str


@cache
def raised(modules: tuple[Module, ...]) -> tuple[Raised, ...]:
    """Return every code that the modules raise, with its place."""
    return tuple(_codes(modules))


@dataclass(frozen=True)
class _Maker:
    """A function that takes a code: where it is defined, and the position and name of that parameter."""

    module: Module
    position: int
    parameter: str


def _codes(modules: tuple[Module, ...]) -> Iterator[Raised]:
    makers = _makers(modules)
    for module in modules:
        constants = _constants(module)
        passed_on = {id(call) for function in module.functions() for call, _ in _passing(function, module, makers)}
        for node in module.walk():
            maker = _maker(node, module, makers)
            if maker is not None and id(node) not in passed_on:
                for code in _strings(_argument(node, maker), constants):
                    yield Raised(code, f"{module.where}:{node.lineno}")


def _makers(modules: tuple[Module, ...]) -> dict[str, list[_Maker]]:
    """Return the functions that take a code, by name."""
    home = next(module for module in modules if module.where.endswith("vocabulary/findings.py"))
    makers = {"Finding": [_Maker(home, 0, "code")]}
    while True:
        found = {}
        for module in modules:
            for function in module.functions():
                for _, passed in _passing(function, module, makers):
                    maker = _Maker(module, _parameters(function).index(passed), passed)
                    if maker not in makers.get(function.name, []):
                        found[function.name] = maker
        if not found:
            return makers
        for name, maker in found.items():
            makers.setdefault(name, []).append(maker)


def _maker(node: ast.AST, module: Module, makers: dict[str, list[_Maker]]) -> _Maker | None:
    """Return the maker that ``node`` calls: of this module, imported into it, or a method of its room."""
    if not isinstance(node, ast.Call):
        return None
    name = _name(node.func)
    for maker in makers.get(name, []):
        is_method = isinstance(node.func, ast.Attribute)
        if maker.module is module or (maker.module.room == module.room if is_method else name in _imported(module)):
            return maker
    return None


def _name(function: ast.expr) -> str:
    """Return the last part of the name of what is called."""
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


@cache
def _imported(module: Module) -> frozenset[str]:
    return frozenset(alias.name for node in module.walk() if isinstance(node, ast.ImportFrom) for alias in node.names)


def _passing(function: Function, module: Module, makers: dict[str, list[_Maker]]) -> Iterator[tuple[ast.Call, str]]:
    """Yield the calls inside ``function`` that pass one of its own parameters on as the code, and which."""
    names = _parameters(function)
    for node in ast.walk(function):
        maker = _maker(node, module, makers)
        if maker is not None:
            passed = _argument(node, maker)
            if isinstance(passed, ast.Name) and passed.id in names:
                yield node, passed.id


def _parameters(function: Function) -> list[str]:
    spec = function.args
    names = [a.arg for a in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)]
    return names[1:] if names[:1] in (["self"], ["cls"]) else names


def _argument(call: ast.Call, maker: _Maker) -> ast.expr | None:
    named = [k.value for k in call.keywords if k.arg == maker.parameter]
    if named:
        return named[0]
    return call.args[maker.position] if maker.position < len(call.args) else None


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
