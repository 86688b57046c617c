"""``samrit privacy``: what is kept about people, what is due, and erasing by decision."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from samrit.cli import places, shared
from samrit.cli.office import starting
from samrit.cli.office.wording import both, help_of, option


@click.group("privacy", context_settings=shared.BILINGUAL, help=help_of("privacy.group"))
def privacy_command() -> None:
    """Hold the commands about personal data."""


@privacy_command.command("due", context_settings=shared.BILINGUAL, help=help_of("privacy.due"))
@shared.language_option
@shared.json_option
def due_command(language: str, as_json: bool) -> None:
    """Say what is due."""
    _start(language)
    from django.utils import timezone

    from samrit.plans.selectors.office.retention import due

    with starting.refusals(language):
        found = due(timezone.localdate())
    accounts = [{"username": a.person.username, "closed_on": a.closed_on.isoformat()} for a in found.accounts]
    evidence = [
        {"plan": e.plan.code, "ended_on": e.ended_on.isoformat(), "files": e.files, "bytes": e.size}
        for e in found.evidence
    ]
    if as_json:
        shared.print_json({"accounts": accounts, "evidence": evidence, "traces": found.traces})
    else:
        for row in (*accounts, *evidence):
            click.echo(" · ".join(map(str, row.values())))
        counts = {"accounts": len(accounts), "plans": len(evidence), "traces": found.traces}
        starting.say(language, *both("privacy.due_found", **counts))
    sys.exit(shared.FAULTY if found.is_any else shared.DONE)


@privacy_command.command("tidy", context_settings=shared.BILINGUAL, help=help_of("privacy.tidy"))
@shared.language_option
def tidy(language: str) -> None:
    """Tidy traces."""
    _start(language)
    from samrit.plans.services.office.tidying import traces_tidy
    from samrit.plans.services.writing import SYSTEM

    with starting.refusals(language):
        count = traces_tidy(SYSTEM)
    starting.say(language, *both("privacy.tidied", count=count))


@privacy_command.command("export", context_settings=shared.BILINGUAL, help=help_of("privacy.export"))
@click.argument("username")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help=option("privacy.export_out"))
@shared.language_option
def export(username: str, out: Path | None, language: str) -> None:
    """Export a person's data."""
    if out is not None:
        places.require_new(out, language)
    _start(language)
    from samrit.plans.selectors.office.own_data import own_data

    with starting.refusals(language):
        text = json.dumps(own_data(_person(username, language)), ensure_ascii=False, indent=1)
    if out is None:
        click.echo(text)
        return
    places.write_new(out, f"{text}\n".encode(), language, mode=0o600)  # nobody else of the machine reads it


@privacy_command.command("ask", context_settings=shared.BILINGUAL, help=help_of("privacy.ask"))
@click.option("--evidence", type=click.IntRange(1), help=option("privacy.ask_evidence"))
@click.option("--person", "username", help=option("privacy.ask_person"))
@click.option("--reason", required=True, help=option("privacy.ask_reason"))
@shared.language_option
def ask(evidence: int | None, username: str | None, reason: str, language: str) -> None:
    """Ask for an erasure; somebody else decides."""
    if (evidence is None) == (username is None):
        shared.stop(language, *both("privacy.ask_one"), code=shared.MISUSED)
    _start(language)
    from samrit.plans.models import Evidence
    from samrit.plans.services.office.erasing import evidence_erasure_ask, person_erasure_ask
    from samrit.plans.services.writing import SYSTEM

    with starting.refusals(language):
        if evidence is not None:
            file = Evidence.objects.select_related("plan").filter(pk=evidence, erased=0).first()
            if file is None:
                shared.stop(language, *both("privacy.no_evidence", number=evidence))
            row = evidence_erasure_ask(SYSTEM, evidence=file, reason=reason)
        else:
            row = person_erasure_ask(SYSTEM, person=_person(username or "", language), reason=reason)
    starting.say(language, *both("privacy.asked", number=row.pk))


@privacy_command.command("decide", context_settings=shared.BILINGUAL, help=help_of("privacy.decide"))
@click.argument("number", type=click.IntRange(1))
@click.option("--erase/--refuse", required=True, default=None, help=option("privacy.decide_erase"))
@click.option("--remark", default="", help=option("privacy.decide_remark"))
@shared.language_option
def decide(number: int, erase: bool, remark: str, language: str) -> None:
    """Decide an erasure."""
    _start(language)
    from samrit.plans.models import Erasure
    from samrit.plans.services.office.erasing import erasure_decide
    from samrit.plans.services.writing import SYSTEM

    with starting.refusals(language):
        row = Erasure.objects.filter(pk=number).first()
        if row is None:
            shared.stop(language, *both("privacy.no_request", number=number))
        erasure_decide(SYSTEM, erasure=row, erase=erase, remark=remark)
    starting.say(language, *both("privacy.decided", number=number))


@privacy_command.command("list", context_settings=shared.BILINGUAL, help=help_of("privacy.list"))
@shared.language_option
@shared.json_option
def listed(language: str, as_json: bool) -> None:
    """List erasures."""
    _start(language)
    from samrit.plans.models import Erasure

    with starting.refusals(language):
        rows = list(Erasure.objects.order_by("pk").values("pk", "kind", "subject", "state", "reason", "remark"))
    if as_json:
        shared.print_json(rows)
        return
    for row in rows:
        click.echo(" · ".join(str(value) for value in row.values() if value != ""))


def _start(language: str) -> None:
    starting.start(language)
    starting.require_tables(language)


def _person(username: str, language: str) -> Any:
    from samrit.plans.models import Person

    person = Person.objects.filter(username=username).first()
    if person is None:
        shared.stop(language, *both("privacy.no_person", name=username))
    return person
