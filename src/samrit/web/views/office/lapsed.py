"""The page after a session that ended under a button: what was typed, and the button that sends it again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samrit.web.accounts.lapsed import KEY, lapsed
from samrit.web.words import page_language, word


@never_cache
@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what was typed to who typed it; lead anybody else to the page, and say that nothing was saved."""
    kept = lapsed(request)
    if kept is None:
        return HttpResponseRedirect("/")
    if kept.person == request.user.pk and kept.fields:
        return render(request, "lapsed.html", {"kept": kept})
    del request.session[KEY]
    messages.warning(request, word("lapsed.nothing", page_language()))
    return HttpResponseRedirect(kept.page)
