"""People and what they may do: a person can hold several roles, each for a unit or a plan (R136–R151)."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from samrit.plans.fields import AddressText, ShortText


def new_seal() -> str:
    """Return the random letters that a person's name is marked with in the history, so that it can't be guessed."""
    return secrets.token_hex(16)


class Person(AbstractUser):
    """Somebody who signs in; ``erased`` is the number of the decision that took name and address away, 0 for none."""

    # The framework's own columns, with the check of every text of ours.
    username = ShortText(
        _("username"),
        max_length=150,
        unique=True,
        help_text=_("Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only."),
        validators=[AbstractUser.username_validator],
        error_messages={"unique": _("A user with that username already exists.")},
    )
    email = AddressText(_("email address"), blank=True)
    display_name = ShortText("ชื่อที่แสดง", max_length=200, blank=True)
    language = ShortText("ภาษา", max_length=2, default="th")
    seal = ShortText(max_length=32, default=new_seal)
    erased = models.PositiveBigIntegerField(default=0)
    session_round = models.PositiveIntegerField(default=0)  # a session of an earlier round is over

    stored_password: str | None = None  # what was there before a new one was set and not yet noted

    class Meta(AbstractUser.Meta):  # type: ignore[name-defined,misc]
        db_table = "plans_person"

    def __str__(self) -> str:
        return f"#{self.pk}" if self.erased else self.display_name or self.get_full_name() or self.username

    @property
    def reference(self) -> str:
        """What the history calls the person: the number of the row, never the name."""
        return str(self.pk)

    def set_password(self, raw_password: str | None) -> None:
        """Set a password; when the row is saved the history notes that it is another (``records.credentials``)."""
        before = self.stored_password if self.stored_password is not None else self.password
        super().set_password(raw_password)
        self.stored_password = before

    def set_unusable_password(self) -> None:
        """Take the password away, and let it be noted."""
        before = self.stored_password if self.stored_password is not None else self.password
        super().set_unusable_password()
        self.stored_password = before

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row, with the entry about a new password in the same transaction."""
        with transaction.atomic():
            super().save(*args, **kwargs)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what a session has to know: it ends with a new password, and with a new round of sessions."""
        known = f"{self.password}:{self.session_round}" if self.session_round else self.password
        return salted_hmac("samrit.plans.session", known, secret=secret, algorithm="sha256").hexdigest()


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
    role = ShortText(max_length=20, choices=Role.choices)
    unit = models.ForeignKey("plans.Unit", models.PROTECT, null=True, blank=True, related_name="assignments")
    plan = models.ForeignKey("plans.Plan", models.CASCADE, null=True, blank=True, related_name="assignments")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    is_acting = models.BooleanField(default=False)  # for a time, in somebody else's place

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "role", "unit", "plan"], nulls_distinct=False, name="one_assignment_each"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.role} {self.unit or self.plan or ''}".strip()


class CalendarKey(models.Model):
    """The private address under which calendars read one person's due days: a hash of its secret, one a person."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="calendar_key")
    key_hash = ShortText(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person}"


class MachineKey(models.Model):
    """A key with which another program sends one unit's months in a person's place, until a day: a hash of it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="machine_keys")
    unit = models.ForeignKey("plans.Unit", models.PROTECT, related_name="+")
    name = ShortText(max_length=100)  # of the program
    key_hash = ShortText(max_length=64, unique=True)
    made_at = models.DateTimeField()
    until = models.DateField()  # the last day on which it opens

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})"
