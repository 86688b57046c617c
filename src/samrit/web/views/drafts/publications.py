"""Where and when a plan was made known: recorded, taken back, and its units told by letters."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from samrit.plans.errors import ServiceError
from samrit.plans.models import Person, Plan, Publication
from samrit.plans.services.plan.publishing import publication_record, publication_withdraw
from samrit.vocabulary.dates import typed_day
from samrit.vocabulary.numbers import whole
from samrit.web.gates import person_of, signed_in
from samrit.web.keeping import plain
from samrit.web.published_letters import tell_published
from samrit.web.views.drafts.versions import plan_seen, shown_versions
from samrit.web.words import page_language, word


@require_POST
@signed_in
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Record it, take a record back, or write to the units; what is refused stays in the form."""
    person, language = person_of(request), page_language()
    plan, asked = plan_seen(person, code), request.POST.get("do", "")
    try:
        said = _done(request, person, plan)
    except ServiceError as refused:
        if refused.code == "not_allowed":
            raise
        more = {"publication_fault": plain(refused, language), "typed": request.POST, "at_publication": asked}
        return shown_versions(request, plan, more, status=422)
    messages.success(request, said)
    return HttpResponseRedirect(f"{reverse('versions', args=[code])}#published")


def _done(request: HttpRequest, person: Person, plan: Plan) -> str:
    """Do what was asked for and return what to say of it."""
    sent, language = request.POST, page_language()
    if sent.get("do") == "letters":
        count = tell_published(plan, person)
        return (
            word("published.letters_sent", language, count=count) if count else word("published.letters_none", language)
        )
    if sent.get("do") == "withdraw":
        row = get_object_or_404(Publication, plan=plan, pk=whole(sent.get("number"), 0, most=10**12))
        publication_withdraw(person, publication=row, reason=sent.get("reason", ""))
        return word("published.withdrawn", language)
    publication_record(
        person,
        plan=plan,
        channel=sent.get("channel", ""),
        published_on=typed_day(sent.get("day", "")),
        reference=sent.get("reference", ""),
        note=sent.get("note", ""),
    )
    return word("published.recorded", language)
