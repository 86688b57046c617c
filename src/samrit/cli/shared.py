"""What the commands share: options, reading a package, picking rule set and period, printing."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click
from rich.console import Console
from rich.table import Table

from samrit.engine.indicators.dated import last_reported
from samrit.engine.model import Plan
from samrit.engine.results import PlanResult
from samrit.engine.ruleset import RuleSet
from samrit.engine.score import score
from samrit.package import PlanPackage, read
from samrit.package.ready_rules import default_rules
from samrit.vocabulary.findings import Finding, Place, Severity, sentence
from samrit.vocabulary.speech import speaking

DONE, FAULTY, MISUSED, UNREADABLE = 0, 1, 2, 3

BILINGUAL = {"help_option_names": ["-h", "--help"], "max_content_width": 110}
PACKAGE = click.Path(path_type=Path)
_MOST_PLACES = 12  # named in one line of a notice

_F = TypeVar("_F", bound=Callable[..., Any])


def language_option(function: _F) -> _F:
    """Add ``--lang``."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(["th", "en"]),
        default="th",
        envvar="SAMRIT_LANG",
        show_default=True,
        help="ภาษาที่แสดง / language of the output",
    )(function)


def json_option(function: _F) -> _F:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="พิมพ์เป็น JSON / print JSON")(function)


def month_option(function: _F) -> _F:
    """Add ``--month``: the last period counted."""
    return click.option(
        "--month",
        "as_of",
        type=click.IntRange(0, 12),
        default=None,
        help="เดือนที่ของปีแผน 1–12 ที่ประเมินถึง (ไม่ระบุ: เดือนล่าสุดที่มีผล) / "
        "last month of the plan's own year to count, 1–12 (default: the latest with a result)",
    )(function)


def ruleset_option(function: _F) -> _F:
    """Add ``--ruleset``."""
    return click.option(
        "--ruleset", "ruleset_id", default="", help="รหัสชุดกติกา / id of the rule set (default: the plan's own)"
    )(function)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A package that could be read, and what was noticed on the way."""

    package: PlanPackage
    findings: tuple[Finding, ...]

    @property
    def plan(self) -> Plan:
        """The package's plan."""
        return self.package.plan


def load(path: Path, language: str) -> Loaded:
    """Read the package at ``path``; print its faults and leave with exit code 3 when it cannot be used."""
    reading = read(path)
    if reading.package is None:
        stop(language, "อ่านชุดข้อมูลแผนไม่ได้", "The plan package cannot be used", reading.findings)
    hear(reading.package.plan)
    return Loaded(reading.package, reading.findings)


def hear(plan: Plan) -> None:
    """Print in the plan's own words from here to the end of the command."""
    click.get_current_context().with_resource(speaking(plan.speech))


def stop(language: str, thai: str, english: str, findings: Sequence[Finding] = (), code: int = UNREADABLE) -> NoReturn:
    """Print a message and its findings on standard error and leave with ``code``."""
    out = Console(stderr=True, highlight=False, soft_wrap=True)
    out.print(english if language == "en" else thai, style="bold red", markup=False)
    print_findings(findings, language, out)
    sys.exit(code)


def print_findings(findings: Iterable[Finding], language: str, out: Console) -> None:
    """Print findings: sign, code, sentence; those that say the same of several places are one line that names them."""
    signs = {Severity.ERROR: ("✕", "red"), Severity.WARNING: ("▲", "yellow"), Severity.NOTICE: ("·", "dim")}
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.code, repr(sorted(finding.params.items()))), []).append(finding)
    for same in alike.values():
        sign, style = signs[same[0].severity]
        out.print(f"{sign} [{same[0].code}] ", style=style, end="", markup=False)
        out.print(sentence(replace(same[0], place=_places(same, language)), language), markup=False)


def _places(findings: Sequence[Finding], language: str) -> Place:
    """Return one place that names those of all ``findings``; of notices as many as a line takes, and how many more."""
    if len(findings) == 1:
        return findings[0].place
    named = list(dict.fromkeys(place for f in findings if (place := f.place.text(language))))
    most = _MOST_PLACES if findings[0].severity is Severity.NOTICE else len(named)
    more = f"; … (+{len(named) - most})" if len(named) > most else ""
    return Place(record="; ".join(named[:most]) + more)


def finding_data(finding: Finding) -> dict[str, object]:
    """Return a finding as plain data for JSON, with its sentence in both languages."""
    place = finding.place
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "record": place.record,
        "document": place.document,
        "page": place.page,
        "line": place.line,
        "column": place.column,
        "params": dict(finding.params),
        "th": sentence(finding, "th"),
        "en": sentence(finding, "en"),
    }


def pick_ruleset(loaded: Loaded, ruleset_id: str, language: str) -> RuleSet:
    """Return the rule set asked for, else the plan's, else the default; exit code 2 if unknown."""
    ruleset = loaded.package.ruleset(ruleset_id)
    if ruleset is not None:
        return ruleset
    if ruleset_id:
        known = ", ".join(r.id for r in loaded.package.rulesets) or "–"
        stop(
            language,
            f"ไม่มีชุดกติกา {ruleset_id} ในชุดข้อมูลนี้ (มี: {known})",
            f"There is no rule set {ruleset_id} in this package (there are: {known})",
            code=MISUSED,
        )
    return default_rules()


def pick_month(plan: Plan, as_of: int | None) -> int:
    """Return ``as_of``, or the latest period with a result, 0 when nothing was reported yet."""
    return last_reported(plan) if as_of is None else as_of


def evaluated(loaded: Loaded, as_of: int | None, ruleset_id: str, language: str) -> PlanResult:
    """Return the plan of ``loaded`` scored under the chosen rule set up to the chosen month."""
    return score(loaded.plan, pick_ruleset(loaded, ruleset_id, language), pick_month(loaded.plan, as_of))


def print_json(data: object) -> None:
    """Print ``data`` as JSON: figures exact, as text; Thai as it is."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=str)
    return str(value)


def console() -> Console:
    """Return standard output as a console: the terminal's width, or 140 columns in a pipe."""
    out = Console(highlight=False)
    return out if out.is_terminal else Console(highlight=False, width=140)


def progress_console() -> Console:
    """Return standard error as a console, so that what a command prints stays alone on standard output."""
    return Console(stderr=True, highlight=False)


def table(title: str, *columns: str, numbers: Iterable[int] = ()) -> Table:
    """Return an empty table; columns named in ``numbers`` (by position) are right-aligned."""
    made = Table(title=title, title_justify="left", title_style="bold")
    right = set(numbers)
    for at, name in enumerate(columns):
        made.add_column(name, justify="right" if at in right else "left", overflow="fold")
    return made
