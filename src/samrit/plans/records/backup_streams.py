"""How a backup is written and counted: exact values, and a hash of every part."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class Exactly(DjangoJSONEncoder):
    """Moments to the microsecond: Django's own encoder cuts them to milliseconds, and entry hashes would not hold."""

    def default(self, o: Any) -> Any:
        """Return a value as JSON can hold it."""
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


class Hashing(io.TextIOBase):
    """Text going into a member of the archive, counted and hashed on its way."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.hash = hashlib.sha256()

    def writable(self) -> bool:
        """Return True: text may be written."""
        return True

    def write(self, text: str) -> int:
        """Pass text on and count it."""
        content = text.encode("utf-8")
        self.hash.update(content)
        self.stream.write(content)
        return len(text)


class CountedRows:
    """Rows that are counted as they pass."""

    def __init__(self, rows: Iterator[models.Model]) -> None:
        self.rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[models.Model]:
        for row in self.rows:
            self.count += 1
            yield row
