"""Kinds of the year's records in the package: without loss whatever they hold, laid over the plan once and for all."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.engine.model import (
    ContractState,
    Formula,
    Indicator,
    Narrative,
    Plan,
    Project,
    ProjectStatus,
    Site,
    SiteState,
    Source,
    Strategy,
    Unit,
)
from samrit.engine.ruleset import PERCENT_OF_PLAN
from samrit.engine.score import score
from samrit.engine.sites import committed_since
from samrit.engine.year import YearRecord, told
from samrit.package import PlanPackage, read, write
from samrit.package.kinds import KINDS, bare, in_order, laid
from samrit.package.kinds.declared import RecordKind
from samrit.package.kinds.procurement import CONTRACTS, MILESTONES, SUBPROJECTS, accepted_by
from samrit.package.schema import Field, Type, text
from samrit.plans.evaluation.frozen import up_to
from tests.package.plans import sources, texts
from tests.year_kinds import typed

WORK = Project(
    "P1",
    1,
    "งาน",
    "1",
    status=ProjectStatus.RUNNING,
    steps=("ขออนุมัติ", "ดำเนินการ"),
    indicators=(Indicator("P1.1", 1, "สถานที่ที่ก่อหนี้แล้ว", formula=Formula.SITES),),
    sites=(
        Site("1", "อาคาร ก", commitment_due_period=3),
        Site("2", "อาคาร ข", commitment_due_period=5, committed_period=7, done_period=9, outcome="done"),
    ),
    narratives=(Narrative(2, "ส่งแล้ว", source=Source("คำชี้แจง")),),  # a document may be called what it likes
)
_SIGNED = YearRecord("contracts", "7/2569", date(2026, 1, 5), (("number", "7/2569"), ("party", "บริษัท")))
OFFERED_UNIT = "กฝ."
OFFERED = {kind.name: typed(kind, replace(WORK, records=(_SIGNED,))) for kind in KINDS}
days = st.dates(date(2025, 1, 1), date(2027, 1, 1))
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(fold=0)
)


def value(kind: RecordKind, own: Field) -> st.SearchStrategy:
    """Return what a field may hold, in a package."""
    if (kind.name, own.name) == ("contracts", "number"):
        return st.just("7/2569")
    if own.name == "site":  # what a package names is there; a blank one is the whole work
        return st.sampled_from(["1", "2"] if own.required else ["", "1", "2"])
    if own.name in kind.choose or own.name in kind.units:
        return st.just(OFFERED[kind.name][own.name])
    by_type = {
        Type.DATE: days,
        Type.NUMBER: st.decimals(-1000 if own.minimum is None else own.minimum, own.maximum or 1000, places=2),
        Type.INTEGER: st.integers(max(own.minimum or 0, 0), own.maximum or 99),
        Type.FLAG: st.booleans(),
    }
    if own.choices is not None:
        found: st.SearchStrategy = st.sampled_from(list(own.choices))
    elif own.kind is Type.TEXT:
        return texts.filter(bool) if own.required else texts
    else:
        found = by_type[own.kind]
    return found if own.required or own.kind is Type.FLAG else st.none() | found


def records_of(kind: RecordKind) -> st.SearchStrategy:
    return st.builds(
        YearRecord,
        st.just(kind.name),
        st.sampled_from(["1", "2", "10", "ก / 3"]),
        days,
        st.tuples(*(st.tuples(st.just(f.name), value(kind, f)) for f in kind.fields)),
        st.integers(1, 4),
        st.booleans(),
        st.none() | moments,
        texts,
        texts,
        sources,
    )


def every(records: list[YearRecord]) -> tuple[YearRecord, ...]:
    """Return records of different keys, with the contract that instalments are of."""
    known = {(r.kind, r.id, r.revision): r for r in records}
    if any(r.kind == "instalments" for r in records) and not any(r.kind == "contracts" for r in records):
        known["contracts", "s", 1] = signed_contract()
    return in_order(known.values())


many = st.lists(st.one_of(*map(records_of, KINDS)), max_size=6).map(every)


def plan_of(records: tuple[YearRecord, ...]) -> Plan:
    plan = Plan("p", "แผน", 2569, strategies=(Strategy("1", "หนึ่ง"),), units=(Unit(OFFERED_UNIT, "หน่วย"),))
    return replace(plan, projects=(laid(replace(WORK, records=records), plan),))


@given(many)
@settings(max_examples=25)
def test_every_entering_of_every_kind_goes_out_and_in_again_without_loss(tmp_path_factory, records) -> None:
    folder, plan = tmp_path_factory.mktemp("year"), plan_of(records)
    write(PlanPackage(plan), folder / "plan")
    reading = read(folder / "plan")
    assert reading.findings == ()
    assert reading.package is not None
    assert repr(reading.package.plan) == repr(plan)  # 1.5 and 1.50 are told apart


@given(many)
@settings(max_examples=40)
def test_laying_twice_changes_nothing_and_leaves_the_records_alone(records) -> None:
    once = plan_of(records).projects[0]
    assert laid(once, plan_of(records)) == once
    assert once.records == records


@given(many, moments)
@settings(max_examples=40)
def test_what_is_told_is_the_last_that_was_known_then_in_the_order_it_happened(records, moment) -> None:
    for until in (None, moment):
        known = [r for r in records if until is None or r.known_from <= until]
        last = {(r.kind, r.id): r for r in sorted(known, key=lambda r: r.revision)}
        found = told(records, until)
        assert set(found) == {r for r in last.values() if not r.withdrawn}
        assert [r.happened_on for r in found] == sorted(r.happened_on for r in found)


@pytest.mark.parametrize(
    ("file", "column", "code"),
    [("instalments", "contract", "package_reference_unknown"), ("contracts", "site", "package_reference_unknown"),
     ("site_states", "site", "package_reference_unknown"), ("procurement_steps", "site", "package_reference_unknown"),
     *((kind.name, unit, "package_unit_unknown") for kind in KINDS for unit in sorted(kind.units))],
)  # fmt: skip
def test_a_record_that_names_nothing_is_told_with_its_line(tmp_path, file: str, column: str, code: str) -> None:
    """R252, R316: an unknown unit, contract or site in a record of any kind that can name one."""
    kind = next(k for k in KINDS if k.name == file)
    values, faults = kind.read(OFFERED[file], replace(WORK, records=(_SIGNED,)))
    assert not faults
    signed = signed_contract()
    named = tuple({**values, column: "ไม่มี"}.items())
    record = YearRecord(file, "1", date(2026, 2, 1), named)
    plan = plan_of((signed, record))
    write(PlanPackage(plan), tmp_path / "plan")
    found = {(f.code, f.place.column) for f in read(tmp_path / "plan").findings}
    columns = f"project, {column}" if code == "package_reference_unknown" else column
    assert found == {(code, columns)}


@given(many)
@settings(max_examples=25)
def test_a_plan_whose_records_are_all_withdrawn_is_the_plan_without_them(tmp_path_factory, records) -> None:
    """Laid, written, read, laid again and only then withdrawn: what the plan itself said was never lost."""
    folder, plan = tmp_path_factory.mktemp("bare"), plan_of(records)
    write(PlanPackage(plan), folder / "plan")
    package = read(folder / "plan").package
    assert package is not None
    (work,) = package.plan.projects
    gone = tuple(replace(r, withdrawn=True) for r in work.records)
    assert replace(laid(replace(work, records=gone), plan), records=()) == WORK
    assert replace(bare(work), records=()) == WORK


@given(many)
@settings(max_examples=40)
def test_a_month_scores_alike_in_the_whole_year_and_in_a_plan_cut_at_it(records) -> None:
    """I3: contracts and states of later months change no month before them (R189), nor do they stand in it."""
    plan = plan_of(records)
    for period in range(13):
        cut, whole = up_to(plan, period).projects[0], plan.projects[0]
        for one, other in zip(cut.sites, whole.sites, strict=True):
            assert committed_since(one, period) == committed_since(other, period)
        if period:
            assert figure_at(up_to(plan, period), period) == figure_at(plan, period)
        assert laid(cut, plan) == cut
        later = [n for n in cut.narratives if n.period > period]
        assert not later or period == 12


def figure_at(plan: Plan, period: int) -> object:
    (result,) = score(plan, PERCENT_OF_PLAN, period).projects
    return result.figure, result.band, result.state


def test_the_state_of_a_work_is_laid_over_it_when_a_package_is_read(tmp_path) -> None:
    states = (("1", 3, ProjectStatus.CANCELLED), ("2", 2, ProjectStatus.RUNNING))
    rest = (("words", ""), ("document", ""))
    records = tuple(YearRecord("work_states", own, date(2026, m, 1), (("state", s), *rest)) for own, m, s in states)
    write(PlanPackage(replace(plan_of(()), projects=(replace(WORK, records=records),))), tmp_path / "plan")
    package = read(tmp_path / "plan").package
    assert package is not None
    assert package.plan.projects[0].status is ProjectStatus.CANCELLED


@pytest.mark.parametrize(
    "cell", ["2026-03-28", "28/3/2569 09:15", "2026-03-28T09:15:00", "2026-13-01T09:15:00Z", "9999"]
)
def test_a_moment_without_its_zone_is_told_with_its_place(tmp_path, cell) -> None:
    entered = YearRecord("causes", "1", date(2026, 3, 1), (("cause", "other"), ("words", ""), ("unit", "")))
    write(PlanPackage(plan_of((entered,))), tmp_path / "plan")
    file = tmp_path / "plan" / "causes.csv"
    lines = file.read_text("utf-8").splitlines()
    at = lines[0].split(",").index("entered_at")
    cells = lines[1].split(",")
    file.write_text("\n".join([lines[0], ",".join([*cells[:at], cell, *cells[at + 1 :]])]) + "\n", "utf-8")
    (finding,) = read(tmp_path / "plan").findings
    assert (finding.code, finding.place.column) == ("package_cell_not_moment", "entered_at")


def test_a_moment_of_another_zone_is_the_same_moment(tmp_path) -> None:
    at = datetime(2026, 3, 28, 2, 15, tzinfo=UTC)
    entered = YearRecord(
        "causes", "1", date(2026, 3, 1), (("cause", "other"), ("words", ""), ("unit", "")), entered_at=at
    )
    write(PlanPackage(plan_of((entered,))), tmp_path / "plan")
    file = tmp_path / "plan" / "causes.csv"
    file.write_text(file.read_text("utf-8").replace("02:15:00.000000Z", "09:15:00+07:00"), "utf-8")
    package = read(tmp_path / "plan").package
    assert package is not None
    assert package.plan.projects[0].records[0].entered_at == at
    described = json.loads((tmp_path / "plan" / "datapackage.json").read_text("utf-8"))
    (fields,) = [r["schema"]["fields"] for r in described["resources"] if r["name"] == "causes"]
    assert next(f for f in fields if f["name"] == "entered_at")["type"] == "datetime"


@pytest.mark.parametrize(
    "wrong",
    [
        {"fields": ()},
        {"fields": (text("id", "ก", "a"),)},
        {"fields": (text("a", "ก", "a"), text("a", "ก", "a"))},
        {"public": frozenset({"b"})},
        {"key": ("a",)},
        {"counted": "b"},
    ],
)
def test_a_declaration_that_contradicts_itself_is_no_kind(wrong) -> None:
    with pytest.raises(ValueError, match="visits"):
        RecordKind(
            **{"name": "visits", "th": "ก", "en": "a", "day": ("ก", "a"), "fields": (text("a", "ก", "a"),), **wrong}
        )


def test_what_a_kind_no_longer_allows_stays_what_it_was() -> None:
    kind = KINDS[0]
    assert kind.cells(dict(kind.values({"state": "done"}))) == {"state": "done"}
    assert kind.values({"state": "gone"})[0] == ("state", "gone"), "what is no longer allowed stays"


def signed_contract() -> YearRecord:
    """A contract of the whole work that is in force."""
    given = {"number": "7/2569", "party": "ก", "value": Decimal(1), "state": ContractState.IN_FORCE}
    return recorded("contracts", "s", date(2026, 1, 5), **given)


def recorded(kind: str, own: str, day: date, **values: object) -> YearRecord:
    declared = next(k for k in KINDS if k.name == kind)
    blanks = dict(declared.values({}))
    return YearRecord(kind, own, day, tuple({**blanks, **values}.items()))  # type: ignore[arg-type]


def test_sites_are_committed_by_contracts_and_states_in_the_month_they_happened() -> None:
    """R189, R254: a contract commits its site, a later state may say otherwise, what is done was committed."""
    signed = recorded("contracts", "1", date(2026, 5, 7), number="1", site="1", state=ContractState.IN_FORCE)
    work = plan_of((signed,)).projects[0]
    assert [s.committed_period for s in work.sites] == [5, 7]
    assert work.sites[0].outcome == "committed"
    ended = recorded("site_states", "1", date(2026, 8, 1), site="1", state=SiteState.NOT_COMMITTED)
    assert plan_of((signed, ended)).projects[0].sites[0].committed_period is None
    done = recorded("site_states", "2", date(2026, 9, 9), site="2", state=SiteState.DONE)
    site = plan_of((signed, ended, done)).projects[0].sites[1]
    assert (site.committed_period, site.done_period, site.outcome) == (7, 9, "done"), "the plan itself says July"
    new = replace(WORK, sites=(Site("2", "อาคาร ข"),), records=(done,))
    assert laid(new, plan_of(())).sites[0].committed_period == 9
    gone = recorded("contracts", "2", date(2026, 5, 7), number="2", site="1", state=ContractState.TERMINATED)
    early = recorded("contracts", "3", date(2025, 11, 7), number="3", site="1", state=ContractState.FINISHED)
    assert [plan_of((r,)).projects[0].sites[0].committed_period for r in (gone, early)] == [None, 1]


def test_instalments_are_counted_by_the_contract_of_their_site_in_any_order() -> None:
    """R191, R252: paid and accepted in any order; by a day only those accepted by then."""
    signed = recorded("contracts", "1", date(2026, 1, 7), number="1", site="1", state=ContractState.IN_FORCE)
    days = {1: date(2026, 3, 1), 2: None, 3: date(2026, 6, 1), 4: None}
    rows = [
        recorded("instalments", f"1 / {n}", date(2026, 6, 2), contract="1", number=n, accepted_on=on)
        for n, on in days.items()
    ]
    work = plan_of((signed, *rows)).projects[0]
    assert (work.sites[0].instalments, work.sites[0].instalments_accepted) == (4, 2)
    assert [accepted_by(work, "1", date(2026, m, 28)) for m in (2, 3, 6)] == [0, 1, 2]
    assert accepted_by(work, "2", date(2026, 6, 28)) is None


def test_an_explanation_stands_once_among_the_words_with_its_own_day() -> None:
    """R165: an explanation of December's results may tell what happened in February."""
    first = recorded("explanations", "1", date(2027, 2, 6), period=12, cause="รอผล")
    words = replace(WORK, narratives=(Narrative(12, "ผล"),))
    once = laid(replace(words, records=(first,)), plan_of(()))
    assert [(n.period, n.cause, n.written_on) for n in once.narratives[1:]] == [(12, "รอผล", date(2027, 2, 6))]
    again = replace(first, revision=2, values=(*first.values[:2], ("cause", "ได้ผลแล้ว"), *first.values[3:]))
    corrected = laid(replace(once, records=(first, again)), plan_of(()))
    assert [n.cause for n in corrected.narratives] == ["", "ได้ผลแล้ว"]


@pytest.mark.parametrize("typed_year", ["2567", "๒๕๖๗", "2024", "พ.ศ. 2567"])
def test_a_year_is_typed_in_either_era_and_kept_in_one(typed_year: str) -> None:
    kind = next(k for k in KINDS if k.name == "carried_in")
    values, faults = kind.read(
        {"from_year_be": typed_year, "amount": "5", "sort": "committed"}, Project("P1", 1, "", "")
    )
    assert (values["from_year_be"], faults) == (2567, ())


def test_no_year_of_a_record_is_a_number_with_thousands() -> None:
    """A column of years is known by its name wherever it is typed or read."""
    years = [field for kind in KINDS for field in kind.fields if field.minimum is not None and field.minimum > 1900]
    assert years
    assert all(field.is_year for field in years)


@pytest.mark.parametrize(
    ("state", "waits"), [("submitted", True), ("designed", True), ("accepted", False), ("refused", False)]
)
def test_a_sub_project_waits_for_a_decision_and_names_a_site_of_its_work(state: str, waits: bool) -> None:
    """R260: a unit asks, by a day it is decided about, and what it became is a site that the work has."""
    typed_in = {"title": "ซ่อมห้องน้ำ", "unit": OFFERED_UNIT, "state": state, "due_on": "31/3/2569", "site": "1"}
    values, faults = SUBPROJECTS.read(typed_in, WORK)
    assert faults == ()
    due = SUBPROJECTS.overdue_since(YearRecord("subprojects", "1", date(2026, 1, 5), tuple(values.items())))
    assert due == (date(2026, 3, 31) if waits else None)
    assert [f.place.column for f in SUBPROJECTS.read({**typed_in, "site": "9"}, WORK)[1]] == ["site"]


def test_what_is_bought_names_the_rules_it_is_bought_by() -> None:
    """R258: both a step of a procurement and a contract say by which act and rule."""
    assert [kind.field("basis").en for kind in (MILESTONES, CONTRACTS)] == ["Legal basis"] * 2
