"""Plans and their versions.

A version is the whole approved plan as a plan package, immutable: amendments make the
next version.  What changes from month to month (results, levels reached, narratives,
settlements) is in tables of its own and is laid over the version when it is read
(``plans.scoring``).  See docs/decisions/0009-plan-versions.md.
"""

from __future__ import annotations

from django.db import models

from samrit.plans.fields import LongText, ShortText, SlugText


class Plan(models.Model):
    """One year of one organisation; ``code`` is the package's plan id."""

    code = SlugText("รหัสแผน", max_length=60, unique=True)
    title = ShortText("ชื่อแผน", max_length=300)
    title_en = ShortText(max_length=300, blank=True)
    year_be = models.PositiveSmallIntegerField("ปี พ.ศ.")
    calendar = ShortText(max_length=10, default="calendar")
    is_public = models.BooleanField("เผยแพร่", default=False)
    # From which standing on figures count in a closed evaluation (see Standing).
    counts_from = ShortText(max_length=10, default="sent")
    # How reports are printed instead of as the plan says: settings of a report template, by their names.
    report_look = models.JSONField(default=dict)
    owner = models.ForeignKey("plans.Unit", models.PROTECT, null=True, blank=True, related_name="plans")
    # A finished year that is kept as it is: since when, the end of the history then, and the hash of its list of files.
    archived_at = models.DateTimeField(null=True, blank=True)
    archive_chain = ShortText(max_length=90, blank=True, default="")
    archive_sha256 = ShortText(max_length=64, blank=True, default="")

    class Meta:
        ordering = ("-year_be", "code")

    def __str__(self) -> str:
        return self.title


class PlanVersion(models.Model):
    """An approved state of a plan: its package as a zip, with the hash of its content (P15)."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.BinaryField()
    sha256 = ShortText(max_length=64)
    effective_period = models.PositiveSmallIntegerField(default=1)  # from which period of the plan year it holds
    reason = LongText("เหตุผล", blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("plan", "number")
        constraints = (models.UniqueConstraint(fields=["plan", "number"], name="one_version_each"),)

    def __str__(self) -> str:
        return f"{self.plan.code} v{self.number}"


class CauseWord(models.Model):
    """A cause of the office's list: one of its own, or one of the product's in other words (R242, R243).

    ``code`` is that of the product's list, or the words under which the office first gave it: what a record and a
    package hold, and what is read where this office's list is not there.
    """

    code = ShortText(max_length=200, unique=True)
    title = ShortText(max_length=200)
    title_en = ShortText(max_length=200, blank=True)
    is_closed = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title


class HolidayChange(models.Model):
    """A change to the public calendar (cabinet's special days, R153)."""

    day = models.DateField(unique=True)
    name = ShortText(max_length=200, blank=True)
    is_working_day = models.BooleanField(default=False)

    class Meta:
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
