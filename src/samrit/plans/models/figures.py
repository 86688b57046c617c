"""What units report: figures, levels, words, evidence; and what evaluators settle."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from samrit.plans.fields import ExactField, FigureField, LongText, ShortText


class Figure(models.Model):
    """The actual figure of one indicator, unit and period; ``span`` months ending in ``period``.

    ``unit_code`` is empty for a figure of the indicator as a whole.  ``revision`` grows
    with every change: a save names the revision it was typed over, so that nothing is
    overwritten unseen.  ``sequence`` is the history entry that wrote it last.
    """

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="figures")
    indicator = ShortText(max_length=80)
    unit_code = ShortText(max_length=60, blank=True)
    period = models.PositiveSmallIntegerField()
    span = models.PositiveSmallIntegerField(default=1)
    actual = FigureField()
    numerator = FigureField()
    denominator = FigureField()
    note = LongText(blank=True)
    explanation = LongText("คำอธิบายค่าที่ผิดปกติ", blank=True)
    revision = models.PositiveIntegerField(default=1)
    sequence = models.PositiveBigIntegerField(default=0, db_index=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["plan", "indicator", "unit_code", "period", "span"], name="one_figure_each"
            ),
        )
        indexes = (models.Index(fields=["plan", "sequence"]),)

    def __str__(self) -> str:
        return f"{self.indicator} {self.unit_code} {self.period}"


class LevelReached(models.Model):
    """A level of an indicator's scale reached on a date, with what shows it (R116, R117).

    ``reached_on`` is empty where the date was taken back: rows are never deleted.
    """

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="levels_reached")
    indicator = ShortText(max_length=80)
    number = models.PositiveSmallIntegerField()
    reached_on = models.DateField(null=True, blank=True)
    evidence_text = LongText(blank=True)
    revision = models.PositiveIntegerField(default=1)
    sequence = models.PositiveBigIntegerField(default=0, db_index=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "indicator", "number"], name="one_level_each"),)

    def __str__(self) -> str:
        return f"{self.indicator} level {self.number}"


class Narrative(models.Model):
    """A unit's words on a project for a period (``vocabulary.narrative``; R164)."""

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="narratives")
    project = ShortText(max_length=60)
    unit_code = ShortText(max_length=60, blank=True)
    period = models.PositiveSmallIntegerField()
    result = LongText(blank=True)
    cause = LongText(blank=True)
    next_step = LongText(blank=True)
    lesson = LongText(blank=True)
    revision = models.PositiveIntegerField(default=1)
    sequence = models.PositiveBigIntegerField(default=0, db_index=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["plan", "project", "unit_code", "period"], name="one_narrative_each"),
        )

    def __str__(self) -> str:
        return f"{self.project} {self.period}"


class Evidence(models.Model):
    """A file that shows a figure: kept under its content's hash, never under its name (R170).

    ``erased`` is the number of the decision that erased file and name, 0 while they are there.
    """

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="evidence")
    project = ShortText(max_length=60)
    indicator = ShortText(max_length=80, blank=True)
    unit_code = ShortText(max_length=60, blank=True)
    period = models.PositiveSmallIntegerField()
    name = ShortText("ชื่อไฟล์", max_length=200)
    content_type = ShortText(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = ShortText(max_length=64, db_index=True)
    withdrawn = models.BooleanField(default=False)  # nothing reported is ever deleted (R321)
    erased = models.PositiveBigIntegerField(default=0)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("added_at",)

    def __str__(self) -> str:
        return self.name


class Settlement(models.Model):
    """A figure or band settled by the evaluators (WE4); the computed one stays beside it."""

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="settlements")
    record = ShortText(max_length=80)  # a project's or an indicator's id
    period = models.PositiveSmallIntegerField()
    percent = ExactField()
    band = ShortText(max_length=40, blank=True)
    reason = LongText()
    withdrawn = models.BooleanField(default=False)
    sequence = models.PositiveBigIntegerField(default=0, db_index=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("plans.Person", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.record} {self.period}"
