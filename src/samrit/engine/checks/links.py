"""Checks of links to the plans above (R273–R276, R316); their goals are data in ``vocabulary/plans_above.toml``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from samrit.engine.checks.scene import Scene, on
from samrit.engine.model import Project
from samrit.vocabulary.findings import Finding
from samrit.vocabulary.plans_above import Edition, edition_of, kind_name


def unknown_link_code(scene: Scene) -> Iterator[Finding]:
    """A link to a goal that the plan above does not have: ยุทธศาสตร์ชาติ 7, แผนแม่บท 24."""
    for project in scene.plan.projects:
        for link in project.alignments:
            above = edition_of(link.kind, scene.plan.year_be)
            if above is not None and above.goal(link.code) is None:
                names = {"plan": above.th, "plan_en": above.en}
                yield on("unknown_link_code", project, code=link.code, numbers=_known(above), **names)


def link_crosses_tree(scene: Scene) -> Iterator[Finding]:
    """A master plan linked under a national strategy that it does not mainly serve (R273): possible, worth a look."""
    above = edition_of("master_plan", scene.plan.year_be)
    for project in scene.plan.projects if above else ():
        strategies = _codes(project, "national_strategy")
        for code in _codes(project, "master_plan"):
            goal = above.goal(code) if above else None
            if strategies and goal and goal.serves and goal.serves not in strategies:
                given = [_number(s) for s in strategies]
                main, number = _number(goal.serves), _number(code)
                yield on("link_crosses_tree", project, master_plan=number, strategies=given, main=main)


def several_main_links(scene: Scene) -> Iterator[Finding]:
    """Of several links of a kind not exactly one is the main one, by which tables count (R276)."""
    for project in scene.plan.projects:
        several = Counter(link.kind for link in project.alignments)
        mains = Counter(link.kind for link in project.alignments if link.main)
        for kind, count in several.items():
            if count > 1 and mains[kind] != 1:
                names = {"plan": kind_name(kind, "th"), "plan_en": kind_name(kind, "en")}
                yield on("several_main_links", project, count=count, mains=mains[kind], **names)


def _known(above: Edition) -> str:
    """Return the codes of a plan above as one reads them: "1–23", "ready, developing"."""
    codes = above.codes
    numbered = codes == tuple(str(n) for n in range(1, len(codes) + 1))
    return f"1–{len(codes)}" if numbered else ", ".join(codes)


def _number(code: str) -> int | str:
    return int(code) if code.isdecimal() else code


def _codes(project: Project, kind: str) -> list[str]:
    found = {link.code.strip().partition(".")[0] for link in project.alignments if link.kind == kind}
    return sorted(found, key=lambda code: (len(code), code))
