"""Headings in force: fund, strategy, tactic, programme, goal and kind, carried on until the next (R1–R5, R21, R296)."""

from __future__ import annotations

import re
from dataclasses import replace

from samrit.intake.cleaning import cleaned
from samrit.intake.headings import Headings, key, pattern
from samrit.intake.tables.drafts import Scope

# What other offices call the level below which works stand.
_NUMBERED_LEVEL = re.compile(rf"{pattern('numbered_level')}\s*([0-9]{{1,2}})(?![0-9.])\s*[:.–-]?\s*(.+)", re.IGNORECASE)
_STRATEGY = re.compile(r"(?:ยุทธศา?สต?ร์?|strategy)\s*(?:ที่)?\s*([0-9]{1,2})(?![0-9.])\s*[:.]?\s*(.*)", re.IGNORECASE)
_NUMBERED_STRATEGY = re.compile(rf"([0-9]{{1,2}})\s?[.)]\s*({pattern('numbered_strategy')})", re.IGNORECASE)
_CODE = re.compile(r"^(?:ที่\s*)?([0-9]+(?:\.[0-9]+)*(?:\s?\([0-9]+\))?)?\s*[.:]?\s*(.*)$", re.DOTALL)
_FUND = re.compile(r"(?:\(?[0-9]{1,2}[.)]\s*)?(กองทุน[^\s:(),0-9]{3,40}|[A-Z][A-Za-z' ]{3,40} [Ff]und)")
_PARTS = re.compile(
    r"(?<!ประเด็น)(?=ยุทธศาสตร์(?:ที่|สำนัก)|กลยุทธ์\s?(?:ที่|[0-9])|แผนงาน\s?(?:[0-9:]|$)|เป้าประสงค์\s?(?:[0-9:(]|$))|"
    r"\s(?=(?:งานประจำ|โครงการเดิม|โครงการใหม่)$)"
)
_LISTED = re.compile(r"^\d{1,2}(?:\.\d{1,2})+[.)]?\s+(?=\S)")  # "2.1 แผนงานการศึกษา": the number of a list
_KINDS = ("routine", "continuing", "new")


class Scopes:
    """The headings in force while a document is read, and the names first seen with each code."""

    def __init__(self, words: Headings) -> None:
        self._words = words
        self.now = Scope()
        self.seen_names: dict[tuple[str, str], str] = {}

    def read(self, text: str) -> bool:
        """Take ``text`` as headings if it is; returns whether it was."""
        clean = cleaned(text)
        if not clean:
            return False
        return self._parts(clean) or self._parts(_LISTED.sub("", clean))

    def read_row(self, text: str) -> bool:
        """Take a row of a plan table that is one text as headings if it is: "1. ยุทธศาสตร์การพัฒนาคน" too.

        In running text that is the list of an introduction.
        """
        match = _NUMBERED_STRATEGY.fullmatch(cleaned(text))
        if match is None:
            return self.read(text)
        self._strategy(match[1], match[2])
        return True

    def is_numbered_level(self, text: str) -> bool:
        """Say whether ``text`` is the heading of a numbered level ("Objective 1: …", "ยุทธศาสตร์ที่ 2 …") and no title."""
        return bool(_NUMBERED_LEVEL.fullmatch(text) or _STRATEGY.match(text))

    def _parts(self, text: str) -> bool:
        parts = [p.strip() for p in _PARTS.split(text) if p and p.strip()]
        taken = [self._take(part) for part in parts]
        return bool(taken) and taken[0]

    def read_fund(self, text: str) -> bool:
        """Take a line that is nothing but a fund's name."""
        match = _FUND.fullmatch(cleaned(text))
        if match is None:
            return False
        if match[1] != self.now.fund:
            self.now = Scope(fund=match[1])
        return True

    def read_column(self, what: str, text: str) -> bool:
        """Take the cell of a column of strategies, tactics or kinds ("1 พัฒนาทรัพยากร"); an empty one changes nothing."""
        if what == "kind":
            return self.is_kind(text) and self._take(text)
        match = _CODE.match(cleaned(text).removeprefix("ยุทธศาสตร์").lstrip(" :"))
        if not text or match is None:
            return False
        if what == "strategy":
            known = next((c for (w, c), name in self.seen_names.items() if w == what and name == match[2]), None)
            self._strategy(match[1] or known or str(len(self.seen_names) + 1), match[2].strip(" :"))
        else:
            self._below(what, text)
        return True

    def is_kind(self, text: str) -> bool:
        """Say whether ``text`` is a heading of a kind of work and nothing else."""
        match = self._words.find("heading", text)
        return match is not None and match.code in _KINDS

    def _take(self, text: str) -> bool:
        if self.is_kind(text):
            match = self._words.find("heading", text)
            self.now = replace(self.now, kind=match.code if match else "")
            return True
        strategy = _STRATEGY.search(text)
        if strategy and strategy.start() <= 60 and text.startswith(("ยุทธ", "ประเด็นยุทธ", "Strateg", "strateg")):
            self._strategy(strategy[1], strategy[2])
            return True
        if level := _NUMBERED_LEVEL.fullmatch(text):
            self._strategy(level[1], level[2])
            return True
        found = self._words.begins("heading", text)
        if found is None or found[0] not in ("tactic", "programme", "goal"):
            return False
        self._below(found[0], found[1])
        return True

    def _strategy(self, code: str, name: str) -> None:
        if code != self.now.strategy:
            self.now = Scope(fund=self.now.fund, strategy=code, strategy_name=name)
        self.seen_names.setdefault(("strategy", code), name)

    def _below(self, what: str, text: str) -> None:
        match = _CODE.match(text.lstrip(" :"))
        code, name = (match[1] or "", match[2].strip(" :")) if match else ("", text)
        now = self.now
        if what == "tactic":
            if (code, name) != (now.tactic, now.tactic_name):
                self.now = replace(
                    now, tactic=code, tactic_name=name, programme="", programme_code="", goal="", kind=""
                )  # fmt: skip
            self.seen_names.setdefault(("tactic", code), name)
        elif what == "programme":
            if key(name) != key(now.programme) or code != now.programme_code:
                self.now = replace(now, programme=name, programme_code=code, goal="", kind="")
        elif now.tactic or now.programme:
            self.now = replace(now, goal=name)
        else:
            self.now = replace(now, strategy_goal=name)
