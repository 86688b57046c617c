"""How a plan's reports look: a ready-made look that it chooses, and its own settings over it, as a template.

A setting is written as ``docs/report-template.md`` names it, parts joined by dots: ``digits``, ``layout.columns``,
``funds.F1.show_goal``, ``texts.en.summary``; ``ready`` names a ready-made look.  Yes and no are words, columns a list.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from samrit.engine.surroundings import LookSetting
from samrit.reports.texts.template import TemplateReading, parse
from samrit.vocabulary.findings import Finding, Place
from samrit.vocabulary.terms import code_of

GROUP = "report_looks"
READY = "ready"
DOCUMENT = "report_look.csv"
_LISTS = ("columns",)
_SWITCHES = frozenset({"contents", "annex", "unknowns", "charts", "long_heading", "show_goal"})


@cache
def ready_looks() -> Mapping[str, Mapping[str, Any]]:
    """Return the settings of each ready-made look by its name, the standard one first."""
    return tomllib.loads(resources.files(__package__).joinpath("looks.toml").read_text("utf-8"))


@lru_cache(64)
def template_of(look: tuple[LookSetting, ...]) -> TemplateReading:
    """Return the template that settings describe, with a finding for each that it can't; those leave the default."""
    settings: dict[str, Any] = {}
    findings: list[Finding] = []
    chosen = next((each.value for each in look if each.setting == READY), "")
    if chosen and chosen not in ready_looks():
        findings.append(
            Finding("template_setting_wrong", Place(DOCUMENT, column=READY), {"setting": READY, "value": chosen[:60]})
        )
    settings |= ready_looks().get(chosen, {})
    for each in look:
        if each.setting != READY:
            _put(settings, _parts(each.setting), _value(each.setting, each.value))
    reading = parse(settings, DOCUMENT)
    return TemplateReading(reading.template, (*findings, *reading.findings))


def _put(settings: dict[str, Any], parts: Sequence[str], value: Any) -> None:
    """Lay a value into nested settings; what is there and holds no parts gives way."""
    for part in parts[:-1]:
        below = settings.get(part)
        settings[part] = below = dict(below) if isinstance(below, Mapping) else {}
        settings = below
    settings[parts[-1]] = value


def _parts(setting: str) -> list[str]:
    """Return the parts of a setting's name; a fund's code may hold dots itself."""
    first, _, rest = setting.partition(".")
    if first == "funds" and "." in rest:
        return [first, *rest.rsplit(".", 1)]
    if first == "texts":
        return [first, *rest.split(".", 1)]
    return setting.split(".", 1)  # no setting lies deeper


def _value(setting: str, text: str) -> Any:
    """Return what a value is: a list of columns, yes or no, a count, or the text itself."""
    last = setting.rpartition(".")[2]
    if setting.startswith("texts."):
        return text
    if last in _LISTS:
        return [column for column in re.split(r"[\s,;]+", text) if column]
    if last in _SWITCHES:
        return {"yes": True, "no": False}.get(code_of(text, "yes_no") or "", text)
    return int(text) if last.endswith("_places") and re.fullmatch("[0-9]{1,2}", text) else text
