"""The Excel form of a unit's month speaks as its plan does, and tells all of what is planned (issue M)."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client

from samrit.engine.model import Aggregation, Entry, Formula, Indicator
from samrit.package import PlanPackage
from samrit.plans.models import Figure, Plan, Role, Unit
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.unit_forms import unit_form, unit_forms_merge
from samrit.plans.services.writing import SYSTEM
from samrit.plans.unit_form.words import texts
from tests.offices.foreign import foreign
from tests.offices.forms import package
from tests.offices.test_own_words import texts_of
from tests.plans.office import People

pytestmark = pytest.mark.django_db


def changed(kept: PlanPackage, indicator: str, **fields: object) -> PlanPackage:
    """Return a plan with one of its indicators otherwise."""

    def own(one: Indicator) -> Indicator:
        return replace(one, **fields) if one.id == indicator else one  # type: ignore[arg-type]

    projects = (replace(p, indicators=tuple(map(own, p.indicators))) for p in kept.plan.projects)
    return replace(kept, plan=replace(kept.plan, projects=tuple(projects)))


def form_of(plan: PlanPackage, unit: str, period: int) -> tuple[str, bytes]:
    kept: Plan = plan_import(SYSTEM, package=plan)
    return unit_form(SYSTEM, plan=kept, unit=Unit.objects.get(code=unit), period=period)


def test_an_english_plan_hands_out_an_english_form_and_takes_it_back() -> None:
    """Asked for in Thai by whoever: a plan of one language speaks that, in its era and with its own words."""
    name, content = form_of(package("ngo"), "WASH", 6)
    book = openpyxl.load_workbook(io.BytesIO(content))
    rules = [v for sheet in book for v in sheet.data_validations.dataValidation]
    hints = " ".join(str(t) for v in rules for t in (v.promptTitle, v.prompt, v.errorTitle, v.error) if t)
    text = "\n".join((*texts_of(content, name), hints))
    assert foreign(text) == []
    assert re.findall("[ก-๛]+", text) == []
    assert "Activity" in text
    sheet = book[texts()["sheet"]["figures"]["en"]]
    row = next(row for row in sheet.iter_rows(min_row=6) if row[1].value == "A2.1")
    row[6].value = 8
    filled = io.BytesIO()
    book.save(filled)
    (merged,) = unit_forms_merge(SYSTEM, name=name, content=filled.getvalue())
    assert (merged.findings, merged.is_clean) == ((), True)
    assert Figure.objects.get(indicator="A2.1").actual == Decimal(8)


def test_a_plan_of_half_years_asks_for_no_month() -> None:
    _, content = form_of(package("province"), "ทจ.", 6)
    text = "\n".join(texts_of(content, "form.xlsx"))
    assert "แผนรอบนี้" in text
    assert "เดือนนี้" not in text


@pytest.mark.parametrize(
    ("how", "entry", "shown"),
    [
        ({"formula": Formula.RANGE}, Entry(6, planned=Decimal(80), planned_upper=Decimal(90)), "80–90"),
        (
            {"aggregation": Aggregation.RATIO},
            Entry(6, planned_numerator=Decimal(40), planned_denominator=Decimal(8000)),
            "40 ÷ 8000",
        ),
    ],
)
def test_what_is_planned_stands_whole_on_the_form(how: dict[str, object], entry: Entry, shown: str) -> None:
    """AC13, TO6: both ends of a range, both parts of a share."""
    _, content = form_of(changed(package("ngo"), "A2.1", entries=(entry,), **how), "WASH", 6)
    assert shown in "\n".join(texts_of(content, "form.xlsx"))


def test_every_text_of_the_form_fits_where_a_spreadsheet_shows_it() -> None:
    """A hint's title holds 32 letters and its text 255, else the file cannot be written or opened."""
    titles = {"not_there", "no_number", "no_day", "too_long", "day", "evidence"}
    texts_ = [
        (key, text) for group in ("text", "heading") for key, said in texts()[group].items() for text in said.values()
    ]
    assert [(key, text) for key, text in texts_ if len(text) > (32 if key in titles else 200)] == []
    assert {tuple(said) for group in texts().values() for said in group.values()} == {("th", "en")}


PAGES = (
    "/plans/ngo/works/A2/?month=6",
    "/plans/ngo/works/A2/months.csv?month=6",
    "/plans/ngo/entries/A2.1/6/",
    "/report/ngo/WASH/6/",
    "/report/ngo/WASH/6/?view=phone&at=L1",
    "/report/ngo/WASH/6/month.json",
)


def test_a_planned_range_stands_with_both_ends_wherever_its_lower_one_does(client: Client, person: People) -> None:
    """AC13: “85 of 80” would be a plan that nobody made."""
    ranged = {"formula": Formula.RANGE, "aggregation": Aggregation.LATEST}
    months = [Entry(month, planned=Decimal(8123), planned_upper=Decimal(9456)) for month in (5, 6)]
    plan_import(SYSTEM, package=changed(package("ngo"), "A2.1", entries=tuple(months), **ranged))
    client.force_login(person(Role.REPORTER, unit="WASH"))
    lower, both = re.compile(r"8,?123"), re.compile(r"8,?123(–9,?456|\", \"planned_upper\": \"9456\")")
    for page in PAGES:
        answer = client.get(page)
        # A chart draws the ends as lines of their own, each with its name.
        text = re.sub(r"(?s)<figure.*?</figure>", "", answer.content.decode())
        assert answer.status_code == 200, page
        assert len(lower.findall(text)) == len(both.findall(text)) > 0, page
