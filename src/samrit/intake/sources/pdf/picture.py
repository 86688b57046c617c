"""A page of a PDF as a picture, to be looked at beside what was read of it; drawn where documents are read."""

from __future__ import annotations

import struct
import zlib

import pypdfium2

from samrit.intake.sources.pdf.reader import open_pdf
from samrit.intake.sources.refusal import refuse

LONGEST = 1500  # pixels of the longer side
_CLOSEST = 2.0  # pixels a point


def page_picture(content: bytes, number: int) -> bytes:
    """Return page ``number`` (from 1) as a PNG in shades of grey; refuses one that can't be drawn."""
    document = open_pdf(content)
    try:
        if not 1 <= number <= len(document):
            refuse("intake_damaged", reason="PDF")
        page = document[number - 1]
        try:
            scale = min(LONGEST / max(*page.get_size(), 1.0), _CLOSEST)
            bitmap = page.render(scale=scale, grayscale=True)
            return _png(bytes(bitmap.buffer), (bitmap.width, bitmap.height, bitmap.stride))
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        refuse("intake_damaged", reason="PDF")
    finally:
        document.close()


def _png(grey: bytes, size: tuple[int, int, int]) -> bytes:
    """Return rows of grey bytes as a PNG; ``size`` is width, height and the bytes from one row to the next."""
    width, height, stride = size
    rows = b"".join(b"\0" + grey[at * stride : at * stride + width] for at in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
