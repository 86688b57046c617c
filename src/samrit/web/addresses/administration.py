"""Addresses of the administrators' pages: people and roles, the register of units."""

from __future__ import annotations

from django.urls import URLPattern, path

from samrit.web.views.office import causes, erasures, health, holidays, people, privacy, setting_up, starting, units

urlpatterns: list[URLPattern] = [
    path("setup/", setting_up.page, name="setup"),
    path("start/", starting.page, name="start"),
    path("start/office.xlsx", starting.file, name="start_file"),
    path("start/office/", starting.take, name="start_take"),
    path("start/invitations/", starting.invite, name="start_invite"),
    path("people/", people.listing, name="people"),
    path("people/new/", people.new, name="person_new"),
    path("person/<str:username>/", people.person, name="person"),
    path("person/<str:username>/roles/", people.role_give, name="role_give"),
    path("person/<str:username>/roles/<int:number>/take/", people.role_take, name="role_take"),
    path("person/<str:username>/switch/", people.switch, name="person_switch"),
    path("person/<str:username>/invite/", people.invite, name="person_invite"),
    path("person/<str:username>/authenticator/", people.second_factor_drop, name="person_second_factor"),
    path("person/<str:username>/erase/", erasures.person, name="person_erase"),
    path("erasures/", erasures.listing, name="erasures"),
    path("erasures/<int:number>/", erasures.decide, name="erasure_decide"),
    path("evidence/<int:number>/erase/", erasures.evidence, name="evidence_erase"),
    path("privacy/", privacy.notice, name="privacy"),
    path("system/", health.page, name="health"),
    path("causes/", causes.page, name="causes"),
    path("holidays/", holidays.page, name="holidays"),
    path("units/", units.listing, name="units"),
    path("units/new/", units.new, name="unit_new"),
    path("units/register/", units.register, name="unit_register"),
    path("units/register.csv", units.register_file, name="unit_register_file"),
    # A group's code may hold strokes: พื้นที่/จังหวัด/สาขา.
    path("unit/<path:code>/", units.unit, name="unit"),
]
