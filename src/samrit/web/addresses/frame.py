"""Addresses of the frame: the language switch, the sign of life, what was sent after a session had ended."""

from __future__ import annotations

from django.urls import URLPattern, path

from samrit.web.views.office import frame, lapsed

urlpatterns: list[URLPattern] = [
    path("language/", frame.language, name="language"),
    path("sent-again/", lapsed.page, name="lapsed"),
    path("alive/", frame.alive, name="alive"),
]
