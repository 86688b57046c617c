"""A unit's month on the command line, as JSON for other programs: print what stands, take what they bring (BD1)."""

from __future__ import annotations

from typing import IO

import click

import samrit.cli.office.years  # noqa: F401 - its commands hang on the group, too
from samrit.cli import shared
from samrit.cli.office import starting
from samrit.cli.office.plans import named_plan, plan_command
from samrit.cli.office.wording import both, help_of, option

__all__ = ["plan_command"]


@plan_command.command("figures", context_settings=shared.BILINGUAL, help=help_of("months.figures"))
@click.argument("code")
@click.argument("unit")
@click.argument("month", type=click.IntRange(1, 12))
@click.option("--by", "name", required=True, metavar="USERNAME", help=option("months.by"))
@click.option("--take", "file", type=click.File("rb"), default=None, help=option("months.take"))
@shared.language_option
def figures(code: str, unit: str, month: int, *, name: str, file: IO[bytes] | None, language: str) -> None:
    """Print a unit's month, or take a file in."""
    plan = named_plan(code, language)
    from samrit.plans.errors import NotVisible
    from samrit.plans.models import Person
    from samrit.plans.selectors.report.entry import report_place
    from samrit.plans.selectors.report.month_out import month_out
    from samrit.plans.services.report.month_taken import MonthRefused, month_take
    from samrit.plans.unit_form.month_json import elsewhere, read_month

    person = Person.objects.filter(username__iexact=name, is_active=True).first()
    if person is None:
        shared.stop(language, *both("months.person_unknown", name=name))
    try:
        _, reporting = report_place(person, code, unit)
        if file is None:
            with starting.refusals(language):
                shared.print_json(month_out(person, plan, reporting, month, language=language))
            return
    except NotVisible:
        shared.stop(language, *both("months.unit_unseen", name=name, unit=unit, plan=code))
    sent = read_month(file.read())
    faults = (*sent.faults, *elsewhere(sent, plan=plan.code, unit=unit, period=month))
    if not faults:
        with starting.refusals(language):
            try:
                done = month_take(person, plan=plan, unit=reporting, period=month, rows=sent.rows)
            except MonthRefused as refused:
                faults = refused.faults(language)
    if faults:
        shared.print_findings(faults, language, shared.console())
        raise SystemExit(shared.FAULTY)
    counts = {"saved": len(done.saved), "unchanged": len(done.unchanged)}
    starting.say(language, *both("months.taken", **counts))
