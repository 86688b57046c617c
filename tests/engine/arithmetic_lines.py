"""The arithmetic of an explanation's lines, read and computed anew over intervals (invariant I4)."""

from __future__ import annotations

import re
from fractions import Fraction

from samrit.engine.explain import Derivation

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?…?")
_PIECE = re.compile(r"-?\d[\d,]*(?:\.\d+)?…?|[-+−×÷()]|max|min|;|→|=")


def arithmetic_of(step: Derivation) -> tuple[str, str] | None:
    """Return the left and the right side of the equation that a sentence holds, if it holds one."""
    if step.value is None:
        return None
    text = step.sentence("en")
    said = str(step.params.get("arithmetic", ""))
    if "=" in said:
        left, _, right = said.rpartition("=")
        return left, right
    if step.code in ("weighted", "points"):
        return text.partition(" = ")[2].partition(" = ")[0], str(step.params["exact"])
    patterns = {
        "ratio": "{actual} ÷ {plan} × 100",
        "ratio_lower": "{plan} ÷ {actual} × 100",
        "difference": "100 + ({actual} − {plan}) ÷ {size} × 100",
        "difference_lower": "100 − ({actual} − {plan}) ÷ {size} × 100",
        "from_baseline": "({baseline} − {actual}) ÷ ({baseline} − {plan}) × 100",
        "range_below": "100 − ({lower} − {actual}) ÷ {size} × 100",
        "range_above": "100 − ({actual} − {upper}) ÷ {size} × 100",
        "deadline_late": "100 − {late} × {step}",
        "level": "{reached} ÷ {planned} × 100",
        "part_counts": "min({percent}; 100) × {part} ÷ {whole}",
    }
    if step.code in patterns:
        return patterns[step.code].format_map(dict(step.params)), str(step.params["exact"])
    return None


def is_true(left: str, right: str) -> bool:
    """Compute the left side and compare; figures that end in "…" were cut off after six places."""
    low, high = _Reader(left).whole()
    want_low, want_high = _figure(_NUMBER.findall(right)[-1])
    return low <= want_high and want_low <= high


Interval = tuple[Fraction, Fraction]


def _figure(text: str) -> Interval:
    value = Fraction(text.rstrip("…").replace(",", ""))
    if not text.endswith("…"):
        return value, value
    step = Fraction(1, 10**6)
    return (value - step, value) if text.startswith("-") else (value, value + step)


class _Reader:
    """Reads + − × ÷ ( ) max min over intervals, since cut-off figures are intervals."""

    def __init__(self, text: str) -> None:
        self.pieces = _PIECE.findall(_apart(text))

    def whole(self) -> Interval:
        value = self.sum()
        assert not self.pieces, self.pieces
        return value

    def sum(self) -> Interval:
        low, high = self.product()
        while self.pieces and self.pieces[0] in "+−":
            sign, (a, b) = self.pieces.pop(0), self.product()
            low, high = (low + a, high + b) if sign == "+" else (low - b, high - a)
        return low, high

    def product(self) -> Interval:
        here = self.single()
        while self.pieces and self.pieces[0] in "×÷":
            sign, other = self.pieces.pop(0), self.single()
            if sign == "÷":
                assert other[0] * other[1] > 0, "divided by 0"
                other = (1 / other[1], 1 / other[0])
            ends = [a * b for a in here for b in other]
            here = (min(ends), max(ends))
        return here

    def single(self) -> Interval:
        piece = self.pieces.pop(0)
        if piece in ("max", "min"):
            assert self.pieces.pop(0) == "("
            values = [self.sum()]
            while self.pieces.pop(0) == ";":
                values.append(self.sum())
            pick = max if piece == "max" else min
            return pick(v[0] for v in values), pick(v[1] for v in values)
        if piece == "(":
            value = self.sum()
            assert self.pieces.pop(0) == ")"
            return value
        return _figure(piece)


def _apart(text: str) -> str:
    """Set the signs of arithmetic apart from those of figures."""
    return re.sub(r"\s+", " ", text)
