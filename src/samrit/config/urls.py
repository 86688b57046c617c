"""All addresses; every room lists its own."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("samrit.web.urls"))]
