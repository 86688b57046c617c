"""Web pages (.html), also those that a program saved under another name: tables with rowspan and colspan, and text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from samrit.intake.grid import Grid
from samrit.intake.sources.flow import Flow
from samrit.intake.sources.job import Job
from samrit.intake.sources.refusal import Refused, refuse

_ASIDE = frozenset({"script", "style", "head", "template", "noscript", "svg", "math", "select", "datalist", "title"})
_NO_END = frozenset("br hr img input meta link col wbr area base embed source track".split())
_BLOCKS = frozenset(
    "p div section article header footer main nav aside h1 h2 h3 h4 h5 h6 li ul ol dl dt dd pre blockquote address"
    " figure figcaption form fieldset caption body html details summary".split()
)
_CELLS = frozenset({"td", "th"})
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LARGEST_SPAN = 1000  # of the HTML standard
_CHUNK = 1 << 16


def read_html(text: str, job: Job) -> list[Grid]:
    """Return the tables and the text between them, in document order."""
    page = _Page(job)
    # The parser repairs what is not well-formed, follows nothing, and knows HTML's own entities only.
    parser = etree.HTMLParser(target=page, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        for at in range(0, len(text), _CHUNK):
            parser.feed(text[at : at + _CHUNK])
            job.told(min(at + _CHUNK, len(text)), len(text))
        parser.close()
    except Refused:
        raise
    except (etree.LxmlError, ValueError, AssertionError) as error:
        if page.fault is not None:
            raise page.fault from None
        refuse("intake_damaged", reason=f"HTML: {error}")
    if page.hidden:
        job.note("intake_hidden_text", count=page.hidden)
    return page.flow.finish()


class _Page:
    """Takes the events of a page."""

    def __init__(self, job: Job) -> None:
        self.flow = Flow(job)
        self.hidden = 0
        self.fault: Refused | None = None
        self._job = job
        self._pieces: list[str] = []
        self._aside: list[str] = []
        self._plain = 0  # inside <pre>

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._aside:
            if tag not in _NO_END:
                self._aside.append(tag)
            return
        self._job.element()
        if tag in _ASIDE or _is_hidden(attributes):
            self.hidden += tag not in _ASIDE and tag not in _NO_END
            if tag not in _NO_END:
                self._aside.append(tag)
            return
        match tag:
            case "table":
                self._close_text()
                self.flow.begin_table()
            case "tr":
                self._close_text()
                self.flow.begin_row()
            case "td" | "th":
                self._close_text()
                self.flow.begin_cell(_span(attributes, "colspan"), _span(attributes, "rowspan"))
            case "br":
                self._pieces.append("\n")
            case "input" if attributes.get("type", "text") in {"text", "number"}:
                self._pieces.append(attributes.get("value", ""))
            case _ if tag in _BLOCKS:
                self._close_text()
                self._plain += tag == "pre"
            case _:
                return

    def end(self, tag: str) -> None:
        if self._aside:
            if tag in self._aside:
                del self._aside[len(self._aside) - 1 - self._aside[::-1].index(tag) :]
            return
        match tag:
            case "table":
                self._close_text()
                self.flow.end_table()
            case "td" | "th":
                self._close_text()
                self.flow.end_cell()
            case _ if tag in _BLOCKS:
                self._close_text()
                self._plain -= tag == "pre" and self._plain > 0
            case _:
                return

    def data(self, text: str) -> None:
        if not self._aside:
            self._job.kept_text(text)
            self._pieces.append(text if self._plain else _SPACE.sub(" ", text))

    def comment(self, text: str) -> None:
        """Nothing to do."""

    def close(self) -> None:
        self._close_text()

    def _close_text(self) -> None:
        text = "".join(self._pieces)
        self._pieces = []
        for line in text.split("\n"):
            if line.strip():
                self.flow.paragraph(line)


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    style = attributes.get("style", "").replace(" ", "").lower()
    return "hidden" in attributes or "display:none" in style or "mso-hide:all" in style


def _span(attributes: Mapping[str, str], name: str) -> int:
    match = re.match(r"\s*([0-9]{1,6})", attributes.get(name, ""))
    wanted = int(match[1]) if match else 1
    if name == "rowspan" and match and wanted == 0:  # to the end of the table
        return 65_534
    return min(max(wanted, 1), _LARGEST_SPAN if name == "colspan" else 65_534)
