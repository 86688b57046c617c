"""The plan page: all works of a plan as a table, with a tree, filters, search, order, columns and pages."""

from __future__ import annotations

from samrit.engine.rollup import works_of
from samrit.plans.evaluation import memory
from samrit.plans.selectors.results.look import Look
from samrit.plans.selectors.results.naming import Names
from samrit.plans.selectors.work.choices import COLUMNS, PAGE_SIZE, SHOWN_FIRST, Choices
from samrit.plans.selectors.work.works_context import Head, WorkRow, Works
from samrit.plans.selectors.work.works_table import WorksTable

__all__ = ["WorkRow", "Works", "every_row", "works"]


def works(seen: Look, choices: Choices) -> Works:
    """Return the plan page for the choices made: the same object until something that it shows has changed."""
    key = ("works", seen.language, seen.plan.title, seen.plan.title_en, choices.query(page=choices.page))
    return memory.of(seen.result).derived(key, lambda: _works(seen, choices), seen.units)


def _works(seen: Look, choices: Choices) -> Works:
    names = Names.of(seen)
    table = WorksTable(names, choices)
    chosen = table.ordered()
    pages = max(-(-len(chosen) // PAGE_SIZE), 1)
    page = min(choices.page, pages)
    shown = chosen[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return Works(
        code=seen.plan.code,
        title=(seen.language == "en" and seen.plan.title_en) or seen.plan.title,
        period=names.period(seen.as_of),
        choices=choices,
        query=choices.query(),
        rows=table.rows(shown),
        found=len(chosen),
        works=table.works(),
        of=len(works_of(seen.result.projects)),
        first=(page - 1) * PAGE_SIZE + 1 if shown else 0,
        last=(page - 1) * PAGE_SIZE + len(shown),
        pages=pages,
        page=page,
        previous_page=choices.query(page=max(page - 1, 1)),
        next_page=choices.query(page=min(page + 1, pages)),
        tree=table.tree(),
        all_query=choices.with_only(strategy="", tactic="", programme=""),
        filters=table.filters(),
        chips=table.chips(),
        heads=_heads(choices),
        is_ranked=bool(choices.search) and choices.order == "number" and not choices.descending,
        columns_chosen=choices.columns != SHOWN_FIRST,
    )


def every_row(seen: Look, choices: Choices) -> tuple[WorkRow, ...]:
    """Return all rows that the choices leave, in their order: the table as it goes out."""
    table = WorksTable(Names.of(seen), choices)
    return table.rows(table.ordered())


_NUMBERS = frozenset({"percent", "lowest", "budget", "spent"})


def _heads(choices: Choices) -> tuple[Head, ...]:
    heads = []
    for key in ("number", "title", *COLUMNS):
        shown = key in ("number", "title") or key in choices.columns
        order = "" if key in ("course", "state") else key
        how = "" if not order or choices.order != key else ("descending" if choices.descending else "ascending")
        query = choices.sorted_by(order) if order else ""
        heads.append(Head(key, bool(order), key in _NUMBERS, query, how, shown))
    return tuple(heads)
