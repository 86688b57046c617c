"""A plan as the rows of its form: what a person would have typed, so that a form comes back whole.

Not in the form, and so left out: what was printed, told, paid or settled, the year's records, days on which levels were
reached, missions, manpower, last year's figures, and the plan of several years above.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from samrit.engine.model import Entry, Figure, Indicator, Mark, Plan, Project, Target
from samrit.intake.forms.columns import tables
from samrit.intake.forms.own_rules import rule_rows
from samrit.package import PlanPackage
from samrit.package.kinds import bare
from samrit.package.ready_rules import GROUP, ready_rules
from samrit.vocabulary.numbers import format_number
from samrit.vocabulary.speech import speech
from samrit.vocabulary.terms import label

Cell = str | Decimal | int | None
Row = Mapping[str | tuple[str, int], Cell]  # by column; a month of the wide table by its side and period

_NO_BUDGET = {"th": "ไม่ใช้งบประมาณ", "en": "no budget"}


def rows_of_form(package: PlanPackage, language: str = "th") -> dict[str, list[Row]]:
    """Return the rows of each of the form's tables, cells as text or numbers in the words of ``language``."""
    plan = package.plan
    found: dict[str, list[Row]] = {code: [] for code in tables()}
    found["plan"] = [_about(package)]
    rules = package.ruleset()
    if rules is not None and ready_rules().get(rules.id) != rules:
        found |= rule_rows(rules)
    for name, items in (
        ("funds", plan.funds),
        ("strategies", plan.strategies),
        ("look", plan.look),
        ("programmes", plan.programmes),
    ):
        found[name] = [_columns(name, item) for item in items]
    found["tactics"] = [{**_columns("tactics", t), "level_name": _words(t, "level_name")} for t in plan.tactics]
    found["units"] = [{**_columns("units", unit), "aliases": "/".join(unit.aliases)} for unit in plan.units]
    found["cards"] = [_columns("cards", card) for card in plan.cards]
    for project in map(bare, plan.projects):
        for table, row in _of_work(project, plan, language):
            found[table].append(row)
    return {code: [_worded(code, row, language) for row in rows] for code, rows in found.items()}


def _about(package: PlanPackage) -> Row:
    plan, rules = package.plan, package.ruleset()
    words: dict[str | tuple[str, int], Cell] = dict(_columns("plan", plan))
    for name in ("strategy_name", "tactic_name", "project_name", "planner_name"):
        words[name] = _words(plan, name)
    if plan.numbering == Plan("", "", plan.year_be).numbering:  # a code of ours, which nobody typed
        words["numbering"] = None
    is_ready = rules is not None and ready_rules().get(rules.id) == rules
    return words | {"year_be": speech().year(plan.year_be), "rules": rules.id if rules and is_ready else None}


def _words(item: Any, name: str) -> str:
    return " | ".join(filter(None, (getattr(item, name), getattr(item, f"{name}_en"))))


def _of_work(project: Project, plan: Plan, language: str) -> Iterator[tuple[str, Row]]:
    called = Counter(name for p in plan.programmes for name in {p.code, p.name})
    programmes = {p.code: p.name for p in plan.programmes if p.name and called[p.name] == 1}
    yield (
        "works",
        {
            **_columns("works", project),
            "unit": "/".join(project.responsible_units),
            "programme": programmes.get(project.programme, project.programme),
            "budget": _one_budget(project, language),
            "steps": " ".join(f"{n}. {step}" for n, step in enumerate(project.steps, 1)),
            "alignment": " ".join(f"{link.kind}:{link.code}" for link in project.alignments),
            "source": None,
        },
    )
    if len(project.budgets) > 1 or any(line.funding_source or line.unit for line in project.budgets):
        for line in project.budgets:
            yield (
                "budgets",
                {
                    "work": project.id,
                    "amount": _amount(line.amount, line.text, language),
                    "source_of_money": line.funding_source,
                    "share_of": line.unit,
                },
            )
    for site in project.sites:
        yield "sites", {**_columns("sites", site), "work": project.id, "source": None}
    for indicator in project.indicators:
        yield from _of_indicator(indicator, project.id, plan.year_be)


def _one_budget(project: Project, language: str) -> Cell:
    if len(project.budgets) != 1 or project.budgets[0].funding_source or project.budgets[0].unit:
        return None
    (line,) = project.budgets
    return _amount(line.amount, line.text, language)


def _amount(amount: Decimal | None, text: str, language: str) -> Cell:
    return (text or _NO_BUDGET[language]) if amount is None else amount


def _of_indicator(indicator: Indicator, work: str, year_be: int) -> Iterator[tuple[str, Row]]:
    own = indicator.id
    target = next((t for t in indicator.targets if t.year_be == year_be and _is_plain(t, indicator)), None)
    is_wide = not indicator.parts and all(map(_fits_a_month, indicator.entries))
    wide: dict[str | tuple[str, int], Cell] = {}
    for entry in indicator.entries if is_wide else ():
        wide |= {("planned", entry.period): _figure(entry.planned), ("actual", entry.period): _figure(entry.actual)}
    claim = indicator.claim.percent if indicator.claim else None
    yield (
        "indicators",
        {
            **_columns("indicators", indicator),
            "work": work,
            "target": _figure(target.value) if target else None,
            "baseline_year_be": speech().year(indicator.baseline_year_be) if indicator.baseline_year_be else None,
            "comparator": target.comparator if target else None,
            "upper": target.upper if target else None,
            "claim_percent": claim,
            "source": None,
            **wide,
        },
    )
    for other in indicator.targets:
        if other is not target and other.value is not Mark.BLANK:  # a row without a value is one that lacks it
            yield "targets", {**_columns("targets", other), "indicator": own, "year": speech().year(other.year_be)}
    for level in indicator.levels:
        yield "levels", {**_columns("levels", level), "indicator": own}
        for period, threshold in level.thresholds:
            yield "levels", {"indicator": own, "number": level.number, "threshold": threshold, "from_period": period}
    for part in indicator.parts:
        yield (
            "breakdowns",
            {"indicator": own, "dimension": part.dimension, "category": part.name, "id": part.id},
        )
    for measure in (*(() if is_wide else (indicator,)), *indicator.parts):
        for entry in measure.entries:
            yield "monthly", {**_columns("monthly", entry), "indicator": measure.id, "source": None}


def _is_plain(target: Target, indicator: Indicator) -> bool:
    """Say whether a target of the plan's year can be on its indicator's own row."""
    return target.quantity is None and target.unit_of_measure in ("", indicator.unit_of_measure)


def _fits_a_month(entry: Entry) -> bool:
    """Say whether a month of the wide table holds all that an entry says."""
    plain = Entry(entry.period, planned=entry.planned, actual=entry.actual, source=entry.source)
    return entry == plain


def _columns(table: str, item: Any) -> dict[str | tuple[str, int], Cell]:
    """Return the cells of a table that are fields of a record by the same name."""
    return {c.code: getattr(item, c.code) for c in tables()[table].columns if hasattr(item, c.code)}


def _worded(table: str, row: Row, language: str) -> Row:
    """Return a row with codes in people's words and figures as they are typed."""
    row = {code: ("yes" if value else None) if isinstance(value, bool) else value for code, value in row.items()}
    kinds: dict[object, str] = {column.code: column.type for column in tables()[table].columns}
    return {code: _cell(value, kinds.get(code, ""), language) for code, value in row.items()}


def _cell(value: Any, kind: str, language: str) -> Cell:
    group = kind.partition("choice:")[2]
    if group and value:
        return label(value, language, GROUP if group == GROUP else group)
    return _figure(value) if isinstance(value, Mark) else value


def _figure(value: Figure) -> Cell:
    return (value.value or None) if isinstance(value, Mark) else value


def typed(value: Cell) -> str | int | Decimal:
    """Return what is written into a cell: text, or a number as long as a spreadsheet keeps every digit of it."""
    if isinstance(value, Decimal):
        digits = len(value.normalize().as_tuple().digits)
        return value if digits <= 15 else format_number(value, None)
    return "" if value is None else value
