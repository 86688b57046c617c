"""Closed evaluations, the files printed from them, and what became of findings."""

from __future__ import annotations

from django.db import models

from samrit.plans.fields import LongText, ShortText


class Evaluation(models.Model):
    """A closed, frozen evaluation: everything needed to print it again unchanged (P15).

    ``content`` is the plan package as evaluated (version, what was sent, settlements and rule
    set laid together, nothing after its month), ``sha256`` its hash; ``summary`` the counts by
    band for quick lists; ``gaps`` what was missing, late, unconfirmed or under correction then;
    ``changes`` what an edition says otherwise than the one before it.
    """

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="evaluations")
    version = models.ForeignKey("plans.PlanVersion", models.PROTECT, related_name="+")
    period = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(default=1)  # the first evaluation of the period, a corrected second …
    ruleset = ShortText(max_length=60)
    content = models.BinaryField()
    sha256 = ShortText(max_length=64)
    summary = models.JSONField(default=dict)
    gaps = models.JSONField(null=True, default=None)  # None: closed before gaps were kept
    changes = models.JSONField(default=list)
    counts_from = ShortText(max_length=10, default="sent")
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")
    reason = LongText(blank=True)

    class Meta:
        ordering = ("plan", "period", "number")
        constraints = (models.UniqueConstraint(fields=["plan", "period", "number"], name="one_evaluation_each"),)

    def __str__(self) -> str:
        return f"{self.plan.code} {self.period}.{self.number}"


class ReportFile(models.Model):
    """A document printed from an evaluation: ``state`` is "waiting", "running", "done" or "failed"."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="files")
    format = ShortText(max_length=5)
    language = ShortText(max_length=2, default="th")
    state = ShortText(max_length=8, default="waiting")
    message = LongText(blank=True)
    sha256 = ShortText(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    look = ShortText(max_length=64, blank=True, default="")  # the mark of the office's look that it was printed with
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["evaluation", "format", "language"], name="one_file_each"),)

    def __str__(self) -> str:
        return f"{self.evaluation} {self.format}"


class FindingState(models.Model):
    """What was decided about a finding; the finding itself is computed, ``fingerprint`` recognises it again."""

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="finding_states")
    code = ShortText(max_length=80)
    record = ShortText(max_length=80)
    fingerprint = ShortText(max_length=64)
    state = ShortText(max_length=10)  # open, explained, fixed, accepted
    reason = LongText(blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "fingerprint"], name="one_finding_state_each"),)

    def __str__(self) -> str:
        return f"{self.code} {self.record} {self.state}"
