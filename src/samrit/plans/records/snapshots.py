"""What the history keeps of a row, and how a row is found again from its entries.

Every entry's ``new`` holds the row's whole state; so a row that differs from the last
entry about it was changed behind the services' back (``plans.audit``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from samrit.plans import models
from samrit.plans.fields import text_of
from samrit.plans.models import HistoryEntry

Key = tuple[object, ...]
State = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """How one table is kept in the history.

    ``action`` begins the actions about it; ``fields`` are kept; ``keys`` are those of the
    fields that, with the entry's plan, name the row.
    """

    model: type[Model]
    action: str
    fields: tuple[str, ...]
    keys: tuple[str, ...]
    of_plan: bool = True

    def state(self, row: Model) -> State:
        """Return the row as JSON values: figures as text, dates in ISO, units and people by their names."""
        return {name: _value(row, name) for name in self.fields}

    def key(self, state: Mapping[str, Any], plan_id: int | None) -> Key:
        """Return what names the row."""
        return (self.action, plan_id if self.of_plan else None, *(state.get(name) for name in self.keys))


KEPT: tuple[Kept, ...] = (
    Kept(
        models.Figure,
        "figure",
        (
            *("indicator", "unit_code", "period", "span", "actual", "numerator", "denominator"),
            *("note", "explanation", "revision"),
        ),
        ("indicator", "unit_code", "period", "span"),
    ),
    Kept(
        models.LevelReached,
        "level",
        ("indicator", "number", "reached_on", "evidence_text", "revision"),
        ("indicator", "number"),
    ),
    Kept(
        models.Narrative,
        "narrative",
        ("project", "unit_code", "period", "result", "cause", "next_step", "revision"),
        ("project", "unit_code", "period"),
    ),
    Kept(
        models.Evidence,
        "evidence",
        (
            *("id", "project", "indicator", "unit_code", "period", "name", "content_type", "size", "sha256"),
            "withdrawn",
        ),
        ("id",),
    ),
    Kept(
        models.Settlement,
        "settlement",
        ("id", "record", "period", "percent", "band", "reason", "withdrawn"),
        ("id",),
    ),
    Kept(
        models.MoneyMovement,
        "money",
        ("id", "project", "period", "state", "amount", "funding_source", "document", "note"),
        ("id",),
    ),
    Kept(
        models.MonthlyReport,
        "report",
        ("unit", "period", "state", "is_late", "return_reason", "returned_to"),
        ("unit", "period"),
    ),
    Kept(models.PeriodClosure, "period", ("period",), ("period",)),
    Kept(models.Unlock, "unlock", ("id", "unit", "period", "reason", "until"), ("id",)),
    Kept(models.Plan, "plan", ("code", "title", "title_en", "year_be", "calendar", "is_public", "owner"), ()),
    Kept(models.PlanVersion, "version", ("number", "sha256", "effective_period", "reason"), ("number",)),
    Kept(
        models.Evaluation,
        "evaluation",
        ("period", "number", "version", "ruleset", "sha256", "summary", "reason"),
        ("period", "number"),
    ),
    Kept(
        models.ReportFile,
        "report_file",
        ("evaluation", "format", "language", "sha256", "size"),
        ("evaluation", "format", "language"),
    ),
    Kept(
        models.FindingState,
        "finding",
        ("code", "record", "fingerprint", "state", "reason"),
        ("fingerprint",),
    ),
    Kept(models.HolidayChange, "holiday", ("day", "name", "is_working_day"), ("day",), of_plan=False),
    Kept(
        models.Unit,
        "unit",
        (
            *("code", "name", "name_en", "parent", "type", "region", "aliases", "members"),
            *("valid_from", "valid_to", "successor"),
        ),
        ("code",),
        of_plan=False,
    ),
    Kept(
        models.Person,
        "person",
        ("username", "display_name", "email", "language", "is_active", "is_staff", "is_superuser"),
        ("username",),
        of_plan=False,
    ),
    Kept(
        models.RoleAssignment,
        "role",
        ("person", "role", "unit", "plan", "valid_from", "valid_to"),
        ("person", "role", "unit", "plan"),
        of_plan=False,
    ),
)
_BY_MODEL = {kept.model: kept for kept in KEPT}
_BY_ACTION = {kept.action: kept for kept in KEPT}

# How a row that another row names is written down.
_NAMES: Mapping[str, Callable[[Any], object]] = {
    "unit": lambda row: row.code,
    "parent": lambda row: row.code,
    "successor": lambda row: row.code,
    "owner": lambda row: row.code,
    "plan": lambda row: row.code,
    "person": lambda row: row.username,
    "version": lambda row: row.number,
    "evaluation": lambda row: f"{row.period}.{row.number}",
}


def snapshot(row: Model) -> State:
    """Return the state of ``row`` as the history keeps it."""
    return _BY_MODEL[type(row)].state(row)


def kept_of(entry: HistoryEntry) -> Kept | None:
    """Return how the table that ``entry`` is about is kept, None for an entry about no table."""
    return _BY_ACTION.get(entry.action.partition(".")[0])


def _value(row: Model, name: str) -> object:
    value = getattr(row, name)
    if name in ("actual", "numerator", "denominator"):
        return text_of(value)
    if name in ("percent", "amount"):
        return None if value is None else f"{value:f}"
    if name == "members":
        return sorted(member.code for member in value.all())
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if name in _NAMES:
        return None if value is None else _NAMES[name](value) if isinstance(value, Model) else value
    return value
