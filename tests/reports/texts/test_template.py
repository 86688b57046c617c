"""Templates: what may be set, and a finding for everything that may not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samrit.engine.model import LookSetting
from samrit.reports.texts.looks import GROUP, ready_looks, template_of
from samrit.reports.texts.template import COLUMNS, FundLayout, Template, load, parse
from samrit.vocabulary.findings import sentence
from samrit.vocabulary.terms import label
from tests.plans.office import example


def codes(settings: object) -> list[str]:
    return [f.code for f in parse(settings).findings]


WEIGHT_FIRST = tuple(ready_looks()["weight_first"]["layout"]["columns"])


def test_the_two_printed_layouts_are_the_examples_own() -> None:
    """R42: the product knows no fund by its code; the first office's package says how its second fund is laid out."""
    assert Template().layout_of("WCF") == Template().layout_of("")
    reading = template_of(example("sso-2568").plan.look)
    assert reading.findings == ()
    assert reading.template.layout_of("SSF").columns == COLUMNS
    assert reading.template.layout_of("WCF") == FundLayout(WEIGHT_FIRST, long_heading=True, show_goal=False)


@pytest.mark.parametrize("name", ready_looks())
def test_a_ready_made_look_is_a_template_without_a_fault_and_has_a_name(name: str) -> None:
    assert template_of((LookSetting("ready", name),)).findings == ()
    assert label(name, "th", GROUP) != label(name, "en", GROUP)


def test_a_plans_own_settings_lie_over_the_ready_made_look() -> None:
    look = [
        ("texts.en.summary", "In short"),
        ("funds.F.1.show_goal", "ไม่"),
        ("percent_places", "3"),
        ("annex", "ใช่"),
        ("ready", "short"),
    ]
    reading = template_of(tuple(LookSetting(*each) for each in look))
    assert reading.findings == ()
    template = reading.template
    assert (template.annex, template.contents, template.percent_places) == (True, False, 3)
    assert template.layout_of("F.1").show_goal is False
    assert template.text("en", "summary") == "In short"


@given(st.lists(st.builds(LookSetting, st.text(max_size=30), st.text(max_size=30)), max_size=5))
def test_whatever_is_set_is_a_template_or_a_finding(look: list[LookSetting]) -> None:
    for finding in template_of(tuple(look)).findings:
        assert sentence(finding, "th")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("ready", "colourful"),
        ("digits", "roman"),
        ("annex", "perhaps"),
        ("percent_places", "many"),
        ("layout.columns", "number, number"),
        ("layout", "wide"),
        ("texts.en.summary", "We reached 95 %"),
        ("colour", "red"),
    ],
)
def test_a_wrong_setting_is_told_and_leaves_the_standard(setting: str, value: str) -> None:
    reading = template_of((LookSetting(setting, value),))
    assert reading.findings
    assert reading.template == Template()


def test_a_whole_template_is_read_without_findings(tmp_path: Path) -> None:
    settings = {
        "name": "กองแผน",
        "digits": "thai",
        "percent_places": 1,
        "share_places": None,
        "annex": False,
        "layout": {"show_goal": False, "columns": ["number", "name", "plan_actual", "months", "total", "percent"]},
        "funds": {"F1": {"long_heading": True}, "NEW": {"columns": list(WEIGHT_FIRST)}},
        "texts": {"th": {"summary": "สรุป"}, "en": {"headline_band": "{count} in {band}"}},
    }
    path = tmp_path / "template.json"
    path.write_text(json.dumps(settings, ensure_ascii=False), "utf-8")
    reading = load(path)
    assert reading.findings == ()
    template = reading.template
    assert (template.digits, template.percent_places, template.annex) == ("thai", 1, False)
    assert template.layout.show_goal is False
    assert template.layout_of("F1").long_heading
    assert template.layout_of("NEW").columns == WEIGHT_FIRST
    assert template.text("en", "headline_band") == "{count} in {band}"
    assert template.text("th", "headline_band") is None


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ([1], "template_unreadable"),
        ({"colour": "red"}, "template_setting_unknown"),
        ({"digits": "roman"}, "template_setting_wrong"),
        ({"annex": 1}, "template_setting_wrong"),
        ({"percent_places": True}, "template_setting_wrong"),
        ({"percent_places": 99}, "template_setting_wrong"),
        ({"figure_places": None}, "template_setting_wrong"),
        ({"layout": 3}, "template_setting_wrong"),
        ({"layout": {"columns": "number"}}, "template_setting_wrong"),
        ({"layout": {"columns": [*COLUMNS, "mood"]}}, "template_column_unknown"),
        ({"layout": {"columns": [*COLUMNS, "budget"]}}, "template_column_doubled"),
        ({"layout": {"columns": [c for c in COLUMNS if c != "months"]}}, "template_column_missing"),
        ({"layout": {"width": 3}}, "template_setting_unknown"),
        ({"layout": {"show_goal": "no"}}, "template_setting_wrong"),
        ({"funds": []}, "template_setting_wrong"),
        ({"texts": []}, "template_setting_wrong"),
        ({"texts": {"fr": {}}}, "template_setting_unknown"),
        ({"texts": {"th": {"no_such_text": "x"}}}, "template_text_unknown"),
        ({"texts": {"th": {"summary": 5}}}, "template_text_broken"),
        ({"texts": {"th": {"headline": "{due"}}}, "template_text_broken"),
        ({"texts": {"th": {"headline": "{secret}"}}}, "template_text_field"),
        ({"texts": {"th": {"headline": "มี 235 งาน"}}}, "template_text_figure"),
        ({"texts": {"th": {"headline": "มี ๒๓๕ งาน"}}}, "template_text_figure"),
    ],
)
def test_a_wrong_setting_is_a_finding_and_the_default_stays(settings: object, code: str) -> None:
    reading = parse(settings, "template.json")
    assert [f.code for f in reading.findings] == [code]
    assert reading.template == Template()
    for language in ("th", "en"):
        assert "template.json" in sentence(reading.findings[0], language)


def test_all_faults_are_reported_at_once_and_the_rest_is_taken_over() -> None:
    settings = {"digits": "roman", "colour": 1, "annex": False, "texts": {"th": {"headline": "{a} {b} 7"}}}
    assert codes(settings) == [
        "template_setting_wrong",
        "template_setting_unknown",
        "template_text_field",
        "template_text_field",
        "template_text_figure",
    ]
    assert parse(settings).template.annex is False


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[1, 2]"])
def test_a_broken_file_is_a_finding(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "t.json"
    path.write_bytes(content)
    assert [f.code for f in load(path).findings] == ["template_unreadable"]
    assert [f.code for f in load(tmp_path / "absent.json").findings] == ["template_unreadable"]
