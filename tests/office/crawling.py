"""Following every link from the front page, breadth first, as one person."""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

# Where in an address the name of a record stands.
_RECORD = re.compile(r"/(report/[^/]+|forms/[^/]+|works|entries|why|person|unit|evidence|rules)/[^/]+(?=/|$)")


class _Links(HTMLParser):
    """Gathers what a page leads to: links, and the scripts, style sheets and pictures that it loads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.token = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = {"a": "href", "link": "href", "script": "src", "img": "src"}.get(tag)
        if name and given.get(name):
            self.found.append(str(given[name]))
        self.found += [str(given[name]) for name in ("hx-get",) if given.get(name)]
        if given.get("name") == "csrfmiddlewaretoken" and given.get("value"):
            self.token = str(given["value"])


@dataclass
class Walk:
    """What a walk saw: pages opened, and every link that led nowhere with the page that it stands on."""

    opened: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    dead_ends: list[str] = field(default_factory=list)  # pages without a way to the front page


class Browser:
    """A person at a server, remembering cookies."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, address: str, data: bytes | None = None) -> tuple[int, str, str]:
        """Return status, kind of content and text of an address."""
        try:
            with self._opener.open(address, data, timeout=120) as answer:
                kind = answer.headers.get_content_type()
                body = answer.read()
                is_page = kind == "text/html" and "Content-Disposition" not in answer.headers
                return answer.status, kind, body.decode() if is_page else ""
        except HTTPError as error:
            return error.code, "", error.read().decode("utf-8", "replace")

    def sign_in(self, name: str, password: str) -> None:
        """Sign in by the form, as a person does."""
        page = _Links()
        page.feed(self.get(f"{self.base}/sign-in/")[2])
        fields = {"login": name, "password": password, "csrfmiddlewaretoken": page.token}
        status, _, text = self.get(f"{self.base}/sign-in/", urlencode(fields).encode())
        assert status == 200
        assert 'name="password"' not in text, "not signed in"

    def speak(self, language: str) -> None:
        """Choose the language of the pages by the switch in their frame."""
        page = _Links()
        page.feed(self.get(f"{self.base}/rules/")[2])
        fields = {"language": language, "csrfmiddlewaretoken": page.token, "next": "/rules/"}
        status, _, text = self.get(f"{self.base}/language/", urlencode(fields).encode())
        assert status == 200
        assert f'<html lang="{language}"' in text, "not switched"

    def walk(self, *first: str, each: int) -> Walk:
        """Open the pages of ``first`` and everything that they lead to, ``each`` of a kind: works have one template."""
        walk, kinds = Walk(), Counter[str]()
        waiting = deque((self.base + path, "the walk's beginning") for path in first)
        seen = {address for address, _ in waiting}
        while waiting:
            address, source = waiting.popleft()
            status, _, text = self.get(address)
            walk.opened[_kind(address)] += 1
            if status != 200:
                walk.broken.append(f"{status} {address} on {source}")
                continue
            page = _Links()
            page.feed(text)
            links = [urldefrag(urljoin(address, link))[0] for link in page.found]
            inside = [link for link in links if link.startswith(self.base + "/")]
            # A piece that another page swaps in has no way out of its own.
            if "<html" in text and not any(urlsplit(link).path == "/" for link in inside):
                walk.dead_ends.append(address)
            for link in inside:
                if link in seen or kinds[_kind(link)] >= each:
                    continue
                seen.add(link)
                kinds[_kind(link)] += 1
                waiting.append((link, address))
        return walk


def _kind(address: str) -> str:
    """Return what pages of one kind have in common: the path without what names the record, and what is asked of it.

    Filters can be put together without end: all questions of several parts are one kind.
    """
    parts = urlsplit(address)
    path = re.sub(r"\d+", "#", _RECORD.sub(r"/\1/*", parts.path))
    keys = sorted({pair.partition("=")[0] for pair in parts.query.split("&") if pair})
    return f"{path}?{keys[0] if len(keys) == 1 else '…' if keys else ''}"
