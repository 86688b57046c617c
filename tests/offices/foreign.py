"""The words of the first office, which no plan without them reads anywhere."""

from __future__ import annotations

import re

# Words of the first office; "บทบาท" (role) and "refund" are none of them.
FOREIGN = re.compile(
    r"\bfunds?\b|\bbaht\b|B\.\s?E\.|Buddhist|\bSSF\b|\bWCF\b|\bsso\b|insured|social security"
    r"|กองทุน|(?<!บท)บาท|พ\.ศ\.|ประกันสังคม|ผู้ประกันตน|\b25[67]\d\b",
    re.IGNORECASE,
)


def foreign(text: str) -> list[str]:
    """Return the first office's words in a text, each with what stands around it."""
    return [text[max(found.start() - 40, 0) : found.end() + 40] for found in FOREIGN.finditer(text)]
