"""The two diagrams of a plan book: its links to the plans above (R328) and the plan on a page (R329)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from samrit.engine.model import Alignment, Strategy
from samrit.engine.tree import tactic_tree
from samrit.reports.document.model import Diagram, Heading, Node, Section
from samrit.reports.evaluation.view import Blocks, ReportView
from samrit.vocabulary.plans_above import kind_name, level_of

_OWN_LEVEL = 3
_SIDE_BY_SIDE = 4  # strategies in one row of the plan on a page
_CODE = re.compile(r"[0-9A-Za-z.\-/]{0,12}")  # anything longer, or in Thai letters, is a plan's name


def links(view: ReportView) -> Blocks:
    """Return the linkage diagram, made from the links of the plan, or of its projects where it states none."""
    found = _links_of(view)
    if not found:
        return ()
    levels = [_nodes_of(view, level, found) for level in (1, 2, _OWN_LEVEL)]
    plan = view.result.plan
    this = Node("plan", view.voice.name(plan.title, plan.title_en), _OWN_LEVEL + 1, view.voice.say("links_this"))
    strategies = [
        Node(f"strategy-{s.code}", view.voice.strategy_full(s), _OWN_LEVEL + 2, view.voice.say("strategy"))
        for s in view.strategies
        if s.code
    ]
    rows = [row for row in (*levels, [this], strategies) if row]
    edges = [(above.id, below.id) for upper, lower in pairwise(rows) for above in upper for below in lower]
    nodes = tuple(node for row in rows for node in row)
    distinct = len({(link.kind, link.code) for link in found})
    title = view.voice.say("links_title", count=view.voice.count(distinct))
    caption = view.voice.say("links_caption")
    diagram = Diagram(title, nodes, tuple(edges), _alt(view, nodes), caption)
    return Heading(view.voice.say("links_heading"), 1), diagram


def _links_of(view: ReportView) -> tuple[Alignment, ...]:
    """Return the links to plans; what is no plan of the national system, such as an award, is not drawn (R11)."""
    plan = view.result.plan
    every = plan.parents or tuple(a for project in plan.projects for a in project.alignments)
    return tuple(link for link in every if level_of(link.kind))


def _nodes_of(view: ReportView, level: int, found: Sequence[Alignment]) -> list[Node]:
    """Return the boxes of one level: a plan given by its name has its own, codes share their kind's box."""
    group = view.voice.say("links_level", level=str(level))
    codes: dict[str, list[str]] = {}
    for link in found:
        if level_of(link.kind) == level:
            codes.setdefault(link.kind, []).append(link.code)
    nodes = []
    for kind, listed in codes.items():
        distinct = list(dict.fromkeys(listed))
        names = [code for code in distinct if not _CODE.fullmatch(code)]
        short = sorted((code for code in distinct if _CODE.fullmatch(code)), key=lambda code: (len(code), code))
        if short:
            text = " ".join((kind_name(kind, view.voice.language), ", ".join(code for code in short if code))).strip()
            nodes.append(Node(f"{level}-{kind}", text, level, group))
        nodes += [Node(f"{level}-{kind}-{place}", name, level, group) for place, name in enumerate(names)]
    return nodes


def plan_on_a_page(view: ReportView) -> Blocks:
    """Return vision, strategies, goals and tactics as one diagram on a page of its own (R329)."""
    plan, voice = view.result.plan, view.voice
    strategies = [s for s in view.strategies if s.code]
    if not strategies:
        return ()
    nodes = [Node("vision", plan.vision, 0, voice.say("vision"))] if plan.vision else []
    edges = []
    for place, strategy in enumerate(strategies):
        level = 1 + 2 * (place // _row_size(len(strategies)))
        column = _column(view, strategy, level)
        nodes += column
        edges += [("vision", column[0].id)] if plan.vision else []
        edges += [(above.id, below.id) for above, below in pairwise(column)]
    title = voice.say(
        "page_title",
        strategies=voice.count(len(strategies)),
        tactics=voice.count(len(plan.tactics)),
        projects=voice.count(len({p.key for p in plan.projects})),
    )
    diagram = Diagram(title, tuple(nodes), tuple(edges), _alt(view, nodes), voice.say("page_caption"))
    return Section(), Heading(voice.say("page_heading"), 1), diagram, Section()


def _row_size(strategies: int) -> int:
    """Return how many strategies stand side by side, so that the rows are even and the words can be read."""
    rows = -(-strategies // _SIDE_BY_SIDE)
    return -(-strategies // rows)


def _column(view: ReportView, strategy: Strategy, level: int) -> list[Node]:
    """Return a strategy with its goal, and under it the box of its tactics."""
    voice = view.voice
    name = f"{strategy.code}. {voice.name(strategy.name, strategy.name_en)}"
    goal = voice.say("goal", text=strategy.goal) if strategy.goal else ""
    text = "\n".join(part for part in (name, goal) if part)
    column = [Node(f"s-{strategy.code}", text, level, voice.say("strategy"))]
    own = [t for t in view.result.plan.tactics if t.strategy == strategy.code]
    if own:
        tree = tactic_tree(own)
        lines = sorted(own, key=lambda t: [own.index(each) for each in tree.named(t.code)])
        tactics = "\n".join(
            f"{'· ' * tree.depth(t.code)}{t.printed} {voice.name(t.name, t.name_en)}".strip() for t in lines
        )
        column.append(Node(f"t-{strategy.code}", tactics, level + 1, voice.say("tactics")))
    return column


def _alt(view: ReportView, nodes: Sequence[Node]) -> str:
    """Return a diagram in words: every group with its boxes."""
    groups: dict[str, list[str]] = {}
    for node in nodes:
        groups.setdefault(node.group, []).append(node.text.replace("\n", ", "))
    said = (view.voice.say("diagram_alt", group=group, texts="; ".join(texts)) for group, texts in groups.items())
    return ". ".join(said)
