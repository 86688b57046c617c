"""All addresses; every room lists its own."""

from __future__ import annotations

from django.urls import include, path

handler500 = "samrit.web.views.office.refusals.fault"
urlpatterns = [path("", include("samrit.web.urls"))]
