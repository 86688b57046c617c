"""The register of units (R136): a tree, with groups such as พื้นที่/จังหวัด/สาขา that fan out to their members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models

from samrit.plans.fields import ShortText


@dataclass(frozen=True, slots=True)
class Called:
    """What a unit was called and where it stood up to the day ``until``; ``parent`` is a code, "" for none."""

    until: date
    name: str
    name_en: str
    parent: str


@dataclass(frozen=True, slots=True)
class Coming:
    """What a unit will be called and where it stands from the day ``since`` on; ``parent`` is a code, "" for none."""

    since: date
    name: str
    name_en: str
    parent: str
    reason: str


class Unit(models.Model):
    """An organisational unit or a group of units, under its code of the plan packages."""

    code = ShortText("รหัส", max_length=60, unique=True)
    name = ShortText("ชื่อหน่วยงาน", max_length=300)
    name_en = ShortText(max_length=300, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    type = ShortText("ประเภท", max_length=40, blank=True)  # central, bangkok, province, branch, rehabilitation, group
    region = ShortText("ภาค", max_length=60, blank=True)
    aliases = models.JSONField("ชื่อย่ออื่น", default=list, blank=True)
    members = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="groups")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    called_since = models.DateField(null=True, blank=True)  # the day from which name and parent are as they are here
    called_before = models.JSONField(default=list, blank=True)  # what they were until then: rows of ``Called``
    # What of it changes on a day to come: ``since``, ``reason`` and those of name, name_en, parent that do; else {}.
    called_next = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_group(self) -> bool:
        """Whether the unit stands for its members, which report one by one (R140)."""
        return self.type == "group"

    @property
    def found_by(self) -> tuple[str, ...]:
        """All that the unit is looked for by: its code, its names of today, of before and to come, its aliases."""
        others = (*self.earlier, *([self.coming] if self.coming is not None else ()))
        earlier = (name for called in others for name in (called.name, called.name_en))
        return (self.code, self.name, self.name_en, *self.aliases, *earlier)

    @property
    def earlier(self) -> tuple[Called, ...]:
        """What the unit was called and where it was before, the oldest first."""
        return tuple(Called(**{**row, "until": date.fromisoformat(row["until"])}) for row in self.called_before)

    @property
    def coming(self) -> Coming | None:
        """What the unit will be called and where it will be from a day to come on; None where no change is known."""
        if not self.called_next:
            return None
        own = {"name": self.name, "name_en": self.name_en, "parent": self.parent.code if self.parent else ""}
        given = {"reason": "", **self.called_next, "since": date.fromisoformat(self.called_next["since"])}
        return Coming(**{**own, **given})

    def called_on(self, day: date) -> Called | None:
        """Return what the unit was or will be called and where it is on ``day``; None where it is as it is now."""
        coming = self.coming
        if coming is not None and day >= coming.since:
            return Called(date.max, coming.name, coming.name_en, coming.parent)
        return next((called for called in self.earlier if day <= called.until), None)
