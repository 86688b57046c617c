"""The words of the field: every code has a Thai and an English label, and is found again by either."""

import re
from enum import StrEnum

import pytest

from samrit.engine import choices, model, results, ruleset
from samrit.plans.models.publications import PublicationChannel
from samrit.vocabulary.findings import Severity
from samrit.vocabulary.terms import Term, code_of, groups, label, term

ENUMS: dict[str, type[StrEnum]] = {
    "allotment_sort": choices.AllotmentSort,
    "publication_channel": PublicationChannel,
    "aggregation": model.Aggregation,
    "consolidation": model.Consolidation,
    "entry_basis": model.EntryBasis,
    "direction": model.Direction,
    "formula": model.Formula,
    "quantity": model.Quantity,
    "rhythm": model.Rhythm,
    "roll_up": ruleset.RollUp,
    "kind": model.Kind,
    "project_status": model.ProjectStatus,
    "comparator": model.Comparator,
    "money_state": model.MoneyState,
    "state": results.State,
    "severity": Severity,
    "cause": model.Cause,
    "action_state": model.ActionState,
    "review_decision": model.ReviewDecision,
    "site_state": model.SiteState,
    "step_state": choices.StepState,
    "procurement_step": model.ProcurementStep,
    "contract_state": model.ContractState,
    "position_list": choices.PositionList,
    "position_state": choices.PositionState,
    "transparency_class": choices.TransparencyClass,
    "assessment_tool": choices.AssessmentTool,
    "carry_over_kind": model.CarryOverKind,
    "carry_over_state": model.CarryOverState,
    "method": ruleset.Method,
    "silent_units": ruleset.SilentUnits,
    "without_plan": ruleset.WithoutPlan,
}
STYLE_WORDS = """
plan strategy tactic programme project kind indicator unit_of_measure baseline target weight planned actual result
aggregation direction milestone responsible_unit supporting_unit alignment remark achievement_percent rubric level scale
band score evaluation evaluator evidence obstacle corrective_action recommendation audit_finding finding fund budget
disbursement commitment carry_over fiscal_year period quarter monthly_report revision history_entry
""".split()
EVERY = [word for group in groups().values() for word in group.terms.values()]


def name(word: Term) -> str:
    return f"{word.group}.{word.code}"


@pytest.mark.parametrize("group", ENUMS)
def test_a_group_has_exactly_the_values_of_its_enumeration(group: str) -> None:
    assert list(groups()[group].terms) == [member.value for member in ENUMS[group]]


def test_every_enumeration_of_the_contract_is_a_group() -> None:
    contract = {
        value
        for module in (model, results, ruleset)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum
    }
    assert contract - set(ENUMS.values()) == set()


@pytest.mark.parametrize("code", [*STYLE_WORDS, "submit", "return", "approve", "close"])
def test_every_word_of_the_style_guide_has_labels(code: str) -> None:
    assert label(code, "th")
    assert label(code, "en")


@pytest.mark.parametrize("word", EVERY, ids=name)
def test_labels_are_thai_and_english(word: Term) -> None:
    assert re.search("[ก-๙]", word.th)
    assert re.search("[A-Za-z]", word.en)
    assert not re.search("[ก-๙]", word.en)
    assert "\u0e4d\u0e32" not in word.th


@pytest.mark.parametrize("word", EVERY, ids=name)
def test_a_word_is_found_again_by_each_of_its_spellings(word: Term) -> None:
    for spelling in (word.code, word.th, word.en, word.en.upper(), *word.also):
        assert code_of(spelling, word.group) == word.code


@pytest.mark.parametrize("member", [m for enum in ENUMS.values() for m in enum] + list(model.Mark), ids=str)
def test_a_member_is_labelled_from_the_group_of_its_class(member: StrEnum) -> None:
    word = term(member)
    assert word.group == re.sub(r"(?<!^)(?=[A-Z])", "_", type(member).__name__).lower()


def test_one_code_in_two_groups_is_told_apart() -> None:
    assert label(model.Formula.RATIO) == "ผลเทียบแผน"
    assert label(model.Aggregation.RATIO) == "ตัวตั้งรวมหารตัวหารรวม"
    assert label("ratio", "th", "formula") == "ผลเทียบแผน"


def test_spellings_of_documents_are_understood() -> None:
    assert code_of("โครงการเดิม", "kind") == "continuing"
    assert code_of("โครงการเดิม(ต่อเนื่อง)", "kind") == "continuing"
    assert code_of("นํ้าหนัก") == "weight"
    assert code_of("ปีละ 1  ครั้ง", "frequency") == "yearly"
    assert code_of("ปีละ ๑ ครั้ง", "frequency") == "yearly"


def test_unknown_words_have_no_code_and_unknown_codes_are_faults_of_the_program() -> None:
    assert code_of("ดาวอังคาร") is None
    assert code_of("งานประจำ", "severity") is None
    with pytest.raises(KeyError):
        label("nonsense")
