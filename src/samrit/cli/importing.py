"""``samrit import``: documents of an office become a draft plan package, with every doubt shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table

from samrit.cli import places, shared
from samrit.intake.draft import Draft, WorkSummary
from samrit.intake.facts import Status
from samrit.intake.importer import import_documents
from samrit.intake.review.doubts import Doubts
from samrit.intake.review.page import write_page
from samrit.intake.review.reading import read_corrections
from samrit.intake.review.words import STATUSES as WORDS
from samrit.intake.review.workbook import write_review
from samrit.package import require_room, write
from samrit.vocabulary.findings import Severity
from samrit.vocabulary.speech import speaking, speech

DOCUMENT = click.Path(path_type=Path, exists=True, dir_okay=False)
STATUSES = (Status.READ, Status.REPAIRED, Status.DOUBTFUL, Status.MISSING, Status.CORRECTED)


@click.command(
    "import",
    context_settings=shared.BILINGUAL,
    help="นำเข้าเอกสารแผน (Word, Excel, PDF, ข้อความ) เป็นร่างชุดข้อมูลแผน พร้อมข้อที่ควรตรวจทุกข้อ\n\n"
    "Import the documents of one plan (Word, Excel, PDF, text) as a draft plan package, every doubt shown.",
)
@click.argument("documents", type=DOCUMENT, nargs=-1, required=True)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("draft"),
    show_default=True,
    help="ชุดข้อมูลแผนที่จะเขียน (โฟลเดอร์หรือ .zip) / package to write, a folder or .zip",
)
@click.option("--id", "plan_id", default="", help="รหัสแผน / id of the plan (default: the first file's name)")
@click.option(
    "--year",
    type=click.IntRange(2400, 2700),
    help="ปี พ.ศ. ของแผน เมื่อเอกสารไม่บอกหรือบอกผิด / the plan's Buddhist year, where the documents lack it",
)
@click.option("--review", type=DOCUMENT, help="แฟ้มตรวจทานที่แก้แล้ว / the corrected review workbook of an earlier import")
@click.option("--headings", type=DOCUMENT, help="คำหัวตารางของหน่วยงาน (.toml) / the office's own heading words (.toml)")
@click.option("--works", "with_works", is_flag=True, help="แสดงทุกงาน/โครงการ / list every work, also without doubts")
@shared.language_option
@shared.json_option
def command(  # noqa: PLR0917
    documents: tuple[Path, ...],
    out: Path,
    plan_id: str,
    year: int | None,
    review: Path | None,
    headings: Path | None,
    with_works: bool,
    language: str,
    as_json: bool,
) -> None:
    """Import, write the package and the review beside it; exit code 3 when nothing could be read.

    Corrections already typed into the review beside the package are taken without being asked for.
    """
    out = out if out.name not in {"", ".."} else out.resolve()  # the review is beside it and needs its name
    with places.writing(out, language):
        require_room(out)
    earlier = review if review is not None else existing(review_book(out))
    with reading_shown(language) as progress:
        draft = import_documents(
            documents, review=earlier, plan_id=plan_id, headings=headings, year_be=year, progress=progress
        )
    if draft.package is None and as_json:
        shared.print_json({"package": None, "findings": [shared.finding_data(f) for f in draft.findings]})
        sys.exit(shared.UNREADABLE)
    if draft.package is None:
        shared.stop(language, "นำเข้าไม่ได้", "Nothing could be imported", draft.findings)
    with places.writing(out, language):
        write(draft.package, out)
    with speaking(draft.package.plan.speech):  # what is told of the plan is told in its words
        _told(draft, out, earlier, language, with_works=with_works, as_json=as_json)


def _told(draft: Draft, out: Path, earlier: Path | None, language: str, *, with_works: bool, as_json: bool) -> None:
    """Write the review beside the package, and print what was imported."""
    with places.writing(review_book(out), language):
        _write_review(draft, out, earlier, language)
    if as_json:
        shared.print_json(as_data(draft, out))
        return
    print_draft(draft, out, language, with_works=with_works)


@contextmanager
def reading_shown(language: str) -> Iterator[Callable[[str, int, int], None]]:
    """Show on a terminal how far each document is read; elsewhere show nothing."""
    console = Console(stderr=True)
    bar = Progress(console=console, transient=True, disable=not console.is_terminal)
    tasks: dict[str, TaskID] = {}

    def show(document: str, done: int, total: int) -> None:
        word = "reading" if language == "en" else "กำลังอ่าน"
        if document not in tasks:
            tasks[document] = bar.add_task(f"{word} {document}", total=total)
        bar.update(tasks[document], completed=done, total=total)

    with bar:
        yield show


def review_book(out: Path) -> Path:
    """Return where the review workbook of a package stands: beside it."""
    return out.with_name(f"{out.name.removesuffix('.zip')}-review.xlsx")


def existing(path: Path) -> Path | None:
    """Return ``path`` if there is such a file."""
    return path if places.stands(path) else None


def _write_review(draft: Draft, out: Path, earlier: Path | None, language: str) -> None:
    assert draft.package is not None  # noqa: S101
    corrections = read_corrections(earlier) if earlier is not None else []
    calendar = draft.package.plan.calendar
    doubts = Doubts(draft, language)
    book = review_book(out)
    write_review(doubts, book, corrections=corrections, calendar=calendar, language=language)
    write_page(draft, doubts, book.with_suffix(".html"), calendar=calendar, language=language)


def as_data(draft: Draft, out: Path) -> dict[str, object]:
    """Return the import as plain data."""
    return {
        "package": str(out),
        "counts": {status.value: count for status, count in draft.summary.counts.items()},
        "works": [
            {"id": w.work, "title": w.title, "line": w.line, **{s.value: n for s, n in w.counts.items()}}
            for w in draft.summary.works
        ],
        "controls": [
            {
                "table": c.table,
                "fund": c.fund,
                "strategy": c.strategy,
                "column": c.column,
                "printed": c.printed,
                "computed": c.computed,
            }
            for c in draft.summary.controls
        ],
        "findings": [shared.finding_data(f) for f in draft.findings],
    }


def print_draft(draft: Draft, out: Path, language: str, *, with_works: bool) -> None:
    """Print works, control totals, faults of the documents and where the draft is."""
    console = shared.console()
    console.print(_works(draft, language, with_works=with_works))
    if draft.summary.controls:
        console.print(_controls(draft, language))
    faults = [f for f in draft.findings if f.severity is Severity.ERROR]
    shared.print_findings(faults, language, console)
    _closing(draft, out, language, console)


def _works(draft: Draft, language: str, *, with_works: bool) -> Table:
    names = WORDS[language]
    title = speech().says("Works and projects" if language == "en" else "งาน/โครงการ", language)
    columns = ("id", title, "line" if language == "en" else "บรรทัด", *(names[s] for s in STATUSES))
    table = shared.table(title, *columns, numbers=range(2, 2 + 1 + len(STATUSES)))
    chosen = [w for w in draft.summary.works if with_works or _has_doubt(w)]
    for work in chosen:
        counts = [str(work.counts.get(s, 0) or "–") for s in STATUSES]
        table.add_row(work.work, work.title[:60], str(work.line or "–"), *counts)
    total = draft.summary.counts
    every = "all" if language == "en" else "รวม"
    table.add_row(every, f"{_works_in(draft)}", "", *(str(total.get(s, 0)) for s in STATUSES), style="bold")
    return table


def _works_in(draft: Draft) -> int:
    """Return how many works were imported; a line that measures a goal is none (RU5)."""
    goals = {p.id for p in draft.package.plan.projects if p.level} if draft.package else set()
    return sum(1 for work in draft.summary.works if work.work not in goals)


def _has_doubt(work: WorkSummary) -> bool:
    return any(work.counts.get(s, 0) for s in (Status.DOUBTFUL, Status.MISSING))


def _controls(draft: Draft, language: str) -> Table:
    """Return the printed summary beside the draft; rows that agree are only counted."""
    english = language == "en"
    differing = [c for c in draft.summary.controls if not c.agrees]
    same = len(draft.summary.controls) - len(differing)
    title = (
        f"Control totals: {same} of {len(draft.summary.controls)} printed figures agree"
        if english
        else f"ยอดควบคุม: ตรงกับตารางสรุป {same} จาก {len(draft.summary.controls)} ช่อง"
    )
    words = ("table", "fund", "strategy", "column", "printed", "draft")
    thai = ("ตาราง", "กองทุน", "ยุทธศาสตร์", "ช่อง", "พิมพ์", "ร่าง")
    table = shared.table(title, *(words if english else thai), numbers=(4, 5))
    for c in differing:
        table.add_row(c.table, c.fund or "–", c.strategy or "–", c.column, c.printed, c.computed)
    return table


def _closing(draft: Draft, out: Path, language: str, console: Console) -> None:
    doubts = sum(1 for f in draft.findings if f.severity is not Severity.NOTICE)
    book = review_book(out)
    text = (
        f"{doubts} {'finding' if doubts == 1 else 'findings'} to look at. Draft package: {out}; to correct: {book}"
        if language == "en"
        else f"ข้อที่ควรตรวจ {doubts} ข้อ ร่างชุดข้อมูลแผน: {out} แก้ไขได้ใน {book}"
    )
    console.print(text, style="bold")
