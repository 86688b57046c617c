"""The catalogue of the reports' sentences: both languages, the same fields, no figure, nothing unused."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from samrit import reports
from samrit.reports.texts.sentences import sentence_fields, sentences
from samrit.reports.writers.words import writer_words

ROOM = Path(reports.__file__).parent


def test_every_sentence_has_both_languages_and_no_typed_figure() -> None:
    assert sentences()
    for key, texts in sentences().items():
        assert set(texts) == {"th", "en"}, key
        for text in texts.values():
            assert not re.search("[0-9๐-๙]", re.sub(r"\{.*?\}|\((?:AC|WE|BA)[0-9]+\)", "", text)), key


def test_the_thai_and_the_english_of_a_sentence_use_the_same_fields() -> None:
    differing = {k for k, t in sentences().items() if sentence_fields(t["th"]) != sentence_fields(t["en"])}
    assert not differing


def test_every_sentence_is_used_and_every_used_sentence_exists() -> None:
    own_words = ROOM / "workbook"  # its headings stand in a catalogue of their own
    files = (path for path in ROOM.rglob("*.py") if own_words not in path.parents)
    source = "\n".join(path.read_text("utf-8") for path in files)
    literal = set(re.findall(r"[\"']([a-z][a-z0-9_]+)[\"']", source))
    prefixes = (*re.findall(r"f[\"']([a-z_]+_)\{", source), "unknown_")  # unknown_<state>_effect is made in two steps
    unused = {k for k in sentences() if k not in literal and not k.startswith(prefixes)}
    assert not unused
    said = set(re.findall(r"say\(\s*[\"']([a-z0-9_]+)[\"']", source))
    assert said <= set(sentences())


def test_no_sentence_is_typed_into_the_code_of_the_room() -> None:
    """People's words stand in a catalogue, where they can be read, reworded and held against the other language."""
    found = {
        str(path.relative_to(ROOM)): node.value
        for path in ROOM.rglob("*.py")
        for node in spoken(ast.parse(path.read_text("utf-8")))
        if re.search("[ก-ฮเ-ไ][ก-๙]{2}", node.value)
    }
    assert set(found) == {"drawing/wrapping.py"}  # the words that a line is not broken in


def spoken(tree: ast.Module) -> Iterator[ast.Constant]:
    """Yield the string constants that are no docstring."""
    described = (ast.Module, ast.ClassDef, ast.FunctionDef)
    first = {
        id(n.body[0].value) for n in ast.walk(tree) if isinstance(n, described) and isinstance(n.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in first:
            yield node


def test_every_word_of_the_writers_is_used() -> None:
    literal = {node.value for path in ROOM.rglob("*.py") for node in spoken(ast.parse(path.read_text("utf-8")))} | set(
        re.findall(r"word\([\"']([a-z_]+)[\"']", (ROOM / "writers/templates/report.html.jinja").read_text("utf-8"))
    )
    assert set(writer_words()) - literal == set()
    for words in writer_words().values():
        assert set(words) == {"th", "en"}
