"""What happened to a work's money, as the planning division records it."""

from __future__ import annotations

from django.db import models

from samrit.plans.fields import ExactField, LongText, ShortText


class Allotment(models.Model):
    """Money of a source that was announced for a plan's year, or a line that explains what its works get (R33, R118).

    Nothing recorded is deleted: an announcement that replaces another one names it, a slip is withdrawn.
    What a package brought is in the plan's version.
    """

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="allotments")
    funding_source = ShortText(max_length=200)
    sort = ShortText(max_length=20)
    amount = ExactField()
    number = ShortText(max_length=60, blank=True)
    announced_on = models.DateField(null=True, blank=True)
    replaces = ShortText(max_length=60, blank=True)
    project = ShortText(max_length=60, blank=True)
    document = ShortText(max_length=200, blank=True)
    note = LongText(blank=True)
    withdrawn = models.BooleanField(default=False)
    sequence = models.PositiveBigIntegerField(default=0, db_index=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.funding_source} {self.number} {self.amount}"


class MoneyMovement(models.Model):
    """Baht of a work that came into a state in a month (R129); a correction is one below zero with a note (MO3).

    Rows are only ever added: what a package brought is in the plan's version.
    """

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="movements")
    project = ShortText(max_length=60)
    period = models.PositiveSmallIntegerField()
    state = ShortText(max_length=20)
    amount = ExactField()
    funding_source = ShortText("แหล่งเงิน", max_length=200, blank=True)
    document = ShortText("เอกสารอ้างอิง", max_length=200, blank=True)
    note = LongText(blank=True)
    sequence = models.PositiveBigIntegerField(default=0, db_index=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.project} {self.period} {self.state} {self.amount}"
