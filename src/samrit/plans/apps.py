"""The Django app of the tables."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PlansConfig(AppConfig):
    """Plans, figures, reports, evaluations and their history."""

    name = "samrit.plans"
    label = "plans"
    verbose_name = "แผนปฏิบัติการ"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let whatever changes how somebody signs in be noted; after an upgrade, put down what was sent before."""
        import_module("samrit.plans.records.credentials")
        post_migrate.connect(_upgraded, sender=self)


def _upgraded(**_: Any) -> None:
    from django.db import connection  # noqa: PLC0415 - the tables are known only once every app is loaded
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    from samrit.plans.records.credentials import note_standing  # noqa: PLC0415
    from samrit.plans.services.report.carrying import carry_over  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes("plans")):
        note_standing()
        carry_over()
