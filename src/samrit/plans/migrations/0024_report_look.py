"""How an office has a plan's reports printed, and with which look a document was printed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0023_unit_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="report_look",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="reportfile",
            name="look",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    ]
