"""What the history keeps of a row, and how a row is found again from its entries.

Every entry's ``new`` holds the row's whole state; so a row that differs from the last
entry about it was changed behind the services' back (``plans.audit``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import DateTimeField, Model

from samrit.plans import models
from samrit.plans.fields import ExactField, FigureField, text_of
from samrit.plans.models import HistoryEntry

Key = tuple[object, ...]
State = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """How one table is kept in the history: every column, unless ``left_out`` names it with the reason.

    ``action`` begins the actions about it; ``keys`` are those of the fields that, with the
    entry's plan, name the row.  An entry older than a column does not name it: the row then
    has to hold the column's default, but for ``named_later``, columns that were in the table
    before entries began to name them (in version 0.9); there an older entry proves nothing.
    """

    model: type[Model]
    action: str
    keys: tuple[str, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)
    named_later: frozenset[str] = frozenset()
    hashed: frozenset[str] = frozenset()  # secrets: the history keeps a hash of what is stored
    marked: frozenset[str] = frozenset()  # what names a person: the history keeps a mark made with the person's seal
    of_plan: bool = True

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The names of the columns that are kept, and of the links to other rows."""
        columns = (*self.model._meta.fields, *self.model._meta.many_to_many)
        always = {"sequence", *(() if "id" in self.keys else ("id",)), *(("plan",) if self.of_plan else ())}
        return tuple(c.name for c in columns if c.name not in always and c.name not in self.left_out)

    def state(self, row: Model) -> State:
        """Return the row as JSON values: figures as text, dates in ISO, units and people by their names."""
        return {name: self._kept(row, name) for name in self.fields}

    def _kept(self, row: Model, name: str) -> object:
        if name in self.marked:
            return mark_of(_person_of(row).seal, getattr(row, name))
        return secret_mark(row, name) if name in self.hashed else _value(row, name)

    def key(self, state: Mapping[str, Any], plan_id: int | None) -> Key:
        """Return what names the row."""
        return (self.action, plan_id if self.of_plan else None, *(state.get(name) for name in self.keys))

    def differences(self, recorded: Mapping[str, Any], standing: Mapping[str, Any]) -> list[str]:
        """Return the fields in which a row as it is differs from what an entry says of it."""
        named = {name: recorded[name] for name in standing if name in recorded}
        unnamed = {name: self._default(name) for name in standing.keys() - named.keys() - self.named_later}
        return [name for name in standing if {**named, **unnamed}.get(name, standing[name]) != standing[name]]

    def _default(self, name: str) -> object:
        if self.model._meta.get_field(name).many_to_many:
            return []
        return self._kept(self.model(), name)


_SIGNED = frozenset({"changed_at", "changed_by"})
_HASHED = {"content": "its sha256 is kept, and the audit holds the content against it"}

KEPT: tuple[Kept, ...] = (
    Kept(models.Figure, "figure", ("indicator", "unit_code", "period", "span"), named_later=_SIGNED),
    Kept(models.LevelReached, "level", ("indicator", "number"), named_later=_SIGNED),
    Kept(models.Narrative, "narrative", ("project", "unit_code", "period"), named_later=_SIGNED),
    Kept(models.Evidence, "evidence", ("id",), named_later=frozenset({"added_at", "added_by"})),
    Kept(models.Settlement, "settlement", ("id",), named_later=frozenset({"decided_at", "decided_by"})),
    Kept(models.MoneyMovement, "money", ("id",), named_later=frozenset({"recorded_at", "recorded_by"})),
    Kept(models.Allotment, "allotment", ("id",)),
    Kept(models.YearRecord, "year", ("id",)),
    Kept(models.ReportParagraph, "paragraph", ("id",)),
    Kept(models.SectionSigned, "section", ("id",)),
    Kept(
        models.MonthlyReport,
        "report",
        ("unit", "period"),
        {
            "changed_at": "moves with every figure of the report, and each of those has its own entry",
            "sent": "the number of its last sending, and each of those has its own entry",
        },
        frozenset({"submitted_at", "submitted_by", "confirmed_at", "accepted_at"}),
    ),
    Kept(
        models.Sending,
        "sending",
        ("unit", "period", "number"),
        {**_HASHED, "report": "the one of the same unit and period"},
    ),
    Kept(models.PeriodClosure, "period", ("period",), named_later=frozenset({"closed_at", "closed_by"})),
    Kept(models.Unlock, "unlock", ("id",), named_later=frozenset({"opened_at", "opened_by"})),
    Kept(models.Waiver, "waiver", ("id",)),
    Kept(models.DueMove, "due_move", ("id",)),
    Kept(models.Publication, "publication", ("id",)),
    Kept(models.Plan, "plan", ()),
    Kept(models.PlanVersion, "version", ("number",), _HASHED, frozenset({"created_at", "created_by"})),
    Kept(models.Evaluation, "evaluation", ("period", "number"), _HASHED, frozenset({"closed_at", "closed_by"})),
    Kept(
        models.ReportFile,
        "report_file",
        ("evaluation", "format", "language"),
        dict.fromkeys(("state", "message", "started_at", "finished_at"), "how far the printing is, not what it made"),
    ),
    Kept(models.FindingState, "finding", ("fingerprint",), named_later=frozenset({"decided_at", "decided_by"})),
    Kept(models.CauseWord, "cause", ("code",), of_plan=False),
    Kept(models.HolidayChange, "holiday", ("day",), of_plan=False),
    Kept(models.Unit, "unit", ("code",), of_plan=False),
    Kept(
        models.Person,
        "person",
        ("id",),
        {
            "seal": "what the marks of name and address are made with; another would give other marks",
            "last_login": "moves with every sign-in",
            **dict.fromkeys(("first_name", "last_name", "date_joined"), "the framework's own, used nowhere"),
            **dict.fromkeys(("groups", "user_permissions"), "the framework's own; rights come from roles"),
        },
        named_later=frozenset({"password"}),
        hashed=frozenset({"password"}),
        marked=frozenset({"username", "display_name", "email"}),
        of_plan=False,
    ),
    Kept(
        Authenticator,
        "authenticator",
        ("user", "type"),
        {"last_used_at": "moves with every sign-in"},
        hashed=frozenset({"data"}),
        of_plan=False,
    ),
    Kept(
        SocialAccount,
        "identity",
        ("provider", "uid"),
        {
            "last_login": "moves with every sign-in",
            "extra_data": "what the office's provider told last, used for nothing",
        },
        marked=frozenset({"uid"}),
        of_plan=False,
    ),
    Kept(models.CalendarKey, "calendar", ("person",), of_plan=False),
    Kept(models.MachineKey, "machine", ("id",), of_plan=False),
    Kept(models.RoleAssignment, "role", ("person", "role", "unit", "plan"), of_plan=False),
    # A draft of a new plan belongs to none yet.
    Kept(models.PlanDraft, "draft", ("id",), _HASHED, of_plan=False),
    Kept(models.DraftRow, "draft_row", ("draft", "file", "number"), of_plan=False),
    Kept(models.DraftDecision, "draft_decision", ("id",), of_plan=False),
    Kept(models.DraftRemark, "draft_remark", ("id",), of_plan=False),
    Kept(models.DraftMinutes, "draft_minutes", ("id",), _HASHED, of_plan=False),
    Kept(models.ProposedWork, "proposal", ("id",), of_plan=False),
    Kept(models.DraftImport, "draft_import", ("draft",), _HASHED, of_plan=False),
    Kept(models.DraftConfirmation, "draft_confirmation", ("draft", "record", "subject"), of_plan=False),
    Kept(models.Erasure, "erasure", ("id",), of_plan=False),
)
CREDENTIALS_NOTED = "account.credentials_noted"  # from here on the history knows every authenticator and identity
NOTED_LATER: tuple[type[Model], ...] = (Authenticator, SocialAccount)
_BY_MODEL = {kept.model: kept for kept in KEPT}
_BY_ACTION = {kept.action: kept for kept in KEPT}

# Who and when of a row: every entry says so itself, so a change of them alone is not told to people.
SIGNATURES = frozenset(
    column.name
    for kept in KEPT
    for column in kept.model._meta.fields
    if isinstance(column, DateTimeField) or column.name.endswith("_by")
)

# How a row that another row names is written down.
_NAMES: Mapping[str, Callable[[Any], object]] = {
    "unit": lambda row: row.code,
    "parent": lambda row: row.code,
    "successor": lambda row: row.code,
    "owner": lambda row: row.code,
    "plan": lambda row: row.code,
    "person": lambda row: row.pk,
    "user": lambda row: row.pk,
    "version": lambda row: row.number,
    "base": lambda row: row.number,
    "draft": lambda row: row.pk,
    "decision": lambda row: row.pk,
    "evaluation": lambda row: f"{row.period}.{row.number}",
}


def snapshot(row: Model) -> State:
    """Return the state of ``row`` as the history keeps it."""
    return _BY_MODEL[type(row)].state(row)


def rows_digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of rows as the history keeps them, by table: the same on every database."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def kept_as(model: type[Model]) -> Kept:
    """Return how a table is kept."""
    return _BY_MODEL[model]


def secret_mark(row: Model, name: str) -> str:
    """Return the SHA-256 of a stored secret: equal marks mean an unchanged secret, and give nothing to guess with."""
    value = getattr(row, name)
    if isinstance(value, dict):  # an authenticator's counters move with every code; its secret and its type do not
        value = json.dumps(
            {key: value[key] for key in ("secret", "seed", "migrated_codes") if key in value}, sort_keys=True
        )
    return hashlib.sha256(f"samrit:{value}".encode()).hexdigest()


def mark_of(seal: str, value: str) -> str:
    """Return what the history says in a name's place: it proves the name, and tells nothing once the seal is gone."""
    return hashlib.sha256(f"samrit:{seal}:{value}".encode()).hexdigest() if value else ""


def _person_of(row: Any) -> models.Person:
    return row if isinstance(row, models.Person) else row.user


def kept_of(entry: HistoryEntry) -> Kept | None:
    """Return how the table that ``entry`` is about is kept, None for an entry about no table."""
    return _BY_ACTION.get(entry.action.partition(".")[0])


def _value(row: Model, name: str) -> object:
    column = row._meta.get_field(name)
    if column.many_to_many:
        return sorted(member.code for member in getattr(row, name).all())
    if name.endswith("_by"):  # by number, so that a name can be taken out of the office's records
        return getattr(row, column.attname)  # type: ignore[union-attr]
    value = getattr(row, name)
    if isinstance(column, FigureField):
        return text_of(value)
    if isinstance(column, ExactField):
        return None if value is None else f"{value:f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return _NAMES[name](value) if isinstance(value, Model) else value
