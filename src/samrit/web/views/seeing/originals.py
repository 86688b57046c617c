"""The documents that a plan was read from: opened at a value's place, a printed page of them, or taken out whole."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samrit.engine.model import Source
from samrit.intake.sources import page_picture
from samrit.plans.errors import NotVisible
from samrit.plans.selectors.results.originals import original_file, original_page
from samrit.vocabulary.numbers import whole
from samrit.web.views.seeing.seeing import ahead, seen_by

_LONGEST_CELL = 20


@require_safe
def original(request: HttpRequest, plan: str, number: int) -> HttpResponse:
    """Show the rows of a document around a place: ``?page=4&line=930&cell=C12``."""
    seen, asked = seen_by(request, plan), request.GET
    source = Source("", _number(asked.get("page")), _number(asked.get("line")), asked.get("cell", "")[:_LONGEST_CELL])
    page = original_page(seen, number, source)
    return render(request, "seeing/original.html", {"page": page, "excerpt": page.excerpt, **ahead(request, seen)})


@require_safe
def original_whole(request: HttpRequest, plan: str, number: int) -> HttpResponse:
    """Hand out a document as it came, as a download."""
    kept, content = original_file(seen_by(request, plan), number)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(kept.name, safe='')}"
    return answer


@require_safe
def original_picture(request: HttpRequest, plan: str, number: int, page: int) -> HttpResponse:
    """Show a page of a PDF as it is printed."""
    _, content = original_file(seen_by(request, plan), number)
    drawn = page_picture(content, page)
    if drawn is None:
        raise NotVisible(f"{plan} {number} {page}")
    return HttpResponse(drawn, content_type="image/png")


def _number(text: str | None) -> int | None:
    return whole(text, 0) or None
