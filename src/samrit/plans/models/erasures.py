"""Decisions that something personal is erased: who asked, who decided, and what the history lost by it."""

from __future__ import annotations

from django.db import models

from samrit.plans.fields import LongText, ShortText


class Erasure(models.Model):
    """One decision about one file of evidence, or one person's data (decision 0025).

    ``born`` is the hash of the history entry that the matter began with: it names the same thing in every backup.
    ``entries`` of the history were rewritten without what is erased; ``digest`` is of those entries as they are
    now, and ``over`` names the earlier decisions whose entries are among them.
    """

    kind = ShortText(max_length=10)  # evidence, person
    subject = models.PositiveBigIntegerField()  # the row's number
    born = ShortText(max_length=64)
    plan = models.ForeignKey("plans.Plan", models.PROTECT, null=True, blank=True, related_name="erasures")
    unit_code = ShortText(max_length=60, blank=True)
    sha256 = ShortText(max_length=64, blank=True)  # of the file
    state = ShortText(max_length=8, default="asked")  # asked, done, refused
    reason = LongText()
    remark = LongText(blank=True)
    entries = models.PositiveIntegerField(default=0)
    digest = ShortText(max_length=64, blank=True)
    over = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "born"], condition=~models.Q(state="refused"), name="one_erasure_each"
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.subject}"
