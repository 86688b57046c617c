"""The pages of the rules, from ``engine/rules``: each rule's page is found by its number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from samrit import engine

FOLDER = Path(engine.__file__).parent / "rules"
_HEADING = re.compile(r"^# (?P<title>.+)$", re.MULTILINE)
_NUMBERS = re.compile(r"\b(?:(?:TO|AC|WE|BA|DI|RU|FC|MO|EW)[1-9]|M-[A-E]|P[0-9]{1,2}|R78|R189|R191)\b")
_RANGE = re.compile(r"\b(FC|MO|P)([0-9]{1,2})–\1?([0-9]{1,2})\b")
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_LINK = re.compile(r'href="(?P<name>[0-9a-z-]+)\.md(?:#[^"]*)?"')
_FOREIGN = re.compile(r'<a href="(?!\.\./[A-Za-z0-9-]+/")[^"]*">(.*?)</a>')  # documents that are no pages here


@dataclass(frozen=True, slots=True)
class RulePage:
    """A rule's page: its name in addresses, its title, its Thai sentence, and its text as HTML."""

    name: str
    title: str
    sentence: str
    html: SafeString


@cache
def rule_pages() -> Mapping[str, RulePage]:
    """Return every page by its name in addresses ("WE1", "checks")."""
    pages: dict[str, RulePage] = {}
    for path in sorted(FOLDER.glob("*.md")):
        if path.stem != "README":
            page = _page(path)
            pages[page.name] = page
    return pages


@cache
def page_of(rule: str) -> RulePage | None:
    """Return the page of a rule's number, or of a page's own name; None when there is none."""
    pages = rule_pages()
    if rule in pages:
        return pages[rule]
    return next((page for page in pages.values() if rule in _numbers(page.title)), None)


def _numbers(title: str) -> frozenset[str]:
    """Return every rule number that a title names: "FC1–FC6" names six."""
    spans = {f"{m[1]}{n}" for m in _RANGE.finditer(title) for n in range(int(m[2]), int(m[3]) + 1)}
    return frozenset(spans | set(_NUMBERS.findall(title)))


def _page(path: Path) -> RulePage:
    text = _COMMENT.sub("", path.read_text(encoding="utf-8"))
    heading = _HEADING.search(text)
    title = heading["title"] if heading else path.stem
    body = text[heading.end() :] if heading else text
    quote = re.search(r"^> (.+)$", body, re.MULTILINE)
    number = _NUMBERS.match(title)
    name = number[0] if number else re.sub(r"^[0-9]+-", "", path.stem)
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(body)
    html = html.replace(
        "<table>", '<div class="table-frame" tabindex="0" role="group" aria-label="table"><table class="data">'
    ).replace("</table>", "</table></div>")
    html = _LINK.sub(lambda m: f'href="../{_linked(m["name"])}/"', html)
    html = _FOREIGN.sub(r"\1", html)
    return RulePage(name, title, quote[1] if quote else "", mark_safe(html))  # noqa: S308 — our own documents


def _linked(stem: str) -> str:
    path = FOLDER / f"{stem}.md"
    heading = _HEADING.search(path.read_text(encoding="utf-8")) if path.is_file() else None
    number = _NUMBERS.match(heading["title"]) if heading else None
    return number[0] if number else re.sub(r"^[0-9]+-", "", stem)
