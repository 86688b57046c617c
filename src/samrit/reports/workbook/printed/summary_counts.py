"""What the summary counts: the columns, the conditions and the engine's own counts beside them (R206–R211)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from samrit.engine.results import PlanResult, ProjectResult, Table
from samrit.engine.rollup import NO_PLAN_COLUMN, says_kinds, tabulate
from samrit.engine.score import YEAR_END, score
from samrit.reports.evaluation.view import view_of
from samrit.reports.workbook.data.once import DUE
from samrit.reports.workbook.writing.bands import band_label
from samrit.reports.workbook.writing.book import Book
from samrit.reports.workbook.writing.layout import DataSheet
from samrit.vocabulary.terms import label

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Tally:
    """One counted column: its heading, the condition a project must meet ("" for all), its code in the roll-up."""

    heading: str
    condition: str
    code: str


class Counts:
    """Conditions over the sheet of projects; text is compared exactly, never as a pattern."""

    def __init__(self, book: Book, projects: DataSheet, *, repeats: bool) -> None:
        self.book = book
        self.projects = projects
        self.repeats = repeats

    def columns(self, table: str) -> tuple[Tally, ...]:
        """Return the columns of a table: due first and bands best first (R209), or kinds and then all (R206)."""
        voice, timing = self.book.voice, self.book.timing
        if table != DUE:
            codes = [(code, label(code, self.book.language, "kind_group")) for code in ("routine", "project")]
            kinds = (Tally(text, self._is("kind_group", text), code) for code, text in codes)
            return (*(kinds if says_kinds(self.book.result.plan) else ()), Tally(voice.say("total"), "", TOTAL))
        due = voice.say("bands_head_due", period=timing.label, range=timing.covered(short=True))
        bands = tuple(enumerate(self.book.result.ruleset.bands, 1))[::-1]
        number, language = self.projects.name("band_no"), self.book.language
        view = view_of(self.book.result, language, self.book.template)
        headings = ["\n".join(t for t in (band_label(b, language), view.band_range(b)) if t) for _, b in bands]
        counted = (Tally(h, f"({number}={n})", b.code) for h, (n, b) in zip(headings, bands, strict=True))
        without = (Tally(self.book.say("no_plan_column"), f"(1-ISNUMBER({number}))", NO_PLAN_COLUMN),)
        return (Tally(due, "", TOTAL), *counted, *(without if has_no_plan(self.book.result) else ()))

    def table(self, table: str, fund: str | None) -> Table:
        """Return the engine's roll-up, by strategy, of all funds (None) or of one."""
        return tabulate(
            self.book.result.projects,
            rows="strategy",
            columns="band" if table == DUE else "kind_group",
            where=_chosen(due=table == DUE, fund=fund),
            keys=self.codes("strategy", [s.code for s in self.book.result.plan.strategies]),
        )

    def where(self, table: str, fund: str | None, strategy: str | None) -> list[str]:
        """Return the conditions of one row: strategy and fund, counted once, and due where results are counted."""
        conditions = [] if strategy is None else [self._is("strategy", strategy)]
        conditions += [] if fund is None else [self._is("fund", fund)]
        if self.repeats:
            within = "_".join(k for k, v in (("fund", fund), ("strategy", strategy)) if v is not None)
            flag = self.projects.name(f"{table}_{within or 'plan'}")
            return [*conditions, f"({flag}=1)"]
        return [*conditions, f"({self.projects.name('counts')}=1)"] if table == DUE else conditions

    def count(self, conditions: Sequence[str]) -> str:
        """Return how many projects meet all conditions."""
        every = f"({self.projects.name('no')}>0)"
        return f"SUMPRODUCT({'*'.join(conditions or [every])}*1)"

    def codes(self, dimension: str, known: Sequence[str]) -> list[str]:
        """Return the codes of the plan, then those that only projects name."""
        used = [str(getattr(r.project, dimension)) for r in self.book.result.projects]
        return list(dict.fromkeys([*known, *used]))

    def _is(self, key: str, text: str) -> str:
        return f"({self.projects.name(key)}={quoted(text)})"


def has_no_plan(result: PlanResult) -> bool:
    """Say whether a work of the plan stands without a band at the year's end, whatever month is evaluated (AC4)."""
    year = result if result.as_of == YEAR_END else score(result.plan, result.ruleset, YEAR_END)
    return any(r.band is None for r in year.projects)


def quoted(text: str) -> str:
    """Return text as formulas quote it."""
    return '"' + text.replace('"', '""') + '"'


def _chosen(*, due: bool, fund: str | None) -> Callable[[ProjectResult], bool]:
    return lambda r: (r.counts or not due) and (fund is None or r.project.fund == fund)
