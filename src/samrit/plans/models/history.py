"""The history: one entry for every write, each with the hash of the one before (design: history)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language

from samrit.plans.fields import LongText, ShortText
from samrit.vocabulary.terms import label

ACTING = "~acting"  # done in somebody else's place, for a time


class ChainHead(models.Model):
    """The one row that every writer locks: sequence and hash of the latest entry."""

    sequence = models.PositiveBigIntegerField(default=0)
    hash = ShortText(max_length=64, default="")

    def __str__(self) -> str:
        return f"#{self.sequence}"


class HistoryEntry(models.Model):
    """Who did what to what, when, from which old to which new value, and why."""

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="history")
    # A name in entries before version 0.10; since then the number alone, or ACTING beside it.
    actor_name = ShortText(max_length=200, blank=True)
    action = ShortText(max_length=60)  # dotted: "figure.save", "report.submit", "period.close"
    plan = models.ForeignKey("plans.Plan", models.PROTECT, null=True, blank=True, related_name="history")
    record = ShortText(max_length=200, blank=True)  # what it is about: "S2-57.1", "unit กฝ."
    unit_code = ShortText(max_length=60, blank=True)
    period = models.PositiveSmallIntegerField(null=True, blank=True)
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)
    reason = LongText(blank=True)
    previous_hash = ShortText(max_length=64)
    hash = ShortText(max_length=64)
    erased = models.PositiveBigIntegerField(null=True, default=None, db_index=True)  # the decision that emptied it

    class Meta:
        ordering = ("sequence",)
        indexes = (
            models.Index(fields=["plan", "record"]),
            models.Index(fields=["plan", "unit_code", "period"]),
            models.Index(fields=["plan", "sequence"]),
        )

    def __str__(self) -> str:
        return f"#{self.sequence} {self.action} {self.record}"

    @property
    def by(self) -> str:
        """Who did it, empty for the office's machine: the history holds a number, and the name is in its row."""
        if self.actor_name == ACTING:
            return f"{self.actor} ({label('acting', get_language() or 'th')})"
        return self.actor_name or (str(self.actor) if self.actor else "")
