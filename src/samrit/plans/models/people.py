"""People and what they may do: a person can hold several roles, each for a unit or a plan (R136–R151)."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


class Person(AbstractUser):
    """Somebody who signs in."""

    display_name = models.CharField("ชื่อที่แสดง", max_length=200, blank=True)
    language = models.CharField("ภาษา", max_length=2, default="th")

    class Meta(AbstractUser.Meta):  # type: ignore[name-defined,misc]
        db_table = "plans_person"

    def __str__(self) -> str:
        return self.display_name or self.get_full_name() or self.username


class Role(models.TextChoices):
    """The roles; "public" is everybody who is not signed in and holds no assignment."""

    REPORTER = "reporter", "ผู้รายงาน"
    HEAD = "head", "หัวหน้าหน่วยงาน"
    PLANNER = "planner", "กองแผน"
    EXECUTIVE = "executive", "ผู้บริหาร"
    AUDITOR = "auditor", "ผู้ตรวจสอบ"
    ADMINISTRATOR = "administrator", "ผู้ดูแลระบบ"


class RoleAssignment(models.Model):
    """One role of one person: reporters and heads for a unit and all below it, planners for one plan or all."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=Role.choices)
    unit = models.ForeignKey("plans.Unit", models.PROTECT, null=True, blank=True, related_name="assignments")
    plan = models.ForeignKey("plans.Plan", models.CASCADE, null=True, blank=True, related_name="assignments")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "role", "unit", "plan"], nulls_distinct=False, name="one_assignment_each"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.role} {self.unit or self.plan or ''}".strip()
