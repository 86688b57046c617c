"""A zipped document, its parts unpacked piece by piece and never more than a document can need."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from samrit.intake.sources import limits
from samrit.intake.sources.refusal import refuse

_CHUNK = 1 << 16
_END_RECORD = b"PK\x05\x06"
_END_RECORD_LENGTH = 22
_LONGEST_COMMENT = 1 << 16
_ENCRYPTED = 1

_DAMAGED = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, OverflowError,
)  # fmt: skip


class Archive:
    """The parts of a zip by name; sizes that the zip states are looked at first, true ones are counted."""

    def __init__(self, content: bytes) -> None:
        _look_at_directory(content)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _DAMAGED as error:
            refuse("intake_damaged", reason=_reason(error))
        entries = self._zip.infolist()
        if len(entries) > limits.MOST_ENTRIES:
            refuse("intake_zip_entries", count=len(entries), limit=limits.MOST_ENTRIES)
        for entry in entries:
            _look_at_entry(entry)
        stated = sum(entry.file_size for entry in entries)
        if stated > limits.LARGEST_UNPACKED:
            _refuse_bomb(stated)
        # Some programs write part names with backslashes.
        self._entries = {entry.filename.replace("\\", "/").lstrip("/"): entry for entry in entries}
        self._lower = {name.lower(): name for name in self._entries}
        self._unpacked = 0

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._lower

    def names(self) -> tuple[str, ...]:
        """Return the names of all parts."""
        return tuple(self._entries)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the unpacked bytes of a part, piece by piece; nothing for a part that is not there."""
        if name not in self:
            return
        entry = self._entries[self._lower[name.lower()]]
        size = 0
        try:
            with self._zip.open(entry) as stream:
                while piece := stream.read(_CHUNK):
                    size += len(piece)
                    self._unpacked += len(piece)
                    if size > limits.LARGEST_PART or self._unpacked > limits.LARGEST_UNPACKED:
                        _refuse_bomb(self._unpacked)
                    yield piece
        except _DAMAGED as error:
            refuse("intake_damaged", reason=_reason(error))

    def count(self, name: str, marks: tuple[bytes, ...]) -> int:
        """Return how often ``marks`` are in a part, about: one that lies over two pieces is missed."""
        unpacked, self._unpacked = self._unpacked, 0
        found = sum(piece.count(mark) for piece in self.chunks(name) for mark in marks)
        self._unpacked = unpacked
        return found

    def size(self, name: str) -> int:
        """Return the unpacked size of a part as the zip states it, 0 for one that is not there."""
        return self._entries[self._lower[name.lower()]].file_size if name in self else 0

    def content(self, name: str, most: int = limits.MEGABYTE) -> bytes:
        """Return up to ``most`` bytes of a small part."""
        pieces = bytearray()
        for piece in self.chunks(name):
            pieces += piece
            if len(pieces) >= most:
                break
        return bytes(pieces[:most])


def _look_at_directory(content: bytes) -> None:
    """Refuse a table of contents that would cost memory by itself."""
    at = content.rfind(_END_RECORD, max(0, len(content) - _END_RECORD_LENGTH - _LONGEST_COMMENT))
    if at < 0 or at + _END_RECORD_LENGTH > len(content):
        refuse("intake_damaged", reason="zip")
    # The size stated here may be a lie; the entries cannot take more room than lies before the end record.
    stated = int.from_bytes(content[at + 12 : at + 16], "little")
    if stated == 0xFFFFFFFF:
        first = content.find(b"PK\x01\x02")
        stated = at - first if first >= 0 else at
    if min(stated, at) > limits.LARGEST_DIRECTORY:
        refuse("intake_zip_entries", count=min(stated, at) // 46, limit=limits.MOST_ENTRIES)


def _look_at_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED:
        refuse("intake_encrypted")
    if entry.file_size > limits.LARGEST_PART:
        _refuse_bomb(entry.file_size)
    if entry.file_size > limits.RATIO_COUNTS_FROM and entry.file_size > entry.compress_size * limits.HIGHEST_RATIO:
        _refuse_bomb(entry.file_size)


def _refuse_bomb(size: int) -> None:
    refuse("intake_zip_bomb", size=-(-size // limits.MEGABYTE), limit=limits.LARGEST_UNPACKED // limits.MEGABYTE)


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
