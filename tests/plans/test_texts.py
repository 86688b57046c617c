"""No text is longer than its column, on either database, whichever way a row is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, models, transaction

from samrit.plans.errors import ServiceError
from samrit.plans.fields import LONGEST_TEXT, ExactField, FigureField
from samrit.plans.models import DraftRow, Narrative, PlanDraft, Unit
from samrit.plans.records.snapshots import KEPT

_FRAMEWORK = {"password", "first_name", "last_name"}  # of people: written by no form


def columns() -> Iterator[Any]:
    """Every column of texts of every kept table that is the office's own."""
    for kept in KEPT:
        if kept.model._meta.app_label == "plans":
            for field in kept.model._meta.fields:
                if isinstance(field, (models.CharField, models.TextField)) and field.name not in _FRAMEWORK:
                    yield field


@pytest.mark.parametrize("field", tuple(columns()), ids=str)
def test_every_column_of_texts_refuses_what_it_cannot_hold(field: Any) -> None:
    if isinstance(field, (FigureField, ExactField)):
        return  # read as numbers, and bounded where they are read
    limit = field.max_length or LONGEST_TEXT
    assert field.get_db_prep_save("ก" * limit, connection) == "ก" * limit
    for text, code in (("ก" * (limit + 1), "text_too_long"), ("\0", "text_with_nul")):
        with pytest.raises(ServiceError) as refused:
            field.get_db_prep_save(text, connection)
        assert refused.value.code == code


@pytest.mark.django_db
class TestEveryWay:
    LONG = "ก" * 301

    def refused(self, write: Any) -> None:
        with pytest.raises(ServiceError) as refused, transaction.atomic():
            write()
        assert refused.value.code == "text_too_long"
        assert refused.value.params["limit"] == 300

    def test_saved_made_in_bulk_changed_in_bulk_and_by_question(self) -> None:
        unit = Unit.objects.create(code="a", name="ก", type="central")
        self.refused(lambda: Unit(code="b", name=self.LONG, type="central").save())
        self.refused(lambda: Unit.objects.bulk_create([Unit(code="b", name=self.LONG, type="central")]))
        self.refused(lambda: Unit.objects.update(name=self.LONG))
        unit.name = self.LONG
        self.refused(lambda: Unit.objects.bulk_update([unit], ["name"]))
        assert Unit.objects.get().name == "ก"
        assert not Unit.objects.filter(name=self.LONG).exists()  # asking is no writing


def test_the_columns_looked_at_are_there() -> None:
    looked_at = {(f.model, f.name) for f in columns()}
    assert {(Narrative, "cause"), (PlanDraft, "title"), (DraftRow, "file"), (Unit, "region")} <= looked_at
