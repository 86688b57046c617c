"""The plans above as data: whole, named in both languages, with the tree and the years of the real ones (R273–R278)."""

from __future__ import annotations

import pytest

from samrit.vocabulary.plans_above import (
    edition_of,
    editions,
    goal_code,
    goal_name,
    goals_offered,
    kind_name,
    kinds,
    level_of,
)


@pytest.mark.parametrize(
    ("kind", "count"), [("national_strategy", 6), ("master_plan", 23), ("milestone", 13), ("sdg", 17)]
)
def test_every_plan_above_has_its_goals_in_order(kind: str, count: int) -> None:
    edition = edition_of(kind, 2568)
    assert edition is not None
    assert edition.codes == tuple(str(n) for n in range(1, count + 1))
    assert kind in kinds()


def test_every_goal_has_both_names_and_every_edition_its_source_and_years() -> None:
    for edition in editions():
        assert edition.source
        assert edition.th
        assert edition.en
        assert edition.from_be <= edition.until_be
        assert kind_name(edition.kind, "th") != edition.kind
        for goal in edition.goals.values():
            assert goal.th
            assert goal.en
            assert not any("ก" <= letter <= "๛" for letter in goal.en)


def test_editions_of_a_kind_never_hold_in_the_same_year() -> None:
    for edition in editions():
        for year in (edition.from_be, edition.until_be):
            assert edition_of(edition.kind, year) is edition


def test_a_goal_serves_one_that_is_there() -> None:
    master, national = edition_of("master_plan", 2569), edition_of("national_strategy", 2569)
    assert master is not None
    assert national is not None
    serves = [goal.serves for goal in master.goals.values()]
    assert serves == [*"1122222223333344455666", ""]
    assert set(serves) - {""} == set(national.goals)


def test_a_detail_belongs_to_its_goal_and_one_with_a_name_of_its_own_has_it() -> None:
    assert (goal_code("sdg", "1.3", 2569), goal_name("sdg", "1.3", 2569, "en")) == ("1", "No poverty")
    assert goal_name("fund_dimension", "5.2", 2569, "th") == "การบริหารทรัพยากรบุคคล"
    assert goal_code("fund_dimension", "5.2", 2569) == "5"
    assert goal_name("fund_track", "developing.2.1.2", 2569, "th") == "ทุนที่อยู่ระหว่างการพัฒนา"


def test_an_open_kind_and_a_year_without_an_edition_have_no_names_and_keep_what_is_written() -> None:
    assert goal_name("ministry_plan", "3.1", 2569, "th") == ""
    assert goal_code("ministry_plan", "3.1", 2569) == "3.1"
    assert edition_of("milestone", 2571) is None
    assert "milestone" not in {label.partition(":")[0] for _, label in goals_offered(2571, "en")}


def test_the_levels_are_those_of_the_national_system() -> None:
    named = ("national_strategy", "master_plan", "milestone", "national_plan", "office_plan", "award")
    assert [level_of(kind) for kind in named] == [1, 2, 2, 2, 3, 0]


def test_another_countrys_plan_without_funds_is_offered_what_is_everybodys() -> None:
    offered = {label.partition(":")[0] for _, label in goals_offered(2569, "en", country="KE", has_funds=False)}
    assert offered == {kind_name("sdg", "en")}
    own = {label.partition(":")[0] for _, label in goals_offered(2569, "en", country="", has_funds=False)}
    assert {kind_name("master_plan", "en"), kind_name("sdg", "en")} < own
    assert kind_name("fund_track", "en") not in own


def test_directions_of_personnel_development_hold_for_their_five_years() -> None:
    """R268: three of them, from 2566 to 2570; later years are offered none until their edition is known."""
    for year, count in ((2565, 0), (2566, 3), (2570, 3), (2571, 0)):
        offered = [label for _, label in goals_offered(year, "th") if label.startswith("แนวทางการพัฒนาบุคลากรภาครัฐ")]
        assert len(offered) == count
