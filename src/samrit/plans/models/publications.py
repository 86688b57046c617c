"""Where and when a plan was made known: at a meeting, by a circular, on a website, by letters (R27, R261)."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from samrit.plans.fields import LongText, ShortText


class PublicationChannel(StrEnum):
    """The ways in which an office makes a plan known; their words are among the terms (``publication_channel``)."""

    MEETING = "meeting"
    CIRCULAR = "circular"
    WEBSITE = "website"
    LETTERS = "letters"  # to the units' people, written by the application itself
    OTHER = "other"


class Publication(models.Model):
    """A version of a plan made known in one way on one day; taken back, never deleted."""

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="publications")
    version = models.PositiveSmallIntegerField()
    channel = ShortText(max_length=12)
    published_on = models.DateField()
    reference = ShortText(max_length=200, blank=True)  # number of the meeting or circular, address of the page
    note = LongText(blank=True)
    withdrawn = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("published_on", "pk")

    def __str__(self) -> str:
        return f"{self.plan.code} v{self.version} {self.channel} {self.published_on}"
