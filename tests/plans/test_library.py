"""R61, R62: one definition of an indicator used by many works, plans and years, found whatever it is called there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samrit.engine.model import Direction, IndicatorCard
from samrit.package import PlanPackage
from samrit.package.rows import typed
from samrit.plans.drafting.document import standing
from samrit.plans.drafting.library.uses import CARD, DEFINING, Use, differences, entry_of, library
from samrit.plans.drafting.reading import read_draft
from samrit.plans.errors import NotVisible, ServiceError
from samrit.plans.models import PlanDraft, Role
from samrit.plans.selectors.office.library import library_for, names_known
from samrit.plans.services.draft.defining import definition_take
from samrit.plans.services.draft.opening import draft_copy, draft_open
from samrit.plans.services.draft.rows import RowInput, draft_save
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import People, small_plan


def use(plan: str, name: str, at: str = "1", identity: str = "", **cells: str) -> Use:
    return Use(plan, "2569", "W", "", at, name, identity, "", "", {**dict.fromkeys((*DEFINING, *CARD), ""), **cells})


def groups(*uses: Use) -> list[list[str]]:
    return [sorted(f"{u.plan}{u.id}" for u in entry.uses) for entry in library(uses)]


def test_one_name_is_one_indicator_however_it_is_spelled() -> None:
    assert groups(use("a", "จำนวนผู้เข้าอบรม"), use("b", "จำนวน ผู้เข้าอบรม "), use("c", "อื่น")) == [["a1", "b1"], ["c1"]]


def test_an_identity_holds_whatever_the_name_and_a_name_joins_the_one_identity_that_bears_it() -> None:
    assert groups(use("a", "ก", identity="x"), use("b", "ข", identity="x"), use("c", "ข")) == [["a1", "b1", "c1"]]


def test_one_name_of_two_identities_joins_neither() -> None:
    assert groups(use("a", "ก", identity="x"), use("b", "ก", identity="y"), use("c", "ก")) == [["a1"], ["b1"], ["c1"]]


def test_an_identity_made_of_plan_and_id_means_that_indicator_though_it_bears_none() -> None:
    assert groups(use("a", "เดิม", "7"), use("", "ชื่อใหม่", "9", identity="a:7")) == [["9", "a7"]]


def test_blank_says_nothing_and_differs_from_none() -> None:
    uses = [
        use("a", "ก", direction="higher"),
        use("b", "ก"),
        use("c", "ก", direction="lower"),
        use("d", "ก", direction="higher"),
    ]
    (told,) = differences(uses, "en")
    assert [(text, [u.plan for u in users]) for text, users in told.texts] == [("higher", ["a", "d"]), ("lower", ["c"])]


def with_card(package: PlanPackage, *, direction: Direction, method: str) -> PlanPackage:
    (work,) = package.plan.projects
    indicators = tuple(replace(i, direction=direction) for i in work.indicators)
    cards = (IndicatorCard("P1.1", method=method),)
    return replace(package, plan=replace(package.plan, projects=(replace(work, indicators=indicators),), cards=cards))


@pytest.mark.django_db
class TestDraft:
    def draft(self) -> PlanDraft:
        plan_import(SYSTEM, package=with_card(small_plan(), direction=Direction.LOWER, method="นับจากทะเบียน"))
        return draft_open(SYSTEM, files=typed(small_plan(code="new-2570", year_be=2570)))

    def test_a_definition_is_taken_over_and_outlives_name_and_code(self, person: People) -> None:
        draft, planner = self.draft(), person(Role.PLANNER)
        entry = entry_of(library_for(planner, draft), "P1.1")
        assert [u.plan for u in entry.uses] == ["", "small-2569"]
        assert {d.column for d in differences(entry.uses, "th")} == {"direction"}
        weight = standing(draft)["indicators"][1].cells["weight"]
        definition_take(planner, draft=draft, indicator="P1.1", use=entry.uses[1])
        own = read_draft(draft).package.plan.projects[0].indicators[0]
        assert (own.direction, own.identity, str(own.weight)) == (Direction.LOWER, "small-2569:P1.1", weight)
        assert read_draft(draft).package.plan.cards[0].method == "นับจากทะเบียน"
        draft_save(SYSTEM, draft=draft, file="indicators", rows=[RowInput(1, {"id": "P1.9", "name": "ชื่อใหม่"}, 1)])
        entry = entry_of(library_for(planner, draft), "P1.9")
        assert [u.plan for u in entry.uses] == ["", "small-2569"]
        assert differences(entry.uses, "th") == ()
        assert "ชื่อใหม่" in names_known(library_for(planner, draft))

    def test_next_year_s_indicators_are_last_year_s_whatever_they_become(self, person: People) -> None:
        plan = plan_import(SYSTEM, package=small_plan())
        draft = draft_copy(SYSTEM, plan=plan, code="next-2570", year_be=2570)
        draft_save(SYSTEM, draft=draft, file="indicators", rows=[RowInput(1, {"id": "ใหม่", "name": "ชื่อใหม่"})])
        assert len(entry_of(library_for(person(Role.PLANNER), draft), "ใหม่").uses) == 2

    def test_two_of_one_draft_bear_the_identity_both(self) -> None:
        draft = draft_open(SYSTEM, files=typed(small_plan(indicators=2)))
        other = use(
            "", "ก", "P1.2", **{n: t for n, t in standing(draft)["indicators"][2].cells.items() if n in DEFINING}
        )
        definition_take(SYSTEM, draft=draft, indicator="P1.1", use=other)
        assert {r.cells["identity"] for r in standing(draft)["indicators"].values()} == {"small-2569:P1.2"}

    def test_what_is_not_there_or_not_theirs_is_not_defined(self, person: People) -> None:
        draft = self.draft()
        with pytest.raises(NotVisible):
            definition_take(SYSTEM, draft=draft, indicator="nothing", use=use("a", "ก"))
        with pytest.raises(ServiceError, match="not_allowed"):
            definition_take(person(Role.EXECUTIVE), draft=draft, indicator="P1.1", use=use("a", "ก"))
