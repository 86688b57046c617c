"""The tables follow the models, step by step, and what an older version kept is there afterwards."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def steps() -> list[str]:
    """The names of our own migrations, in order."""
    loader = MigrationExecutor(connection).loader
    return sorted(name for app, name in loader.disk_migrations if app == "plans")


def go_to(name: str):
    """Migrate to a step and return the models as they were then."""
    executor = MigrationExecutor(connection)
    executor.migrate([("plans", name)])
    return executor.loader.project_state([("plans", name)]).apps


@pytest.mark.django_db
def test_no_change_of_a_model_is_without_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_migrations_are_numbered_and_named_by_hand() -> None:
    for number, name in enumerate(steps(), 1):
        assert re.fullmatch(rf"{number:04}_[a-z]+(_[a-z]+)*", name), name
        assert "auto" not in name.split("_"), name


@pytest.mark.django_db(transaction=True)
def test_what_the_first_version_kept_is_there_after_the_update() -> None:
    try:
        old = go_to(steps()[0])
        plan = old.get_model("plans", "Plan").objects.create(code="old-2567", title="แผนเดิม", year_be=2567)
        fields = {"indicator": "P1.1", "number": 2, "reached_on": date(2024, 5, 7), "evidence_text": "หนังสือ"}
        old.get_model("plans", "LevelReached").objects.create(plan=plan, **fields)
        old.get_model("plans", "Figure").objects.create(
            plan=plan, indicator="P1.1", period=3, actual="1234567.890", changed_at="2024-05-07T08:00:00+07:00"
        )
    finally:
        go_to(steps()[-1])
    level = apps.get_model("plans", "LevelReached").objects.get()
    assert {name: getattr(level, name) for name in fields} == fields
    assert level.plan.title == "แผนเดิม"
    figure = apps.get_model("plans", "Figure").objects.get()
    assert f"{figure.actual:f}" == "1234567.890", "figures are exact, whatever the database"
