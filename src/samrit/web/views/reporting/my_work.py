"""What a reporter has to do, and nothing else."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samrit.plans.models import Person
from samrit.plans.selectors.report.my_work import my_work


@require_safe
@never_cache
@login_required
def page(request: HttpRequest) -> HttpResponse:
    """Show what is due by when, what is late, what came back."""
    assert isinstance(request.user, Person)  # noqa: S101 - login_required says so
    return render(request, "my_work.html", {"page": my_work(request.user)})
