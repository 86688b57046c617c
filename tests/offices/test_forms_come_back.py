"""A plan written as its form comes back whole through the reader of forms (issue M, point 8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from samrit.cli.main import main
from samrit.engine.model import Aggregation, Comparator, Entry, Formula, LookSetting, Mark, Plan, Tactic, Target
from samrit.engine.ruleset import Band, Method, PointScale, RollUp, RuleSet
from samrit.engine.score import score
from samrit.intake.forms.columns import tables
from samrit.intake.forms.template import write_filled, write_template
from samrit.intake.importer import import_documents
from samrit.package import PlanPackage, read, write
from samrit.package.flatten import rows_of
from samrit.package.ready_rules import LOOKS, ready_rules
from samrit.plans.evaluation.filled_plan import read_sent_plan
from samrit.reports.document.model import TableBlock
from samrit.reports.evaluation import report
from samrit.vocabulary.findings import Severity, sentence
from samrit.vocabulary.speech import LevelName, Speech, currency, speaking
from samrit.vocabulary.terms import code_of, groups, label
from tests.offices.forms import package
from tests.plans.office import example

NAMES = ("tambon", "faculty", "ngo", "health-district", "province", "okr")
_PLACES = frozenset({"source_document", "source_page", "source_line", "source_cell"})


def told(kept: PlanPackage) -> Mapping[str, list[dict[str, Any]]]:
    """Return all that a package says but where it was read: a target's words are its figure's."""
    rows = rows_of(kept)
    return {
        name: [
            {
                column: value
                for column, value in row.items()
                if column not in _PLACES and (name, column) not in {("plan", "id"), ("targets", "text")}
            }
            for row in table
        ]
        for name, table in rows.items()
    }


def again(kept: PlanPackage, path: Path, language: str) -> PlanPackage:
    write_filled(path, kept, language=language)
    found = import_documents([path]).package
    assert found is not None
    return found


@pytest.mark.parametrize("office", NAMES)
def test_an_office_comes_back_whole(office: str, tmp_path: Path) -> None:
    plan = package(office)
    language = plan.plan.language or "th"
    assert told(again(plan, tmp_path / "form.xlsx", language)) == told(plan)


def test_the_command_writes_a_filled_form(tmp_path: Path) -> None:
    write(package("okr"), tmp_path / "okr")
    form = tmp_path / "form.xlsx"
    done = CliRunner().invoke(main, ["template", str(form), "--from", str(tmp_path / "okr"), "--lang", "en"])
    assert done.exit_code == 0, done.output
    found = import_documents([form]).package
    assert found is not None
    assert isinstance(found.plan, Plan)
    assert [p.title for p in found.plan.projects] == [p.title for p in package("okr").plan.projects]


FIVE = tuple(
    Band(code, f"ระดับ {n}", f"Grade {n}", None if n == 5 else Decimal(20 * n), upper_inclusive=n == 2)
    for n, code in enumerate(("improve", "low", "fair", "good", "best"), 1)
)
RULES = (
    example("sso-2568").rulesets[0],
    replace(ready_rules()["level-5"], id="five", bands=FIVE, cap=None, second_cap=None, explain_below=""),
    replace(
        ready_rules()["anchors-3"],
        id="other",
        roll_up=RollUp.WORKS,
        cap=Decimal("120.5"),
        percent_places=3,
        lowest_for_best=Decimal(60),
        report_due_rolls=False,
        scale=PointScale((Decimal(1), Decimal(2)), (Decimal(10), Decimal(20)), interpolated=False, floor=Decimal(5)),
    ),
)


@pytest.mark.parametrize("rules", RULES, ids=lambda rules: rules.id)
@pytest.mark.parametrize("language", ["th", "en"])
def test_rules_of_a_plans_own_come_back_whole(rules: RuleSet, language: str, tmp_path: Path) -> None:
    """BA1, AC7, DI1, RU5: every choice of a rule set that is no ready-made one stands on the form's sheets."""
    kept = package("ngo")
    own = replace(kept, plan=replace(kept.plan, ruleset=rules.id), rulesets=(rules,))
    assert again(own, tmp_path / "form.xlsx", language).ruleset() == _coloured(rules)


def _coloured(rules: RuleSet) -> RuleSet:
    """Return rules as a form makes them: a band without colour or sign has those of its code (BA3)."""
    looks = [(band, *LOOKS.get(band.code, LOOKS["other"])) for band in rules.bands]
    return replace(
        rules,
        bands=tuple(
            replace(
                band,
                colour=band.colour or colour,
                colour_name=band.colour_name or name,
                colour_name_en=band.colour_name_en or name_en,
                sign=band.sign or sign,
            )
            for band, colour, name, name_en, sign in looks
        ),
    )


def test_a_form_describes_its_own_bands_as_a_person_would(tmp_path: Path) -> None:
    """Names in one language and limits alone: codes, colours and texts are made, the rest is as the chosen set says."""
    path = tmp_path / "form.xlsx"
    write_filled(path, package("tambon"))
    book = openpyxl.load_workbook(path)
    heads = {cell.value: cell.column for cell in book["ระดับผล"][1]}
    for row, (name, below, up_to) in enumerate([("แย่", 60, None), ("พอใช้", None, 80), ("เยี่ยม", None, None)], 2):
        for head, value in (("ชื่อระดับผล", name), ("ต่ำกว่า", below), ("ไม่เกิน", up_to)):
            book["ระดับผล"].cell(row, heads[head], value)
    book.save(path)
    found = import_documents([path])
    assert found.package is not None
    rules = found.package.ruleset()
    assert rules is not None
    bands = [(b.code, b.name, b.name_en, b.upper, b.upper_inclusive) for b in rules.bands]
    assert bands == [
        ("improve", "แย่", "แย่", 60, False),
        ("fair", "พอใช้", "พอใช้", 80, True),
        ("good", "เยี่ยม", "เยี่ยม", None, False),
    ]
    assert (rules.id, rules.method, rules.explain_below) == ("own", Method.PERCENT_OF_PLAN, "improve")
    assert {"band_never_reached", "best_band_limited"}.isdisjoint(f.code for f in found.findings)


def test_a_tree_of_any_depth_comes_back_whole(tmp_path: Path) -> None:
    """Tactics under tactics, each level called by its own name."""
    kept = package("ngo")
    tactics = (
        Tactic("OC1.1", "OC1", "Wells give water", level_name_en="Output"),
        Tactic("OC1.1.1", "OC1", "Sites chosen", parent="OC1.1", level_name="ผลย่อย", level_name_en="Sub-output"),
    )
    projects = tuple(replace(p, tactic="OC1.1.1" if p.id == "A2" else "") for p in kept.plan.projects)
    own = replace(kept, plan=replace(kept.plan, tactics=tactics, projects=projects))
    found = again(own, tmp_path / "form.xlsx", "en")
    assert told(found) == told(own)
    ruleset = own.ruleset()
    assert ruleset is not None
    document = report.build(score(own.plan, ruleset, 6), language="en")
    text = [cell.text for b in document.blocks if isinstance(b, TableBlock) for row in b.rows for cell in row.cells]
    headings = [line for line in text if line.startswith(("Output ", "Sub-output ", "Tactic"))]
    assert headings == ["Output OC1.1: Wells give water", "Sub-output OC1.1.1: Sites chosen"]


def test_thresholds_of_a_period_come_back(tmp_path: Path) -> None:
    kept = package("faculty")
    first, *others = kept.plan.projects
    measure, *more = first.indicators
    levels = tuple(replace(v, thresholds=((7, Decimal(90 + v.number)),)) for v in measure.levels)
    projects = (replace(first, indicators=(replace(measure, levels=levels), *more)), *others)
    own = replace(kept, plan=replace(kept.plan, projects=projects))
    assert told(again(own, tmp_path / "form.xlsx", "th")) == told(own)


def test_what_is_said_seldom_comes_back_too(tmp_path: Path) -> None:
    """Names in a second language, kinds of units, and what joins lines and indicators that are one (R15, R171)."""
    kept = package("tambon")
    plan = kept.plan
    first, second, *others = plan.projects
    measure, *more = first.indicators
    joined = replace(measure, identity="same", interpolated=True, years_add_up=True, baseline_year_be=2568)
    taken = replace(second.indicators[0], identity="same", figures_of=measure.id)
    said = replace(
        plan,
        title_en="Tambon plan",
        organisation_en="Tambon",
        numbering="per_plan",
        strategies=tuple(replace(s, name_en=f"Strategy {s.code}") for s in plan.strategies),
        units=tuple(replace(u, name_en=f"Unit {u.code}", type="กอง", region="เหนือ") for u in plan.units),
        projects=(
            replace(first, identity="one", indicators=(joined, *more)),
            replace(second, identity="one", indicators=(taken, *second.indicators[1:])),
            *others,
        ),
        look=(LookSetting("digits", "thai"), LookSetting("ready", "short")),
    )
    own = replace(kept, plan=said)
    assert told(again(own, tmp_path / "form.xlsx", "th")) == told(own)


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_choice_of_a_list_is_one_choice(language: str, tmp_path: Path) -> None:
    """A spreadsheet takes a list that stands in the validation itself apart at its commas, also within a choice."""
    path = tmp_path / "form.xlsx"
    write_template(path, language=language)
    book, offered = openpyxl.load_workbook(path), set[tuple[str, ...]]()
    for sheet in book:
        for validation in sheet.data_validations.dataValidation:
            name, _, area = validation.formula1.rpartition("!")
            (cells,) = book[name.strip("'")][area.replace("$", "")]
            offered.add(tuple(cell.value for cell in cells))
    groups_used = {column.type.partition(":")[2] for t in tables().values() for column in t.columns if not t.only_read}
    wanted = {tuple(label(code, language, g) for code in groups()[g].terms) for g in groups_used & groups().keys()}
    assert offered <= wanted
    assert tuple(label(code, language, "ready_rules") for code in groups()["ready_rules"].terms) in offered


def test_targets_of_other_years_come_back_in_either_era(tmp_path: Path) -> None:
    kept = package("ngo")
    first, *others = kept.plan.projects
    measure, *more = first.indicators
    year = kept.plan.year_be
    targets = (*measure.targets, Target(year + 1, Decimal(70), Comparator.AT_LEAST))
    projects = (replace(first, indicators=(replace(measure, targets=targets), *more)), *others)
    own = replace(kept, plan=replace(kept.plan, projects=projects))
    assert told(again(own, tmp_path / "form.xlsx", "en")) == told(own)


def test_a_year_that_is_none_is_told_by_its_own_heading_and_makes_no_target(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write_filled(path, package("ngo"), language="en")
    book = openpyxl.load_workbook(path)
    for at, value in enumerate((package("ngo").plan.projects[0].indicators[0].id, "next year", "at least", 70), 1):
        book["Yearly targets"].cell(2, at, value)
    book.save(path)
    found = import_documents([path])
    assert found.package is not None
    years = {t.year_be for p in found.package.plan.projects for i in p.indicators for t in i.targets}
    assert years == {found.package.plan.year_be}
    (unread,) = (f for f in found.findings if f.code == "intake_form_value_not_read")
    assert unread.params == {"text": "next year", "heading": "Year (CE)"}


def test_a_range_is_printed_with_both_ends(tmp_path: Path) -> None:
    """AC13: as the year's target, as each month's plan and as the plan to date."""
    kept = package("ngo")
    first, *others = kept.plan.projects
    own = first.indicators[0]
    ranged = replace(
        own,
        formula=Formula.RANGE,
        aggregation=Aggregation.LATEST,
        targets=(Target(kept.plan.year_be, Decimal(80), text="80–90", upper=Decimal(90)),),
        entries=(Entry(3, planned=Decimal(80), planned_upper=Decimal(90), actual=Decimal(85)),),
    )
    plan = replace(kept.plan, projects=(replace(first, indicators=(ranged, *first.indicators[1:])), *others))
    ruleset = kept.ruleset()
    assert ruleset is not None
    document = report.build(score(plan, ruleset, 3), language="en")
    cells = [cell.text for b in document.blocks if isinstance(b, TableBlock) for row in b.rows for cell in row.cells]
    assert cells.count("80–90") == 3
    back = again(replace(kept, plan=plan), tmp_path / "form.xlsx", "en").plan.projects[0].indicators[0]
    assert (back.targets[0].text, back.entries[0].planned_upper) == ("80–90", Decimal(90))


def test_what_no_month_year_or_category_can_be_is_told_and_left_out(tmp_path: Path) -> None:
    """A form never makes a package that can't be read: numbers keep to what the package takes (R298)."""
    path = tmp_path / "form.xlsx"
    write_filled(path, package("ngo"), language="en")
    own = package("ngo").plan.projects[0].indicators[0].id
    book = openpyxl.load_workbook(path)
    rows = {
        "Monthly": [(own, "WASH", 13, 5, 5), (own, "WASH", None, 5, 5), (own, "WASH", 2.5, 5, 5)],
        "Levels": [(own, 1.5, 5), (own, None, 5)],
        "Yearly targets": [(own, 99_999, None, 5), (own, None, None, 5)],
        "Breakdowns": [(own, "Sex", None), (own, None, "Women")],
    }
    for name, held in rows.items():
        for at, row in enumerate(held, 2):
            for column, value in enumerate(row, 1):
                book[name].cell(at, column, value)
    book.save(path)
    found = import_documents([path])
    assert found.package is not None
    codes = [f.code for f in found.findings if f.code.startswith("intake_form")]
    assert codes.count("intake_form_value_not_read") == 4
    assert codes.count("intake_form_cell_empty") == 5
    write(found.package, tmp_path / "kept")
    kept = read(tmp_path / "kept")
    assert kept.findings == ()


OWN = Speech(
    "ce",
    currency("LAK"),
    strategy=LevelName("เป้าหมาย", "Objective/Objectives"),
    tactic=LevelName("ผลลัพธ์", "Theme/Themes"),
    project=LevelName("กิจกรรม", "Key result/Key results"),
    has_funds=False,
    planner=LevelName("ห้องการแผน", "Strategy desk"),
)
CHOSEN = {column.type.partition(":")[2] for table in tables().values() for column in table.columns} - {""}


@pytest.mark.parametrize("group", sorted(CHOSEN))
def test_what_a_form_offers_to_choose_is_understood_where_it_was_chosen(group: str) -> None:
    """In the plan's own words too: label and code_of are each other's way back."""
    with speaking(OWN):
        for code in groups()[group].terms:
            assert [code_of(label(code, language, group), group) for language in ("th", "en")] == [code, code]


@pytest.mark.parametrize(("word", "level"), [("Outcome", "strategy"), ("Output", "tactic"), ("Deliverable", "tactic")])
def test_a_line_that_measures_a_level_names_it_as_the_plan_does(word: str, level: str, tmp_path: Path) -> None:
    """RU5: by the plan's word for strategies or tactics, or by what tactics of its own depth are called."""
    kept = package("ngo")
    plan = replace(
        kept.plan, tactics=(Tactic("D1", kept.plan.strategies[0].code, "Wells", level_name_en="Deliverable"),)
    )
    path = tmp_path / "form.xlsx"
    write_filled(path, replace(kept, plan=plan), language="en")
    book = openpyxl.load_workbook(path)
    heads = {cell.value: cell.column for cell in book["Works"][1]}
    book["Works"].cell(2, heads["Measures the"], word)
    book.save(path)
    found = import_documents([path])
    assert found.package is not None
    assert found.package.plan.projects[0].level == level
    assert [f for f in found.findings if f.code.startswith("intake_form")] == []


def test_a_word_that_cannot_be_chosen_is_told_with_those_that_can(tmp_path: Path) -> None:
    """It would stand for another word, as “higher is better” where a form says “less is fine”: an error."""
    path = tmp_path / "form.xlsx"
    write_filled(path, package("ngo"), language="en")
    book = openpyxl.load_workbook(path)
    heads = {cell.value: cell.column for cell in book["Indicators"][1]}
    book["Indicators"].cell(2, heads["Direction"], "less is fine")
    book.save(path)
    (told,) = (f for f in import_documents([path]).findings if f.code.startswith("intake_form"))
    assert told.severity is Severity.ERROR
    assert "less is fine" in sentence(told, "en")
    assert "higher is better, lower is better" in sentence(told, "en")
    files, found = read_sent_plan(path.read_bytes(), "form.xlsx", "form")
    assert files is None, "a form is taken whole or not at all"
    assert told.code in {f.code for f in found}


def test_a_form_that_was_written_is_never_refused(tmp_path: Path) -> None:
    """A year without a value lacks nothing that the form could ask for."""
    kept = package("ngo")
    first, *others = kept.plan.projects
    own = first.indicators[0]
    untold = replace(own, targets=(Target(kept.plan.year_be - 1, Mark.BLANK), *own.targets))
    plan = replace(kept.plan, projects=(replace(first, indicators=(untold, *first.indicators[1:])), *others))
    path = tmp_path / "form.xlsx"
    write_filled(path, replace(kept, plan=plan), language="en")
    files, found = read_sent_plan(path.read_bytes(), "form.xlsx", "form")
    assert [f.code for f in found if f.severity is Severity.ERROR] == []
    assert files is not None
