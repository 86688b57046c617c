"""Where indicators of one definition are used, and where their definitions differ (R61, R62).

There is no register beside the plans: the library *is* the indicators of the plans and of the draft.  Two are one
where they bear one identity; without one, where they bear one name.  So an identity survives a change of code, name
and weight, and what nobody has linked yet is found all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from samrit.package.resources import resource_named
from samrit.package.rows import Files, typed
from samrit.plans.drafting.document import Standing, files_of
from samrit.plans.evaluation import memory
from samrit.plans.evaluation.documents import package_of
from samrit.plans.models import PlanVersion
from samrit.vocabulary.text import search_key

# What makes a definition: two uses of one indicator that differ in any of these are not one thing any more.
DEFINING = (
    "unit_of_measure",
    "aggregation",
    "consolidation",
    "entry_basis",
    "direction",
    "formula",
    "scale",
    "is_share",
)
CARD = ("definition", "method", "frequency", "reporting_frequency")


@dataclass(frozen=True, slots=True)
class Use:
    """One indicator of a plan or of a draft: where it is, how it is defined, what it weighs and aims at.

    ``plan`` is the plan's code, "" for the draft itself; ``cells`` holds the columns of ``DEFINING`` and ``CARD``.
    """

    plan: str
    year: str
    work: str
    title: str
    id: str
    name: str
    identity: str
    weight: str
    target: str
    cells: Mapping[str, str]

    @property
    def own_identity(self) -> str:
        """The identity that others give it where it bears none."""
        return f"{self.plan}:{self.id}" if self.plan else ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of the definition in which uses differ: the column, its title, and each text with where it is."""

    column: str
    title: str
    texts: tuple[tuple[str, tuple[Use, ...]], ...]


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """One indicator of the library with all its uses, those of the draft first, then the latest years."""

    key: str
    name: str
    uses: tuple[Use, ...]

    @property
    def is_own(self) -> bool:
        """Whether the draft uses it."""
        return any(not use.plan for use in self.uses)


def uses_of_draft(rows: Standing) -> tuple[Use, ...]:
    """Return the indicators of a draft as its rows hold them."""
    return uses_in("", files_of(rows))


def uses_of_version(code: str, version: PlanVersion) -> tuple[Use, ...]:
    """Return the indicators of a plan's version, made once."""
    return memory.always(("library", code, version.sha256), lambda: uses_in(code, typed(package_of(version))))


def uses_in(code: str, files: Files) -> tuple[Use, ...]:
    """Return the indicators of a plan's files; ``code`` names the plan, "" the draft."""
    plan = next((row.cells for row in files.get("plan", ())), {})
    year = plan.get("year_be", "")
    works = {row.cells.get("id", ""): row.cells.get("title", "") for row in files.get("projects", ())}
    cards = {row.cells.get("indicator", ""): row.cells for row in files.get("indicator_cards", ())}
    aims = {
        r.cells.get("indicator", ""): r.cells.get("value", "")
        for r in files.get("targets", ())
        if r.cells.get("year_be") == year
    }
    found = []
    for row in files.get("indicators", ()):
        if row.cells.get("part_of"):  # a category of a breakdown is called as those of any other indicator
            continue
        own, name = row.cells, row.cells.get("id", "")
        card = cards.get(name, {})
        cells = {column: own.get(column, "") for column in DEFINING} | {column: card.get(column, "") for column in CARD}
        work = own.get("project", "")
        found.append(
            Use(
                code,
                year,
                work,
                works.get(work, ""),
                name,
                own.get("name", ""),
                own.get("identity", ""),
                own.get("weight", ""),
                aims.get(name, ""),
                cells,
            )
        )
    return tuple(found)


def library(uses: Iterable[Use]) -> tuple[LibraryEntry, ...]:
    """Return the indicators of many plans, each once with all its uses, in the order in which they are first met.

    A use without an identity is meant by one that others made of its plan and id, else it joins the identity that
    others of its name bear; where these are several, it joins none.
    """
    everything = [use for use in uses if use.identity or search_key(use.name)]
    borne = {use.identity for use in everything if use.identity}
    keys = [f"= {i}" if (i := use.identity or use.own_identity) in borne else "" for use in everything]
    named: dict[str, set[str]] = {}
    for use, key in zip(everything, keys, strict=True):
        if key:
            named.setdefault(search_key(use.name), set()).add(key)
    groups: dict[str, list[Use]] = {}
    for use, key in zip(everything, keys, strict=True):
        of_name = named.get(search_key(use.name), set())
        joined = key or (next(iter(of_name)) if len(of_name) == 1 else search_key(use.name))
        groups.setdefault(joined, []).append(use)
    return tuple(
        LibraryEntry(key, own[0].name, tuple(sorted(own, key=lambda use: (use.plan != "", -_year(use)))))
        for key, own in groups.items()
    )


def entry_of(entries: Iterable[LibraryEntry], indicator: str) -> LibraryEntry | None:
    """Return the entry of an indicator of the draft, None for one without a name."""
    return next((e for e in entries if any(not use.plan and use.id == indicator for use in e.uses)), None)


def differences(uses: Iterable[Use], language: str) -> tuple[Difference, ...]:
    """Return every part of the definition in which uses differ; a blank one says nothing, and differs from none."""
    own = tuple(uses)
    found = []
    for column in (*DEFINING, *CARD):
        texts: dict[str, list[Use]] = {}
        for use in own:
            if text := " ".join(use.cells[column].split()):
                texts.setdefault(text, []).append(use)
        if len(texts) > 1:
            field = resource_named("indicators" if column in DEFINING else "indicator_cards").field(column)
            sides = tuple((text, tuple(users)) for text, users in texts.items())
            found.append(Difference(column, field.title(language), sides))
    return tuple(found)


def _year(use: Use) -> int:
    return int(use.year) if use.year.isascii() and use.year.isdigit() else 0
