"""The template of a report: what an office may choose about its look, and never a figure.

A template holds column orders, digits, places and wordings.  It is frozen data with
the office's own layout as default, and can be loaded from a JSON file; every wrong
setting gives a finding and leaves the default in place.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from samrit.reports.texts.sentences import sentence_faults
from samrit.vocabulary.findings import Finding, Place

# The columns of a monitoring table (R41); "months" stands for the twelve of them.
COLUMNS = (
    "number",
    "name",
    "responsible",
    "budget",
    "target",
    "plan_actual",
    "unit_of_measure",
    "weight",
    "months",
    "total",
    "percent",
    "remark",
)

# Without these a row of the table could not be read back to its figures.
_NEEDED = frozenset({"number", "name", "plan_actual", "months", "total", "percent"})
_MOST_PLACES = 6


@dataclass(frozen=True, slots=True)
class FundLayout:
    """How the annex of one fund is laid out (R42)."""

    columns: tuple[str, ...] = COLUMNS
    long_heading: bool = False  # "ยุทธศาสตร์<organisation> ยุทธศาสตร์ที่ n …"
    show_goal: bool = True  # the strategy's goal above the column heads


@dataclass(frozen=True, slots=True)
class Template:
    """All settings of a report's look.

    ``percent_places`` and ``share_places`` replace the rule set's own for print when
    given; ``texts`` replaces sentences of the catalogue: (language, key, sentence).
    """

    name: str = ""
    layout: FundLayout = FundLayout()
    funds: tuple[tuple[str, FundLayout], ...] = ()  # of those that have a layout of their own, by code
    digits: str = "arabic"
    percent_places: int | None = None
    share_places: int | None = None
    figure_places: int = 2  # most decimals of a total; trailing zeros are not printed
    budget_places: int = 2  # most decimals of an amount in baht
    contents: bool = True
    annex: bool = True
    unknowns: bool = True
    charts: bool = True
    texts: tuple[tuple[str, str, str], ...] = ()

    def layout_of(self, fund: str) -> FundLayout:
        """Return the layout of the fund with that code, or the general one."""
        return dict(self.funds).get(fund, self.layout)

    def text(self, language: str, key: str) -> str | None:
        """Return the template's own wording of a sentence, or None."""
        return next((text for lang, k, text in self.texts if (lang, k) == (language, key)), None)


@dataclass(frozen=True, slots=True)
class TemplateReading:
    """A template as read, and everything that was wrong with its file."""

    template: Template
    findings: tuple[Finding, ...] = ()


def load(path: Path, base: Template | None = None) -> TemplateReading:
    """Return the template in the JSON file ``path`` over ``base``; wrong settings become findings, never errors."""
    try:
        settings = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        return TemplateReading(Template(), (_finding("template_unreadable", path.name, reason=str(error)),))
    return parse(settings, path.name, base)


def parse(settings: object, document: str = "", base: Template | None = None) -> TemplateReading:
    """Return the template that ``settings`` (decoded JSON) describe over ``base``, a finding for each wrong one."""
    if not isinstance(settings, Mapping):
        return TemplateReading(Template(), (_finding("template_unreadable", document, reason="{ }"),))
    template, findings = base or Template(), []
    for key, value in settings.items():
        changed, wrong = _setting(template, str(key), value, document)
        template = changed
        findings += wrong
    return TemplateReading(template, tuple(findings))


def _setting(template: Template, key: str, value: Any, document: str) -> tuple[Template, list[Finding]]:
    """Return the template with one setting taken over, and the faults of that setting."""
    if key == "layout":
        layout, wrong = _layout(value, key, template.layout, document)
        return replace(template, layout=layout), wrong
    if key == "funds":
        return _funds(template, value, document)
    if key == "texts":
        return _texts(template, value, document)
    if key not in {f.name for f in fields(Template)}:
        return template, [_finding("template_setting_unknown", document, setting=key)]
    if not _fits(key, value, getattr(Template(), key)):
        return template, [_finding("template_setting_wrong", document, setting=key, value=json.dumps(value))]
    return replace(template, **{key: value}), []


def _fits(key: str, value: object, default: object) -> bool:
    if key == "digits":
        return value in ("arabic", "thai")
    if key.endswith("_places"):
        is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST_PLACES
        return is_count or (value is None and default is None)
    return isinstance(value, type(default))


def _layout(value: object, where: str, base: FundLayout, document: str) -> tuple[FundLayout, list[Finding]]:
    """Return a fund's layout, each wrong part left as in ``base``."""
    if not isinstance(value, Mapping):
        return base, [_finding("template_setting_wrong", document, setting=where, value=json.dumps(value))]
    layout, findings = base, []
    for key, part in value.items():
        setting = f"{where}.{key}"
        if key == "columns":
            faults = _column_faults(part, setting, document)
            findings += faults
            layout = layout if faults else replace(layout, columns=tuple(part))
        elif key not in ("long_heading", "show_goal"):
            findings.append(_finding("template_setting_unknown", document, setting=setting))
        elif not isinstance(part, bool):
            findings.append(_finding("template_setting_wrong", document, setting=setting, value=json.dumps(part)))
        else:
            layout = replace(layout, long_heading=part) if key == "long_heading" else replace(layout, show_goal=part)
    return layout, findings


def _column_faults(columns: object, setting: str, document: str) -> list[Finding]:
    if not isinstance(columns, list) or not all(isinstance(c, str) for c in columns):
        return [_finding("template_setting_wrong", document, setting=setting, value=json.dumps(columns))]
    unknown = sorted(set(columns) - set(COLUMNS))
    missing = sorted(_NEEDED - set(columns))
    doubled = sorted(column for column, count in Counter(columns).items() if count > 1)
    faults = [_finding("template_column_unknown", document, setting=setting, column=c) for c in unknown]
    faults += [_finding("template_column_missing", document, setting=setting, column=c) for c in missing]
    return faults + [_finding("template_column_doubled", document, setting=setting, column=c) for c in doubled]


def _funds(template: Template, value: object, document: str) -> tuple[Template, list[Finding]]:
    if not isinstance(value, Mapping):
        return template, [_finding("template_setting_wrong", document, setting="funds", value=json.dumps(value))]
    layouts, findings = dict(template.funds), []
    for code, part in value.items():
        base = template.layout_of(str(code))
        layouts[str(code)], wrong = _layout(part, f"funds.{code}", base, document)
        findings += wrong
    return replace(template, funds=tuple(layouts.items())), findings


def _texts(template: Template, value: object, document: str) -> tuple[Template, list[Finding]]:
    """Take over wordings: ``{"th": {key: sentence}, "en": {…}}``; a wrong one is left out."""
    if not isinstance(value, Mapping):
        return template, [_finding("template_setting_wrong", document, setting="texts", value=json.dumps(value))]
    texts, findings = list(template.texts), []
    for language, sentences in value.items():
        if language not in ("th", "en") or not isinstance(sentences, Mapping):
            findings.append(_finding("template_setting_unknown", document, setting=f"texts.{language}"))
            continue
        for key, text in sentences.items():
            faults = sentence_faults(str(key), text, Place(document=document, column=f"texts.{language}.{key}"))
            findings += faults
            if not faults:
                texts.append((language, str(key), text))
    return replace(template, texts=tuple(texts)), findings


def _finding(code: str, document: str, **params: Any) -> Finding:
    return Finding(code, Place(document=document, column=str(params.get("setting", ""))), params)
