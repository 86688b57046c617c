"""Saving filters under a name: a person's own convenience, so no history is kept of it."""

from __future__ import annotations

from django.db import transaction

from samrit.plans.errors import ServiceError
from samrit.plans.models import Person, SavedView

MOST_VIEWS = 50


@transaction.atomic
def view_save(actor: Person, *, page: str, name: str, query: str) -> SavedView:
    """Save a filter under a name, in place of one of that name; raises ServiceError without a name or when too many."""
    name = " ".join(name.split())[:100]
    if not name:
        raise ServiceError("view_without_name")
    views = SavedView.objects.filter(person=actor, page=page)
    if not views.filter(name=name).exists() and views.count() >= MOST_VIEWS:
        raise ServiceError("views_too_many", limit=MOST_VIEWS)
    view, _ = SavedView.objects.update_or_create(person=actor, page=page, name=name, defaults={"query": query[:1000]})
    return view


@transaction.atomic
def view_delete(actor: Person, *, view: int) -> None:
    """Delete one of the actor's own saved filters; another's is left alone without a word."""
    SavedView.objects.filter(person=actor, pk=view).delete()
