"""What units propose for their part of a draft: a work with its indicators, new or changed."""

from __future__ import annotations

from django.db import models

from samrit.plans.fields import LongText, ShortText


class ProposalState(models.TextChoices):
    """Where a proposed work is."""

    OPEN = "open", "หน่วยงานกำลังจัดทำ"
    SENT = "sent", "เสนอแล้ว"
    RETURNED = "returned", "ส่งกลับให้แก้ไข"
    TAKEN = "taken", "รับเข้าร่างแล้ว"
    WITHDRAWN = "withdrawn", "ถอนแล้ว"


class ProposedWork(models.Model):
    """A work that a unit proposes; ``cells`` as typed, ``base`` what the draft held of it when the unit began."""

    draft = models.ForeignKey("plans.PlanDraft", models.CASCADE, related_name="proposals")
    unit = models.ForeignKey("plans.Unit", models.PROTECT, related_name="+")
    work = ShortText(max_length=60, blank=True)  # the id of the work in the draft; blank: a new one
    base = models.JSONField(default=dict)
    cells = models.JSONField(default=dict)
    remarks = models.JSONField(default=dict)  # what the division says of a cell, "" of the whole
    state = ShortText(max_length=12, choices=ProposalState.choices, default=ProposalState.OPEN)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, blank=True, related_name="+")
    reason = LongText(blank=True, default="")  # of the last decision

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.draft_id} {self.unit_id} {self.work}"  # type: ignore[attr-defined]
