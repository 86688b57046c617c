from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0021_publications"),
    ]

    operations = [
        migrations.CreateModel(
            name="CauseWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=200, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("title_en", models.CharField(blank=True, max_length=200)),
                ("is_closed", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
    ]
