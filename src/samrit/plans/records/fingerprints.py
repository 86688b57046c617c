"""How a finding is recognised again: by what it says about what, not by where a document prints it.

A finding that says another figure is another finding: what was accepted once does not
cover it.
"""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

from samrit.vocabulary.findings import Finding


def fingerprint(finding: Finding) -> str:
    """Return the SHA-256 of the finding's code, record and parameters; equal figures give equal texts."""
    params = {name: _plain(value) for name, value in finding.params.items()}
    text = json.dumps([finding.code, finding.place.record, params], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, bool | None):
        return value
    if isinstance(value, Decimal | int):
        number = Decimal(value)
        return f"{number.normalize():f}" if number.is_finite() else str(number)
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return str(value)
