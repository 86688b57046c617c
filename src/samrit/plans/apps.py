"""The Django app of the tables."""

from __future__ import annotations

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans, figures, reports, evaluations and their history."""

    name = "samrit.plans"
    label = "plans"
    verbose_name = "แผนปฏิบัติการ"
    default_auto_field = "django.db.models.BigAutoField"
