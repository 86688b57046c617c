"""What people say about a draft while it is decided on: remarks on its very cells, and the minutes of meetings."""

from __future__ import annotations

from django.db import models

from samrit.plans.fields import LongText, ShortText


class DraftRemark(models.Model):
    """A remark on a cell of a draft; no column is the whole row, no file the whole draft."""

    draft = models.ForeignKey("plans.PlanDraft", models.CASCADE, related_name="remarks")
    file = ShortText(max_length=40, blank=True)
    number = models.PositiveIntegerField(default=0)
    column = ShortText(max_length=60, blank=True)
    text = LongText()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")
    answer = LongText(blank=True, default="")
    settled_at = models.DateTimeField(null=True, blank=True)  # None: still open
    settled_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.draft_id} {self.file} {self.number} {self.column}"  # type: ignore[attr-defined]


class DraftMinutes(models.Model):
    """The minutes of the meeting behind a decision, as they came: a file that never changes."""

    decision = models.ForeignKey("plans.DraftDecision", models.CASCADE, related_name="minutes")
    name = ShortText(max_length=200)
    content_type = ShortText(max_length=120)
    content = models.BinaryField()
    sha256 = ShortText(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.decision_id} {self.name}"  # type: ignore[attr-defined]
