"""The addresses of the pages: every room lists its own in ``samrit.web.addresses``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("samrit.web.addresses.frame")),
    path("", include("samrit.web.addresses.accounts")),
    path("", include("samrit.web.addresses.administration")),
    path("", include("samrit.web.addresses.reporting")),
    path("", include("samrit.web.addresses.control")),
    path("", include("samrit.web.addresses.seeing")),
    path("", include("samrit.web.addresses.drafts")),
]
