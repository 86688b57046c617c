"""Money by its source: announcements that replace one another, and the way from them to the works' budgets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.engine.checks import check_plan
from samrit.engine.choices import AllotmentSort
from samrit.engine.funding.allotments import differences, framework_total, frameworks, money_by_source, replaced_in
from samrit.engine.model import BudgetLine, Fund, Plan, Project
from samrit.engine.rollup import budget_total, source_totals
from samrit.engine.surroundings import Allotment
from samrit.engine.year import YearRecord
from samrit.package import read
from tests.engine.rule_tables import Case, cases, decimal

D = Decimal
ROOT = Path(__file__).parents[2]
ANNOUNCED, BROUGHT, OUTSIDE = AllotmentSort.ANNOUNCED, AllotmentSort.BROUGHT_OVER, AllotmentSort.OUTSIDE


def announced(number: str, amount: str, replaces: str = "", source: str = "ก") -> Allotment:
    return Allotment(source, ANNOUNCED, D(amount), number, replaces=replaces)


def plan(*allotments: Allotment, works: tuple[Project, ...] = (), funds: tuple[Fund, ...] = ()) -> Plan:
    return Plan("p", "แผน", 2569, allotments=allotments, projects=works, funds=funds)


def _line(text: str) -> Allotment:
    """A line of the page: ``announced 80 no. 2 replaces 1 @7``; month 13 is the one after the year."""
    sort, amount, *rest = text.split()
    said = dict(zip(rest[::2], rest[1::2], strict=False)) if "no." in rest else {}
    month = next((int(word[1:]) for word in rest if word.startswith("@")), 0)
    day = date(2026 + month // 13, (month - 1) % 12 + 1, 28) if month else None
    return Allotment("ก", AllotmentSort(sort), D(amount), said.get("no.", ""), day, said.get("replaces", ""))


def _work(text: str) -> Project:
    own, _, rest = text.partition("=")
    identity, amount = rest.split("/")
    return Project(own, 1, "", "1", identity=identity, budgets=(BudgetLine(D(amount), "ก"),))


@pytest.mark.parametrize("case", cases("money_source"), ids=str)
def test_what_is_in_force_and_what_is_not_explained(case: Case) -> None:
    """FU1, FU2: at the month looked at, announced later counts for nothing and replaces nothing."""
    lines = [] if case["lines"] == "–" else [_line(text) for text in case["lines"].split(", ")]
    made = plan(*lines, works=tuple(map(_work, case["works"].split(", "))))
    (source,) = money_by_source(made, int(case["as of"]))
    assert source.in_force == decimal(case["in force"])
    assert source.for_works == decimal(case["for works"])
    assert source.given == decimal(case["given"])
    assert source.unexplained == decimal(case["not explained"])
    assert [line.allotment for line in source.lines if line.at >= 0] == lines, "every line is told"
    assert frameworks(replace(made, funds=(Fund("F", "ก"),)), int(case["as of"])) == {"F": source.in_force}


@pytest.mark.parametrize("case", cases("money_differences"), ids=str)
def test_what_is_over_in_one_source_makes_up_for_nothing_in_another(case: Case) -> None:
    """FU2."""
    amounts = [decimal(text) for text in case["not explained"].split(", ")]
    sources = [money_by_source(_differing(amount))[0] for amount in amounts]
    assert [source.unexplained for source in sources] == amounts
    found = differences(sources)
    assert (found.over, found.short) == (decimal(case["over"]), decimal(case["short"]))


def _differing(amount: Decimal | None) -> Plan:
    """A plan whose one source has so much that is not explained."""
    if amount is None:
        return plan(works=(_work("A=A/5"),))
    return plan(announced("1", "20000000"), works=(_work(f"A=A/{20000000 + amount}"),))


@pytest.mark.parametrize(
    ("lines", "in_force"),
    [
        (["1:100", "2:50"], 150),  # the second adds (R33: the sum in force is the sum of announcements)
        (["1:100", "2:80/1"], 80),
        (["1:100", "2:80/1", "3:90/2"], 90),
        (["1:100", "2:5", "3:80/1"], 85),
        (["1:100/1"], 100),  # nothing replaces itself
        (["1:100/2", "2:50/1"], 50),  # nor what comes later
        ([], None),
    ],
)
def test_the_sum_in_force_is_that_of_the_announcements_that_nothing_replaces(
    lines: list[str], in_force: int | None
) -> None:
    """R33, R118."""
    parts = [line.replace("/", ":").split(":") for line in lines]
    found = money_by_source(plan(*(announced(*own) for own in parts)))
    assert [source.in_force for source in found] == ([] if in_force is None else [D(in_force)])


@given(st.lists(st.tuples(st.sampled_from("123"), st.integers(1, 9), st.sampled_from("0123")), max_size=6))
def test_what_counts_and_what_is_replaced_are_all_lines(lines: list[tuple[str, int, str]]) -> None:
    made = [Allotment("ก", ANNOUNCED, D(a), n, replaces="" if r == "0" else r) for n, a, r in lines]
    gone = replaced_in(made)
    assert all(any(later.replaces == made[at].number for later in made[at + 1 :]) for at in gone)
    for source in money_by_source(plan(*made)):
        assert source.in_force == sum((line.amount for at, line in enumerate(made) if at not in gone), D(0))


def test_a_work_counts_once_and_shares_of_units_not_at_all() -> None:
    """R121, R123: a work on two lines has one budget; units' shares are parts of it."""
    lines = (BudgetLine(D(70), "ก"), BudgetLine(D(30), "ข"), BudgetLine(D(40), "ก", "หน่วย"))
    works = (Project("A", 1, "", "1", budgets=lines), Project("B", 2, "", "2", identity="A", budgets=lines))
    found = {s.name: s for s in money_by_source(plan(announced("1", "60"), works=works))}
    assert (found["ก"].given, found["ข"].given) == (D(70), D(30))
    assert (found["ก"].unexplained, found["ข"].unexplained) == (D(10), None)


def test_a_line_without_a_source_has_its_funds() -> None:
    fund = Fund("F", "กองทุน", budget=D(100), budget_source="เงินกองทุน")
    work = Project("A", 1, "", "1", fund="F", budgets=(BudgetLine(D(90)),))
    (source,) = money_by_source(plan(works=(work,), funds=(fund,)))
    assert (source.name, source.in_force, source.given, source.unexplained) == ("เงินกองทุน", D(100), D(90), D(-10))
    told = plan(announced("1", "120", source="เงินกองทุน"), works=(work,), funds=(fund,))
    assert (frameworks(told), frameworks(plan(funds=(fund,)))) == ({"F": D(120)}, {"F": D(100)})


@pytest.mark.parametrize(
    ("announcements", "by_fund", "whole"),
    [((), (100, 40), 140), (("90",), (100, 40), 90)],  # each keeps its own budget; the whole is what was announced
)
def test_funds_whose_money_has_one_name_share_what_is_announced(announcements, by_fund, whole) -> None:
    """R33: two funds of one source are two budgets of it, and what is announced for it counts once."""
    funds = (Fund("F", "ก", budget=D(100), budget_source="งบ"), Fund("G", "ข", budget=D(40), budget_source="งบ"))
    made = plan(*(announced("1", amount, source="งบ") for amount in announcements), funds=funds)
    (source,) = money_by_source(made)
    assert (source.in_force, framework_total(made)) == (D(whole), D(whole))
    assert tuple(frameworks(made).values()) == tuple(map(D, by_fund))


def kept(amount: int | None, *, identity: str = "1", revision: int = 1, withdrawn: bool = False) -> YearRecord:
    values = (("amount", None if amount is None else D(amount)), ("words", "สัญญา 1"))
    return YearRecord("carried_in", identity, date(2025, 1, 5), values, revision, withdrawn)


@pytest.mark.parametrize(
    ("records", "lines", "brought"),
    [
        ((kept(40),), (), 40),
        ((kept(40), kept(30, identity="2")), (), 70),
        ((kept(40), kept(25, revision=2)), (), 25),  # corrected: the last counts
        ((kept(40), kept(40, revision=2, withdrawn=True)), (), 0),
        ((kept(None),), (), 0),  # an amount that nobody gave is none
        ((kept(40),), (Allotment("ก", BROUGHT, D(40), project="A"),), 40),  # a line of the plan says the same money
        ((kept(40),), (Allotment("ก", BROUGHT, D(9), project="C"),), 49),  # that of another work says its own
        ((replace(kept(40), kind="carry_over"),), (), 0),  # what goes on into the next year is none of this one's
    ],
)
def test_what_a_work_kept_from_before_explains_its_money_once(
    records: tuple[YearRecord, ...], lines: tuple[Allotment, ...], brought: int
) -> None:
    """R33, R118: a work on two lines says it once, on the source that its money stands on."""
    budget = (BudgetLine(D(100), "ก"),)
    work = Project("A", 1, "", "1", budgets=budget, records=records)
    again = replace(work, id="B", number=2, identity="A")
    (source,) = money_by_source(plan(announced("1", "60"), *lines, works=(work, again)))
    assert source.given - source.in_force - (source.unexplained or 0) == D(brought)


@pytest.mark.parametrize(
    ("first", "second", "lines", "brought"),
    [
        ((), (kept(40),), (), 40),
        ((kept(40),), (kept(30),), (), 70),  # each line's own "1"
        ((kept(40),), (kept(40),), (Allotment("ก", BROUGHT, D(40), project="B"),), 40),
    ],
)
def test_money_from_before_is_a_works_whichever_of_its_lines_tells_it(first, second, lines, brought) -> None:
    """RU1: neither lost nor counted twice where the record, or the line of the plan, names the later line."""
    budget = (BudgetLine(D(100), "ก"),)
    work = Project("A", 1, "", "1", budgets=budget, records=first)
    again = replace(work, id="B", number=2, identity="A", records=second)
    (source,) = money_by_source(plan(announced("1", "60"), *lines, works=(work, again)))
    assert source.given - source.in_force - (source.unexplained or 0) == D(brought)


def test_money_of_a_line_above_works_is_none_of_theirs() -> None:
    """RU5: what measures a strategy itself stands outside every count and table of works, its money too."""
    line = (BudgetLine(D(70), "ก"),)
    works = (Project("A", 1, "", "1", budgets=line), Project("S", 2, "", "1", budgets=line, level="strategy"))
    (source,) = money_by_source(plan(works=works))
    assert (source.given, budget_total(works).once, source_totals(works)) == (D(70), D(70), (("ก", D(70)),))
    assert budget_total(works).listed == D(70)


def test_the_offices_sums_are_reconciled_line_by_line() -> None:
    """R118, R120: 5,358,077,900 and 334,224,659 baht against the works; items 81 and 82 are of the year before."""
    package = read(ROOT / "examples" / "sso-2568").package
    ssf, wcf = money_by_source(package.plan)
    assert (ssf.in_force, wcf.in_force) == (D(5358077900), D(334224659))
    assert ssf.unexplained == D("15689911")  # the two works of the year before say it by their own records
    assert wcf.unexplained < 0
    carried = [
        Allotment(ssf.name, BROUGHT, money.amount, project=money.project.id)
        for money in ssf.works
        if money.project.id in ("S2-81", "S2-82")
    ]
    lines = (
        *carried,
        Allotment(ssf.name, AllotmentSort.ADDED, D("15689911")),
        Allotment(wcf.name, OUTSIDE, -wcf.unexplained),
    )
    assert sum(line.amount for line in carried) == D(19590000 + 15545000)
    told = replace(package.plan, allotments=lines)
    assert [source.unexplained for source in money_by_source(told)] == [D(0), D(0)]
    by_records = replace(package.plan, allotments=lines[2:])
    assert [source.unexplained for source in money_by_source(by_records)] == [D(0), D(0)]
    codes = {f.code for f in check_plan(told, package.ruleset(), 12)}
    assert not codes & {"fund_budget_differs", "allotments_unexplained"}
    short = replace(package.plan, allotments=lines[:2])
    left = [
        f.params["difference"] for f in check_plan(short, package.ruleset(), 12) if f.code == "allotments_unexplained"
    ]
    assert left == [D("15689911")]
