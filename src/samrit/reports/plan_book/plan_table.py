"""The plan table of a plan book: strategies and tactics as spanning rows, one row a project (R20, R40, R43, R44)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from samrit.engine.model import Indicator, Project
from samrit.engine.rollup import budget_total, tabulate
from samrit.engine.tree import tactic_tree
from samrit.reports.document.model import Cell, Heading, Paragraph, Row, Section, TableBlock
from samrit.reports.evaluation.money import money_by_source
from samrit.reports.evaluation.view import Blocks, ReportView, head_row

_WIDTHS = {"name": 3.2, "goal": 2.6, "indicators": 2.8, "steps": 3.4, "period": 1.4, "budget": 1.8}


def plan_table(view: ReportView) -> Blocks:
    """Return counts, money, the table by strategy and the plan table itself on landscape pages."""
    plan, voice = view.result.plan, view.voice
    heading = Heading(voice.say("projects_heading"), 1)
    if not plan.projects:
        return heading, Paragraph(voice.say("empty_plan"))
    columns = _columns(plan.projects)
    table = TableBlock(
        head_row(*(voice.say(f"col_plan_{column}") for column in columns)),
        tuple(_rows(view, columns)),
        tuple(_WIDTHS[column] for column in columns),
        voice.say("table_caption", plan=voice.name(plan.title, plan.title_en)),
        small=True,
    )
    return heading, Paragraph(_counts(view)), *money(view), Section(landscape=True), table, *_logframe(view), Section()


def _logframe(view: ReportView) -> Blocks:
    """Return what proves each work, what it counts on and what may go wrong; nothing for a plan that says none."""
    said = [p for p in view.result.plan.projects if p.verification or p.assumptions or p.risk]
    if not said:
        return ()
    say = view.voice.say
    heads = head_row(*(say(f"col_plan_{column}") for column in ("name", "verification", "assumptions", "risk")))
    rows = [
        Row((Cell(f"{p.number}. {p.title}"), Cell(p.verification), Cell(p.assumptions), Cell(p.risk))) for p in said
    ]
    return (TableBlock(heads, tuple(rows), (2.6, 2.6, 2.6, 2.6), say("logframe_caption"), small=True),)


def _columns(projects: Sequence[Project]) -> tuple[str, ...]:
    held = {"goal": any(p.goal for p in projects), "steps": any(p.steps for p in projects)}
    return tuple(column for column in _WIDTHS if held.get(column, True))


def _counts(view: ReportView) -> str:
    plan, voice = view.result.plan, view.voice
    lines, distinct, tree = len(plan.projects), len({p.key for p in plan.projects}), tactic_tree(plan.tactics)
    fields = {
        "projects": voice.count(distinct),
        "strategies": voice.count(len({p.strategy for p in plan.projects})),
        "tactics": voice.count(len({(p.strategy, code) for p in plan.projects for code in tree.line(p.tactic)})),
    }
    if lines == distinct:
        return voice.say("projects_sentence", **fields)
    return voice.say("projects_distinct", **fields, lines=voice.count(lines))


def money(view: ReportView) -> Blocks:
    """Return the sentence on money, each project once and as listed, and the table by strategy (R121, RU1)."""
    voice, total = view.voice, budget_total(view.result.plan.projects)
    if not total.listed:
        return ()
    key = "money_once" if total.once == total.listed else "money_twice"
    said = Paragraph(voice.say(key, once=voice.money(total.once), listed=voice.money(total.listed)))
    table = tabulate(view.result.projects, keys=[s.code for s in view.strategies])
    rows = [
        Row((Cell(voice.strategy_short(r.key)), _right(voice.count(r.total)), _right(voice.money(r.budget))))
        for r in table.rows
    ]
    total_cells = (voice.count(table.total.total), voice.money(table.total.budget))
    last = (
        Cell(voice.say("total"), bold=True, shade="total"),
        *(Cell(t, "right", True, shade="total") for t in total_cells),
    )
    heads = head_row(voice.say("strategy"), voice.say("money_count"), voice.say("money_budget"))
    blocks: Blocks = (said, TableBlock(heads, (*rows, Row(last)), (3.0, 1.2, 2.0), voice.say("money_caption")))
    blocks += money_by_source(view)
    repeated = sum(r.repeated for r in table.rows)
    if repeated:
        blocks += (Paragraph(voice.say("repeated_note", count=voice.count(repeated)), "note"),)
    return blocks


def _rows(view: ReportView, columns: Sequence[str]) -> list[Row]:
    """Return the table's rows: a spanning row for each strategy and tactic, then its projects."""
    rows: list[Row] = []
    projects = sorted(view.result.plan.projects, key=_order(view))
    for code, held in groupby(projects, key=lambda p: p.strategy):
        strategy = next(s for s in view.strategies if s.code == code)
        named = view.voice.strategy_full(strategy) if code else view.voice.strategy_short("")
        rows.append(_spanning(named, len(columns)))
        own = [t for t in view.result.plan.tactics if t.strategy == code]
        before: tuple[str, ...] = ()
        for tactic, members in groupby(list(held), key=lambda p: p.tactic):
            line = view.voice.tactics_full(own, tactic)
            # Those in force already are above; the innermost is said whatever came before.
            rows += [_spanning(text, len(columns)) for text in (*(t for t in line[:-1] if t not in before), *line[-1:])]
            before = line
            rows += _projects(view, columns, list(members))
    return rows


def _order(view: ReportView) -> Callable[[Project], tuple[int, tuple[int, ...], int, int]]:
    """Return the printed order: strategy, tactic (those without one before any heading), fund, number.

    What is under a tactic of a tactic follows the works of that one.
    """
    strategies = {s.code: place for place, s in enumerate(view.strategies)}
    tactics = {(t.strategy, t.code): place for place, t in enumerate(view.result.plan.tactics)}
    funds = {f.code: place for place, f in enumerate(view.funds)}

    tree = tactic_tree(view.result.plan.tactics)

    def key(project: Project) -> tuple[int, tuple[int, ...], int, int]:
        line = tree.line(project.tactic)
        tactic = tuple(tactics.get((project.strategy, code), len(tactics)) for code in line)
        return strategies[project.strategy], tactic, funds.get(project.fund, -1), project.number

    return key


def _spanning(text: str, width: int) -> Row:
    return Row((Cell(text, bold=True, colspan=width, shade="group"),), keep_with_next=True)


def _projects(view: ReportView, columns: Sequence[str], projects: Sequence[Project]) -> list[Row]:
    """Return one row a project; goal, indicators and steps that neighbours share are printed once (R43, R44)."""
    shared: dict[str, Callable[[Project], str]] = {
        "goal": lambda p: p.goal,
        "indicators": lambda p: _numbered([indicator_text(view, i) for i in p.indicators]),
        "steps": lambda p: _numbered(_steps(view, p)),
    }
    spans = {column: _spans([read(p) for p in projects]) for column, read in shared.items()}
    rows = []
    for place, project in enumerate(projects):
        cells = [Cell(f"{project.number}. {project.title}")]
        cells += [
            Cell(shared[column](project), rowspan=spans[column][place])
            for column in columns
            if column in shared and spans[column][place]
        ]
        cells += [Cell(_period(view, project), "centre"), Cell(_budget(view, project), "centre")]
        rows.append(Row(tuple(cells)))
    return rows


def _spans(texts: Sequence[str]) -> list[int]:
    """Return for each text over how many rows it is printed, 0 where the row above prints it already."""
    spans: list[int] = []
    for _, run in groupby(enumerate(texts), key=lambda item: item[1] or f"-{item[0]}"):
        length = len(list(run))
        spans += [length, *([0] * (length - 1))]
    return spans


def _steps(view: ReportView, project: Project) -> list[str]:
    """Return a work's steps, each with who approves it and by which day, where the plan says so (R37 to R39)."""
    terms = {term.step: term for term in project.step_terms}
    said = []
    for number, text in enumerate(project.steps, 1):
        term = terms.get(number)
        by = view.voice.say("step_decided_by", who=term.decided_by) if term and term.decided_by else ""
        due = view.voice.say("step_due_on", day=view.voice.date(term.due_on)) if term and term.due_on else ""
        said.append(" ".join(part for part in (text, by, due) if part))
    return said


def _numbered(texts: Sequence[str]) -> str:
    if len(texts) < 2:
        return "".join(texts)
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))


def indicator_text(view: ReportView, indicator: Indicator) -> str:
    """Return an indicator with its target of the plan's year in brackets (R40)."""
    target = indicator.target_of(view.result.plan.year_be)
    if target is None:
        return indicator.name
    text = target.text or _measured(
        view, view.voice.figure(target.value), target.unit_of_measure or indicator.unit_of_measure
    )
    return f"{indicator.name} ({text.strip('()')})" if text else indicator.name


def _measured(view: ReportView, figure: str, unit: str) -> str:
    return view.voice.measured(figure, unit) if figure else unit


def _period(view: ReportView, project: Project) -> str:
    if project.period_text:
        return project.period_text
    if project.starts_on is not None and project.ends_on is not None:  # a period may cross the year (R47)
        return f"{view.voice.date(project.starts_on)} – {view.voice.date(project.ends_on)}"
    first, last = project.first_period, project.last_period
    if first and last and 1 <= first <= last <= 12:
        return view.timing.span(first, last, short=True)
    return ""


def _budget(view: ReportView, project: Project) -> str:
    stated = next((line.text for line in project.budgets if line.text), "")
    amount = view.voice.money(project.budget) if project.budget is not None else stated
    if not amount and project.budgets:
        amount = view.voice.say("no_budget")
    units = project.responsible_text or "/".join(project.responsible_units)
    return "\n".join(part for part in (amount, f"({units})" if units else "") if part)


def _right(text: str) -> Cell:
    return Cell(text, "right")
