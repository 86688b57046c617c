"""docs/report-template.md: what an office may set in a report template, and every text it may reword."""

from __future__ import annotations

import json
from dataclasses import asdict, fields

from samrit.reports.texts.looks import ready_looks
from samrit.reports.texts.sentences import sentence_fields, sentences
from samrit.reports.texts.template import COLUMNS, Template

HEAD = """# Report templates

<!-- Written by `make docs` from src/samrit/reports/texts/template.py and sentences.toml. -->

A plan holds its template as `report_look.csv`, a setting a row, with parts joined by dots (`layout.columns`,
`funds.F1.show_goal`, `texts.en.summary`), yes and no as words and columns as a list; `ready` names a ready-made look to
begin from ({ready}). An office chooses another on the page "Look of reports" of its plan. For
`samrit report … --template FILE` it is a JSON file. It sets how a report looks and how it words things. It
can't set a figure: a text that holds a typed number, an unknown field or unbalanced braces is left out with a finding,
and the standard text stays. Whatever a template does not name stays as it is.

## Settings

| setting | default |
| --- | --- |
"""

LAYOUT = """
`layout` is the order of the annex's columns and the wording above them; `funds` gives a fund, by its code, a layout of
its own. In a layout:

- `columns`: any of {columns}, each at most once;
  `number`, `name`, `plan_actual`, `months`, `total` and `percent` must be there
- `long_heading`: the strategy's heading begins with the organisation's name
- `show_goal`: the strategy's goal stands above the column heads and repeats with them

An example:

```json
{example}
```

## Texts

Words in braces are filled with computed values; a text may leave fields out and change their order.
"""

EXAMPLE = {
    "digits": "thai",
    "percent_places": 1,
    "funds": {"F1": {"show_goal": False}},
    "texts": {"th": {"summary": "บทสรุปสำหรับผู้บริหาร"}},
}


def page() -> str:
    """Return the page: settings with their defaults, an example, and all texts by key."""
    settings = "".join(f"| `{f.name}` | {_default(f.name)} |\n" for f in fields(Template) if f.name != "texts")
    example = json.dumps(EXAMPLE, ensure_ascii=False, indent=2)
    ready = ", ".join(f"`{name}`" for name in ready_looks())
    names = ", ".join(f"`{column}`" for column in COLUMNS)
    return (
        HEAD.format(ready=ready)
        + settings
        + LAYOUT.format(columns=names, example=example)
        + "".join(map(_text, sentences()))
    )


def _default(name: str) -> str:
    value = asdict(Template())[name]
    if name in ("layout", "funds"):
        return "see below"
    return "the rule set's" if value is None else f"`{json.dumps(value)}`"


def _text(key: str) -> str:
    texts = sentences()[key]
    names = ", ".join(f"`{name}`" for name in sorted(sentence_fields(texts["th"])))
    return f"\n### {key}\n\n{f'Fields: {names}' if names else 'No fields'}\n\n- {texts['th']}\n- {texts['en']}\n"
