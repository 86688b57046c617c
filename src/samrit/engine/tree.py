"""The tree between strategies and works: tactics, which may be under one another at any depth (RU5).

What names itself, or nothing, or a tactic of another strategy, is directly under its strategy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from samrit.engine.surroundings import Tactic
from samrit.vocabulary.speech import LevelName, Speech, speech


@dataclass(frozen=True, slots=True)
class TacticTree:
    """The tactics of a plan by what they are under."""

    own: Mapping[str, Tactic]
    above: Mapping[str, str]  # of those that are under another tactic

    def line(self, code: str) -> tuple[str, ...]:
        """Return the codes from the topmost tactic down to ``code`` itself, () for ""."""
        found = [code] if code else []
        while found and found[-1] in self.above:
            found.append(self.above[found[-1]])
        return tuple(reversed(found))

    def named(self, code: str) -> tuple[Tactic, ...]:
        """Return the tactics from the topmost one down to ``code``; those that the plan does not list are left out."""
        return tuple(self.own[each] for each in self.line(code) if each in self.own)

    def depth(self, code: str) -> int:
        """Return how many tactics are above one."""
        return max(len(self.line(code)) - 1, 0)


def tactic_tree(tactics: Iterable[Tactic]) -> TacticTree:
    """Return the tree of a plan's tactics; where parents run in a circle none of it counts."""
    own = {tactic.code: tactic for tactic in tactics}
    above = {t.code: t.parent for t in own.values() if t.parent in own and own[t.parent].strategy == t.strategy}
    return TacticTree(own, {code: parent for code, parent in above.items() if not _circles(code, above)})


def in_words_of(tactic: Tactic) -> Speech:
    """Return how the plan in hand speaks of that tactic: by the name of its own level, where it has one."""
    if not (tactic.level_name or tactic.level_name_en):
        return speech()
    return replace(speech(), tactic=LevelName(tactic.level_name, tactic.level_name_en))


def _circles(code: str, above: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    at = code
    while at in above:
        if at in seen:
            return True
        seen.add(at)
        at = above[at]
    return False
