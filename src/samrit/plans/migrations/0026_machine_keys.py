"""Keys of other programs that send a unit's months."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import samrit.plans.fields


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0025_units_to_come"),
    ]

    operations = [
        migrations.CreateModel(
            name="MachineKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", samrit.plans.fields.ShortText(max_length=100)),
                ("key_hash", samrit.plans.fields.ShortText(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("until", models.DateField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="machine_keys",
                        to=settings.AUTH_USER_MODEL,
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
