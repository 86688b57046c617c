"""Drafts that were read from documents: the documents, how they were read, and what somebody confirmed of it.

See docs/decisions/0024-review-of-imports.md.
"""

from __future__ import annotations

from django.db import models

from samrit.plans.fields import ShortText


class DraftImport(models.Model):
    """The documents that a draft was read from, as they came, and the reading: a zip that never changes."""

    draft = models.OneToOneField("plans.PlanDraft", models.CASCADE, related_name="imported")
    documents = models.JSONField(default=list)  # {"name", "sha256", "kind"} of each, in order
    content = models.BinaryField()
    sha256 = ShortText(max_length=64)

    def __str__(self) -> str:
        return f"{self.draft_id} {len(self.documents)}"  # type: ignore[attr-defined]


class DraftConfirmation(models.Model):
    """One matter of a draft's review that a person looked at and found right: a value, or a row of months."""

    draft = models.ForeignKey("plans.PlanDraft", models.CASCADE, related_name="confirmations")
    record = ShortText(max_length=200)
    subject = ShortText(max_length=40)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["draft", "record", "subject"], name="one_confirmation_each"),)

    def __str__(self) -> str:
        return f"{self.draft_id} {self.record} {self.subject}"  # type: ignore[attr-defined]
