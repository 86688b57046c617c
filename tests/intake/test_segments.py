"""Every work of random tables is found, whatever numbers it has: none, codes, letters, far apart, starting anew."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from samrit.intake.tables.numbering import Label, follows, labels_of
from tests.intake.holding import imported
from tests.intake.random_documents import LAYOUTS, Document, Layout, printed, works

LETTERS = "กขคงจฉชซฌญ"
NUMBERINGS: dict[str, Callable[[int, random.Random], str]] = {
    "none": lambda n, _: "",
    "code": lambda n, _: f"P-{n:03}",
    "code with a year": lambda n, _: f"PRJ-2568-{n:02}",
    "thai code": lambda n, _: f"กผ.{n:02}",
    "worded": lambda n, _: f"โครงการที่ {n}",
    "letter": lambda n, _: f"{LETTERS[n - 1]}.",
    "nested": lambda n, _: f"{1 + n // 3}.{1 + n % 3}",
    "brackets": lambda n, _: f"({n})",
    "excerpt": lambda n, _: f"{n * n * 3 + 2}.",
    "backwards": lambda n, _: f"{40 - n}.",
    "restarting": lambda n, _: f"{1 + n % 2}.",
    "misread": lambda n, _: f"{n}." if n % 3 else "l" + f"{n}.",
    "roman": lambda n, _: f"{('i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii')[n - 1]}.",
}


def numbered(document: Document, numbering: Callable[[int, random.Random], str], chance: random.Random) -> Document:
    """Return the document with other numbers before its titles."""
    fronts = {}
    for work in document.works:
        label = numbering(work.number, chance)
        fronts[f"{work.number}.", work.title] = [label, work.title]
        fronts[f"{work.number}. {work.title}", ""] = [f"{label} {work.title}".strip(), ""]
    rows = [[*fronts.get(tuple(row[:2]), row[:2]), *row[2:]] for row in document.rows]
    titles = {f"{w.number}. {w.title}": f"{numbering(w.number, chance)} {w.title}".strip() for w in document.works}
    return replace(document, rows=[[titles.get(row[0], row[0]), *row[1:]] if row else row for row in rows])


@pytest.mark.parametrize("kind", NUMBERINGS)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_work_is_found(layout: Layout, kind: str) -> None:
    chance = random.Random(f"{layout.name} {kind}")
    plan = works(chance, 7)
    draft = imported(numbered(printed(plan, layout), NUMBERINGS[kind], chance))
    assert draft.package is not None
    found = draft.package.plan.projects
    assert [p.title for p in found] == [w.title for w in plan]
    assert [len(p.indicators) for p in found] == [len(w.indicators) for w in plan]
    assert [[i.weight for i in p.indicators] for p in found] == [[i.weight for i in w.indicators] for w in plan]


@pytest.mark.parametrize(
    "kind", [k for k in NUMBERINGS if k not in ("none", "misread", "restarting", "excerpt", "nested")]
)
def test_numbers_that_run_on_follow_each_other(kind: str) -> None:
    chance = random.Random(0)
    forms = [{label.form: label for label in labels_of(f"{NUMBERINGS[kind](n, chance)} งาน")} for n in range(1, 8)]
    common = set.intersection(*(set(found) for found in forms))
    step = (lambda a, b: follows(b, a)) if kind == "backwards" else follows
    assert any(all(step(a[form], b[form]) for a, b in pairwise(forms)) for form in common)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("1. 5ส ในสำนักงาน", "5ส ในสำนักงาน"),
        ("12.โครงการอบรม", "โครงการอบรม"),
        ("โครงการที่ 3 : ปลูกป่า", "ปลูกป่า"),
        ("P001 Roads", "Roads"),
        ("1.2) งานบัญชี", "งานบัญชี"),
    ],
)
def test_a_label_leaves_the_title(text: str, rest: str) -> None:
    assert rest in {label.rest for label in labels_of(text)}


@pytest.mark.parametrize("text", ["ต.ค. 68", "ก.พ. 2568", "3,265", "โครงการที่ดินทำกิน", "5ส สำนักงาน"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert labels_of(text) == ()


def test_a_nested_number_follows_into_the_next_group() -> None:
    assert follows(Label("nested", (1, 4), "1.4"), Label("nested", (2, 1), "2.1"))
    assert not follows(Label("nested", (1, 4), "1.4"), Label("nested", (2, 2), "2.2"))
