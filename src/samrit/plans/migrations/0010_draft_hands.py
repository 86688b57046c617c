"""Separate hands of a draft's stages: an exception has a reason, a last day and whoever gave it (R27, R325)."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A draft that let one person do everything without a reason does so no longer."""

    dependencies = [("plans", "0009_drafts")]

    operations = [
        migrations.RemoveField("plandraft", "two_people"),
        migrations.AddField("plandraft", "hands_reason", models.TextField(blank=True, default="")),
        migrations.AddField("plandraft", "hands_until", models.DateField(blank=True, null=True)),
        migrations.AddField(
            "plandraft",
            "hands_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("draftdecision", "waived", models.TextField(blank=True, default="")),
    ]
