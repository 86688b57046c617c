"""Addresses of reporting a month: one's work, the report, its confirmation and acceptance, evidence."""

from __future__ import annotations

from django.urls import URLPattern, path

from samrit.web.views.reporting import accept, confirm, evidence, month_data, my_work, report

# Codes of units may hold dots and slashes.
_REPORT = "report/<slug:code>/<path:unit>/<int:period>/"

urlpatterns: list[URLPattern] = [
    path("my-work/", my_work.page, name="my_work"),
    path(f"{_REPORT}save/", report.save, name="report_save"),
    path(f"{_REPORT}try/", report.attempt, name="report_try"),
    path(f"{_REPORT}month.json", month_data.page, name="month_data"),
    path(f"machine/{_REPORT}month.json", month_data.machine, name="month_machine"),
    path(f"{_REPORT}evidence/", evidence.add, name="evidence_add"),
    path(_REPORT, report.page, name="report"),
    path("evidence/<int:number>/", evidence.file, name="evidence"),
    path("evidence/<int:number>/withdraw/", evidence.withdraw, name="evidence_withdraw"),
    path("confirm/", confirm.page, name="confirm"),
    path("accept/<slug:code>/", accept.page, name="accept"),
]
