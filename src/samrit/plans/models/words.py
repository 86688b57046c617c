"""The report's words as editors write them, beside the version: rows only ever added, and who signed a section off."""

from __future__ import annotations

from django.db import models

from samrit.plans.fields import LongText, ShortText


class ReportParagraph(models.Model):
    """One entering of one paragraph of a period's report; a later ``revision`` of its ``key`` stands in its place.

    ``drafted`` is the draft that the text was made from, "" for one written by hand: what is not it was edited.
    ``figures`` are the live values as they were when somebody wrote or checked the text.  ``state`` is "held",
    "withdrawn" (an editor took it out) or "lapsed" (no longer in the draft, and nobody had edited it).
    """

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="paragraphs")
    period = models.PositiveSmallIntegerField()
    section = ShortText(max_length=20)
    key = ShortText(max_length=150)
    revision = models.PositiveIntegerField(default=1)
    place = models.IntegerField(default=0)
    moved = models.BooleanField(default=False)  # the place is an editor's, not the draft's
    depth = models.PositiveSmallIntegerField(default=0)
    strategy = ShortText(max_length=60, blank=True)
    project = ShortText(max_length=60, blank=True)
    text = LongText(blank=True)
    text_en = LongText(blank=True)
    drafted = LongText(blank=True)
    drafted_en = LongText(blank=True)
    figures = models.JSONField(default=dict)
    state = ShortText(max_length=10, default="held")
    sequence = models.PositiveBigIntegerField(default=0, db_index=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["plan", "period", "section", "key", "revision"], name="one_paragraph_each"),
        )

    def __str__(self) -> str:
        return f"{self.period} {self.section} {self.key}.{self.revision}"


class SectionSigned(models.Model):
    """Somebody's word that a section is right as it was: ``mark`` is the hash of what it said, figures and all."""

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="sections_signed")
    period = models.PositiveSmallIntegerField()
    section = ShortText(max_length=20)
    mark = ShortText(max_length=64)
    sequence = models.PositiveBigIntegerField(default=0, db_index=True)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.period} {self.section}"
