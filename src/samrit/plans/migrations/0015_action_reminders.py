"""Reminders of agreed actions beside those of a month's report: what each is about."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column, and the constraint with it."""

    dependencies = [("plans", "0014_lesson_learned")]

    operations = [
        migrations.AddField("remindersent", "matter", models.CharField(blank=True, default="", max_length=450)),
        migrations.RemoveConstraint("remindersent", "one_reminder_each"),
        migrations.AddConstraint(
            "remindersent",
            models.UniqueConstraint(
                fields=["plan", "unit", "period", "stage", "address", "matter"], name="one_reminder_of_each"
            ),
        ),
    ]
