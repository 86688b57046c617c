"""Attacks, each tried on the application and on a variant without the protection, where it must succeed.

An attack that fails everywhere would prove nothing about the protection.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.conf import LazySettings
from django.contrib.sessions.backends.base import SessionBase
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from openpyxl import load_workbook

from samrit.plans.evaluation.memory import forget
from samrit.plans.models import Evidence, Person, Plan, SavedView, Unit
from samrit.plans.records.stored_files import evidence_path
from samrit.plans.rights import unit_codes
from samrit.plans.services.report.evidence import evidence_add
from tests.plans.office import PASSWORD, Clock, People
from tests.web import addressed
from tests.web.addressed import UNIT, Office, finish, parameters
from tests.web.poison import poison, poisoned_plans
from tests.web.signing_in import code_of, give_authenticator, is_signed_in, sign_in
from tests.web.test_permissions import TABLE, lines, sent

pytestmark = pytest.mark.django_db

FORMULA = '=HYPERLINK("http://evil.example","x")'


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def made(register: dict[str, Unit], person: People, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr("samrit.web.views.control.evaluations.start_printing", lambda *_: None)
    return addressed.office(person)


def pages(made: Office, who: str, query: str = "") -> Iterator[tuple[str, str]]:
    """Yield name and HTML of every page that opens to ``who``."""
    client = made.client(who)
    for name, method, _ in lines(TABLE):
        if method == "GET":
            response = client.get(made.address(name) + query)
            is_page = response.headers["Content-Type"].startswith("text/html") and not response.has_header(
                "Content-Disposition"
            )
            if response.status_code in (200, 404, 403) and is_page:
                yield name, response.content.decode()
            finish(response)


class TestForgedForms:
    """Another site makes the browser of somebody signed in send a form (CSRF)."""

    def test_no_address_takes_a_form_that_is_not_ours(self, made: Office) -> None:
        taken = [name for name, method, _ in lines(TABLE) if method == "POST" and self.is_taken(made, name)]
        assert taken == []

    def test_without_the_protection_it_is_taken(self, made: Office, settings: LazySettings) -> None:
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "Csrf" not in name]
        assert self.is_taken(made, "person_new")
        assert self.is_taken(made, "sign_out")

    def is_taken(self, made: Office, name: str) -> bool:
        with transaction.atomic():
            client = made.client("administrator", enforce_csrf_checks=True)
            status = client.post(made.address(name), sent(made, name)).status_code
            transaction.set_rollback(True)
        return status not in (401, 403)  # 401: who is signed in counts for nothing there, a program brings its key


class TestFixedSession:
    """The attacker gives the victim a session and waits until they sign in with it."""

    def test_signing_in_gives_a_new_session(self, person: People) -> None:
        assert not self.is_fixed(person("auditor"))

    def test_without_the_rotation_the_attacker_is_in(self, person: People, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(SessionBase, "cycle_key", lambda self: None)
        assert self.is_fixed(person("auditor"))

    def is_fixed(self, victim: Person) -> bool:
        browser, attacker = Client(), Client()
        session = browser.session
        session["from"] = "the attacker"
        session.save()
        attacker.cookies["sessionid"] = session.session_key
        sign_in(browser, victim)
        assert is_signed_in(browser)
        return is_signed_in(attacker)


class TestGuessing:
    """Passwords are tried one after the other."""

    GUESSES: ClassVar = [f"password number {n}" for n in range(40)]

    def test_after_five_the_right_one_does_not_help(self, person: People) -> None:
        assert self.tries_needed(person("auditor")) is None

    def test_neither_does_pretending_to_come_from_elsewhere(self, person: People) -> None:
        assert self.tries_needed(person("auditor"), HTTP_X_FORWARDED_FOR="{}.1.1.1") is None

    def test_behind_our_proxy_every_browser_counts_for_itself(self, person: People, settings: LazySettings) -> None:
        settings.TRUSTED_PROXIES = 1
        auditor = person("auditor")
        assert self.tries_needed(auditor, HTTP_X_FORWARDED_FOR="{}.1.1.1, 10.0.0.9") is None
        honest = Client()
        sign_in(honest, auditor, HTTP_X_FORWARDED_FOR="10.0.0.10")
        assert is_signed_in(honest)

    def test_without_the_lock_out_the_attacker_gets_in(self, person: People, settings: LazySettings) -> None:
        settings.AXES_ENABLED = False
        settings.ACCOUNT_RATE_LIMITS = False
        assert self.tries_needed(person("auditor")) == len(self.GUESSES) + 1

    def test_codes_cannot_be_guessed_from_many_addresses(self, person: People, settings: LazySettings) -> None:
        assert not self.is_in_by_code(person("auditor"))

    def test_without_a_limit_by_name_they_can(self, person: People, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("samrit.web.accounts.forms.codes_guessed", lambda name: False)
        assert self.is_in_by_code(person("auditor"))

    def is_in_by_code(self, victim: Person) -> bool:
        """Say whether somebody who knows the password gets in by trying codes from ever new addresses."""
        secret = give_authenticator(victim)
        codes = [f"{number:06}" for number in range(30)]
        for number, code in enumerate([*codes, code_of(secret)]):
            client = Client(REMOTE_ADDR=f"10.1.{number // 4}.1")
            sign_in(client, victim)
            client.post("/sign-in/code/", {"code": code})
        return is_signed_in(client)

    def test_names_cannot_be_found_out_by_the_answer(self, person: People) -> None:
        person("auditor")
        answers = [sign_in(Client(), name, "wrong").content.decode() for name in ("auditor-1", "nobody-x")]
        stripped = [re.sub(r'value="[^"]*"', "", answer) for answer in answers]
        assert stripped[0] == stripped[1]

    def tries_needed(self, victim: Person, **meta: str) -> int | None:
        for number, guess in enumerate([*self.GUESSES, PASSWORD], 1):
            client = Client()
            sign_in(client, victim, guess, **{key: value.format(number) for key, value in meta.items()})
            if is_signed_in(client):
                return number
        return None


class TestFileNames:
    """A file's name tries to leave its folder."""

    NAMES: ClassVar = [
        "../../../evil.pdf",
        "..\\..\\evil.pdf",
        "/etc/evil.pdf",
        "a/../../evil.pdf",
        "..%2f..%2fevil.pdf",
        "x\0.pdf",
    ]

    def test_files_lie_under_their_content_whatever_their_name(
        self, made: Office, settings: LazySettings, tmp_path: Path
    ) -> None:
        for name in self.NAMES:
            before = set(tmp_path.rglob("*"))
            self.send(made, name)
            fresh = {path for path in tmp_path.rglob("*") if path.is_file()} - before
            fresh = {path for path in fresh if not path.name.startswith(".placing-")}  # until the write counts
            assert len(fresh) == 1, name
            assert not self.escaped(fresh, Path(settings.EVIDENCE_ROOT)), name
            assert all(re.fullmatch(r"[0-9a-f]{64}", path.name) for path in fresh), name

    def test_they_are_handed_out_under_a_plain_name_as_a_download(self, made: Office) -> None:
        auditor = made.client("auditor")
        for name in self.NAMES:
            row = self.send(made, name)
            response = auditor.get(f"/evidence/{row.pk}/")
            finish(response)
            disposition = response.headers["Content-Disposition"]
            assert disposition.startswith("attachment"), name
            given = disposition.partition("filename")[2].replace("utf-8''", "").strip('="*')
            assert not re.search(r"^\.|[\\/\x00]", given), name
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in response.headers["Content-Security-Policy"]

    def test_a_store_by_name_would_let_them_out(self, tmp_path: Path) -> None:
        root = tmp_path / "evidence" / "deep" / "deeper"
        root.mkdir(parents=True)
        (root / self.NAMES[0]).resolve().write_bytes(b"x")
        assert self.escaped({p for p in tmp_path.rglob("*") if p.is_file()}, root)

    def test_what_a_browser_could_run_is_refused(self, made: Office) -> None:
        before = Evidence.objects.count()
        client = made.client("reporter")
        for name, content in (
            ("page.html", b"<html>"),
            ("picture.svg", b"<svg onload='x'>"),
            ("page.pdf", b"<html><script>alert(1)</script>"),
            ("picture.png", b"<svg xmlns='http://www.w3.org/2000/svg'>"),
            ("run.exe", b"MZ"),
            ("page.pdf.html", b"%PDF-1.7"),
            ("noending", b"%PDF-1.7"),
        ):
            client.post(made.address("evidence_add"), {"project": "P1", "file": SimpleUploadedFile(name, content)})
            assert Evidence.objects.count() == before, name

    def test_a_file_of_the_register_does_not_reach_the_disk(self, made: Office, tmp_path: Path) -> None:
        before = {file for file in tmp_path.rglob("*") if "turns" not in file.parts}
        file = SimpleUploadedFile("../../units.csv", b"code,parent\nx,nowhere\n")
        assert made.client("administrator").post("/units/register/", {"file": file}).status_code == 422
        # Who waits for a turn at reading holds an empty file; nothing of what was sent is in it.
        left = {file for file in tmp_path.rglob("*") if file.is_file() and "turns" not in file.parts}
        assert left == {file for file in before if file.is_file()}
        assert all(file.stat().st_size == 0 for file in tmp_path.rglob("turns/*"))

    def send(self, made: Office, name: str) -> Evidence:
        unit = Unit.objects.get(code=UNIT)
        content = io.BytesIO(b"%PDF-1.7 " + name.encode())
        reporter = Person.objects.get(pk=made.people["reporter"].pk)
        row = evidence_add(reporter, plan=made.plan, project="P1", unit=unit, period=3, name=name, stream=content)
        assert evidence_path(row.sha256).is_file()
        return row

    def escaped(self, files: set[Path], root: Path) -> bool:
        return any(not path.resolve().is_relative_to(root.resolve()) for path in files)


@pytest.mark.one_database
class TestScripts:
    """Text that people type is a script (stored XSS)."""

    def test_no_page_runs_what_people_typed(self, made: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        poison(made, monkeypatch)
        shown, running = self.found(made, ("administrator", "planner", "reporter", "head", "auditor"))
        assert running == set()
        # What was typed really reaches these pages: the test is not about empty ones.
        assert shown >= {
            "front",
            "plan",
            "work",
            "why",
            "report",
            "my_work",
            "person",
            "people",
            "unit",
            "units",
            "control",
        }

    def test_without_escaping_it_would_run(
        self, made: Office, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
    ) -> None:
        poison(made, monkeypatch)
        options = {**settings.TEMPLATES[0]["OPTIONS"], "autoescape": False}
        settings.TEMPLATES = [{**settings.TEMPLATES[0], "OPTIONS": options}]
        _, running = self.found(made, ("administrator",))
        assert running >= {"people", "unit", "plan"}

    def found(self, made: Office, people: tuple[str, ...]) -> tuple[set[str], set[str]]:
        """Return the pages that show the text, and those in which it would run."""
        shown, running = set(), set()
        for who in people:
            for name, html in pages(made, who):
                if "alert(" in html:
                    shown.add(name)
                if "<script>alert(" in html or "<img src=x" in html:
                    running.add(name)
        return shown, running


class TestFormulas:
    """Text that people typed is a formula when a table is opened in a spreadsheet."""

    def test_no_table_holds_a_formula(self, made: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        poisoned_plans(monkeypatch, FORMULA)
        Plan.objects.update(title=FORMULA, title_en=FORMULA)
        Unit.objects.filter(code=UNIT).update(name=FORMULA)
        forget()
        tables = dict(self.tables(made))
        assert len(tables) >= 10
        assert {name for name, found in tables.items() if found} == set()

    @pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", " =1+1"])
    def test_every_beginning_that_a_spreadsheet_runs_is_made_harmless(self, text: str) -> None:
        from samrit.web.exports.tables import ExportColumn, OutTable, written

        table = OutTable("t", [ExportColumn("a")], [[text]])
        assert not formulas_in(written(table, "csv"), "csv")
        assert not formulas_in(written(table, "xlsx"), "xlsx")

    def test_without_the_protection_there_is_one(self, made: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("samrit.web.exports.tables.neutral", lambda text: text)
        poisoned_plans(monkeypatch, FORMULA)
        assert [name for name, found in self.tables(made) if found]

    def tables(self, made: Office) -> Iterator[tuple[str, bool]]:
        client = made.client("planner")
        code = made.plan.code
        addresses = [
            *(
                f"plans/{code}/tables/{name}"
                for name in ("works", "bands", "money", "attention", "silent", "heat", "links")
            ),
            f"plans/{code}/works/P1/months",
            f"plans/{code}/why/P1/steps",
        ]
        for address in addresses:
            for form in ("csv", "xlsx"):
                response = client.get(f"/{address}.{form}")
                assert response.status_code == 200, address
                yield f"{address}.{form}", formulas_in(response.content, form)
        response = client.get(made.address("unit_form"))
        yield "form.xlsx", formulas_in(response.content, "xlsx")


class TestForeignNumbers:
    """Somebody signed in tries every id of everything (IDOR)."""

    def test_no_id_of_a_foreign_plan_opens(self, made: Office) -> None:
        for who in ("other", "nobody", "public"):
            assert list(self.opened(made, who)) == []

    def test_a_reporter_opens_the_reports_of_their_own_units_only(self, made: Office) -> None:
        reporter = made.people["reporter"]
        own = unit_codes(reporter)
        client = made.client("reporter")
        opened = {
            code
            for code in Unit.objects.values_list("code", flat=True)
            if client.get(f"/report/{made.plan.code}/{code}/3/").status_code == 200
        }
        assert opened == own & {UNIT}

    def test_a_saved_view_of_another_is_left_alone(self, made: Office) -> None:
        view = SavedView.objects.create(person=made.people["planner"], page="plan", name="x", query="")
        made.client("executive").post(made.address("delete_view"), {"view": str(view.pk)})
        assert SavedView.objects.filter(pk=view.pk).exists()

    def test_a_role_is_taken_only_from_the_person_who_has_it(self, made: Office) -> None:
        username = made.people["reporter"].username
        response = made.client("administrator").post(f"/person/{username}/roles/{made.role.pk}/take/")
        assert response.status_code == 404
        assert made.people["auditor"].roles.exists()

    def test_without_the_question_they_open(self, made: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("samrit.plans.selectors.office.visible.may", lambda *_, **__: True)
        monkeypatch.setattr("samrit.plans.rights.may", lambda *_, **__: True)
        assert {name for name, _ in self.opened(made, "other")} >= {"plan", "work", "evidence"}

    def opened(self, made: Office, who: str) -> Iterator[tuple[str, str]]:
        """Yield the addresses about the first plan, with every id there is, that open to ``who``."""
        client = made.client(who)
        numbers = {
            "evidence": [*Evidence.objects.values_list("pk", flat=True), 0, 10**9],
            "evaluation": [1, 2],
            "evaluation_file": [1, 2],
        }
        choices: dict[str, list[Any]] = {
            "plan": [made.plan.code], "code": [made.plan.code], "project": ["P1", "P2"], "indicator": ["P1.1"],
            "record": ["P1", "P1.1", "P9"], "unit": [UNIT, "ทุกหน่วยงาน"], "period": [1, 3, 12],
            "table": ["works", "bands"], "form": ["csv", "docx"], "language": ["th"],
        }  # fmt: skip
        about = {"plan", "code"}
        for name in dict.fromkeys(name for name, method, _ in lines(TABLE) if method == "GET"):
            wanted = parameters(name)
            if (
                name == "unit"
                or not (wanted & about or name == "evidence")
                or not wanted <= choices.keys() | {"number"}
            ):
                continue
            for given in products({key: numbers.get(name, [1]) if key == "number" else choices[key] for key in wanted}):
                address = addressed.reverse(name, kwargs=given)
                response = client.get(address)
                finish(response)
                if response.status_code not in (302, 401, 403, 404):
                    yield name, address


@pytest.mark.one_database
class TestPolicy:
    """What a page may load, and that no page needs more."""

    def test_every_answer_carries_the_policy_and_the_headers(self, made: Office) -> None:
        for who in ("public", "planner"):
            for path in ("/", "/sign-in/", "/nothing-here/", "/rules/", made.address("plan")):
                headers = made.client(who).get(path).headers
                policy = headers["Content-Security-Policy"]
                assert "default-src 'self'" in policy
                assert "script-src 'self';" in f"{policy};"
                assert "unsafe" not in policy
                assert headers["X-Frame-Options"] == "DENY"
                assert headers["X-Content-Type-Options"] == "nosniff"
                assert headers["Referrer-Policy"] == "same-origin"

    def test_no_page_holds_an_inline_script_style_or_handler_or_names_another_host(self, made: Office) -> None:
        found = set()
        for who in ("planner", "administrator", "reporter", "public"):
            for name, html in pages(made, who):
                found |= {(name, bad) for bad in _INLINE.findall(html)}
                found |= {(name, host) for host in _ELSEWHERE.findall(html)}
        assert found == set()


_INLINE = re.compile(r'\sstyle="|<style|<script(?![^>]*\ssrc=)|\son[a-z]+="|javascript:|hx-on')
_ELSEWHERE = re.compile(r"""(?:src|href|action)=["']?(?:https?:)?//([^/"' >]+)""")


def formulas_in(content: bytes, form: str) -> bool:
    """Say whether a spreadsheet would run something of what was typed."""
    if form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
        return any(re.match(r"\s*[=+\-@]", cell) and not re.fullmatch(r"-?[\d.,]+", cell) for cell in cells)
    book = load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    return any(cell.data_type == "f" and re.search("HYPERLINK|SUM|1\\+1", str(cell.value)) for cell in cells)


def products(choices: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """Yield every combination of the choices."""
    if not choices:
        yield {}
        return
    (key, values), *rest = choices.items()
    for value in values:
        for other in products(dict(rest)):
            yield {key: value, **other}


def test_the_public_reads_nothing_by_which_an_account_is_reached(made: Office) -> None:
    """15.3.1: what pages and tables show are rows made for them, not what lies in the database."""
    Plan.objects.update(is_public=True)
    client, known = made.client("public"), [who for who in made.people.values() if who.email]
    read = []
    for name in [line.split()[0] for line in TABLE.splitlines() if " GET " in line and " plan.view " in line]:
        response = client.get(made.address(name))
        finish(response)
        if response.status_code == 200 and not response.streaming:
            read.append(name)
            text = response.content.decode("utf-8", "replace")
            assert [who.username for who in known if who.username in text or who.email in text] == [], name
    assert {"plan", "work", "why", "coverage", "plan_table", "work_table"} <= set(read)
