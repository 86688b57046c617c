"""The months of the report's table: named by their heads, escaped, light; long reports on several pages."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from samrit.engine.model import Entry
from samrit.plans.models import Figure
from samrit.plans.reporting.inputs import CellInput
from samrit.plans.reporting.plausibility import unusual
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.figures import figures_save
from samrit.plans.services.writing import SYSTEM
from samrit.web.views.seeing.sheets import MOST_ROWS
from tests.plans.office import small_plan
from tests.web.reporting import address, cell, signed_in, varied

pytestmark = pytest.mark.one_database

LATEST = "2026-12-20"  # every month of the plan has come and is open


@pytest.fixture
def reporter(register, person):
    return signed_in(person("reporter", unit="กฝ."))


def imported(register, package):
    return plan_import(SYSTEM, package=package, owner=register["กนผ."])


def shown(client, where: str) -> str:
    return client.get(where).content.decode()


def test_a_cell_is_named_by_the_heads_of_its_column_and_its_row(register, clock, reporter) -> None:
    plan = imported(register, varied())
    page = shown(reporter, address(plan))
    ids = set(re.findall(r' id="([^"]+)"', page))
    inputs = re.findall(
        r'<input class="cell" id="([^"]+)" name="([^"]+)" value="[^"]*" aria-labelledby="([^"]+)"', page
    )
    assert ("a-L1-3", "a:P1.1:3.1", "m3 L1-name planned ap-L1") in inputs
    assert ("n-L2-3", "n:P1.2:3.1", "L2-n m3 L2-name planned np-L2") in inputs
    assert all(set(names.split()) <= ids for _, _, names in inputs), "every head that is named stands on the page"
    assert len({i for i, _, _ in inputs}) == len(inputs)


def test_what_the_plan_calls_things_is_escaped_in_cells(register, clock, reporter) -> None:
    package = small_plan(code="odd-2569", indicators=1)
    (project,) = package.plan.projects
    odd = replace(project, indicators=(replace(project.indicators[0], id='P"1<b>'),))
    plan = imported(register, replace(package, plan=replace(package.plan, projects=(odd,))))
    figures_save(SYSTEM, plan=plan, unit=register["กฝ."], period=3, cells=[CellInput('P"1<b>', "7")])
    page = shown(reporter, address(plan))
    assert 'name="a:P&quot;1&lt;b&gt;:3.1" value="7"' in page
    assert 'name="rs:P&quot;1&lt;b&gt;" value="3.1=1"' in page
    assert "<b>:3.1" not in page


def test_without_a_script_a_figure_is_typed_over_the_revision_that_the_page_told(register, clock, reporter) -> None:
    plan = imported(register, small_plan(code="five-2569", indicators=2))
    figures_save(SYSTEM, plan=plan, unit=register["กฝ."], period=3, cells=[CellInput("P1.1", "4")])
    told = dict(re.findall(r'name="(rs:[^"]+)" value="([^"]*)"', shown(reporter, address(plan))))
    assert told == {"rs:P1.1": "3.1=1"}
    assert reporter.post(address(plan), {"a:P1.1:3.1": "6"}).status_code == 409, (
        "untold, what stands is not overwritten"
    )
    assert reporter.post(address(plan), {"a:P1.1:3.1": "6", "a:P1.2:3.1": "8"} | told).status_code == 302
    assert {f.indicator: f.actual for f in Figure.objects.all()} == {"P1.1": 6, "P1.2": 8}
    assert reporter.post(address(plan), {"a:P1.1:3.1": "9"} | told).status_code == 409, "somebody was quicker"
    assert Figure.objects.get(indicator="P1.1").actual == 6


def test_the_parts_of_a_share_stand_only_where_they_are_asked_for_or_given(register, clock, reporter) -> None:
    plan = imported(register, varied())
    page = shown(reporter, address(plan))
    assert 'name="n:P1.2:3.1"' in page
    assert 'name="n:P1.3:3.1"' not in page, "its percent is typed; a button makes the rows"
    assert 'data-parts="L3"' in page
    reporter.post(address(plan, name="report_save"), {"n:P1.3:3.1": "49", "d:P1.3:3.1": "50"})
    assert 'name="n:P1.3:3.1" value="49"' in shown(reporter, address(plan))


def full(register, *, works: int, indicators: int):
    """A plan whose every month stands reported, over a revision each."""
    package = small_plan(code="full-2569", indicators=indicators)
    (project,) = package.plan.projects
    months = tuple(Entry(m, planned=Decimal(1200)) for m in range(1, 13))
    name = "จำนวนผู้ประกันตนที่ได้รับบริการทางการแพทย์ตามมาตรฐานของสถานพยาบาลภายในระยะเวลาที่กำหนด"
    made = tuple(
        replace(
            project,
            id=f"P{n}",
            number=n,
            title=f"โครงการที่ {n}",
            indicators=tuple(
                replace(i, id=f"P{n}.{k}", name=f"{name} {n}.{k}", entries=months)
                for k, i in enumerate(project.indicators, 1)
            ),
        )
        for n in range(1, works + 1)
    )
    plan = imported(register, replace(package, plan=replace(package.plan, projects=made)))
    ids = [i.id for p in made for i in p.indicators]
    for month in range(1, 13):
        cells = [CellInput(i, "1234.5", explanation="–") for i in ids]
        figures_save(SYSTEM, plan=plan, unit=register["กฝ."], period=month, cells=cells)
    return plan


def test_a_report_of_43_indicators_is_one_light_page(register, clock, person) -> None:
    clock.set(LATEST)
    reporter = signed_in(person("reporter", unit="กฝ."))
    plan = full(register, works=1, indicators=43)
    page = reporter.get(address(plan, 12))
    assert page.content.count(b'<input class="cell"') == 43 * 12, "every month open and reported"
    assert page.content.count(b'name="rs:') == 43
    assert 150_000 < len(page.content) < 200_000
    assert b'rel="next"' not in page.content


def test_a_report_of_120_indicators_goes_over_light_pages(
    register, clock, person, django_assert_max_num_queries
) -> None:
    clock.set(LATEST)
    reporter = signed_in(person("reporter", unit="กฝ."))
    plan = full(register, works=60, indicators=2)
    seen: list[str] = []
    number, last = 1, 1
    while number <= last:
        with django_assert_max_num_queries(35):
            page = shown(reporter, f"{address(plan, 12)}?page={number}")
        assert len(page.encode()) < 200_000
        seen += re.findall(r'name="a:(P[\d.]+):12\.1"', page)
        last = int(re.findall(r"หน้า (\d+) จาก (\d+)", page)[0][1])
        number += 1
    assert seen == [f"P{n}.{k}" for n in range(1, 61) for k in (1, 2)], "every line on one page, in order"
    assert last == -(-60 // (MOST_ROWS // 3))


def test_after_a_save_only_its_work_is_judged_anew(register, clock, reporter, monkeypatch) -> None:
    package = small_plan(code="two-2569", indicators=2, reported=((1, 10), (2, 10)))
    (project,) = package.plan.projects
    first, second = project.indicators
    works = (replace(project, indicators=(first,)), replace(project, id="P2", number=2, indicators=(second,)))
    plan = imported(register, replace(package, plan=replace(package.plan, projects=works)))
    judged: list[str] = []

    def noted(_plan, _ruleset, works, *rest, **more):
        judged.extend(work.id for work in works)
        return unusual(_plan, _ruleset, works, *rest, **more)

    monkeypatch.setattr("samrit.plans.selectors.report.entry_reader.unusual", noted)
    shown(reporter, address(plan))
    assert sorted(judged) == ["P1", "P2"]
    shown(reporter, address(plan))
    assert len(judged) == 2
    reporter.post(address(plan, name="report_save"), cell(1, "250"))
    page = shown(reporter, address(plan))
    assert judged[2:] == ["P1"]
    assert "<b>270</b>" in page
    assert page.count('class="unusual"') == 1
    reporter.post(address(plan, name="report_try"), cell(2, "300"))
    again = shown(reporter, address(plan))
    assert again.count('class="unusual"') == 1, "what is only tried is kept nowhere"
    assert again.count("<b>20</b>") == 1


def test_what_is_left_on_another_page_is_led_to(register, clock, reporter) -> None:
    package = small_plan(code="long-2569", indicators=2 * MOST_ROWS)
    (project,) = package.plan.projects
    half = replace(project, id="P2", number=2, indicators=project.indicators[MOST_ROWS:])
    both = (replace(project, indicators=project.indicators[:MOST_ROWS]), half)
    plan = imported(register, replace(package, plan=replace(package.plan, projects=both)))
    reporter.post(address(plan, name="report_save"), {k: v for n in range(2, 101) for k, v in cell(n, "10").items()})
    assert 'href="?page=1#L1" data-goto' in shown(reporter, address(plan) + "?page=2")
    assert 'href="#L1" data-goto' in shown(reporter, address(plan))
    assert 'href="#L1" data-goto' in shown(reporter, address(plan) + "?part=todo")
    assert 'href="?all=1&amp;page=1#L1"' in shown(reporter, address(plan) + "?part=todo&all=1&page=2")
    refused = reporter.post(address(plan) + "?page=2", {"do": "submit"})
    assert refused.status_code == 422
    assert 'name="a:P1.60:3.1"' in refused.content.decode(), "one stays where one was"
