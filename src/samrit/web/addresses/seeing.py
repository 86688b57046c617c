"""Addresses of the pages that show: front, plan, work, why, entry, comparison, heat map, tables, rules."""

from __future__ import annotations

from django.urls import URLPattern, path

from samrit.web.views.seeing import (
    compare,
    coverage,
    exports,
    front,
    money,
    money_table,
    originals,
    plan,
    sources,
    why,
    work,
    year,
    year_form,
    years,
)

urlpatterns: list[URLPattern] = [
    path("", front.front, name="front"),
    path("plans/<slug:plan>/overview/", front.overview, name="overview"),
    path("plans/<slug:plan>/", plan.plan, name="plan"),
    path("plans/<slug:plan>/views/", plan.save_view, name="save_view"),
    path("plans/<slug:plan>/views/delete/", plan.delete_view, name="delete_view"),
    path("plans/<slug:plan>/works/<str:project>/", work.work, name="work"),
    path("plans/<slug:plan>/works/<str:project>/money/", money.record, name="money_record"),
    path("plans/<slug:plan>/works/<str:project>/money/back/", money.take_back, name="money_take_back"),
    path("plans/<slug:plan>/works/<str:project>/year/<slug:kind>/", year.record, name="year_record"),
    path("plans/<slug:plan>/year/form/", year_form.page, name="year_form"),
    path("plans/<slug:plan>/year/form.xlsx", year_form.file, name="year_form_file"),
    path("plans/<slug:plan>/entries/<str:indicator>/<int:period>/", work.entry, name="entry"),
    path("plans/<slug:plan>/originals/<int:number>/", originals.original, name="original"),
    path("plans/<slug:plan>/originals/<int:number>/file/", originals.original_whole, name="original_whole"),
    path(
        "plans/<slug:plan>/originals/<int:number>/pages/<int:page>.png",
        originals.original_picture,
        name="original_picture",
    ),
    path("plans/<slug:plan>/why/", why.why_cell, name="why_cell"),
    path("plans/<slug:plan>/why/<str:record>/", why.why, name="why"),
    path("plans/<slug:plan>/money/", why.money, name="why_money"),
    path("plans/<slug:plan>/sources/", sources.sources, name="sources"),
    path("plans/<slug:plan>/sources/record/", sources.record, name="sources_record"),
    path("plans/<slug:plan>/sources/withdraw/", sources.withdraw, name="sources_withdraw"),
    path("plans/<slug:plan>/money/table/", money_table.page, name="money_table"),
    path("plans/<slug:plan>/money/table.xlsx", money_table.file, name="money_table_file"),
    path("plans/<slug:plan>/compare/", compare.compare, name="compare"),
    path("plans/<slug:plan>/heat/", compare.heat, name="heat"),
    path("plans/<slug:plan>/years/", years.years, name="years"),
    path("plans/<slug:plan>/links/", coverage.coverage, name="coverage"),
    path("plans/<slug:plan>/tables/<slug:table>.<str:form>", exports.plan_table, name="plan_table"),
    path("plans/<slug:plan>/works/<str:project>/months.<str:form>", exports.work_table, name="work_table"),
    path("plans/<slug:plan>/works/<str:project>/year.<str:form>", exports.year_table, name="year_table"),
    path("plans/<slug:plan>/works/<str:project>/history.<str:form>", exports.history_table, name="history_table"),
    path("plans/<slug:plan>/why/<str:record>/steps.<str:form>", exports.why_table, name="why_table"),
    path("rules/", why.rules, name="rules"),
    path("rules/<str:rule>/", why.rule, name="rule"),
]
