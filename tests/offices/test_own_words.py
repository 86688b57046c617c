"""No word of the first office stands in what a plan without it reads: commands, forms, documents, pages (issue M).

The plan is the NGO's of ``examples/offices``: English, Common Era, US dollars, no funds.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pypdf
import pytest
from click.testing import CliRunner
from django.test import Client

from samrit.cli.main import main
from samrit.engine.checks import check_plan
from samrit.engine.score import score
from samrit.package import write
from samrit.plans.models import Plan, Role, Unit
from samrit.plans.services.draft.opening import draft_amend
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.reports import report_submit
from samrit.plans.services.writing import SYSTEM
from samrit.reports.evaluation import report
from samrit.reports.plan_book import book
from samrit.reports.writers import html
from tests.offices.foreign import FOREIGN, foreign
from tests.offices.forms import OFFICES, package
from tests.plans.office import People
from tests.plans.singly import report_confirm


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the NGO's plan as a package."""
    path = tmp_path_factory.mktemp("ngo") / "ngo"
    write(package("ngo"), path)
    return path


def said(*words: str) -> str:
    """Return what a command prints."""
    done = CliRunner().invoke(main, words)
    assert done.exit_code in (0, 1), done.output
    return done.output


@pytest.mark.parametrize("language", ["en", "th"])
@pytest.mark.parametrize(
    "command",
    [
        "check {}",
        "summary {}",
        "evaluate {} --works",
        "evaluate {} --month 6",
        "explain {} A2",
        "explain {} A2 2",
        "explain {} A3 --money",
        "explain {} --cell strategy=OC1,band=good",
        "forecast {} --month 6",
        "compare {} {}",
    ],
)
def test_no_command_says_a_word_of_the_first_office(command: str, language: str, folder: Path) -> None:
    assert foreign(said(*command.format(folder, folder).split(), "--lang", language)) == []


@pytest.mark.parametrize(
    "command", ["evaluate {} --works", "explain {} A2", "forecast {} --month 6", "report {} --month 6 --format html"]
)
def test_its_activities_are_called_so(command: str, folder: Path, tmp_path: Path) -> None:
    """Neither a work nor a project: the plan calls what is scored an activity."""
    words = command.format(folder).split()
    text = said(*words, *(["--out", str(tmp_path)] if words[0] == "report" else []), "--lang", "en")
    for document in tmp_path.glob("*.html"):
        text += "\n".join(texts_of(document.read_bytes(), document.name))
    # The place of a cell names the sheet of the form that it came from.
    assert re.findall(r"(?i)\b(?:works?|projects?)\b(?!!)", text) == []


def test_the_first_offices_own_words_are_found() -> None:
    """The test could fail: what it looks for stands in what the first office reads."""
    assert foreign(said("evaluate", str(OFFICES.parent / "sso-2568"), "--lang", "th")) != []
    assert foreign("งบประมาณ 5 บาท ตามบทบาท") == ["งบประมาณ 5 บาท ตามบทบาท"]


def test_the_import_says_none(tmp_path: Path) -> None:
    form = str(OFFICES / "ngo.xlsx")
    assert foreign(said("import", form, "--out", str(tmp_path / "made"), "--lang", "en")) == []


@pytest.mark.parametrize("language", ["en", "th"])
def test_an_empty_form_asks_for_nothing_that_the_plan_does_not_have(language: str, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    said("template", str(path), "--lang", language, "--era", "ce", "--currency", "USD", "--no-funds")
    asked = "\n".join(texts_of(path.read_bytes(), "form.xlsx"))
    assert foreign(CHOICES.sub("", asked)) == []


@pytest.mark.parametrize("language", ["en", "th"])
@pytest.mark.parametrize("month", ["0", "12"])
def test_no_document_holds_one(month: str, language: str, folder: Path, tmp_path: Path) -> None:
    """The evaluation report and the plan's book: HTML, Word, PDF and the workbook with live formulas."""
    said(
        "report",
        str(folder),
        "--month",
        month,
        "--format",
        "html,docx,xlsx,pdf",
        "--out",
        str(tmp_path),
        "--lang",
        language,
    )
    for file in tmp_path.iterdir():
        found = [hit for text in texts_of(file.read_bytes(), file.name) for hit in foreign(text)]
        assert found == [], file.name


def texts_of(content: bytes, name: str) -> Iterator[str]:
    """Yield the readable texts of a file that is handed out."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.namelist():
                if part.endswith((".xml", ".csv", ".docx", ".xlsx", ".html", ".txt")):
                    yield from texts_of(archive.read(part), part)
        return
    if content[:4] == b"%PDF":
        yield from (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
        return
    text = re.sub(r"<(style|script)\b.*?</\1>", " ", content.decode("utf-8", "replace"), flags=re.DOTALL)
    if name.endswith(".csv"):  # keys of the package are the same for every office
        yield text.partition("\n")[2]
        return
    yield unescape(re.sub(r"<[^>]+>", "\n", text))


TEMPLATE = re.compile(r"\{[a-z_]+(?::[^{}]*)?\}")  # a sentence whose fields nobody filled
THAI_LETTERS = re.compile(r"[\u0e01-\u0e5b]+")
# The form of past months is not in English yet; a draft's files of rules hold the names in both languages.
IN_BOTH = ("/past.xlsx", "/rulesets/", "/bands/")
# The first office's era is one to choose; packages keep years one way, and funds are asked for where they are wanted.
CHOICES = re.compile(r"Buddhist era \(B\.E\.\)|พุทธศักราช \(พ\.ศ\.\)")
SKIPPED = re.compile(r"/(sign-out|language|static|rules)\b|logout|/drafts/\d+/funds|(reported|plan|/\d+)\.zip")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "th"])
def test_no_page_or_file_in_reach_holds_one(language: str, person: People) -> None:
    """Every page that a link leads to, for every kind of person."""
    plan = plan_import(SYSTEM, package=package("ngo"))
    _report(plan, person)
    draft_amend(SYSTEM, plan=plan, effective_period=6)
    told: dict[str, list[str]] = {}
    for role in (Role.PLANNER, Role.REPORTER, Role.EXECUTIVE) if language == "en" else (Role.PLANNER,):
        needs_unit = role is Role.REPORTER
        who = person(role, unit="WASH") if needs_unit else person(role)
        client = Client(headers={"accept-language": language})
        client.cookies["language"] = language
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
        for address, text in crawled(client):
            found = [*foreign(CHOICES.sub("", text)), *TEMPLATE.findall(text)]
            if language == "en" and not address.endswith(IN_BOTH):
                found += THAI_LETTERS.findall(text.replace("ไทย", ""))  # the name of the other language
            if found:
                told.setdefault(address, found[:3])
    assert not told, "\n".join(f"{at}: {found}" for at, found in told.items())


def _report(plan: Plan, person: People) -> None:
    unit = Unit.objects.get(code="WASH")
    reporter, head = person(Role.REPORTER, unit="WASH"), person(Role.HEAD, unit="WASH")
    report_submit(reporter, plan=plan, unit=unit, period=1)
    report_confirm(head, plan=plan, unit=unit, period=1)


def crawled(client: Client, most: int = 90) -> Iterator[tuple[str, str]]:
    """Yield each page and file that can be reached by links, with its readable text; one of a kind of address."""
    waiting, seen, kinds = ["/"], set[str](), set[str]()
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        kind = re.sub(r"\d+|\b(A\d(\.\d)?|MEL|WASH|OC\d)\b|=[^&]*", "#", address)
        if address in seen or kind in kinds or SKIPPED.search(address):
            continue
        seen.add(address)
        kinds.add(kind)
        answer: Any = client.get(address, follow=True)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.status_code == 200:
            yield address, "\n".join(texts_of(content, address.partition("?")[0]))
        if b"<html" in content[:400]:
            links = re.findall(r'(?:href|hx-get)="(/[^"#]*)', content.decode())
            waiting += [unescape(link) for link in links]


# A Thai office of baht and Buddhist years, whose plan names its planners: what is still the first office's alone.
THAI = re.compile(r"\bSSF\b|\bWCF\b|\bsso\b|insured|social security|กองทุน|ประกันสังคม|ผู้ประกันตน|กองแผน", re.IGNORECASE)


@pytest.mark.parametrize("office", ["tambon", "faculty", "health-district", "province", "okr"])
def test_no_report_of_another_office_holds_one(office: str, tmp_path: Path) -> None:
    kept = package(office)
    rules, words = kept.ruleset(), kept.plan.speech
    assert rules is not None
    found = FOREIGN if words.era == "ce" else THAI
    for language in (words.language,) if words.language else ("th", "en"):
        result = score(kept.plan, rules, 6)
        html.write(
            report.build(result, language=language, findings=check_plan(kept.plan, rules, 6)), tmp_path / "r.html"
        )
        html.write(book.build(kept.plan, language=language, ruleset=rules), tmp_path / "b.html")
        for path in (tmp_path / "r.html", tmp_path / "b.html"):
            text = "\n".join(texts_of(path.read_bytes(), path.name))
            assert found.findall(text) == [], path.name


@pytest.mark.django_db
@pytest.mark.parametrize("office", ["tambon", "faculty", "health-district", "province", "okr"])
def test_no_page_of_another_office_holds_one(office: str, person: People) -> None:
    """The pages of the planner, as a link leads to each, in the language of the plan."""
    kept = package(office)
    plan, words = plan_import(SYSTEM, package=kept), kept.plan.speech
    draft_amend(SYSTEM, plan=plan, effective_period=6)
    found = FOREIGN if words.era == "ce" else THAI
    client = Client(headers={"accept-language": words.language or "th"})
    client.cookies["language"] = words.language or "th"
    client.force_login(person(Role.PLANNER), backend="django.contrib.auth.backends.ModelBackend")
    pages = dict(crawled(client, most=60))
    told = {address: hits[:3] for address, text in pages.items() if (hits := found.findall(CHOICES.sub("", text)))}
    assert len(pages) > 25
    assert not told, "\n".join(f"{at}: {hits}" for at, hits in told.items())
