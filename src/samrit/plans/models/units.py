"""The register of units (R136): a tree, with groups such as พื้นที่/จังหวัด/สาขา that fan out to their members."""

from __future__ import annotations

from django.db import models

from samrit.plans.fields import ShortText


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

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_group(self) -> bool:
        """Whether the unit stands for its members, which report one by one (R140)."""
        return self.type == "group"
