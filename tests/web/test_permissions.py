"""Every address of the application, the right it needs, and what it answers to each kind of person.

One line an address and method; an address without a line fails the test.

    +   open: a page is shown, or what was sent is written (the history grows, the database changes)
    o   open, and nothing that the history keeps is written
    >   led on to another page
    i   led to the sign-in
    3   refused with 403      4   not there for this person: 404      1   401
    -   refused in words on the page, and nothing is written

The people: **p**ublic, **n**obody (signed in without a role), **r**eporter and **h**ead of กฝ., **l** planner of all
plans, **z** planner of another plan only, e**x**ecutive, **a**uditor, a**d**ministrator.  Three more have no column:
whose account is closed is answered as the public is, whose role is over as nobody, and a reporter of another unit
as that of กฝ. but for what ELSEWHERE says.  They ask a sample of the addresses here, and ``make prove`` all of them.
The plan is not public and กฝ. reports it; the second table is the same for a plan that is.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from samrit.package.kinds.work import STATES
from samrit.plans.drafting.document import mark_of as mark_of_draft
from samrit.plans.evaluation import memory
from samrit.plans.models import HistoryEntry, Plan, Unit
from samrit.plans.selectors.control.closing import closing_of
from samrit.plans.selectors.control.finding_list import decided_findings
from samrit.plans.selectors.report.sending_content import revision_of
from samrit.plans.services.draft.importing import draft_confirm
from samrit.plans.services.draft.rows import RowInput, draft_save
from samrit.plans.services.office.people import role_give
from samrit.plans.services.plan.allotments import allotment_record
from samrit.plans.services.plan.money import money_record
from samrit.plans.services.plan.periods import period_close
from samrit.plans.services.plan.settlements import settlement_save
from samrit.plans.services.plan.year_records import year_record_add
from samrit.plans.services.writing import SYSTEM
from samrit.plans.unit_form.past_file import PastLine, write_past_file
from samrit.plans.unit_form.year_model import YearForm, YearSheet
from samrit.plans.unit_form.year_writer import write_year_form
from tests.plans.office import Clock, People
from tests.web.addressed import MORE, ONE_PAGE, PEOPLE, UNIT, Office, finish, office, patterns
from tests.web.sheets import office_sheets, year_sheets

pytestmark = pytest.mark.one_database

TABLE = """
address                               method  right                  p n r h l z x a d

front                                 GET     a plan to see          i o o o o o o o o
overview                              GET     plan.view              4 4 o o o 4 o o o
plan                                  GET     plan.view              4 4 o o o 4 o o o
save_view                             POST    plan.view              i 4 > > > 4 > > >
delete_view                           POST    plan.view              i 4 > > > 4 > > >
work                                  GET     plan.view              4 4 o o o 4 o o o
money_record                          GET     the work's page        i > > > > > > > >
money_record                          POST    money.record           i 4 3 3 + 4 3 3 3
money_take_back                       GET     the work's page        i > > > > > > > >
money_take_back                       POST    money.record           i 4 3 3 + 4 3 3 3
year_record                           GET     year.report            i 4 o o o 4 3 3 3
year_record                           POST    year.report            i 4 + + + 4 3 3 3
entry                                 GET     plan.view              4 4 o o o 4 o o o
original                              GET     plan.view              4 4 o o o 4 o o o
original_whole                        GET     plan.view              4 4 o o o 4 o o o
original_picture                      GET     plan.view              4 4 o o o 4 o o o
why                                   GET     plan.view              4 4 o o o 4 o o o
why_cell                              GET     plan.view              4 4 o o o 4 o o o
why_money                             GET     plan.view              4 4 o o o 4 o o o
sources                               GET     plan.view              4 4 o o o 4 o o o
sources_record                        GET     the page of sources    i > > > > > > > >
sources_record                        POST    money.record           i 4 3 3 + 4 3 3 3
sources_withdraw                      GET     the page of sources    i > > > > > > > >
sources_withdraw                      POST    money.record           i 4 3 3 + 4 3 3 3
compare                               GET     plan.view              4 4 o o o 4 o o o
heat                                  GET     plan.view              4 4 o o o 4 o o o
years                                 GET     not under a longer one 4 4 4 4 4 4 4 4 4
coverage                              GET     plan.view              4 4 o o o 4 o o o
plan_table                            GET     plan.view              4 4 o o o 4 o o o
work_table                            GET     plan.view              4 4 o o o 4 o o o
money_table                           GET     money.record           i 4 3 3 o 4 3 3 3
money_table                           POST    money.record           i 4 3 3 + 4 3 3 3
money_table_file                      GET     money.record           i 4 3 3 o 4 3 3 3
year_form                             GET     year.report            i 4 o o o 4 3 3 3
year_form                             POST    year.report            i 4 + + + 4 3 3 3
year_form_file                        GET     year.report            i 4 o o o 4 3 3 3
year_table                            GET     plan.view              4 4 o o o 4 o o o
history_table                         GET     history to read        4 4 o o o 4 o o o
why_table                             GET     plan.view              4 4 o o o 4 o o o
rules                                 GET     -                      o o o o o o o o o
rule                                  GET     -                      o o o o o o o o o

my_work                               GET     signed in              i o o o o o o o o
report                                GET     figure.edit or control i 4 o o o 4 4 o o
report                                POST    figure.edit            i 4 + + + 4 4 - -
report_save                           POST    figure.edit            i 4 + + + 4 4 - -
report_try                            POST    figure.edit or control i 4 o o o 4 4 o o
month_data                            GET     figure.edit or control 1 4 o o o 4 4 o o
month_data                            POST    figure.edit            1 4 + + + 4 4 3 3
month_machine                         GET     its key                1 1 1 1 1 1 1 1 1
month_machine                         POST    its key                1 1 1 1 1 1 1 1 1
evidence_add                          POST    figure.edit            i 4 + + + 4 4 - -
evidence                              GET     typed, not sent        i 4 o o 4 4 4 o 4
evidence_withdraw                     POST    figure.edit            i 4 + + 4 4 4 3 4
confirm                               GET     signed in              i o o o o o o o o
confirm                               POST    report.confirm         i 4 - + - 4 4 4 4
accept                                GET     report.accept          i 4 4 4 o 4 4 4 4
accept                                POST    report.accept          i 4 4 4 + 4 4 4 4
unit_form                             GET     figure.edit            i 4 o o o 4 4 4 4
unit_forms_zip                        GET     report.accept          i 4 4 4 o 4 4 4 4
unit_forms                            GET     signed in              i o o o o o o o o
unit_forms                            POST    figure.edit            i 3 - - - - 3 3 3
deadlines                             GET     plan.view              i 4 o o o 4 o o o

control                               GET     control.view           i 4 4 4 o 4 4 o o
control_table                         GET     control.view           i 4 4 4 o 4 4 o o
control_findings                      GET     control.view           i 4 4 4 o 4 4 o o
control_findings                      POST    finding.decide         i 4 4 4 + 4 4 - -
control_year                          GET     control.view           i 4 4 4 o 4 4 o o
control_watch                         GET     control.view           i 4 4 4 o 4 4 o o
control_times                         GET     control.view           i 4 4 4 o 4 4 o o
control_watch_test                    GET     control.view           i 4 4 4 o 4 4 o o
control_summary                       GET     control.view           i 4 4 4 o 4 4 o o
control_year_table                    GET     control.view           i 4 4 4 o 4 4 o o
control_close                         POST    period.close           i 4 4 4 + 4 4 - -
control_unlock                        POST    period.unlock          i 4 4 4 + 4 4 - -
control_decisions                     GET     control.view           i 4 4 4 o 4 4 o o
control_decisions_end                 POST    period.unlock          i 4 4 4 + 4 4 - -
control_records                       GET     settlement.decide      i 4 4 4 o 4 4 4 4
control_waive                         POST    separation.waive       i 4 4 4 + 4 4 - +
control_due                           POST    due.move               i 4 4 4 + 4 4 - -
control_past                          GET     past.take              i 4 4 4 o 4 4 3 3
control_past                          POST    past.take              i 4 4 4 + 4 4 3 3
control_past_file                     GET     past.take              i 4 4 4 o 4 4 3 3
control_settle                        POST    settlement.decide      i 4 4 4 + 4 4 - -
report_words                          GET     words.view             i 4 4 4 o 4 o o o
report_words                          POST    words.write            i 4 4 4 + 4 3 3 3
evaluation_close                      GET     evaluation.close       i 4 4 4 > 4 4 4 4
evaluation_close                      POST    evaluation.close       i 4 4 4 + 4 4 4 4
evaluation_counting                   POST    plan.settings          i 4 4 4 + 4 4 - +
evaluation                            GET     evaluation.view        i 4 o o o 4 o o o
evaluation_print                      POST    report_file.make       i 4 - - > 4 > > -
evaluation_file                       GET     evaluation.view        i 4 4 4 4 4 4 4 4

versions                              GET     plan.view              i 4 o o o 4 o o o
version_file                          GET     plan.export            i 4 o o o 4 o o o
version_book                          GET     plan.view              i 4 o o o 4 o o o
plan_export                           GET     plan.export            i 4 o o o 4 o o o
plan_archive                          GET     plan.view              i 4 o o o 4 o o o
plan_archive                          POST    plan.archive           i 4 3 3 - 4 3 3 -
plan_archive_file                     GET     plan.view              i 4 o o o 4 o o o
report_look                           GET     plan.settings          i 4 3 3 o 4 3 3 o
report_look                           POST    plan.settings          i 4 3 3 + 4 3 3 +
plan_settings                         POST    plan.settings          i 4 3 3 + 4 3 3 +
plan_publications                     POST    publication.record     i 4 3 3 + 4 3 3 +
drafts                                GET     draft.view             i 3 3 3 o o o o o
draft_new                             GET     draft.edit             i 3 3 3 o o 3 3 3
draft_new                             POST    draft.edit             i 3 3 3 + - 3 3 3
draft_form_file                       GET     draft.edit             i 3 3 3 o o 3 3 3
draft                                 GET     draft.view             i 4 4 4 o 4 o o o
draft_changes                         GET     draft.view             i 4 4 4 o 4 o o o
draft_under                           GET     draft.view             i 4 4 4 o 4 o o o
draft_under                           POST    draft.edit             i 4 4 4 + 4 3 3 3
draft_indicator                       GET     draft.view             i 4 4 4 o 4 o o o
draft_tree                            GET     draft.view             i 4 4 4 o 4 o o o
draft_tree                            POST    draft.edit             i 4 4 4 + 4 3 3 3
draft_work                            GET     draft.view             i 4 4 4 o 4 o o o
proposals                             GET     proposal.edit          i 3 o o 3 3 3 3 3
proposal_unit                         GET     proposal.edit          i 4 o o 4 4 4 4 4
proposal_unit                         POST    proposal.edit          i 4 + + 4 4 4 4 4
proposal_work                         GET     proposal.edit          i 4 o o 4 4 4 4 4
proposal_work                         POST    proposal.edit          i 4 + + 4 4 4 4 4
draft_proposals                       GET     draft.view             i 4 4 4 o 4 o o o
draft_proposals                       POST    draft.edit             i 4 4 4 + 4 3 3 3
draft_proposal                        GET     draft.view             i 4 4 4 o 4 o o o
draft_proposal                        POST    draft.edit             i 4 4 4 + 4 3 3 3
draft_remarks                         GET     draft.view             i 4 4 4 o 4 o o o
draft_remarks                         POST    draft.remark           i 4 4 4 + 4 + 3 3
draft_paper                           GET     draft.view             i 4 4 4 o 4 o o o
draft_minutes                         GET     draft.view             i 4 4 4 o 4 o o o
draft_minutes_add                     POST    draft.approve          i 4 4 4 + 4 + 3 3
versions_paper                        GET     plan.view              i 4 o o o 4 o o o
draft_library                         GET     draft.view             i 4 4 4 o 4 o o o
draft_definition                      POST    draft.edit             i 4 4 4 + 4 3 3 3
draft_rules                           GET     draft.view             i 4 4 4 o 4 o o o
draft_rules                           POST    draft.edit             i 4 4 4 + 4 3 3 3
draft_group                           POST    draft.edit             i 4 4 4 > 4 3 3 3
draft_steps                           POST    draft.edit             i 4 4 4 + 4 3 3 3
draft_levels                          POST    draft.edit             i 4 4 4 + 4 3 3 3
draft_sums                            POST    draft.view             i 4 4 4 o 4 o o o
draft_spread                          POST    draft.edit             i 4 4 4 + 4 3 3 3
draft_settings                        POST    draft.edit             i 4 4 4 + 4 3 3 3
draft_step                            POST    its step's right       i 4 4 4 + 4 3 3 3
draft_waive                           POST    separation.waive       i 4 4 4 + 4 3 3 +
draft_carried                         GET     draft.view             i 4 4 4 o 4 o o o
draft_carried                         POST    draft.edit             i 4 4 4 + 4 3 3 3
draft_undo                            POST    draft.edit             i 4 4 4 + 4 3 3 3
draft_export                          GET     draft.view             i 4 4 4 o 4 o o o
draft_file                            GET     draft.view             i 4 4 4 o 4 o o o
draft_file                            POST    draft.edit             i 4 4 4 + 4 3 3 3
draft_paste                           POST    draft.edit             i 4 4 4 + 4 3 3 3
draft_review                          GET     draft.view             i 4 4 4 o 4 o o o
draft_review                          POST    draft.edit             i 4 4 4 + 4 3 3 3
draft_original                        GET     draft.view             i 4 4 4 o 4 o o o
draft_picture                         GET     draft.view             i 4 4 4 o 4 o o o

start                                 GET     start.view             i 3 3 3 o o 3 3 o
start_file                            GET     people.manage          i 3 3 3 3 3 3 3 o
start_take                            GET     people.manage          i 3 3 3 3 3 3 3 o
start_take                            POST    people.manage          i 3 3 3 3 3 3 3 +
setup                                 GET     nobody is there yet    4 4 4 4 4 4 4 4 4
setup                                 POST    nobody is there yet    4 4 4 4 4 4 4 4 4
start_invite                          GET     people.manage          i 3 3 3 3 3 3 3 o
start_invite                          POST    people.manage          i 3 3 3 3 3 3 3 +
people                                GET     people.view            i 3 3 3 3 3 3 o o
person_new                            GET     people.manage          i 3 3 3 3 3 3 3 o
person_new                            POST    people.manage          i 3 3 3 3 3 3 3 +
person                                GET     people.view            i 3 3 3 3 3 3 o o
person                                POST    people.manage          i 3 3 3 3 3 3 3 +
role_give                             POST    people.manage          i 3 3 3 3 3 3 3 +
role_take                             POST    people.manage          i 3 3 3 3 3 3 3 +
person_switch                         POST    people.manage          i 3 3 3 3 3 3 3 +
person_invite                         POST    people.manage          i 3 3 3 3 3 3 3 +
person_second_factor                  POST    people.manage          i 3 3 3 3 3 3 3 +
person_erase                          POST    people.manage          i 3 3 3 3 3 3 3 +
erasures                              GET     erasure.view           i 3 o o o o 3 o o
erasure_decide                        POST    erasure.decide         i 3 3 3 + 4 3 3 +
evidence_erase                        GET     erasure.ask            i 4 o o 4 4 4 4 4
evidence_erase                        POST    erasure.ask            i 4 + + 4 4 4 4 4
own_data                              GET     signed in              i o o o o o o o o
own_erase                             POST    signed in, one's own   i + + + + + + + +
privacy                               GET     -                      o o o o o o o o o
health                                GET     people.view            i 3 3 3 3 3 3 o o
causes                                GET     causes.view            i 3 3 3 o o o o o
causes                                POST    causes.manage          i 3 3 3 + + 3 3 +
holidays                              GET     signed in              i o o o o o o o o
holidays                              POST    holidays.manage        i 3 3 3 + + 3 3 +
units                                 GET     units.view             i 3 3 3 o o 3 o o
unit_register_file                    GET     units.view             i 3 3 3 o o 3 o o
unit                                  GET     units.view             i 3 3 3 o o 3 o o
unit                                  POST    units.manage           i 3 3 3 3 3 3 3 +
unit_new                              GET     units.manage           i 3 3 3 3 3 3 3 o
unit_new                              POST    units.manage           i 3 3 3 3 3 3 3 +
unit_register                         GET     units.manage           i 3 3 3 3 3 3 3 o
unit_register                         POST    units.manage           i 3 3 3 3 3 3 3 +

language                              POST    -                      > + + + + + + + +
lapsed                                GET     signed in              i > > > > > > > >
alive                                 GET     -                      o o o o o o o o o
sign_in                               GET     -                      o > > > > > > > >
sign_in                               POST    -                      o > > > > > > > >
account_login                         GET     -                      o > > > > > > > >
mfa_authenticate                      GET     a right password       i > > > > > > > >
mfa_authenticate                      POST    a right password       i > > > > > > > >
account_reset_password                GET     -                      o o o o o o o o o
account_reset_password                POST    -                      > > > > > > > > >
account_reset_password_done           GET     -                      o o o o o o o o o
account_reset_password_from_key       GET     the key                o o o o o o o o o
account_reset_password_from_key       POST    the key                o o o o o o o o o
account_reset_password_from_key_done  GET     -                      o o o o o o o o o
account_inactive                      GET     -                      o o o o o o o o o
sign_out                              POST    -                      > > > > > > > > >
account_logout                        POST    -                      > > > > > > > > >
account                               GET     signed in              i o o o o o o o o
mfa_index                             GET     signed in              i o o o o o o o o
calendar_key                          GET     signed in              i o o o o o o o o
calendar_key                          POST    signed in, one's own   i + + + + + + + +
calendar_private                      GET     its secret             4 4 4 4 4 4 4 4 4
machine_keys                          GET     signed in              i o o o o o o o o
machine_keys                          POST    signed in, one's own   i 4 4 4 4 4 4 4 4
sessions                              GET     signed in              i o o o o o o o o
sessions                              POST    signed in, one's own   i 4 4 4 4 4 4 4 4
account_change_password               GET     signed in              i > o o o o o o o
account_change_password               POST    signed in              i > o o o o o o o
account_reauthenticate                GET     signed in              i 3 o o o o o o o
account_reauthenticate                POST    signed in              i 3 o o o o o o o
mfa_reauthenticate                    GET     an authenticator       i 3 > > > > > > >
mfa_reauthenticate                    POST    an authenticator       i 3 > > > > > > >
mfa_activate_totp                     GET     confirmed oneself      i o o o o o o o o
mfa_activate_totp                     POST    confirmed oneself      i o o o o o o o o
mfa_deactivate_totp                   GET     an authenticator       i 4 4 4 4 4 4 4 4
mfa_deactivate_totp                   POST    an authenticator       i 4 4 4 4 4 4 4 4
mfa_view_recovery_codes               GET     an authenticator       i 4 4 4 4 4 4 4 4
mfa_generate_recovery_codes           GET     confirmed oneself      i o o o o o o o o
mfa_generate_recovery_codes           POST    confirmed oneself      i o o o o o o o o
openid_connect_login                  POST    a provider             4 4 4 4 4 4 4 4 4
openid_connect_login                  GET     a provider             4 4 4 4 4 4 4 4 4
openid_connect_callback               GET     a provider             4 4 4 4 4 4 4 4 4
socialaccount_login_cancelled         GET     -                      o o o o o o o o o
socialaccount_login_error             GET     -                      1 1 1 1 1 1 1 1 1
account_signup                        GET     nobody                 4 4 4 4 4 4 4 4 4
account_signup                        POST    nobody                 4 4 4 4 4 4 4 4 4
socialaccount_signup                  POST    nobody                 4 4 4 4 4 4 4 4 4
socialaccount_connections             GET     nobody                 4 4 4 4 4 4 4 4 4
account_email                         POST    nobody                 4 4 4 4 4 4 4 4 4
account_email_verification_sent       GET     nobody                 4 4 4 4 4 4 4 4 4
account_confirm_email                 POST    nobody                 4 4 4 4 4 4 4 4 4
account_set_password                  POST    nobody                 4 4 4 4 4 4 4 4 4
account_confirm_login_code            POST    nobody                 4 4 4 4 4 4 4 4 4
"""

# What a reporter of another unit is answered where that is not the reporter's of กฝ.
ELSEWHERE = {
    **dict.fromkeys(((name, method) for name in ("proposal_unit", "proposal_work") for method in ("GET", "POST")), "4"),
    **dict.fromkeys((("year_record", "GET"), ("year_record", "POST")), "3"),
    ("year_form", "POST"): "-",
    **dict.fromkeys(
        (
            (name, method)
            for name in (
                "report",
                "report_save",
                "report_try",
                "month_data",
                "evidence_add",
                "evidence_withdraw",
                "evidence_erase",
            )
            for method in ("GET", "POST")
        ),
        "4",
    ),
    **dict.fromkeys(
        ((name, "GET") for name in ("evidence", "unit_form", "history_table")),
        "4",
    ),
    ("confirm", "POST"): "4",
    ("erasure_decide", "POST"): "4",
}
EVERY = 5  # of so many addresses one is asked by the three; ``make prove`` names the lines to ask in SAMRIT_PROVE_LINES

PUBLISHED = """
front        GET  -            o o o o o o o o o
overview     GET  -            o o o o o o o o o
plan         GET  -            o o o o o o o o o
work         GET  -            o o o o o o o o o
entry        GET  -            o o o o o o o o o
why_money    GET  -            o o o o o o o o o
sources      GET  -            o o o o o o o o o
why          GET  -            o o o o o o o o o
original     GET  a role       4 4 o o o 4 o o o
plan_table   GET  -            o o o o o o o o o
report       GET  figure.edit  i 4 o o o 4 4 o o
control      GET  control.view i 4 4 4 o 4 4 o o
evaluation   GET  a role       i 4 o o o 4 o o o
evidence     GET  typed        i 4 o o 4 4 4 o 4
deadlines    GET  plan.view    i 4 o o o 4 o o o
"""


@pytest.fixture
def made(register: dict[str, Unit], person: People, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(
        "samrit.web.views.control.evaluations.start_printing", lambda *_: None
    )  # no threads beside the test
    return office(person)


def test_every_address_has_its_line() -> None:
    listed = {name for name, *_ in lines(TABLE)}
    there = {name for name, _ in patterns()}
    assert there - listed == set(), "addresses without a line in the table"
    assert listed - there == set(), "lines of the table without an address"


def test_every_address_answers_each_person_as_the_table_says(made: Office) -> None:
    named = os.environ.get("SAMRIT_PROVE_LINES")
    first, _, end = (named or ":").partition(":")
    asked = lines(TABLE)[int(first or 0) : int(end) if end else None]
    found = wrong_answers(made, "\n".join(" ".join((name, method, "-", *marks)) for name, method, marks in asked))
    found += wrong_answers_of_more(made, asked if named else asked[::EVERY])
    assert not found, "\n".join(found)


def test_a_published_plan_is_open_and_its_rooms_are_not(made: Office) -> None:
    Plan.objects.filter(pk=made.plan.pk).update(is_public=True)
    found = wrong_answers(made, PUBLISHED)
    assert not found, "\n".join(found)


def test_the_table_shows_a_room_left_open(made: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samrit.web.gates.may", lambda *_, **__: True)
    monkeypatch.setattr("samrit.plans.selectors.office.people.may", lambda *_, **__: True)
    line = next(line for line in TABLE.splitlines() if line.startswith("people "))
    assert len(wrong_answers(made, line)) == 6


def test_a_closed_account_has_no_rights_left(made: Office) -> None:
    type(made.people["administrator"]).objects.update(is_active=False)
    for who in PEOPLE:
        assert made.client(who).get(made.address("account")).status_code == 302
        assert made.client(who).get(made.address("plan")).status_code == 404


def test_a_role_out_of_force_opens_nothing(made: Office) -> None:
    made.people["auditor"].roles.update(valid_to=timezone.localdate() - timedelta(days=1))
    assert made.client("auditor").get(made.address("plan")).status_code == 404
    made.people["auditor"].roles.update(valid_to=None, valid_from=timezone.localdate() + timedelta(days=1))
    assert made.client("auditor").get(made.address("plan")).status_code == 404


def lines(table: str) -> list[tuple[str, str, list[str]]]:
    """Return name, method and the marks of each line of a table."""
    rows = [line.split() for line in table.splitlines() if line.strip() and not line.startswith("address ")]
    return [(words[0], words[1], words[-len(PEOPLE) :]) for words in rows]


def wrong_answers(made: Office, table: str) -> list[str]:
    """Ask every address as everybody; return what is not as the table says."""
    found, cookies = [], signed_in(made, PEOPLE)
    for name, method, marks in lines(table):
        for who, mark in zip(PEOPLE, marks, strict=True):
            got = answered(made, name, method, cookies[who])
            if got != mark and not (mark == "o" and got == "+" and method == "GET"):
                found.append(f"{method} {name} as {who}: {got}, not {mark}")
    return found


def wrong_answers_of_more(made: Office, asked: list[tuple[str, str, list[str]]]) -> list[str]:
    """Ask the addresses as the three who have no column; return what is not as it has to be."""
    found, cookies = [], signed_in(made, MORE)
    for name, method, marks in asked:
        by = dict(zip(PEOPLE, marks, strict=True))
        wanted = (ELSEWHERE.get((name, method), by["reporter"]), by["nobody"], by["public"])
        for who, mark in zip(MORE, wanted, strict=True):
            got = answered(made, name, method, cookies[who])
            if got != mark and not (mark == "o" and got == "+" and method == "GET"):
                found.append(f"{method} {name} as {who}: {got}, not {mark}")
    return found


def signed_in(made: Office, people: Iterable[str]) -> Mapping[str, str]:
    """Return the cookies of everybody's browser, signed in once for all addresses."""
    return {who: made.client(who).cookies.output(header="", sep=";") for who in people}


def answered(made: Office, name: str, method: str, cookies: str) -> str:
    """Ask one address in one person's browser and return the mark of the answer; whatever was written is taken back."""
    with transaction.atomic():
        client = Client(raise_request_exception=False)
        client.cookies.load(cookies)
        at_first = HistoryEntry.objects.count()
        form = sent(made, name) if method == "POST" else {}
        before = HistoryEntry.objects.count()
        if method == "POST":
            kind = {"content_type": "application/json"} if name == "month_data" else {}
            response = client.post(made.address(name), form, **kind)
        else:
            response = client.get(made.address(name))
        after = HistoryEntry.objects.count()
        mark = mark_of(response, method, has_written=after > before)
        finish(response)
        transaction.set_rollback(True)
    if after > at_first:  # what was made ready to be sent is taken back too
        memory.rewind()
    if method == "POST":
        cache.clear()
    return mark


def mark_of(response: HttpResponse, method: str, *, has_written: bool) -> str:
    """Return the table's mark for an answer."""
    code = response.status_code
    if code in (401, 403, 404):
        return ("W" if has_written else "") + str(code)[2]
    if code == 302 and response.headers["Location"].startswith("/sign-in/?"):
        return "i"
    if code == 302 and response.headers["Location"] == "/sign-in/":
        return "i"
    if has_written:
        return "+"
    if code in (409, 422) or (method == "POST" and refused_in_words(response)):
        return "-"
    return ">" if code == 302 else "o" if code in (200, 204) else str(code)


def refused_in_words(response: HttpResponse) -> bool:
    """Say whether the page, or the one led on to, says that something was refused."""
    if response.headers.get("Content-Type") == "application/json":
        return bool(response.json().get("refused") or response.json().get("message"))
    stored = getattr(response.wsgi_request, "_messages", ())
    return any(message.level_tag == "error" for message in [*getattr(stored, "_queued_messages", ()), *_kept(stored)])


def _kept(stored: Any) -> list[Any]:
    return list(getattr(stored, "_loaded_messages", ()))


def settled(made: Office) -> int:
    """Settle a result by hand and return its number."""
    return settlement_save(SYSTEM, plan=made.plan, record="P1", period=3, percent=Decimal(50), reason="มติ").pk


def allotted(made: Office) -> int:
    """Record an announcement and return its number."""
    given = {"funding_source": "เงินกองทุน", "sort": "announced", "amount": "5", "number": "1/2569", "seen": 0}
    return allotment_record(SYSTEM, plan=made.plan, announced_on=date(2026, 1, 5), **given).pk


def past_months(made: Office) -> Mapping[str, Any]:
    """Return a file of past months, as its preview sends it on."""
    file = write_past_file([PastLine(UNIT, "P1.1", "actual", {3: "10"}, texts=("", "", "", ""))], [(3, "")])
    return {"content": base64.b64encode(file).decode(), "source": "หนังสือ"}


def money_of_a_month(made: Office) -> Mapping[str, Any]:
    """Return a table of money, as its preview sends it on."""
    table = "รหัสงาน,เบิกจ่าย\nP1,5\n".encode()
    return {"month": "3", "name": "a.csv", "content": base64.b64encode(table).decode()}


def records_of_a_year(made: Office) -> Mapping[str, Any]:
    """Return a form of the year's records, as its preview sends it on."""
    form = YearForm(made.plan.code, "", (("P1", "งาน"),), (YearSheet(STATES, (), {}),), "th")
    row = {"งาน/โครงการ": "P1", "มีผลตั้งแต่วันที่": "1/4/2569", "สถานะ": "อยู่ระหว่างดำเนินการ"}
    return {"content": base64.b64encode(year_sheets(write_year_form(form), work_states=[(1, row)])).decode()}


FILLED = {"control_past": past_months, "money_table": money_of_a_month, "year_form": records_of_a_year}


def sent(made: Office, name: str) -> Mapping[str, Any]:
    """Return what a person who may would send to an address, so that something is really written."""
    if name == "control_unlock":
        period_close(SYSTEM, plan=made.plan, period=2)
    if name == "money_take_back":
        money_record(SYSTEM, plan=made.plan, project="P1", period=3, state="disbursed", amount="5", seen=0)
    if name == "sources_withdraw":
        return {"line": str(allotted(made)), "reason": "บันทึกซ้ำ"}
    if name == "draft_undo":
        rows = [RowInput(1, {"title": "ชื่ออื่น"})]
        draft_save(made.people["planner"], draft=made.draft, file="projects", rows=rows)
        return {"entry": str(HistoryEntry.objects.latest("sequence").sequence)}
    if name == "draft_step":  # what is doubtful is confirmed before
        draft_confirm(SYSTEM, draft=made.draft, matters=[("P1", "title")])
    if name == "draft_carried":
        kept = {"happened_on": "1/4/2569", "amount": "5", "sort": "committed", "state": "approved", "words": "ค้าง"}
        kept |= {"requested_on": "1/3/2569", "approved_on": "1/4/2569", "approved_by": "เลขาธิการ"}
        year_record_add(SYSTEM, plan=made.plan, kind="carry_overs", project="P1", given=kept)
        return {"plan": made.plan.code, "work": "P1"}
    if name == "start_invite":
        role_give(SYSTEM, person=made.people["nobody"], role="auditor")
    if name == "control_decisions_end":
        return {"do": "withdraw", "number": str(settled(made)), "reason": "มติใหม่"}
    if name == "month_data":
        return {"figures": [{"indicator": "P1.1", "actual": "7"}]}
    if name in FILLED:
        return {"do": "take", **FILLED[name](made)}
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    forms: Mapping[str, Mapping[str, Any]] = {
        "language": {"language": "en"},
        "start_take": {"do": "take", "content": base64.b64encode(office_sheets(units=[["ใหม่", "หน่วยใหม่"]])).decode()},
        "draft_new": {"way": "empty", "title": "แผนใหม่", "code": "new-2571", "year": "2571"},
        "plan_settings": {"do": "publish"},
        "report_look": {"ready": "short"},
        "plan_publications": {"do": "record", "channel": "website", "day": "1/1/2569"},
        "draft_definition": {"use": "small-2569|P1.1"},
        "draft_remarks": {"text": "ขอให้ตรวจอีกครั้ง"},
        "draft_minutes_add": {"file": SimpleUploadedFile("minutes.pdf", ONE_PAGE)},
        "draft_rules": {"do": "take", "key": "ready:level-5"},
        "draft_steps": {"source": "training"},
        "draft_levels": {"source": "building"},
        "draft_tree": {"do": "add", "file": "strategies", "name": "ยุทธศาสตร์ใหม่"},
        "proposal_work": {"title": "งานใหม่ของหน่วย", "seen": "0"},
        "draft_proposals": {"end": "1"},
        "draft_proposal": {"do": "take"},
        "draft_spread": {"way": "equal", "total": "240"},
        "draft_under": {"plan": made.plan.code},
        "draft_settings": {"title": "ร่างใหม่", "stages": "คณะทำงาน", "shown": mark_of_draft(made.draft)},
        "draft_step": {"step": "submit", "remark": "ตรวจแล้ว", "shown": mark_of_draft(made.draft)},
        "draft_waive": {"reason": "มีคนเดียว", "until": tomorrow},
        "draft_file": {"c:1:title": "ชื่อใหม่", "v:1": "0"},
        "draft_review": {"record": "P1", "subject": "title", "c:0": "ชื่อที่ตรวจแล้ว"},
        "draft_paste": {"table": "P2\t2\tงานใหม่\t\t1"},
        "report": {"do": "as_planned"},
        "report_save": {"a:P1.1:3.1": "7", "r:P1.1:3.1": "0"},
        "report_try": {"a:P1.1:3.1": "7"},
        "evidence_add": {"project": "P1", "file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 another")},
        "evidence_withdraw": {"reason": "แนบผิดไฟล์"},
        "confirm": {"report": [str(made.submitted.pk)], f"seen-{made.submitted.pk}": revision_of(made.submitted)},
        "accept": {"report": [str(made.confirmed.pk)], f"seen-{made.confirmed.pk}": revision_of(made.confirmed)},
        "save_view": {"name": "ของฉัน", "query": "band=good"},
        "control_close": {"period": "3"},
        "control_unlock": {"period": "2", "reason": "แก้ตามข้อทักท้วง", "until": tomorrow},
        "control_waive": {"unit": UNIT, "reason": "มีเจ้าหน้าที่คนเดียว", "until": tomorrow},
        "control_due": {"period": "3", "day": "20/4/2569", "reason": "อุทกภัย"},
        "control_settle": {"record": "P1", "period": "3", "percent": "50", "reason": "มติคณะทำงาน"},
        "money_record": {"state": "disbursed", "period": "3", "amount": "1,250.50", "seen": "0"},
        "plan_archive": {"do": "archive", "reason": "สิ้นปี"},  # its year is not evaluated yet
        "sources_record": {"funding_source": "เงินกองทุน", "sort": "added", "amount": "5", "note": "เพิ่ม", "seen": "0"},
        "money_take_back": {"order": "1", "reason": "จ่ายซ้ำ", "seen": "1"},
        "evaluation_close": {"period": "3", "reason": "ปิดตามกำหนด", "shown": closing_of(made.plan, 3).mark},
        "evaluation_counting": {"counts_from": "confirmed"},
        "report_words": {"do": "add", "text": "ข้อความ"},
        "year_record": {"happened_on": "1/4/2569", "state": "running"},
        "evaluation_print": {"language": "th"},
        "account_reset_password": {"email": "nobody@example.org"},
        "person_new": {"username": "new.one", "display_name": "ผู้มาใหม่", "language": "th"},
        "person": {"display_name": "ชื่อใหม่", "language": "th"},
        "role_give": {"role": "auditor"},
        "person_switch": {"active": "no"},
        **{key: {"reason": "มีข้อมูลส่วนบุคคล"} for key in ("person_erase", "own_erase", "evidence_erase")},
        "erasure_decide": {"do": "erase"},
        "person_second_factor": {"reason": "โทรศัพท์หาย"},
        "causes": {"title": "สาเหตุใหม่ของหน่วยงาน"},
        "holidays": {"do": "holiday", "day": "4/5/2569", "name": "วันหยุดพิเศษ"},
        "unit": {"name": "ชื่อใหม่", "type": "central"},
        "unit_new": {"code": "ทดลอง", "name": "หน่วยทดลอง", "type": "section"},
        "unit_register": {
            "file": SimpleUploadedFile("units.csv", "code,name,type\nทดลอง,หน่วยทดลอง,section\n".encode())
        },
    }
    if name == "control_findings":
        item = decided_findings(made.plan, 4)[0]
        return {"finding": item.mark, "state": "accepted", "reason": "ตรวจแล้ว"}
    return forms.get(name, {})
