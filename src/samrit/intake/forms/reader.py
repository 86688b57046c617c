"""A filled form, or the workbook of a report, as a plan: typed values taken as they are, nothing inferred."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from samrit.engine.model import (
    Alignment,
    BudgetLine,
    Fund,
    IndicatorCard,
    Kind,
    LookSetting,
    Plan,
    Project,
    ProjectStatus,
    Site,
    Strategy,
    Tactic,
    Unit,
)
from samrit.engine.ruleset import RuleSet
from samrit.intake.forms.ids import complete_ids
from samrit.intake.forms.indicators import IndicatorForm, RowsByTable, overrides_of, rows_of
from samrit.intake.forms.programmes import FormProgrammes
from samrit.intake.forms.rows import FormRow, read_rows
from samrit.intake.forms.settings import rules_of, settings_of, spoken_in, texts_of, words_of
from samrit.intake.grid import Grid
from samrit.intake.headings import Headings, key
from samrit.intake.inference import alignments_of, period_of
from samrit.intake.plan_frame import Frame, describe, settle_year, split_english
from samrit.intake.plans.cells import split_numbered
from samrit.intake.tables.lattice import lay_out
from samrit.intake.tables.scopes import Scopes
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.periods import CALENDARS
from samrit.vocabulary.speech import speaking
from samrit.vocabulary.terms import is_everyone

_CODED = re.compile(r"([a-z_]+):(\S+)")


@dataclass(slots=True)
class FormReading:
    """The plan of a form and what was noticed."""

    plan: Plan
    ruleset: RuleSet
    findings: list[Finding] = field(default_factory=list)


def read_form(grids: Sequence[Grid], plan_id: str, words: Headings, year_be: int | None = None) -> FormReading | None:
    """Return the plan that a form holds, or None where the grids are no form; ``year_be`` goes before the form's."""
    rows = read_rows(grids)
    if rows is None:
        return None
    about = rows["plan"][0] if rows.get("plan") else None
    with speaking(spoken_in(about)):
        return _read(rows, grids, plan_id, words, year_be)


def _read(
    rows: dict[str, list[FormRow]], grids: Sequence[Grid], plan_id: str, words: Headings, year_be: int | None
) -> FormReading:
    frame = Frame()
    describe(frame, grids)
    frame.year_be = year_be or (rows["plan"][0].year("year_be") if rows.get("plan") else frame.year_be)
    unsettled = settle_year(frame, grids[0].document)
    joined = complete_ids(rows)
    made = _FormPlan(rows, frame, plan_id, _names(grids, words))
    plan = made.plan()
    joined += unsettled if plan.projects else []
    findings = [finding for table in rows.values() for row in table for finding in row.findings]
    return FormReading(plan, made.ruleset, [*joined, *findings, *made.findings])


def _names(grids: Sequence[Grid], words: Headings) -> Mapping[tuple[str, str], str]:
    """Return the names of strategies and tactics that headings elsewhere in the workbook print."""
    scopes = Scopes(words)
    for grid in grids:
        for line in lay_out(grid):
            texts = {slot.text for slot in line if slot.text}
            if len(texts) == 1:
                scopes.read(texts.pop())
    return scopes.seen_names


class _FormPlan:
    """Builds the plan of one form."""

    def __init__(self, rows: RowsByTable, frame: Frame, plan_id: str, names: Mapping[tuple[str, str], str]) -> None:
        self._rows = rows
        self._frame = frame
        self._id = plan_id
        self._names = names
        self._about = rows["plan"][0] if rows.get("plan") else None
        self.findings: list[Finding] = []
        self._year = frame.year_be or 0
        self._calendar = self._find_calendar()
        self.ruleset = rules_of(self._about, rows)
        self._reader = IndicatorForm(rows, self._year, self._calendar)
        self._programmes = FormProgrammes(rows.get("programmes", ()))

    def _find_calendar(self) -> str:
        chosen = self._about.choice("calendar", "calendar") if self._about else ""
        if chosen:
            return chosen
        first = next((month for row in self._rows.get("indicators", ()) for _, month in row.months), 1)
        return next((name for name, start in CALENDARS.items() if start == first), "calendar")

    def plan(self) -> Plan:
        """Return the plan."""
        projects = tuple(self._project(row) for row in self._rows.get("works", ()))
        about = self._about
        return Plan(
            id=self._id,
            title=(about.text("title") if about else "") or self._frame.title or self._id,
            year_be=self._year,
            organisation=(about.text("organisation") if about else "") or self._frame.organisation,
            **texts_of(about, "title_en", "organisation_en", "numbering"),
            calendar=self._calendar,
            ruleset=self.ruleset.id,
            vision=about.text("vision") if about else "",
            **settings_of(about),
            funds=self._funds(projects),
            strategies=self._strategies(projects),
            tactics=self._tactics(projects),
            programmes=tuple(self._programmes.all),
            units=self._units(projects),
            projects=projects,
            look=tuple(LookSetting(r.text("setting"), r.text("value")) for r in self._rows.get("look", ())),
            cards=tuple(_card(row) for row in self._rows.get("cards", ())),
            source=projects[0].source if projects else Project("", 0, "", "").source,
        )

    # -- what is around the works ------------------------------------------------------

    def _funds(self, projects: Sequence[Project]) -> tuple[Fund, ...]:
        given = [
            Fund(r.text("code"), r.text("name"), r.text("name_en"), r.money("budget"))
            for r in self._rows.get("funds", ())
        ]
        known = {f.code for f in given}
        used = dict.fromkeys(p.fund for p in projects if p.fund and p.fund not in known)
        return (*given, *(Fund(code, code) for code in used))

    def _strategies(self, projects: Sequence[Project]) -> tuple[Strategy, ...]:
        given = [
            Strategy(r.text("code"), r.text("name"), r.text("name_en"), r.text("goal"), weight=r.number("weight"))
            for r in self._rows.get("strategies", ())
        ]
        known = {s.code for s in given}
        used = dict.fromkeys(p.strategy for p in projects if p.strategy not in known)
        named = (Strategy(code, *split_english(self._names.get(("strategy", code), code))) for code in used)
        return (*given, *named)

    def _tactics(self, projects: Sequence[Project]) -> tuple[Tactic, ...]:
        given = [
            Tactic(
                r.text("code"),
                r.text("strategy"),
                r.text("name"),
                r.text("name_en"),
                weight=r.number("weight"),
                parent=r.text("parent"),
                number=r.text("number"),
                **words_of(r, "level_name"),
            )
            for r in self._rows.get("tactics", ())
        ]
        known = {t.code for t in given}
        used = {p.tactic: p.strategy for p in projects if p.tactic and p.tactic not in known}
        named = (
            Tactic(code, strategy, *split_english(self._names.get(("tactic", code), code)))
            for code, strategy in used.items()
        )
        return (*given, *named)

    def _units(self, projects: Sequence[Project]) -> tuple[Unit, ...]:
        given = [
            Unit(
                r.text("code"),
                r.text("name"),
                aliases=r.listed("aliases"),
                **texts_of(r, "name_en", "parent", "type", "region"),
            )
            for r in self._rows.get("units", ())
        ]
        known = {u.code for u in given}
        used = dict.fromkeys(
            unit
            for p in projects
            for unit in (*p.responsible_units, *(s.unit for s in p.sites), *_reporters(p))
            if unit and not is_everyone(unit)
        )
        return (*given, *(Unit(code, code) for code in used if code not in known))

    # -- works ------------------------------------------------------------------------------

    def _project(self, row: FormRow) -> Project:
        own = row.text("id")
        source = row.source()
        place = Place(source.document, source.page, source.line, source.cell, own)
        months = period_of(row.text("period_text"), self._year or None, self._calendar, place)
        self.findings.extend(months.findings)
        kind, status = row.choice("kind", "kind"), row.choice("status", "project_status")
        return Project(
            id=own,
            number=row.whole("number") or 0,
            title=row.text("title"),
            strategy=row.text("strategy"),
            fund=row.text("fund"),
            tactic=row.text("tactic"),
            programme=self._programmes.code_of(row),
            kind=Kind(kind) if kind else None,
            goal=row.text("goal"),
            shares_with=row.text("shares_with"),
            responsible_units=row.listed("unit"),
            responsible_text=row.text("unit"),
            first_period=months.first,
            last_period=months.last,
            period_text=row.text("period_text"),
            status=ProjectStatus(status) if status else None,
            budgets=tuple(map(_budget, rows_of(self._rows, "budgets", "work", own))) or row.budgets("budget"),
            indicators=tuple(self._reader.indicator(r) for r in rows_of(self._rows, "indicators", "work", own)),
            sites=tuple(_site(r) for r in rows_of(self._rows, "sites", "work", own)),
            alignments=_alignments(row.text("alignment"), place),
            steps=tuple(text for _, text in split_numbered(row.text("steps"))),
            overrides=tuple(overrides_of(self._rows, own)),
            remark=row.text("remark"),
            level=self._measured(row),
            verification=row.text("verification"),
            assumptions=row.text("assumptions"),
            risk=row.text("risk"),
            weight=row.number("weight"),
            identity=row.text("identity"),
            source=source,
        )

    def _measured(self, row: FormRow) -> str:
        """Return which level a row measures; a tactic's may be called as the tactics of its own depth are."""
        named = (key(word) for t in self._rows.get("tactics", ()) for word in words_of(t, "level_name").values())
        return "tactic" if key(row.text("level")) in set(named) - {""} else row.choice("level", "score_of")


def _reporters(project: Project) -> Iterator[str]:
    return (entry.unit for indicator in project.indicators for entry in indicator.entries if entry.unit)


def _alignments(text: str, place: Place) -> tuple[Alignment, ...]:
    """Return links as codes ("national_strategy:6 master_plan:20") or as an office prints them."""
    coded = _CODED.findall(text)
    if coded:
        seen: set[str] = set()
        return tuple(Alignment(kind, code, main=not (kind in seen or seen.add(kind))) for kind, code in coded)  # type: ignore[func-returns-value]
    return alignments_of(text, place)[0]


def _budget(row: FormRow) -> BudgetLine:
    amount = row.money("amount")
    text = "" if amount is not None else row.text("amount")
    return BudgetLine(amount, row.text("source_of_money"), row.text("share_of"), text, row.source())


def _site(row: FormRow) -> Site:
    return Site(
        id=row.text("id"),
        title=row.text("title"),
        unit=row.text("unit"),
        budget=row.money("budget"),
        commitment_due_period=row.whole("commitment_due_period"),
        committed_period=row.whole("committed_period"),
        done_period=row.whole("done_period"),
        outcome=row.text("outcome"),
        source=row.source(),
    )


def _card(row: FormRow) -> IndicatorCard:
    return IndicatorCard(
        indicator=row.text("indicator"),
        definition=row.text("definition"),
        method=row.text("method"),
        frequency=row.text("frequency"),
        reporting_frequency=row.text("reporting_frequency"),
        evaluating_unit=row.text("evaluating_unit"),
        supporting_unit=row.text("supporting_unit"),
        source=row.source(),
    )
