"""What the curve of plan and result says, as its title: a settled value as settled, with the computed one beside it."""

from __future__ import annotations

from samrit.reports.texts.template import Template
from samrit.reports.texts.voice import Voice


def curve_title(language: str, *, done: str, planned: str, period: str, percents: tuple[str, str | None]) -> str:
    """Return the finding in "th" or "en".

    ``done`` and ``planned`` are totals to date as printed, ``period`` the month; ``percents`` what the figures
    alone give, and what the evaluators settled (WE4), None where they did not.
    """
    computed, settled = percents
    voice = Voice("en" if language == "en" else "th", Template())
    said = voice.say("curve_reached", done=done, planned=planned, period=period, percent=computed)
    return said if settled is None else voice.say("curve_settled", settled=settled, computed=said)
