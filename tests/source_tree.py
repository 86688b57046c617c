"""The project's own source as syntax trees, for the tests that hold it to its promises."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "samrit"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, eq=False)
class Module:
    """One source file: its room ("engine"), its place for messages, its text and its tree."""

    room: str
    where: str
    text: str
    tree: ast.Module

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the file."""
        return tuple(ast.walk(self.tree))

    def walk(self) -> Iterator[ast.AST]:
        """Yield every node of the file."""
        return iter(self.nodes)

    def functions(self) -> Iterator[Function]:
        """Yield every function and method, nested ones too."""
        return (node for node in self.walk() if isinstance(node, Function))


@cache
def modules(room: str = "") -> tuple[Module, ...]:
    """Return the files of ``room``, or of all rooms."""
    return tuple(_module(file) for file in sorted((SOURCE / room).rglob("*.py")) if "migrations" not in file.parts)


def _module(file: Path) -> Module:
    inside = file.relative_to(SOURCE)
    text = file.read_text("utf-8")
    return Module(inside.parts[0], str(file.relative_to(ROOT)), text, ast.parse(text, str(file)))


def imported(module: Module) -> Iterator[tuple[str, int]]:
    """Yield the dotted name and line of every import, also those inside functions."""
    for node in module.walk():
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or ""), node.lineno


def third_party(module: Module) -> Iterator[tuple[str, int]]:
    """Yield the top package and line of every import that is neither the standard library's nor our own."""
    for name, line in imported(module):
        top = name.partition(".")[0]
        if top != "samrit" and top not in sys.stdlib_module_names:
            yield top, line


def called(node: ast.AST) -> str:
    """Return the dotted name that ``node`` calls ("math.floor", "round"), or "" when it is no plain call."""
    return (
        ast.unparse(node.func) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute) else ""
    )
