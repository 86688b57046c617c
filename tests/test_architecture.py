"""What always holds, whoever writes the code: exact arithmetic, pure rooms, documented findings, small pieces."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib import metadata
from string import Formatter

import pytest

from samrit.vocabulary.findings import catalogue
from tests.finding_codes import raised
from tests.source_tree import ROOT, SOURCE, Function, called, imported, modules, third_party
from tools import pages

PURE = ("vocabulary", "engine", "package", "intake", "reports")
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
MOST_MODULES = 20


def faults(*found: str) -> str:
    return "\n".join(("", *found))


class TestEngine:
    """The engine is exact and pure (docs/decisions/0002-decimal-arithmetic.md)."""

    def test_it_has_modules(self) -> None:
        assert len(modules("engine")) > 5

    def test_no_float_literal(self) -> None:
        found = [
            f"{m.where}:{n.lineno} {n.value!r}"
            for m in modules("engine")
            for n in m.walk()
            if isinstance(n, ast.Constant) and isinstance(n.value, float | complex)
        ]
        assert not found, faults(*found)

    def test_no_float_round_or_math(self) -> None:
        forbidden = re.compile(
            r"(float|round|complex|pow)$|(math|statistics|random|cmath)\.|builtins\.|.*\.(from_float|__round__)$"
        )
        found = [
            f"{m.where}:{n.lineno} {called(n)}"
            for m in modules("engine")
            for n in m.walk()
            if forbidden.match(called(n))
        ]
        found += [f"{m.where}:{n.lineno} float" for m in modules("engine") for n in m.walk() if _names(n, "float")]
        assert not found, faults(*found)

    def test_no_true_division_outside_arithmetic(self) -> None:
        found = [
            f"{m.where}:{n.lineno}"
            for m in modules("engine")
            if not m.where.endswith("arithmetic.py")
            for n in m.walk()
            if isinstance(n, ast.BinOp | ast.AugAssign) and isinstance(n.op, ast.Div)
        ]
        assert not found, "divide with arithmetic.divide:" + faults(*found)

    def test_no_input_output_or_clock(self) -> None:
        outside = {
            "io",
            "os",
            "pathlib",
            "sys",
            "time",
            "locale",
            "csv",
            "json",
            "socket",
            "subprocess",
            "logging",
            "math",
        }
        found = [
            f"{m.where}:{line} {name}"
            for m in modules("engine")
            for name, line in imported(m)
            if name.partition(".")[0] in outside
        ]
        clock = re.compile(r"(open|print|input)$|.*\b(today|now|utcnow|getenv)$")
        found += [
            f"{m.where}:{n.lineno} {called(n)}" for m in modules("engine") for n in m.walk() if clock.match(called(n))
        ]
        assert not found, faults(*found)


class TestImports:
    """Rooms import downwards (lint-imports) and lean on few others."""

    @pytest.mark.parametrize("room", ["vocabulary", "engine"])
    def test_the_lowest_rooms_use_the_standard_library_only(self, room: str) -> None:
        found = [f"{m.where}:{line} {name}" for m in modules(room) for name, line in third_party(m)]
        assert not found, faults(*found)

    @pytest.mark.parametrize("room", PURE)
    def test_the_pure_rooms_know_no_web_framework(self, room: str) -> None:
        found = [
            f"{m.where}:{line} {name}"
            for m in modules(room)
            for name, line in third_party(m)
            if name.startswith("django")
        ]
        assert not found, faults(*found)

    def test_dependencies_are_those_that_are_imported(self) -> None:
        declared = _declared().union(*(_declared(extra) for extra in _project()["optional-dependencies"]))
        packages = metadata.packages_distributions()
        imports = {name for m in modules() for name, _ in third_party(m)}
        # A package that only carries files is named in a string (importlib.resources).
        named = {
            n.value for m in modules() for n in m.walk() if isinstance(n, ast.Constant) and isinstance(n.value, str)
        }
        used = {_normal(d) for name in imports | (named & set(packages)) for d in packages.get(name, [name])}
        assert {name for name in imports if not {_normal(d) for d in packages.get(name, [name])} & declared} == set()
        # The server, the database's driver and the compressor of fonts are named in settings and on the shell.
        used |= {"gunicorn", "psycopg", "brotli", "whitenoise", "pandas"}  # pandas: Spark asks for it
        assert declared - used == set(), "declared in pyproject.toml but never imported"

    def test_every_dependency_has_a_cap(self) -> None:
        groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
        extras = _project()["optional-dependencies"]
        lines = [line for some in (*groups.values(), *extras.values()) for line in some if isinstance(line, str)]
        lines += _project()["dependencies"]
        assert [line for line in lines if not re.search(r">=[^,]+,<", line)] == []


class TestPins:
    """The pinned files hold names, versions and hashes, and no addresses."""

    @pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-spark.txt"])
    def test_pins_are_hashed_and_name_no_address(self, name: str) -> None:
        text = (ROOT / name).read_text("utf-8")
        pins = re.findall(r"^[a-z0-9][^\n]*(?:\n +--hash=sha256:[0-9a-f]{64}(?: \\)?)*", text, re.MULTILINE)
        assert len(pins) > 5
        assert [pin.split()[0] for pin in pins if "==" not in pin or "--hash" not in pin] == []
        assert not re.search(r"https?:|--(extra-)?index|--find-links| @ ", text)

    @pytest.mark.parametrize(("extra", "name"), [("", "requirements.txt"), ("spark", "requirements-spark.txt")])
    def test_pins_are_what_is_declared(self, extra: str, name: str) -> None:
        text = (ROOT / name).read_text("utf-8")
        pinned = set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE))
        assert _declared(extra) - pinned == set(), "run tools/lock.sh"


class TestFindings:
    """Every code is documented, in both languages, with the same parameters."""

    def test_every_raised_code_is_in_the_catalogue(self) -> None:
        found = [f"{r.where} {r.code}" for r in raised(modules()) if r.code not in catalogue()]
        assert not found, faults(*found)

    def test_every_catalogue_entry_is_raised_somewhere(self) -> None:
        words = {
            n.value for m in modules() for n in m.walk() if isinstance(n, ast.Constant) and isinstance(n.value, str)
        }
        assert sorted(set(catalogue()) - words) == []

    @pytest.mark.parametrize("code", sorted(catalogue()))
    def test_both_languages_are_there_and_agree(self, code: str) -> None:
        message = catalogue()[code]
        assert message.th.strip()
        assert message.en.strip()
        assert re.search("[ก-๛]", message.th), "the Thai sentence has no Thai in it"
        assert re.search("[A-Za-z]{3}", re.sub(r"{[^}]*}", "", message.en)), "the English sentence has no English"
        assert _fields(message.th) == _fields(message.en)


class TestPages:
    """The documentation says what the source says."""

    def test_generated_pages_are_fresh(self) -> None:
        assert pages.stale() == (), "run make docs"

    def test_pages_named_in_the_source_exist(self) -> None:
        named = {page for m in modules() for page in re.findall(r"docs/[\w/.-]+\.md", m.text)}
        assert sorted(page for page in named if not (ROOT / page).exists()) == []

    def test_links_between_pages_lead_somewhere(self) -> None:
        broken = [
            f"{page.relative_to(ROOT)}: {link}"
            for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *SOURCE.rglob("*.md")]
            for link in re.findall(r"(?:\]\(|src=\")([^)#\s\"]+)", page.read_text("utf-8"))
            if not re.match(r"[a-z]+:", link) and not (page.parent / link).exists()
        ]
        assert not broken, faults(*broken)


class TestSize:
    """Pieces stay small enough to read, and say what they are for."""

    def test_a_folder_holds_at_most_20_modules(self) -> None:
        count = Counter(m.where.rpartition("/")[0] for m in modules() if not m.where.endswith("__init__.py"))
        assert count
        assert {folder: many for folder, many in count.items() if many > MOST_MODULES} == {}

    def test_a_module_is_short_and_says_what_it_is_for(self) -> None:
        long = [f"{m.where}: {m.text.count(chr(10))} lines" for m in modules() if m.text.count("\n") > LONGEST_MODULE]
        silent = [f"{m.where}: no docstring" for m in modules() if not ast.get_docstring(m.tree)]
        assert not long + silent, faults(*long, *silent)

    def test_functions_are_short_and_public_ones_are_described(self) -> None:
        long = [
            f"{module.where}:{f.lineno} {f.name}: {f.end_lineno - f.lineno + 1} lines"
            for module in modules()
            for f in module.functions()
            if f.end_lineno - f.lineno + 1 > LONGEST_FUNCTION
        ]
        silent = [
            f"{module.where}:{n.lineno} {n.name}: no docstring"
            for module in modules()
            for n in _public(module.tree)
            if not ast.get_docstring(n)
        ]
        assert not long + silent, faults(*long, *silent)

    def test_no_drawers_for_odds_and_ends(self) -> None:
        odd = {"utils", "helpers", "common", "misc"}
        assert [str(p.relative_to(ROOT)) for p in SOURCE.rglob("*") if p.stem in odd] == []


def _fields(text: str) -> set[str]:
    """Return the fields of a sentence; ``month_th`` and ``month_en`` are one parameter in two languages."""
    return {
        re.match(r"\w*", field)[0].removesuffix("_en").removesuffix("_th")
        for _, field, _, _ in Formatter().parse(text)
        if field is not None
    }


def _names(node: ast.AST, name: str) -> bool:
    """Say whether ``node`` uses ``name`` as a value, not as a type beside a variable."""
    return isinstance(node, ast.Call) and any(isinstance(a, ast.Name) and a.id == name for a in node.args)


def _project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def _declared(extra: str = "") -> set[str]:
    lines = _project()["optional-dependencies"][extra] if extra else _project()["dependencies"]
    return {_normal(re.match(r"[\w.-]+", line)[0]) for line in lines}


def _normal(distribution: str) -> str:
    return distribution.lower().replace("_", "-").replace(".", "-")


def _public(tree: ast.Module):
    """Yield the public functions and classes of a module, and the public methods of those classes."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (
                    m
                    for m in node.body
                    if isinstance(m, ast.FunctionDef | ast.AsyncFunctionDef) and not m.name.startswith("_")
                )


class TestDoors:
    """Every service can be reached: from a page, from a command, or from another service that is reached (E.9)."""

    DOORS = ("web", "cli", "config", "plans/management")

    def test_every_public_service_has_a_door(self) -> None:
        bodies = dict(self.definitions())
        public = {name for name, node in bodies.items() if not name.startswith("_") and isinstance(node, Function)}
        assert len(public) > 60
        waiting = [name for room in self.DOORS for m in modules(room) for name in names_in(m.tree) & bodies.keys()]
        reached = set(waiting)
        while waiting:
            fresh = (names_in(bodies[waiting.pop()]) & bodies.keys()) - reached
            reached |= fresh
            waiting += fresh
        without = sorted(public - reached)
        assert not without, faults(*(f"{name} is reached from no page and no command" for name in without))

    def test_what_only_tests_and_the_demonstration_call_has_none(self) -> None:
        assert "confirm" not in names_in(ast.parse("from x import service_confirm\nservice_confirm(1)"))
        assert names_in(ast.parse("from a import b as c\nreports.d(1)\ne()")) >= {"b", "d", "e"}

    @staticmethod
    def definitions() -> Iterator[tuple[str, ast.AST]]:
        """Yield what the services define at the top of their modules, by name."""
        for module in modules("plans/services"):
            for node in module.tree.body:
                if isinstance(node, Function | ast.ClassDef):
                    yield node.name, node


def names_in(tree: ast.AST) -> set[str]:
    """Return every name that is used: as itself, as an attribute, or imported."""
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                found.add(name)
    return found


class TestTyped:
    """What people type as a number is read in one way (``vocabulary.numbers.whole``): "²" and 5,000 digits are none."""

    def test_no_page_turns_text_into_a_number_by_itself(self) -> None:
        rooms = [m for room in ("web/views", "web/forms", "web/exports") for m in modules(room)]
        assert len(rooms) > 20
        found = [f"{m.where}:{n.lineno}" for m in rooms for n in m.walk() if called(n) in {"int", "Decimal"}]
        found += [f"{m.where}:{n.lineno}" for m in rooms for n in m.walk() if called(n).endswith(".isdigit")]
        assert not found, faults(*found)


class TestNames:
    """One word for one thing: a class is found by its name, wherever one starts."""

    TOLD_TWICE = frozenset(
        {"Allotment", "MoneyMovement", "Narrative", "Plan", "Unit", "YearRecord"}
    )  # the engine's and the table of it

    def test_a_name_stands_for_one_class(self) -> None:
        where: dict[str, list[str]] = {}
        for module in modules():
            for node in module.tree.body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    where.setdefault(node.name, []).append(f"{module.where}:{node.lineno}")
        found = [f"{name}: {', '.join(at)}" for name, at in where.items() if len(at) > 1]
        assert {line.split(":")[0] for line in found} - {"Migration", "Command"} == self.TOLD_TWICE, faults(*found)

    def test_the_language_of_a_page_and_who_asks_for_it_are_read_in_one_place(self) -> None:
        found = [
            f"{m.where}:{n.lineno} {n.name}"
            for m in modules("web")
            for n in m.walk()
            if isinstance(n, ast.FunctionDef) and n.name in ("_language", "_person")
        ]
        assert not found, faults(*found)
