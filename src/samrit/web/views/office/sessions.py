"""One's own sessions: where one is signed in, and ending them."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from samrit.plans.errors import NotVisible
from samrit.plans.records.security_log import note
from samrit.plans.services.office.people import sessions_end
from samrit.web.gates import person_of, require_oneself, signed_in
from samrit.web.words import page_language, word


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session as its page shows it."""

    session: UserSession
    is_here: bool


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: HttpRequest) -> HttpResponse:
    """Show one's own sessions, and end one or all others; somebody else's are not there."""
    person = person_of(request)
    found = UserSession.objects.purge_and_list(person)
    if request.method == "POST":
        return _ended(request, found)
    rows = [SessionRow(s, s.session_key == request.session.session_key) for s in found]
    rows.sort(key=lambda row: (not row.is_here, -row.session.created_at.timestamp()))
    return render(request, "account/sessions.html", {"rows": rows})


def _ended(request: HttpRequest, found: list[UserSession]) -> HttpResponse:
    person, wanted = person_of(request), request.POST.get("session", "")
    if wanted != "others" and not any(str(s.pk) == wanted for s in found):
        raise NotVisible(wanted)
    require_oneself(request)
    if wanted == "others":
        update_session_auth_hash(request, sessions_end(person))  # this session goes on, in the new round
        UserSession.objects.filter(user_id=person.pk).delete()
        UserSession.objects.create_from_request(request)
        said = "sessions.ended_others"
    else:
        next(s for s in found if str(s.pk) == wanted).end()
        said = "sessions.ended"
    note("session_ended", which="others" if wanted == "others" else "one")
    messages.success(request, word(said, page_language()))
    return HttpResponseRedirect(reverse("sessions"))
