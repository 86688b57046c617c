"""``review.html``: every doubt beside the row of the original it comes from, for reading in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from samrit.intake.draft import Draft
from samrit.intake.facts import Fact, Status
from samrit.intake.review.doubts import Doubts, RowDoubt, ValueDoubt, is_doubt, shown
from samrit.intake.review.words import FIELDS, HEADINGS, SIDES, STATUSES, months
from samrit.package.whole import write_whole

_STYLE = """
body{font:16px/1.5 Sarabun,"TH Sarabun New",sans-serif;margin:1rem auto;max-width:96rem;padding:0 1rem;color:#1b1b1b}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin:2rem 0 .3rem;border-top:1px solid #ccc;padding-top:.6rem}
.wide{overflow-x:auto}table{border-collapse:collapse;margin:.3rem 0}
th,td{border:1px solid #bbb;padding:.1rem .45rem;text-align:right;white-space:nowrap}
th{background:#e8eef7;font-weight:600}td.t,th.t{text-align:left;white-space:normal;min-width:6rem}
.printed td{background:#f6f6f6;color:#444}caption{text-align:left;color:#555}
.missing{background:#fde2e0}.doubtful{background:#fff2cc}.repaired{background:#e8eef7}.corrected{background:#e2f0d9}
ul{margin:.2rem 0 .2rem 1.2rem;padding:0}
"""


def write_page(draft: Draft, doubts: Doubts, path: Path, *, calendar: str = "calendar", language: str = "th") -> None:
    """Write the page, one file without any other; raises OSError where it cannot be written."""
    write_whole(path, "".join(_page(draft, doubts, calendar, language)).encode())


def _page(draft: Draft, doubts: Doubts, calendar: str, language: str) -> Iterator[str]:
    title = "Review of the import" if language == "en" else "ตรวจทานการนำเข้า"
    yield f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title><style>{_STYLE}</style></head><body><main><h1>{title}</h1>"
    yield _counts(draft, language)
    rows: dict[str, list[RowDoubt]] = {}
    for row in doubts.rows():
        rows.setdefault(_work(row.record), []).append(row)
    values: dict[str, list[ValueDoubt]] = {}
    for value in doubts.values():
        values.setdefault(_work(value.record), []).append(value)
    for work in draft.facts:
        mine, others = rows.get(work.record, []), values.get(work.record, [])
        if mine or others:
            yield f'<h2 id="{escape(work.record)}">{escape(work.record)} {escape(work.text("title"))}</h2>'
            yield from _values(others, language)
            for row in mine:
                yield from _row(row, calendar, language)
    yield "</main></body></html>\n"


def _work(record: str) -> str:
    return record.rpartition(".")[0] or record


def _counts(draft: Draft, language: str) -> str:
    counts = draft.summary.counts
    cells = "".join(
        f'<tr><th class="t {s.value}">{escape(STATUSES[language][s])}</th><td>{counts.get(s, 0):,}</td></tr>'
        for s in Status
    )
    return f"<table>{cells}</table>"


def _values(doubts: list[ValueDoubt], language: str) -> Iterator[str]:
    if not doubts:
        return
    words = HEADINGS[language]
    yield f'<div class="wide"><table><tr><th class="t">{words["field"]}</th><th class="t">{words["value"]}</th>'
    yield f'<th class="t">{words["reason"]}</th><th class="t">{words["place"]}</th></tr>'
    for doubt in doubts:
        field = FIELDS[language][doubt.field]
        text = shown(doubt.field, doubt.fact, language)
        yield f'<tr><td class="t">{escape(doubt.record)} {escape(field)}</td>'
        yield f'<td class="t {doubt.fact.status.value}">{escape(text)}</td>'
        yield f'<td class="t">{escape(" ".join(doubt.reasons))}</td><td class="t">{escape(doubt.place)}</td></tr>'
    yield "</table></div>"


def _row(doubt: RowDoubt, calendar: str, language: str) -> Iterator[str]:
    words = HEADINGS[language]
    name = f"{doubt.record} {SIDES[language][doubt.side]}: {doubt.indicator} ({doubt.place})"
    yield f'<div class="wide"><table><caption>{escape(name)}</caption>'
    heads = "".join(f"<th>{escape(name)}</th>" for name in months(calendar, language))
    yield f"<tr><th></th>{heads}<th>{words['total']}</th></tr>"
    yield f'<tr><th class="t">{escape(STATUSES[language][doubt.status])}</th>'
    yield "".join(_cell(fact) for fact in (*doubt.months, doubt.total))
    yield "</tr></table>"
    yield "<ul>" + "".join(f"<li>{escape(reason)}</li>" for reason in doubt.reasons) + "</ul>"
    cells = "".join(f"<td>{escape(text)}</td>" for text in doubt.printed)
    yield f'<table class="printed"><caption>{words["printed"]}</caption><tr>{cells}</tr></table></div>'


def _cell(fact: Fact) -> str:
    state = fact.status.value if is_doubt(fact) else ""
    return f'<td class="{state}">{escape(fact.text)}</td>'
