"""Moving labels apart: each as near as can be to where it belongs, none on another."""

from __future__ import annotations

from collections.abc import Sequence


def apart(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Return the middles of labels that want to be at ``wanted`` (rising), each ``sizes`` long.

    They stay between ``low`` and ``high``; where all together do not fit, they run over ``high``.
    """
    middles = list(wanted)
    edge = high
    for place in reversed(range(len(middles))):  # first from the end, so that the last stays inside
        middles[place] = min(middles[place], edge - sizes[place] / 2)
        edge = middles[place] - sizes[place] / 2
    edge = low
    for place, size in enumerate(sizes):
        middles[place] = max(middles[place], edge + size / 2)
        edge = middles[place] + size / 2
    return middles
