"""What happened in the year, of every kind that ``package.kinds`` declares: one table, rows only ever added."""

from __future__ import annotations

from django.db import models

from samrit.plans.fields import LongText, ShortText


class YearRecord(models.Model):
    """One entering of one thing that happened to a work; a later ``revision`` stands in its place (decision 0021).

    ``cells`` holds the fields of the kind as the package writes them, blank ones left out, so that a decimal keeps
    its digits and a kind that gains a field needs no migration.
    """

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="year_records")
    kind = ShortText(max_length=40)
    project = ShortText(max_length=60)
    record = ShortText(max_length=300)
    revision = models.PositiveIntegerField(default=1)
    happened_on = models.DateField()
    cells = models.JSONField(default=dict)
    withdrawn = models.BooleanField(default=False)
    reason = LongText(blank=True)
    sequence = models.PositiveBigIntegerField(default=0, db_index=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["plan", "kind", "project", "record", "revision"], name="one_year_record_each"
            ),
        )

    def __str__(self) -> str:
        return f"{self.project} {self.kind} {self.record}.{self.revision}"
