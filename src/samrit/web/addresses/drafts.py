"""Addresses of plans under edit."""

from __future__ import annotations

from django.urls import URLPattern, path

from samrit.web.views.drafts import beginning, draft, indicator, review, table, under, versions

urlpatterns: list[URLPattern] = [
    path("plans/<slug:code>/versions/", versions.page, name="versions"),
    path("plans/<slug:code>/versions/<int:number>.zip", versions.version_file, name="version_file"),
    path("plans/<slug:code>/reported.zip", versions.export, name="plan_export"),
    path("plans/<slug:code>/settings/", versions.settings, name="plan_settings"),
    path("drafts/", beginning.listing, name="drafts"),
    path("drafts/new/", beginning.new, name="draft_new"),
    path("drafts/form.xlsx", beginning.form_file, name="draft_form_file"),
    path("drafts/<int:number>/", draft.page, name="draft"),
    path("drafts/<int:number>/settings/", draft.settings, name="draft_settings"),
    path("drafts/<int:number>/step/", draft.step, name="draft_step"),
    path("drafts/<int:number>/waive/", draft.waive, name="draft_waive"),
    path("drafts/<int:number>/undo/", draft.undo, name="draft_undo"),
    path("drafts/<int:number>/plan.zip", draft.export, name="draft_export"),
    path("drafts/<int:number>/review/", review.page, name="draft_review"),
    path("drafts/<int:number>/original/<int:at>/", review.original, name="draft_original"),
    path("drafts/<int:number>/original/<int:at>/<int:page_number>.png", review.picture, name="draft_picture"),
    path("drafts/<int:number>/under/", under.page, name="draft_under"),
    path("drafts/<int:number>/changes/", draft.changed, name="draft_changes"),
    path("drafts/<int:number>/indicator/<path:record>/spread/", indicator.spread_year, name="draft_spread"),
    path("drafts/<int:number>/indicator/<path:record>/", indicator.page, name="draft_indicator"),
    path("drafts/<int:number>/<slug:file>/", table.page, name="draft_file"),
    path("drafts/<int:number>/<slug:file>/paste/", table.paste, name="draft_paste"),
]
