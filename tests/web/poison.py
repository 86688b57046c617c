"""Scripts in every free text of an office: of its plans, and of every column that people type into."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from samrit.package import PlanPackage
from samrit.plans.evaluation import memory
from samrit.plans.fields import LongText, ShortText
from samrit.plans.models import HolidayChange, SavedView, Unit
from samrit.plans.services.report.narratives import narrative_save
from tests.web.addressed import UNIT, Office

SCRIPT = '<script>alert("x")</script>\'"><img src=x onerror=alert(1)>'
FREE = {"title", "title_en", "name", "name_en", "goal", "remark", "note", "text", "period_text", "unit_of_measure"}


def poison(made: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the script into every free text there is: of the plan and of the tables."""
    unit = Unit.objects.get(code=UNIT)
    narrative_save(
        made.people["reporter"], plan=made.plan, project="P1", unit=unit, period=3,
        result="x", cause="x", next_step="x", expected_revision=0,
    )  # fmt: skip
    SavedView.objects.create(person=made.people["administrator"], page="plan", name="x", query="")
    HolidayChange.objects.create(day="2026-04-14", name="x")
    for model in apps.get_app_config("plans").get_models():
        changes = {field.name: SCRIPT for field in model._meta.fields if is_free_text(field)}
        if changes:
            model.objects.update(**changes)
    memory.forget()
    poisoned_plans(monkeypatch, SCRIPT)


def is_free_text(field: models.Field[Any, Any]) -> bool:
    """Say whether a column holds what people type and no other row depends on."""
    keys = {
        "code",
        "unit_code",
        "indicator",
        "project",
        "record",
        "sha256",
        "hash",
        "previous_hash",
        "username",
        "email",
    }
    keys |= {
        "password",
        "calendar",
        "state",
        "action",
        "content_type",
        "page",
        "query",
        "format",
        "language",
        "band",
        "stage",
    }
    keys |= {
        "returned_to",
        "fingerprint",
        "ruleset",
        "type",
        "actual",
        "numerator",
        "denominator",
        "percent",
        "address",
    }
    long_enough = field.max_length is None or field.max_length >= len(SCRIPT)
    return (
        isinstance(field, (models.CharField, models.TextField))
        and type(field) in (ShortText, LongText)
        and not field.choices
        and field.name not in keys
        and long_enough
    )


def poisoned_plans(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Let every plan come out of its version with ``text`` for each of its names."""
    from samrit.plans.evaluation import documents

    unpacked = documents.unpack

    def unpack(content: bytes) -> PlanPackage:
        package = unpacked(content)
        return dataclasses.replace(package, plan=poisoned(package.plan, text))

    monkeypatch.setattr(documents, "unpack", unpack)
    memory.forget()


def poisoned(value: Any, text: str) -> Any:
    """Return a dataclass with ``text`` in each of its free texts, all the way down."""
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(poisoned(item, text) for item in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changes = {}
    for field in dataclasses.fields(value):
        inner = getattr(value, field.name)
        if isinstance(inner, str) and type(inner) is str and field.name in FREE:
            changes[field.name] = text
        elif isinstance(inner, tuple) or dataclasses.is_dataclass(inner):
            changes[field.name] = poisoned(inner, text)
    return dataclasses.replace(value, **changes)
