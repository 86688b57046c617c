"""Small plans made by hand for the tests of the report builders: every result can be seen by eye."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from samrit.engine.model import (
    BudgetLine,
    Entry,
    Figure,
    Fund,
    Indicator,
    Kind,
    LookSetting,
    Mark,
    Plan,
    Programme,
    Project,
    Strategy,
    Tactic,
    Target,
)
from samrit.engine.results import PlanResult
from samrit.engine.ruleset import PERCENT_OF_PLAN, RuleSet
from samrit.engine.score import score
from samrit.reports.document.model import (
    Block,
    Cell,
    Document,
    Heading,
    Inline,
    Items,
    Paragraph,
    Row,
    Section,
    TableBlock,
)
from samrit.reports.texts.looks import ready_looks

D = Decimal

FUNDS = (
    Fund("SSF", "กองทุนประกันสังคม", "Social Security Fund", D(1_000_000), "เงินกองทุน"),
    Fund("WCF", "กองทุนเงินทดแทน", "Workmen's Compensation Fund", D(250_000), "ดอกผลของกองทุน"),
)
# The second fund's printed layout, as the first office's package gives it (R42).
LOOK = (
    LookSetting("funds.WCF.columns", ", ".join(ready_looks()["weight_first"]["layout"]["columns"])),
    LookSetting("funds.WCF.long_heading", "yes"),
    LookSetting("funds.WCF.show_goal", "no"),
)
STRATEGIES = (
    Strategy("1", "บริการทันสมัย", "Modern service", goal="ประชาชนได้รับบริการรวดเร็ว"),
    Strategy("2", "องค์กรโปร่งใส", "Clean office", goal="องค์กรมีธรรมาภิบาล"),
)


def figure(value: object) -> Figure:
    """Return a figure from a short form: a number, None for blank, "-" for nothing."""
    if value is None:
        return Mark.BLANK
    return Mark.NOTHING if value == "-" else D(str(value))


def indicator(
    project: str, number: int, planned: dict[int, object], actual: dict[int, object], **more: Any
) -> Indicator:
    """Return an indicator with figures by period."""
    periods = sorted({*planned, *actual})
    entries = tuple(Entry(p, planned=figure(planned.get(p)), actual=figure(actual.get(p))) for p in periods)
    more.setdefault("name", f"ตัวชี้วัด {project} ข้อ {number}")
    more.setdefault("unit_of_measure", "ครั้ง")
    more.setdefault("entries", entries)
    return Indicator(f"{project}.{number}", number, **more)


def project(
    id_: str, strategy: str, fund: str, planned: dict[int, object], actual: dict[int, object], **more: Any
) -> Project:
    """Return a project with one indicator of weight 100 and a budget of 1,000 baht, unless told otherwise."""
    more.setdefault("indicators", (indicator(id_, 1, planned, actual, weight=D(100)),))
    more.setdefault("kind", Kind.NEW)
    more.setdefault("budgets", (BudgetLine(D(1000)),))
    more.setdefault("responsible_units", ("กผ.",))
    more.setdefault("title", f"โครงการ {id_}")
    number = int(id_.rpartition("-")[2])
    return Project(id=id_, number=number, strategy=strategy, fund=fund, **more)


def plan(*projects: Project, **more: Any) -> Plan:
    """Return a plan of 2568 with two funds and two strategies, unless told otherwise."""
    more.setdefault("title", "แผนปฏิบัติการตัวอย่าง ประจำปี พ.ศ. 2568")
    more.setdefault("title_en", "Sample action plan, B.E. 2568")
    more.setdefault("organisation", "สำนักงานตัวอย่าง")
    more.setdefault("organisation_en", "Sample Office")
    more.setdefault("funds", FUNDS)
    more.setdefault("look", LOOK)
    more.setdefault("strategies", STRATEGIES)
    more.setdefault("tactics", (Tactic("1.1", "1", "ช่องทางดิจิทัล"), Tactic("2.1", "2", "ตรวจสอบได้")))
    more.setdefault("programmes", (Programme("P1", "พัฒนาช่องทาง", "1.1", "SSF", "มีช่องทางมากขึ้น"),))
    return Plan(id="sample", year_be=more.pop("year_be", 2568), projects=projects, **more)


def seven_projects() -> Plan:
    """Return seven projects at year end: good 3, fair 1, low 1, red 2; at June five are due.

    ======  ====  ========  ===========  =========  ================
    id      fund  strategy  planned      done       percent (band)
    ======  ====  ========  ===========  =========  ================
    S1-1    SSF   1         10 + 10      10 + 10    100 (good)
    S1-2    SSF   1         3, 3         3, 2       83.33 (fair)
    S1-3    SSF   1         4 in Sep     5          125 (good)
    S2-1    SSF   2         8 in Feb     4          50 (low)
    S2-2    SSF   2         5 in Apr     nothing    0 (red)
    W1-1    WCF   1         2 in Mar     2          100 (good)
    W2-2    WCF   2         6 in Dec     1          16.67 (red)
    ======  ====  ========  ===========  =========  ================
    """
    return plan(
        project("S1-1", "1", "SSF", {3: 10, 9: 10}, {3: 10, 9: 10}, kind=Kind.ROUTINE, tactic="1.1", programme="P1"),
        project("S1-2", "1", "SSF", {2: 3, 8: 3}, {2: 3, 8: 2}, tactic="1.1", programme="P1"),
        project("S1-3", "1", "SSF", {9: 4}, {9: 5}),
        project("S2-1", "2", "SSF", {2: 8}, {2: 4}, tactic="2.1"),
        project("S2-2", "2", "SSF", {4: 5}, {4: None}, tactic="2.1"),
        project("W1-1", "1", "WCF", {3: 2}, {3: 2}, kind=Kind.ROUTINE),
        project("W2-2", "2", "WCF", {12: 6}, {12: 1}, kind=None),
    )


def scored(of: Plan, as_of: int = 12, ruleset: RuleSet = PERCENT_OF_PLAN) -> PlanResult:
    """Return the plan's evaluation."""
    return score(of, ruleset, as_of)


def target(value: object, year_be: int = 2568, **more: Any) -> Target:
    """Return a target of one year."""
    return Target(year_be, figure(value), **more)


# --- reading a document back -----------------------------------------------------------------------------


def plain(text: Inline) -> str:
    """Return inline text without its styles."""
    return text if isinstance(text, str) else "".join(run.text for run in text)


def tables(document: Document) -> list[TableBlock]:
    """Return all tables."""
    return [block for block in document.blocks if isinstance(block, TableBlock)]


def table(document: Document, caption: str) -> TableBlock:
    """Return the one table whose caption contains the words."""
    (found,) = [t for t in tables(document) if caption in t.caption]
    return found


def texts(rows: Sequence[Row]) -> list[list[str]]:
    """Return the texts of rows."""
    return [[plain(cell.text) for cell in row.cells] for row in rows]


def headings(document: Document) -> list[str]:
    """Return all headings."""
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def paragraphs(document: Document) -> list[str]:
    """Return all paragraphs and list items."""
    found = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append(plain(block.text))
        elif isinstance(block, Items):
            found += [plain(item) for item in block.items]
    return found


def blocks_under(document: Document, heading: str) -> list[Block]:
    """Return the blocks after the heading that contains the words, up to the next one of its level or above."""
    start = next(i for i, b in enumerate(document.blocks) if isinstance(b, Heading) and heading in b.text)
    level = document.blocks[start].level  # type: ignore[union-attr]
    rest = document.blocks[start + 1 :]
    end = next((i for i, b in enumerate(rest) if isinstance(b, Heading) and b.level <= level), len(rest))
    return list(rest[:end])


def annex_tables(document: Document) -> list[TableBlock]:
    """Return the tables of the landscape pages."""
    found, landscape = [], False
    for block in document.blocks:
        if isinstance(block, Section):
            landscape = block.landscape
        elif isinstance(block, TableBlock) and landscape:
            found.append(block)
    return found


def all_texts(value: object, leave_out: frozenset[str] = frozenset({"band", "id", "edges"})) -> Iterator[str]:
    """Yield every text of a document or block that a reader can see."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from all_texts(item, leave_out)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in leave_out | {
                "align",
                "shade",
                "style",
                "kind",
                "digits",
                "language",
                "plan_id",
                "bands",
            }:
                yield from all_texts(getattr(value, field.name), leave_out)


def row_widths(rows: Sequence[Row]) -> list[int]:
    """Return how many columns each row fills, with the cells that reach down from rows above."""
    reaching: list[tuple[int, int]] = []  # (rows still to fill, columns)
    widths = []
    for row in rows:
        own = sum(cell.colspan for cell in row.cells)
        widths.append(own + sum(columns for _, columns in reaching))
        reaching = [(left - 1, columns) for left, columns in reaching if left > 1]
        reaching += [(cell.rowspan - 1, cell.colspan) for cell in row.cells if cell.rowspan > 1]
    return widths


def number(cell: Cell) -> Decimal | None:
    """Return the number in a cell, 0 for "–", None where there is none."""
    text = plain(cell.text).replace(",", "")
    if text == "–":
        return D(0)
    try:
        return D(text)
    except ArithmeticError:
        return None
