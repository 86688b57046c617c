"""A unit's name and parent may change on a day to come: what changes then is kept beside them."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column of a unit; of units from before no change is to come."""

    dependencies = [("plans", "0024_report_look")]

    operations = [migrations.AddField("unit", "called_next", models.JSONField(blank=True, default=dict))]
