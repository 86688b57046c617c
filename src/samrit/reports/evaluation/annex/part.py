"""The annex: every work and project with its twelve months, per fund and strategy, landscape (R237–R240)."""

from __future__ import annotations

from dataclasses import replace

from samrit.engine.model import Fund, Programme, Project, Strategy
from samrit.engine.results import ProjectResult
from samrit.reports.document.model import Heading, Paragraph, Row, Section, TableBlock
from samrit.reports.evaluation.annex.columns import full_row, heads, widths
from samrit.reports.evaluation.annex.project import project_rows
from samrit.reports.evaluation.view import Blocks, ReportView
from samrit.reports.texts.template import FundLayout


def annex(view: ReportView) -> Blocks:
    """Return the annex: a landscape table per fund and strategy, each on pages of its own."""
    if not view.voice.template.annex:
        return ()
    blocks: Blocks = ()
    for fund in _funds(view):
        code = fund.code if fund else ""
        of_fund = [r for r in view.result.projects if r.project.fund == code]
        opening = _fund_opening(view, fund)
        for strategy in view.strategies:
            held = [r for r in of_fund if r.project.strategy == strategy.code]
            if not held:
                continue
            start: Blocks = () if blocks else (Heading(view.voice.say("annex_heading"), 1),)
            blocks += _part(view, fund, strategy, (*start, *opening), held)
            opening = ()
    return blocks


def _funds(view: ReportView) -> tuple[Fund | None, ...]:
    """Return the plan's funds, and None for projects that name none."""
    unnamed = any(not r.project.fund for r in view.result.projects)
    return (*view.funds, None) if unnamed else view.funds


def _fund_opening(view: ReportView, fund: Fund | None) -> Blocks:
    """Return the lines that open a fund's part: its name and the plan's title (R238)."""
    plan = view.result.plan
    title: Blocks = (Paragraph(view.voice.name(plan.title, plan.title_en), "centre"),) if plan.title else ()
    return (Heading(view.voice.fund_name(fund), 2), *title) if view.funds else title


def _part(
    view: ReportView, fund: Fund | None, strategy: Strategy, opening: Blocks, held: list[ProjectResult]
) -> Blocks:
    """Return one strategy's section: running header, headings, table."""
    layout = view.voice.template.layout_of(fund.code if fund else "")
    untold = {"budget": not _tells_of_money(view), "weight": not _weighs(view)}
    layout = replace(layout, columns=tuple(c for c in layout.columns if not untold.get(c)))
    named = view.voice.strategy_full(strategy) if strategy.code else view.voice.strategy_short("")
    header = " · ".join(part for part in ((view.voice.fund_name(fund) if view.funds else ""), named) if part)
    return (
        Section(landscape=True, header=header),
        *opening,
        Heading(strategy_heading(view, strategy, layout, named), 3 if view.funds else 2),
        _table(view, layout, strategy, held),
    )


def _tells_of_money(view: ReportView) -> bool:
    """Say whether the plan says anything of any work's money, be it that one needs none."""
    return any(p.budgets or any(site.budget is not None for site in p.sites) for p in view.result.plan.projects)


def _weighs(view: ReportView) -> bool:
    """Say whether the plan gives any indicator a weight."""
    return any(i.weight is not None for p in view.result.plan.projects for i in p.indicators)


def strategy_heading(view: ReportView, strategy: Strategy, layout: FundLayout, named: str) -> str:
    """Return the strategy's heading as the fund's layout words it (R42)."""
    organisation = view.voice.name(view.result.plan.organisation, view.result.plan.organisation_en)
    if not (layout.long_heading and strategy.code and organisation):
        return named
    name = view.voice.name(strategy.name, strategy.name_en)
    return view.voice.say("strategy_long", organisation=organisation, code=strategy.code, name=name)


def _table(view: ReportView, layout: FundLayout, strategy: Strategy, held: list[ProjectResult]) -> TableBlock:
    """Return the monitoring table; the goal is above the column heads and repeats with them (R237)."""
    top: tuple[Row, ...] = ()
    if layout.show_goal and strategy.goal:
        top = (full_row(layout, view.voice.say("goal", text=strategy.goal), shade="quiet", keep=True),)
    rows: list[Row] = []
    before: tuple[tuple[str, str], ...] = ()
    for result in held:
        headings = headings_of(view, result.project)
        rows += changed_headings(layout, before, headings)
        before = headings
        rows += project_rows(view, layout, result)
    return TableBlock((*top, *heads(view, layout)), tuple(rows), widths(layout), small=True)


_TACTIC = "tactic:"


def _is_tactic(headings: tuple[tuple[str, str], ...], at: int) -> bool:
    return at < len(headings) and headings[at][0].startswith(_TACTIC)


def headings_of(view: ReportView, project: Project) -> tuple[tuple[str, str], ...]:
    """Return the headings in force for a project, outermost first: (what is compared, what is printed)."""
    plan, voice = view.result.plan, view.voice
    tactics = voice.tactics_full((t for t in plan.tactics if t.strategy == project.strategy), project.tactic)
    programme = next((p for p in plan.programmes if p.code == project.programme), None)
    texts = {"programme": "", "programme_goal": "", "kind": ""}
    if project.programme:
        texts["programme"] = _programme(view, programme, project.programme)
    if programme and programme.goal:
        texts["programme_goal"] = voice.say("goal", text=programme.goal)
    if project.kind:
        texts["kind"] = voice.say(f"kind_{project.kind.value}")
    above = tuple((f"{_TACTIC}{text}", text) for text in tactics or ("",))
    return (*above, *((f"{level}:{project.programme}:{text}", text) for level, text in texts.items()))


def _programme(view: ReportView, programme: Programme | None, code: str) -> str:
    """Return the heading of a programme: with its number, where it has one (R18)."""
    if programme is None or not programme.number:
        return view.voice.say("programme_named", name=programme.name if programme else code)
    return view.voice.say("programme_numbered", number=programme.number, name=programme.name)


def changed_headings(
    layout: FundLayout, before: tuple[tuple[str, str], ...], now: tuple[tuple[str, str], ...]
) -> list[Row]:
    """Return group rows from the first heading that changed inwards, so that each row is under its own.

    What comes back from a tactic to the one above it has that one's heading again.
    """
    same = 0
    while same < min(len(before), len(now)) and before[same] == now[same]:
        same += 1
    if same and _is_tactic(before, same) and not _is_tactic(now, same):
        same -= 1
    return [full_row(layout, text, shade="group", bold=True, keep=True) for _, text in now[same:] if text]
