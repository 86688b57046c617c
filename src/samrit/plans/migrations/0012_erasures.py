"""Erasing by decision: people get a seal for their marks in the history, rows and entries a place for the decision."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import samrit.plans.models.people


def seal(apps: Any, _editor: Any) -> None:
    """Give each person a seal of their own."""
    person = apps.get_model("plans", "Person")
    for row in person.objects.order_by("pk"):
        row.seal = samrit.plans.models.people.new_seal()
        row.save(update_fields=["seal"])


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0011_draft_imports"),
    ]

    operations = [
        migrations.AddField("evidence", "erased", models.PositiveBigIntegerField(default=0)),
        migrations.AddField(
            "historyentry", "erased", models.PositiveBigIntegerField(db_index=True, default=None, null=True)
        ),
        migrations.AddField("person", "erased", models.PositiveBigIntegerField(default=0)),
        migrations.AddField(
            "person", "seal", models.CharField(default=samrit.plans.models.people.new_seal, max_length=32)
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("subject", models.PositiveBigIntegerField()),
                ("born", models.CharField(max_length=64)),
                ("unit_code", models.CharField(blank=True, max_length=60)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("state", models.CharField(default="asked", max_length=8)),
                ("reason", models.TextField()),
                ("remark", models.TextField(blank=True)),
                ("entries", models.PositiveIntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("over", models.JSONField(default=list)),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                *(
                    (
                        name,
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    )
                    for name in ("asked_by", "decided_by")
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erasures",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=~models.Q(state="refused"), fields=("kind", "born"), name="one_erasure_each"
                    )
                ],
            },
        ),
    ]
