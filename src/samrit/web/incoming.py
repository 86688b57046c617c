"""What people send, looked at before a page takes it: how much it is, who may send it, and that it is text."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from samrit.plans.rights import may
from samrit.vocabulary.numbers import whole
from samrit.web.gates import MEGABYTE, ORDINARY, View, files_of, person_of
from samrit.web.words import word

Answer = Callable[[HttpRequest], HttpResponseBase]


class UploadMiddleware:
    """Refuse what is too large, and from whom no file is taken, before its first byte is read.

    Stands before the check of forms' origin, which reads what was sent.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as usual."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, *_: object) -> HttpResponseBase | None:
        """Answer 413 to what is too large, 403 and the sign-in to who may not send files."""
        size = _announced(request)
        if size is None:
            text = word("upload.size_unknown", request.LANGUAGE_CODE)
            return render(request, "409.html", {"refusal": text, "code": "upload_size_unknown"}, status=400)
        if size <= ORDINARY:
            return None
        files = files_of(view)
        if files is not None and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if files is not None and not may(person_of(request), files.action):
            # Not raised: the framework's own handler of it reads what was sent.
            return render(request, "403.html", status=403)
        most = ORDINARY if files is None else files.most
        if size <= most:
            return None
        text = word("upload.too_large", request.LANGUAGE_CODE, size=-(-size // MEGABYTE), most=most // MEGABYTE)
        return render(request, "409.html", {"refusal": text, "code": "upload_too_large"}, status=413)


def _announced(request: HttpRequest) -> int | None:
    """Return how many bytes a request says that it has; None where it says none that can be believed.

    A body in chunks says no size at all, and what can't be read as a number is not taken for a small one.
    """
    if request.META.get("HTTP_TRANSFER_ENCODING", "").strip().lower() not in ("", "identity"):
        return None
    said = request.META.get("CONTENT_LENGTH", "")
    if not said.strip():
        return 0
    size = whole(said.strip(), -1, most=10**15)
    return None if size < 0 else size


class PlainTextMiddleware:
    """Refuse a request with the character NUL in its address or in what was typed: nobody means it, no text holds it.

    Stands after the check of forms' origin, which reads what was sent, and asks of a page that takes files first.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as usual."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponseBase | None:
        """Answer 400 in words to a NUL in the path, the question or the form; names of files lose theirs on the way."""
        if not any("\0" in text for text in self._typed(request)):
            return None
        text = word("form.nul", request.LANGUAGE_CODE)
        return render(request, "409.html", {"refusal": text, "code": "text_with_nul"}, status=400)

    @staticmethod
    def _typed(request: HttpRequest) -> Iterator[str]:
        yield request.path
        sent = (request.GET, request.POST) if request.method == "POST" else (request.GET,)
        for name, values in (pair for query in sent for pair in query.lists()):
            yield from (name, *map(str, values))


def sent_file(request: HttpRequest, most: int) -> tuple[bytes, str]:
    """Return a file as sent, or as it came back with its preview, and its name; nothing for what is neither.

    One of more than ``most`` bytes is nothing, too.
    """
    upload = request.FILES.get("file")
    if upload is not None:
        return (upload.read() if 0 < (upload.size or 0) <= most else b""), upload.name or ""
    try:
        content = base64.b64decode(request.POST.get("content", ""), validate=True)
    except (binascii.Error, ValueError):
        content = b""
    return content if len(content) <= most else b"", request.POST.get("name", "")[:200]


def carried_file(content: bytes) -> str:
    """Return a file as its preview's form carries it back to :func:`sent_file`."""
    return base64.b64encode(content).decode()
