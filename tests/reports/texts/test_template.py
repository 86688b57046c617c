"""Templates: what may be set, and a finding for everything that may not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samrit.reports.texts.template import COLUMNS, WEIGHT_FIRST, Template, load, parse
from samrit.vocabulary.findings import sentence


def codes(settings: object) -> list[str]:
    return [f.code for f in parse(settings).findings]


def test_the_default_knows_the_two_printed_layouts() -> None:
    template = Template()
    assert template.layout_of("SSF").columns == COLUMNS
    assert template.layout_of("WCF").columns == WEIGHT_FIRST
    assert template.layout_of("") is template.layout


def test_a_whole_template_is_read_without_findings(tmp_path: Path) -> None:
    settings = {
        "name": "กองแผน",
        "digits": "thai",
        "percent_places": 1,
        "share_places": None,
        "annex": False,
        "layout": {"show_goal": False, "columns": ["number", "name", "plan_actual", "months", "total", "percent"]},
        "funds": {"SSF": {"long_heading": True}, "NEW": {"columns": list(WEIGHT_FIRST)}},
        "texts": {"th": {"summary": "สรุป"}, "en": {"headline_band": "{count} in {band}"}},
    }
    path = tmp_path / "template.json"
    path.write_text(json.dumps(settings, ensure_ascii=False), "utf-8")
    reading = load(path)
    assert reading.findings == ()
    template = reading.template
    assert (template.digits, template.percent_places, template.annex) == ("thai", 1, False)
    assert template.layout.show_goal is False
    assert template.layout_of("SSF").long_heading
    assert template.layout_of("NEW").columns == WEIGHT_FIRST
    assert template.layout_of("WCF").columns == WEIGHT_FIRST
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
