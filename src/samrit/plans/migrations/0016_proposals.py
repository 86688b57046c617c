"""What units propose for a draft, and the day until which they may (R29)."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _person(**more: Any) -> models.ForeignKey:
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        **more,
    )


class Migration(migrations.Migration):
    """A table of proposed works, and one column of drafts."""

    dependencies = [("plans", "0015_action_reminders")]

    operations = [
        migrations.AddField("plandraft", "proposals_until", models.DateField(blank=True, null=True)),
        migrations.CreateModel(
            name="ProposedWork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("work", models.CharField(blank=True, max_length=60)),
                ("base", models.JSONField(default=dict)),
                ("cells", models.JSONField(default=dict)),
                ("remarks", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "หน่วยงานกำลังจัดทำ"),
                            ("sent", "เสนอแล้ว"),
                            ("returned", "ส่งกลับให้แก้ไข"),
                            ("taken", "รับเข้าร่างแล้ว"),
                            ("withdrawn", "ถอนแล้ว"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True, default="")),
                ("changed_by", _person()),
                ("decided_by", _person(blank=True)),
                ("sent_by", _person(blank=True)),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proposals", to="plans.plandraft"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.unit"),
                ),
            ],
            options={"ordering": ("pk",)},
        ),
    ]
