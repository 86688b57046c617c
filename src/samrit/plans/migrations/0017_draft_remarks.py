"""Remarks on a draft's cells, and the minutes of the meetings that decided about it (R24, R26)."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _id() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _person(**more: Any) -> models.ForeignKey:
    protect = django.db.models.deletion.PROTECT
    return models.ForeignKey(null=True, on_delete=protect, related_name="+", to=settings.AUTH_USER_MODEL, **more)


class Migration(migrations.Migration):
    """Two tables."""

    dependencies = [("plans", "0016_proposals")]

    operations = [
        migrations.CreateModel(
            name="DraftRemark",
            fields=[
                ("id", _id()),
                ("file", models.CharField(blank=True, max_length=40)),
                ("number", models.PositiveIntegerField(default=0)),
                ("column", models.CharField(blank=True, max_length=60)),
                ("text", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True, default="")),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="plans.plandraft"
                    ),
                ),
                ("made_by", _person()),
                ("settled_by", _person(blank=True)),
            ],
            options={"ordering": ("pk",)},
        ),
        migrations.CreateModel(
            name="DraftMinutes",
            fields=[
                ("id", _id()),
                ("name", models.CharField(max_length=200)),
                ("content_type", models.CharField(max_length=120)),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField()),
                ("added_by", _person()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="minutes", to="plans.draftdecision"
                    ),
                ),
            ],
            options={"ordering": ("pk",)},
        ),
    ]
