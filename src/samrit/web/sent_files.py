"""A workbook handed out, and a file that is sent, looked at, and comes back with its preview to be taken."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from samrit.vocabulary.findings import Finding, Severity, sentence
from samrit.web.gates import MEGABYTE
from samrit.web.words import page_language

MOST_FAULTS = 100  # that are listed; the rest is counted
_LONGEST_NAME = 200
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(content: bytes, name: str) -> HttpResponse:
    """Hand out an .xlsx under ``name``, which is without its ending."""
    answer = HttpResponse(content, content_type=_XLSX)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.xlsx")
    return answer


def coming_back(most: int) -> int:
    """Return how many bytes a page takes whose file of at most ``most`` bytes comes back with its preview."""
    return 2 * most + MEGABYTE  # in base64, with its commas and all that is around it


def sent_file(request: HttpRequest, *, most: int, name: str) -> tuple[bytes, str]:
    """Return the file as sent with its name, or as it came back with its preview; nothing for what is neither.

    ``name`` is what a file is called that comes without one.
    """
    upload = request.FILES.get("file")
    if upload is not None:
        return (upload.read() if 0 < (upload.size or 0) <= most else b""), upload.name or name
    try:
        content = base64.b64decode(request.POST.get("content", ""), validate=True)
    except (binascii.Error, ValueError):
        content = b""
    return content, request.POST.get("name", "")[:_LONGEST_NAME] or name


def going_along(content: bytes, name: str = "") -> dict[str, str]:
    """Return what a preview's form carries, so that the file that was looked at is the file that is taken."""
    return {"content": base64.b64encode(content).decode(), "name": name}


def faults_shown(faults: Sequence[Finding]) -> dict[str, Any]:
    """Return what a page lists of a file's faults: sentences, how many there are, and how many more than listed.

    What refuses the file stands first: no list of notes hides it.
    """
    weighed = sorted(faults, key=lambda fault: fault.severity is not Severity.ERROR)
    listed = [sentence(fault, page_language()) for fault in weighed[:MOST_FAULTS]]
    return {"faults": listed, "found": len(faults), "rest": len(faults) - len(listed)}
