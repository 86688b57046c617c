"""A plan's money, its past months and its end on the command line: reconcile, take in, archive, open again."""

from __future__ import annotations

from pathlib import Path

import click

from samrit.cli import places, shared
from samrit.cli.office import starting
from samrit.cli.office.plans import named_plan, plan_command
from samrit.cli.office.wording import both, help_of, option
from samrit.vocabulary.findings import Finding

_CODE = click.argument("code")
_REASON = click.option("--reason", required=True, help=option("years.reason"))


@plan_command.command("sources", context_settings=shared.BILINGUAL, help=help_of("years.sources"))
@_CODE
@shared.language_option
@shared.json_option
def sources(code: str, language: str, as_json: bool) -> None:
    """Print what is announced of every source, what the works have of it, and what is not explained."""
    plan = named_plan(code, language)
    from samrit.engine.funding.allotments import money_by_source
    from samrit.plans.evaluation.scoring import reported_plan

    with starting.refusals(language):
        found = money_by_source(reported_plan(plan).plan)
    rows = [(s.name, s.in_force, s.for_works, s.given, s.unexplained) for s in found]
    if as_json:
        keys = ("source", "in_force", "for_works", "works", "unexplained")
        shared.print_json({"sources": [dict(zip(keys, row, strict=True)) for row in rows]})
        return
    heads = both("years.sources_heads")[language == "en"].split("|")
    shown = shared.table("", *heads, numbers=(1, 2, 3, 4))
    for row in rows:
        shown.add_row(*("–" if v is None else v if isinstance(v, str) else f"{v:,f}" for v in row))
    shared.console().print(shown)


@plan_command.command("past", context_settings=shared.BILINGUAL, help=help_of("years.past"))
@_CODE
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source", default="", help=option("years.past_source"))
@click.option("--empty", is_flag=True, help=option("years.past_empty"))
@click.option("--look", is_flag=True, help=option("years.past_look"))
@shared.language_option
def past(*, code: str, file: Path, source: str, empty: bool, look: bool, language: str) -> None:
    """Write the file of past months, or take a filled one in, all of it or nothing."""
    if empty:
        places.require_new(file, language)  # a file that somebody filled in goes by the same name
    plan = named_plan(code, language)
    from samrit.plans.selectors.office.speech import speech_of
    from samrit.plans.services.report.past_months import months_over, past_lines, past_look, past_take
    from samrit.plans.services.writing import SYSTEM
    from samrit.plans.unit_form.past_file import read_past_file, write_past_file
    from samrit.vocabulary.periods import period_name
    from samrit.vocabulary.speech import PLAIN, speaking

    if empty:
        with starting.refusals(language), speaking(speech_of(code) or PLAIN):
            months = [(p, period_name(plan.year_be, plan.calendar, p, language, short=True)) for p in months_over(plan)]
            content = write_past_file(past_lines(plan), months, language)
        _written(file, content, language)
        return
    try:
        read = read_past_file(file.read_bytes(), file.name)
    except OSError as error:
        shared.stop(language, *both("years.file_unread", file=file, error=error.strerror or error))
    _stop_at(read.faults, language)
    with starting.refusals(language):
        done = (past_look if look else past_take)(SYSTEM, plan=plan, lines=read.lines, source=source)
    _stop_at(done.faults, language)
    key = "past_looked" if look else "past_taken"
    counts = {"figures": done.figures, "accepted": done.accepted, "open": len(done.open)}
    starting.say(language, *both(f"years.{key}", **counts))


@plan_command.command("archive", context_settings=shared.BILINGUAL, help=help_of("years.archive"))
@_CODE
@_REASON
@click.option("--out", type=click.Path(path_type=Path), default=None, help=option("years.archive_out"))
@shared.language_option
def archive(code: str, reason: str, out: Path | None, language: str) -> None:
    """Archive a finished year."""
    if out is not None:
        places.require_new(out, language)  # before anything is archived
    plan = named_plan(code, language)
    from samrit.plans.selectors.office.archive import archive_zip
    from samrit.plans.services.plan.archiving import plan_archive
    from samrit.plans.services.writing import SYSTEM

    with starting.refusals(language):
        kept = plan_archive(SYSTEM, plan=plan, reason=reason)
        content = archive_zip(kept) if out is not None else b""
    starting.say(language, *both("years.archived", code=code, mark=kept.archive_sha256))
    if out is not None:
        _written(out, content, language)


@plan_command.command("reopen", context_settings=shared.BILINGUAL, help=help_of("years.reopen"))
@_CODE
@_REASON
@shared.language_option
def reopen(code: str, reason: str, language: str) -> None:
    """Open an archived plan again."""
    plan = named_plan(code, language)
    from samrit.plans.services.plan.archiving import plan_reopen
    from samrit.plans.services.writing import SYSTEM

    with starting.refusals(language):
        plan_reopen(SYSTEM, plan=plan, reason=reason)
    starting.say(language, *both("years.reopened", code=code))


def _stop_at(faults: tuple[Finding, ...], language: str) -> None:
    """Print what is wrong with every row, and leave with the exit code of faulty data."""
    if faults:
        shared.print_findings(faults, language, shared.console())
        raise SystemExit(shared.FAULTY)


def _written(file: Path, content: bytes, language: str) -> None:
    places.write_new(file, content, language)
    starting.say(language, *both("years.file_written", file=file))
