"""Addresses of the frame: the language switch and the sign of life."""

from __future__ import annotations

from django.urls import URLPattern, path

from samrit.web.views.office import frame

urlpatterns: list[URLPattern] = [
    path("language/", frame.language, name="language"),
    path("alive/", frame.alive, name="alive"),
]
