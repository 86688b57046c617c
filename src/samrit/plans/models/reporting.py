"""The month's report of a unit and what was sent of it; periods closed and reopened."""

from __future__ import annotations

from django.db import models

from samrit.plans.fields import LongText, ShortText


class ReportState(models.TextChoices):
    """Where a unit's report of a month stands; a report that was never begun has no row."""

    DRAFT = "draft", "กำลังกรอก"
    SUBMITTED = "submitted", "ส่งแล้ว รอหัวหน้ายืนยัน"
    CONFIRMED = "confirmed", "หัวหน้ายืนยันแล้ว"
    ACCEPTED = "accepted", "กองแผนรับแล้ว"
    RETURNED = "returned", "ส่งกลับแก้ไข"


class Standing(models.TextChoices):
    """How far a figure is; only what was sent counts."""

    TYPED = "typed", "กรอกแล้ว ยังไม่ส่ง"
    SENT = "sent", "ส่งแล้ว"
    CONFIRMED = "confirmed", "หัวหน้ายืนยันแล้ว"
    ACCEPTED = "accepted", "กองแผนรับแล้ว"


class MonthlyReport(models.Model):
    """One unit's report of one period of one plan.

    ``sent``, ``confirmed`` and ``accepted`` are numbers of its sendings, 0 for none: what was
    taken back or returned goes on counting as it was sent last.  ``submitted_at`` is the day of
    the last sending of the whole report, ``first_sent_at`` that of the first, which says whether it was late.
    """

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="reports")
    unit = models.ForeignKey("plans.Unit", models.PROTECT, related_name="reports")
    period = models.PositiveSmallIntegerField()
    state = ShortText(max_length=12, choices=ReportState.choices, default=ReportState.DRAFT)
    sent = models.PositiveIntegerField(default=0)
    confirmed = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    first_sent_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")
    is_late = models.BooleanField(default=False)
    waived = LongText(blank=True)  # why one person did two steps of it, where somebody did
    return_reason = LongText(blank=True)
    returned_to = ShortText(max_length=10, blank=True)  # "reporter" or "head"
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "unit", "period"], name="one_report_each"),)
        indexes = (models.Index(fields=["plan", "period", "state"]),)

    def __str__(self) -> str:
        return f"{self.unit.code} {self.period} {self.state}"


class Sending(models.Model):
    """What was sent of a report, as it was then: never changed, counted by what counts.

    ``content`` holds the rows as the history keeps them: ``figures``, ``levels``, ``narratives`` and ``evidence``.
    A sending that is not ``is_whole`` holds only what the division typed or uploaded for the unit.
    """

    report = models.ForeignKey(MonthlyReport, models.PROTECT, related_name="sendings")
    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="sendings")
    unit = models.ForeignKey("plans.Unit", models.PROTECT, related_name="+")
    period = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    sha256 = ShortText(max_length=64)
    is_whole = models.BooleanField(default=True)
    by_division = models.BooleanField(default=False)
    sequence = models.PositiveBigIntegerField(default=0)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("sequence",)
        constraints = (models.UniqueConstraint(fields=["plan", "unit", "period", "number"], name="one_sending_each"),)
        indexes = (models.Index(fields=["plan", "sequence"]),)

    def __str__(self) -> str:
        return f"{self.unit.code} {self.period} #{self.number}"


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
    reason = LongText()
    until = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.plan.code} {self.period} {self.unit or '*'}"


class Waiver(models.Model):
    """A unit too small for separate hands: until a day, who sent may confirm, and who confirmed may accept (R325)."""

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="waivers")
    unit = models.ForeignKey("plans.Unit", models.PROTECT, related_name="waivers")
    reason = LongText()
    until = models.DateField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.plan.code} {self.unit}"


class DueMove(models.Model):
    """The due day of a month's reports, moved for a region of the register or, with none named, for all."""

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="due_moves")
    period = models.PositiveSmallIntegerField()
    region = ShortText(max_length=60, blank=True)
    due_on = models.DateField()
    reason = LongText()
    withdrawn = models.BooleanField(default=False)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.period} {self.region} {self.due_on}"


class ReminderSent(models.Model):
    """A reminder that went out; the constraint makes sure that it goes out once, however often the job runs."""

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="+")
    unit = models.ForeignKey("plans.Unit", models.PROTECT, related_name="+")
    period = models.PositiveSmallIntegerField()
    stage = ShortText(max_length=10)  # before, on_day, after, head, division
    address = ShortText(max_length=254)
    matter = ShortText(max_length=450, blank=True, default="")  # the agreed action it is about; "" for a month's report
    sent_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["plan", "unit", "period", "stage", "address", "matter"], name="one_reminder_of_each"
            ),
        )

    def __str__(self) -> str:
        return f"{self.stage} {self.address}"


class SavedView(models.Model):
    """A person's saved filter of a page."""

    person = models.ForeignKey("plans.Person", models.CASCADE, related_name="views")
    name = ShortText(max_length=100)
    page = ShortText(max_length=40)
    query = ShortText(max_length=1000)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["person", "page", "name"], name="one_view_each"),)

    def __str__(self) -> str:
        return self.name
