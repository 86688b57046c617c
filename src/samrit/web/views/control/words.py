"""The report's words: a section's page, drafted, edited beside its figures, and signed off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samrit.plans.errors import ServiceError
from samrit.plans.models import Person, Plan
from samrit.plans.selectors.control.report_words import plan_to_word, words_page
from samrit.plans.services.plan.report_words import (
    words_add,
    words_draft,
    words_from_plan,
    words_save,
    words_sign,
    words_take,
    words_withdraw,
)
from samrit.vocabulary.dates import typed_day
from samrit.vocabulary.numbers import whole
from samrit.web.gates import person_of
from samrit.web.keeping import plain
from samrit.web.words import page_language, word

TYPED = ("text", "text_en", "strategy", "project", "depth", "place")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, code: str, period: int, section: str) -> HttpResponse:
    """Show a section; sent, do what was pressed and show it again, what was refused with what was typed."""
    person, language = person_of(request), page_language()
    plan = plan_to_word(person, code)
    shown = words_page(person, plan, period=period, section=section, language=language)
    context = {"page": shown, "plan": plan, "edit": request.GET.get("edit", "")}
    if request.method != "POST":
        return render(request, "control/words.html", context)
    post = request.POST
    try:
        said = _done(person, plan, {"period": period, "section": section}, post)
    except ServiceError as refused:
        if refused.code == "not_allowed":
            raise
        faults = [plain(error, language) for error in refused.all]
        typed = {name: post.get(name, "") for name in TYPED}
        # What was typed over a paragraph that is gone meanwhile is in the form of a new one.
        key = post.get("key", "")
        edit = key if any(line.row.key == key for line in shown.lines) else ""
        context |= {"faults": faults, "typed": typed, "edit": edit}
        return render(request, "control/words.html", context, status=422)
    messages.success(request, word(said[0], language, **said[1]))
    return HttpResponseRedirect(reverse("report_words", args=[code, period, section]))


def _done(person: Person, plan: Plan, place: Mapping[str, object], post: QueryDict) -> tuple[str, Mapping[str, object]]:
    """Do what was pressed; return the key of what is said about it, and what fills that."""
    where = {"plan": plan, **place}
    over = {"key": post.get("key", ""), "seen": whole(post.get("seen"), 0)}
    given = {name: post[name] for name in TYPED if name in post}
    match post.get("do"):
        case "draft":
            made = words_draft(person, **where, until=_until(plan, post.get("until", "")))  # type: ignore[arg-type]
            counts = {"new": made.new, "renewed": made.renewed, "lapsed": made.lapsed, "kept": made.kept}
            return "words.drafted", counts
        case "from_plan":
            return "words.taken", {"count": words_from_plan(person, **where)}  # type: ignore[arg-type]
        case "add":
            words_add(person, **where, given=given)  # type: ignore[arg-type]
        case "withdraw":
            words_withdraw(person, **where, **over)  # type: ignore[arg-type]
            return "words.withdrawn", {}
        case "take" | "keep" as choice:
            words_take(person, **where, **over, keep=choice == "keep")  # type: ignore[arg-type]
        case "sign":
            words_sign(person, **where, shown=post.get("shown", ""))  # type: ignore[arg-type]
            return "words.signed_now", {}
        case _:
            words_save(person, **where, **over, given=given)  # type: ignore[arg-type]
    return "words.saved", {}


def _until(plan: Plan, typed: str) -> datetime | None:
    """Return the end of the day that was typed, None for none: what is known now."""
    if not typed.strip():
        return None
    day = typed_day(typed.strip())
    if day is None:
        raise ServiceError("words_day_wrong", record=plan.code, value=typed.strip()[:40])
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
