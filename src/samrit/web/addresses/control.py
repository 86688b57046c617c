"""Addresses of the control room: completeness, findings, evaluations and their documents, Excel forms, the feed."""

from __future__ import annotations

from django.urls import URLPattern, path

from samrit.web.views.control import archive, control, decisions, evaluations, executive, past, words, year
from samrit.web.views.reporting import unit_forms

urlpatterns: list[URLPattern] = [
    path("control/<slug:code>/", control.page, name="control"),
    path("control/<slug:code>/findings/", control.findings, name="control_findings"),
    path("control/<slug:code>/tables/<slug:table>.<str:form>", control.table, name="control_table"),
    path("control/<slug:code>/close/", control.close, name="control_close"),
    path("control/<slug:code>/unlock/", control.unlock, name="control_unlock"),
    path("control/<slug:code>/settle/", control.settle, name="control_settle"),
    path("control/<slug:code>/decisions/", decisions.page, name="control_decisions"),
    path("control/<slug:code>/decisions/end/", decisions.end, name="control_decisions_end"),
    path("control/<slug:code>/due/", decisions.due, name="control_due"),
    path("plans/<slug:code>/archive/", archive.page, name="plan_archive"),
    path("plans/<slug:code>/archive.zip", archive.file, name="plan_archive_file"),
    path("control/<slug:code>/past/", past.page, name="control_past"),
    path("control/<slug:code>/past.xlsx", past.file, name="control_past_file"),
    path("control/<slug:code>/waive/", decisions.waive, name="control_waive"),
    path("control/<slug:code>/year/", year.page, name="control_year"),
    path("control/<slug:code>/watch/", year.watch, name="control_watch"),
    path("control/<slug:code>/watch/test/", year.watch_test, name="control_watch_test"),
    path("control/<slug:code>/summary.<str:form>", executive.summary, name="control_summary"),
    path("control/<slug:code>/times/", year.times, name="control_times"),
    path("control/<slug:code>/year/<slug:kind>.<str:form>", year.table, name="control_year_table"),
    path("control/<slug:code>/records.json", control.records, name="control_records"),
    path("control/<slug:code>/evaluate/", evaluations.close, name="evaluation_close"),
    path("control/<slug:code>/counting/", evaluations.counting, name="evaluation_counting"),
    path("plans/<slug:code>/words/<int:period>/<slug:section>/", words.page, name="report_words"),
    path("plans/<slug:code>/evaluations/<int:period>/<int:number>/", evaluations.page, name="evaluation"),
    path("plans/<slug:code>/evaluations/<int:period>/<int:number>/print/", evaluations.make, name="evaluation_print"),
    path(
        "plans/<slug:code>/evaluations/<int:period>/<int:number>/<str:language>.<str:form>",
        evaluations.file,
        name="evaluation_file",
    ),
    path("forms/<slug:code>/<path:unit>/<int:period>.xlsx", unit_forms.download, name="unit_form"),
    path("forms/<slug:code>/<int:period>.zip", unit_forms.bundle, name="unit_forms_zip"),
    path("forms/", unit_forms.upload, name="unit_forms"),
    path("calendar/<slug:code>.ics", unit_forms.feed, name="deadlines"),
]
