"""The first steps of an office: units and people by one Excel file, then a plan, a report, and invitations."""

from __future__ import annotations

from collections.abc import Mapping

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samrit.plans.errors import ServiceError
from samrit.plans.models import Person, RoleAssignment, Unit
from samrit.plans.records.turns import turn
from samrit.plans.reporting.office_file import MOST_BYTES, Known, OfficeFile, office_file, read_office_file
from samrit.plans.rights import may
from samrit.plans.selectors.office.first_steps import first_steps, not_invited
from samrit.plans.services.office.accounts import invitation_note
from samrit.plans.services.office.taking_in import office_take
from samrit.vocabulary.findings import Severity
from samrit.web.accounts.invitations import Invitation, mailed
from samrit.web.gates import MEGABYTE, link_to, needs, person_of, takes_files
from samrit.web.sent_files import coming_back, faults_shown, going_along, sent_file, workbook
from samrit.web.words import page_language, word


@require_safe
@needs("start.view")
def page(request: HttpRequest) -> HttpResponse:
    """Show how far the office has come, and what is next."""
    person = person_of(request)
    shown = {
        "page": first_steps(person),
        "may_people": may(person, "people.manage"),
        "may_draft": may(person, "draft.edit"),
    }
    return render(request, "start/page.html", shown)


@require_safe
@needs("people.manage")
def file(request: HttpRequest) -> HttpResponse:
    """Hand out units and people as the Excel file that ``take`` reads back."""
    units = Unit.objects.select_related("parent", "successor").prefetch_related("groups")
    roles = RoleAssignment.objects.select_related("person", "unit", "plan").order_by("person__username", "role", "pk")
    return workbook(office_file(units, roles, page_language()), "office")


@require_http_methods(["GET", "HEAD", "POST"])
@takes_files("people.manage", most=coming_back(MOST_BYTES))
@needs("people.manage")
def take(request: HttpRequest) -> HttpResponse:
    """Read a filled file, show what it would bring and every fault of every row, and take it in when told so."""
    if request.method != "POST":
        return render(request, "start/take.html", {"megabytes": MOST_BYTES // MEGABYTE})
    content, name = sent_file(request, most=MOST_BYTES, name="office.xlsx")
    with turn(person_of(request).pk):
        read = read_office_file(content, name, Known.now())
    errors = [f for f in read.faults if f.severity is Severity.ERROR]
    if request.POST.get("do") == "take" and not errors:
        try:
            outcome = office_take(person_of(request), units=read.units, people=read.people)
        except ServiceError as refused:
            return _preview(request, (content, name), read, refused.text(page_language()))
        said = word(
            "start.taken",
            page_language(),
            units=outcome.units.added,
            changed=outcome.units.changed + outcome.changed,
            people=outcome.people,
            roles=outcome.roles,
        )
        messages.success(request, said)
        return HttpResponseRedirect(reverse("start"))
    return _preview(request, (content, name), read)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("people.manage")
def invite(request: HttpRequest) -> HttpResponse:
    """List who was never here; make each a link for one use, to print as a sheet or to send by mail."""
    people = list(not_invited())
    if request.method != "POST":
        return render(request, "start/invite.html", {"people": people, "invitations": ()})
    chosen = set(request.POST.getlist("person"))
    invited = [person for person in people if not chosen or person.username in chosen]
    with transaction.atomic():
        for person in invited:
            invitation_note(person_of(request), person=person)
    made = [Invitation(person, _link(person)) for person in invited]
    failed: tuple[str, ...] = ()
    if request.POST.get("do") == "mail":
        made, failed = mailed(made)
    shown = {"people": people, "invitations": made, "failed": failed, "by_mail": request.POST.get("do") == "mail"}
    return render(request, "start/invite.html", shown)


def _preview(request: HttpRequest, sent: tuple[bytes, str], read: OfficeFile, fault: str = "") -> HttpResponse:
    known = set(Unit.objects.values_list("code", flat=True))
    people = {person.username.lower(): person for person in Person.objects.all()}
    errors = [f for f in read.faults if f.severity is Severity.ERROR]
    shown = {
        "megabytes": MOST_BYTES // MEGABYTE,
        "fault": fault,
        **faults_shown(read.faults),
        "has_errors": bool(errors) or bool(fault),
        "read": read,
        "new_units": [unit for unit in read.units if unit.code not in known],
        "new_people": list(dict.fromkeys(p.username for p in read.people if p.username.lower() not in people)),
        "changed_people": _changes(read, people),
        **({} if errors else going_along(*sent)),
    }
    return render(request, "start/take.html", shown, status=422 if shown["has_errors"] else 200)


def _changes(read: OfficeFile, people: Mapping[str, Person]) -> list[tuple[str, str, str]]:
    """Return what the file changes of people that are there: user name, and what is before and after."""
    found: dict[tuple[str, str, str], None] = {}
    for row in read.people:
        person = people.get(row.username.lower())
        if person is None:
            continue
        for before, after in ((person.display_name, row.display_name), (person.email, row.email)):
            if after and after != before:
                found[row.username, before, after] = None
    return list(found)


def _link(person: Person) -> str:
    key = default_token_generator.make_token(person)
    return link_to("account_reset_password_from_key", uidb36=user_pk_to_url_str(person), key=key)
