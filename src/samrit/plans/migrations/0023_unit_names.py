"""Names and parents of units change from a day on: since when they hold, and what they were before."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns of a unit; of units from before nothing is said."""

    dependencies = [("plans", "0022_causes")]

    operations = [
        migrations.AddField("unit", "called_since", models.DateField(blank=True, null=True)),
        migrations.AddField("unit", "called_before", models.JSONField(blank=True, default=list)),
    ]
