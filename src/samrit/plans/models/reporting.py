"""The month's report of a unit: submitted, confirmed, accepted, or returned; periods closed and reopened."""

from __future__ import annotations

from django.db import models


class ReportState(models.TextChoices):
    """Where a unit's report of a month stands; a report that was never begun has no row."""

    DRAFT = "draft", "กำลังกรอก"
    SUBMITTED = "submitted", "ส่งแล้ว รอหัวหน้ายืนยัน"
    CONFIRMED = "confirmed", "หัวหน้ายืนยันแล้ว"
    ACCEPTED = "accepted", "กองแผนรับแล้ว"
    RETURNED = "returned", "ส่งกลับแก้ไข"


class MonthlyReport(models.Model):
    """One unit's report of one period of one plan."""

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="reports")
    unit = models.ForeignKey("plans.Unit", models.PROTECT, related_name="reports")
    period = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=ReportState.choices, default=ReportState.DRAFT)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(default=False)
    return_reason = models.TextField(blank=True)
    returned_to = models.CharField(max_length=10, blank=True)  # "reporter" or "head"
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "unit", "period"], name="one_report_each"),)
        indexes = (models.Index(fields=["plan", "period", "state"]),)

    def __str__(self) -> str:
        return f"{self.unit.code} {self.period} {self.state}"


class PeriodClosure(models.Model):
    """A period of a plan that is closed: its figures are locked for everybody (R151)."""

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="closures")
    period = models.PositiveSmallIntegerField()
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "period"], name="one_closure_each"),)

    def __str__(self) -> str:
        return f"{self.plan.code} {self.period}"


class Unlock(models.Model):
    """A closed or accepted period opened again for one unit or all, with reason, person and end date (R151)."""

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="unlocks")
    period = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("plans.Unit", models.PROTECT, null=True, blank=True, related_name="unlocks")
    reason = models.TextField()
    until = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.plan.code} {self.period} {self.unit or '*'}"


class ReminderSent(models.Model):
    """A reminder that went out; the constraint makes sure that it goes out once, however often the job runs."""

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="+")
    unit = models.ForeignKey("plans.Unit", models.PROTECT, related_name="+")
    period = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=10)  # before, on_day, after, head, division
    address = models.CharField(max_length=254)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["plan", "unit", "period", "stage", "address"], name="one_reminder_each"),
        )

    def __str__(self) -> str:
        return f"{self.stage} {self.address}"


class SavedView(models.Model):
    """A person's saved filter of a page."""

    person = models.ForeignKey("plans.Person", models.CASCADE, related_name="views")
    name = models.CharField(max_length=100)
    page = models.CharField(max_length=40)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["person", "page", "name"], name="one_view_each"),)

    def __str__(self) -> str:
        return self.name
