"""Drafts: plans under edit.

A draft begins with a document, kept whole and hashed as a version is, and every record that was added, changed or
taken out since is a row laid over it.  See docs/decisions/0020-drafts.md.
"""

from __future__ import annotations

from django.db import models

from samrit.plans.fields import LongText, ShortText


class DraftState(models.TextChoices):
    """Where a draft is on its way to a version."""

    DRAFT = "draft", "กำลังจัดทำ"
    SUBMITTED = "submitted", "เสนอพิจารณา"
    APPROVED = "approved", "อนุมัติแล้ว"
    PUBLISHED = "published", "ประกาศใช้แล้ว"
    WITHDRAWN = "withdrawn", "ยกเลิก"


class PlanDraft(models.Model):
    """A plan under edit: a new one, or the next version of ``plan``."""

    plan = models.ForeignKey("plans.Plan", models.PROTECT, null=True, blank=True, related_name="drafts")
    base = models.ForeignKey("plans.PlanVersion", models.PROTECT, null=True, blank=True, related_name="+")
    origin = ShortText(max_length=12)  # empty, package, form, version, year
    title = ShortText("ชื่อร่าง", max_length=300)
    content = models.BinaryField()  # the rows it began with
    sha256 = ShortText(max_length=64)
    state = ShortText(max_length=12, choices=DraftState.choices, default=DraftState.DRAFT)
    stages = models.JSONField(default=list)  # the names of those who approve, in order
    stage = models.PositiveSmallIntegerField(default=0)  # how many of them have
    # Why, until when and by whose word one person may take several steps of it; blank: its hands are kept apart.
    hands_reason = LongText(blank=True, default="")
    hands_until = models.DateField(null=True, blank=True)
    hands_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, blank=True, related_name="+")
    proposals_until = models.DateField(null=True, blank=True)  # units propose up to and including this day
    effective_period = models.PositiveSmallIntegerField(default=1)
    reason = LongText(blank=True, default="")  # of an amendment: why the plan in force is changed
    submitted_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.pk} {self.title}"


class DraftRow(models.Model):
    """A record of a draft's file that differs from the document it began with; ``number`` names it in its file."""

    draft = models.ForeignKey(PlanDraft, models.CASCADE, related_name="rows")
    file = ShortText(max_length=40)
    number = models.PositiveIntegerField()
    cells = models.JSONField(default=dict)  # as typed, by column; blank cells are left out
    is_removed = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("draft", "file", "number")
        constraints = (models.UniqueConstraint(fields=["draft", "file", "number"], name="one_draft_row_each"),)

    def __str__(self) -> str:
        return f"{self.draft_id} {self.file} {self.number}"  # type: ignore[attr-defined]


class DraftDecision(models.Model):
    """A step of a draft's way, with its words: submitted, approved by a stage, returned, published, withdrawn."""

    draft = models.ForeignKey(PlanDraft, models.CASCADE, related_name="decisions")
    step = ShortText(max_length=12)
    stage = ShortText(max_length=200, blank=True)
    remark = LongText(blank=True)
    meeting = ShortText(max_length=200, blank=True)  # the number of the meeting that decided
    decided_on = models.DateField(null=True, blank=True)
    sha256 = ShortText(max_length=64)  # of the rows that were decided on
    waived = LongText(blank=True, default="")  # why one person did two steps, where somebody did
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.draft_id} {self.step} {self.stage}"  # type: ignore[attr-defined]
