"""What was learned, among the words of a unit on a work: blank in every row from before."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column of words."""

    dependencies = [("plans", "0013_report_words")]

    operations = [
        migrations.AddField("narrative", "lesson", models.TextField(blank=True, default=""), preserve_default=False),
    ]
