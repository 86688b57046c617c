"""Rules are found from everywhere: a rule's number stands in the code that follows it and in the tests that hold it."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.documents import ROOT
from tests.engine.rule_tables import PAGES, rules_of
from tools.pages import requirements

RULES = sorted({rule for page in PAGES.glob("[0-9]*.md") for rule in rules_of(page)})


@cache
def said(folder: str) -> str:
    """Return every docstring, and every name of a test, under a folder."""
    return "\n".join(
        words for file in sorted((ROOT / folder).rglob("*.py")) for words in _said(ast.parse(file.read_text("utf-8")))
    )


def _said(tree: ast.Module) -> list[str]:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = [node for node in ast.walk(tree) if isinstance(node, documented)]
    names = [node.name.replace("_", " ").upper() for node in nodes if getattr(node, "name", "").startswith("test_")]
    return [*names, *(ast.get_docstring(node) or "" for node in nodes)]


@cache
def source() -> str:
    """Return the text of every module."""
    return "\n".join(file.read_text("utf-8") for file in sorted((ROOT / "src" / "samrit").rglob("*.py")))


def is_named(rule: str, text: str) -> bool:
    """Say whether a text names a rule by its whole number."""
    return re.search(rf"(?<![\w-]){rule}(?![\w-])", text) is not None


def test_there_are_rules() -> None:
    assert len(RULES) > 40


@pytest.mark.parametrize("rule", RULES)
def test_the_number_of_a_rule_stands_in_a_test(rule: str) -> None:
    assert is_named(rule, said("tests")), f"no test names {rule} in its name or docstring"


@pytest.mark.parametrize("rule", [rule for rule in RULES if not re.fullmatch(r"P\d+", rule)])
def test_the_number_of_a_rule_stands_in_the_code(rule: str) -> None:
    """Pitfalls (P1 and on) are what the other rules avoid; no code is theirs alone."""
    assert is_named(rule, source()), f"no module names {rule}"


def test_a_requirement_that_a_test_cites_has_its_words() -> None:
    """What ``R312`` means is told in docs/requirements.md, in our own words, for every number that tests name."""
    cited = {
        number
        for file in (ROOT / "tests").rglob("*.py")
        if file != Path(__file__)
        for words in _texts(file)
        for number in requirements.cited(words)
    }
    assert cited - set(requirements.words()) == set(), "tools/pages/requirements.toml needs their words"
    assert set(requirements.words()) - cited == set(), "no test cites these any more"


def _texts(file: Path) -> list[str]:
    """Return the sentences and comments of a file that could cite a requirement, short texts such as "R0" left out."""
    return [
        line
        for line in file.read_text("utf-8").splitlines()
        if re.search(r"\bR[1-9][0-9]{0,2}[):]|[(,–] ?R[1-9]", line)
    ]
