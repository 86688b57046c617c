"""Faults planted into the engine one by one, and whether its tests see them: ``make mutate ARGS="--sample 40"``.

A fault is one operator, constant or condition that becomes another.  It is planted into a copy of the sources, the
tests of the engine run against the copy until the first one fails, and what became of it is written down at once: a run
that is broken off goes on where it stopped, and a module that was changed since is tried anew.  Survivors are printed
with their line; whether one changes anything that can be seen is for a person to say.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
ENGINE = ROOT / "src" / "samrit" / "engine"
KEPT = ROOT / "var" / "mutations.jsonl"
TESTS = (
    "test_rule_pages.py",
    "test_pitfalls.py",
    "test_cases.py",
    "test_as_planned.py",
    "test_due.py",
    "test_dated.py",
    "test_sites.py",
    "test_rollup.py",
    "test_rehearsal.py",
    "test_explained.py",
    "test_invariants.py",
    "test_second_reading.py",
    "test_money_explained.py",
    "test_watch.py",
    "test_overall.py",
    "test_shared.py",
    "test_breakdown.py",
    "test_spending.py",
    "test_against_fractions.py",
)
# What sees a fault of these folders soonest; the checks and the years have tests of their own and no others.
OWN_TESTS = {
    "checks": ("checks", "test_checks_on_examples.py"),
    "horizon": ("horizon",),
    "forecast": ("test_forecast_bands.py", "test_forecast.py", "test_watch.py"),
}
_SECONDS = 300  # of processor time: a fault that makes the tests run for ever is seen, a busy machine isn't
_COMPARE = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_BINARY = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Mod: ast.Add}


@dataclass(frozen=True, slots=True)
class Fault:
    """One place of a module and what is planted there; ``key`` holds for as long as the module stays as it is."""

    path: Path
    number: int
    line: int
    what: str
    key: str


class _Planter(ast.NodeTransformer):
    """Walks a module and plants the fault of one number; with None it only lists them."""

    def __init__(self, wanted: int | None) -> None:
        self.wanted, self.found = wanted, list[tuple[int, str]]()

    def _take(self, node: ast.AST, what: str) -> bool:
        self.found.append((getattr(node, "lineno", 0), what))
        return self.wanted == len(self.found) - 1

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        for at, operator in enumerate(node.ops):
            other = _COMPARE.get(type(operator))
            if other is not None and self._take(node, f"{type(operator).__name__} → {other.__name__}"):
                node.ops[at] = other()
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        other = _BINARY.get(type(node.op))
        if other is not None and self._take(node, f"{type(node.op).__name__} → {other.__name__}"):
            node.op = other()
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        if self._take(node, f"{type(node.op).__name__} → {other.__name__}"):
            node.op = other()
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        is_not = isinstance(node.op, ast.Not)
        return node.operand if is_not and self._take(node, "not left out") else node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, bool):
            return ast.Constant(not node.value) if self._take(node, f"{node.value} → {not node.value}") else node
        if isinstance(node.value, int) and self._take(node, f"{node.value} → {node.value + 1}"):
            return ast.Constant(node.value + 1)
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return node  # an annotation runs nothing

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is not None:
            node.value = self.visit(node.value)
        return node


def faults_of(path: Path) -> Iterator[Fault]:
    """Yield every fault that can be planted into a module, in the order of its lines."""
    text = path.read_text("utf-8")
    mark, planter = hashlib.sha256(text.encode()).hexdigest()[:12], _Planter(None)
    planter.visit(ast.parse(text))
    for number, (line, what) in enumerate(planter.found):
        yield Fault(path, number, line, what, f"{path.relative_to(ENGINE)}:{mark}:{number}")


def planted(fault: Fault) -> str:
    """Return the source of the fault's module with the fault in it."""
    tree = _Planter(fault.number).visit(ast.parse(fault.path.read_text("utf-8")))
    return ast.unparse(ast.fix_missing_locations(tree))


def tests_of(fault: Fault) -> tuple[str, ...]:
    """Return the tests of the engine that are run for a fault, by the folder that it is planted in."""
    return OWN_TESTS.get(fault.path.relative_to(ENGINE).parts[0], TESTS)


def is_seen(fault: Fault, copy: Path, tests: tuple[str, ...]) -> bool:
    """Say whether a test of the engine fails with the fault in the copy; the copy is as before afterwards."""
    place = copy / "src" / fault.path.relative_to(ROOT / "src")
    before = place.read_text("utf-8")
    place.write_text(planted(fault), "utf-8")
    try:
        return _fails(copy, tests)
    finally:
        place.write_text(before, "utf-8")


def _fails(copy: Path, tests: tuple[str, ...]) -> bool:
    files = [f"tests/engine/{name}" for name in tests]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider", *files]
    # Compiled modules would be told apart by second and size, and two faults come within a second.
    surroundings = {**os.environ, "PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(
        command, cwd=copy, env=surroundings, capture_output=True, check=False, preexec_fn=_limited
    )  # fmt: skip
    return ran.returncode != 0


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS + 10))


def _known() -> dict[str, dict[str, Any]]:
    if not KEPT.exists():
        return {}
    return {row["key"]: row for row in map(json.loads, KEPT.read_text("utf-8").splitlines())}


def _tried(chosen: list[Fault], tests: tuple[str, ...], known: dict[str, dict[str, Any]]) -> None:
    KEPT.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, KEPT.open("a", encoding="utf-8") as kept:
        copy = Path(folder)
        for name in ("src", "tests", "examples", "docs", "proofs", "tools"):
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        for of in sorted({tests or tests_of(fault) for fault in chosen if fault.key not in known}):
            if _fails(copy, of):
                raise SystemExit("The tests fail without any fault.")
        for fault in chosen:
            if fault.key not in known:
                seen = is_seen(fault, copy, tests or tests_of(fault))
                known[fault.key] = {"key": fault.key, "line": fault.line, "what": fault.what, "seen": seen}
                print(json.dumps(known[fault.key], ensure_ascii=False), file=kept, flush=True)


def main() -> None:
    """Plant a sample of faults, or all, and print the share seen and every one that was not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=0, help="how many faults, drawn evenly (default: all)")
    parser.add_argument("--seed", type=int, default=1, help="which sample")
    parser.add_argument("--only", default="", help="modules whose path holds this text")
    parser.add_argument("--tests", nargs="*", default=(), help="files of tests/engine to run (default: by the module)")
    asked = parser.parse_args()
    modules = sorted(p for p in ENGINE.rglob("*.py") if asked.only in str(p.relative_to(ENGINE)))
    every = [fault for path in modules for fault in faults_of(path)]
    drawn = random.Random(asked.seed).sample(every, min(asked.sample or len(every), len(every)))  # noqa: S311
    known = _known()
    _tried(drawn, tuple(asked.tests), known)
    rows = [known[fault.key] for fault in drawn]
    missed = [row for row in rows if not row["seen"]]
    for row in missed:
        print(f"not seen: {row['key'].split(':')[0]}:{row['line']}  {row['what']}")
    print(f"{len(rows) - len(missed)} of {len(rows)} faults seen ({len(every)} can be planted)")


if __name__ == "__main__":
    main()
