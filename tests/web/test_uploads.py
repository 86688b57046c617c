"""What people send: looked at by whom it comes before its first byte is read, read apart, a few at a time (F.3)."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samrit.intake.sources import limits
from samrit.package.rows import packed as packed_rows
from samrit.package.rows import typed
from samrit.plans.drafting.document import standing
from samrit.plans.errors import ServiceError
from samrit.plans.models import Evidence, PlanDraft, Unit
from samrit.plans.records import turns
from samrit.plans.records.turns import turn
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.evidence import evidence_add
from samrit.plans.services.report.unit_forms import unit_forms_merge
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import Clock, People, small_plan
from tests.source_tree import ROOT

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024


class Unread:
    """The body of a request that must not be looked at."""

    def read(self, *_: int) -> bytes:
        raise AssertionError("the body was read")

    readline = read


def sent(client: Client, address: str, megabytes: int) -> HttpResponse:
    """Send so many megabytes without having them."""
    about = {"CONTENT_LENGTH": str(megabytes * MEGABYTE), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    return client.generic("POST", address, **about, **{"wsgi.input": Unread()})


@pytest.fixture
def strict() -> Client:
    """A browser whose forms are held against their origin, as on a server: that check reads what was sent."""
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    return client


@pytest.mark.parametrize("name", ["sign_in", "my_work", "language", "account_reset_password"])
def test_a_page_that_takes_no_file_refuses_a_large_request_unread(strict: Client, name: str) -> None:
    answer = sent(strict, reverse(name), 5)
    assert answer.status_code == 413
    assert "5 เมกะไบต์" in answer.content.decode()


@pytest.mark.parametrize("name", ["unit_forms", "unit_register"])
def test_nothing_of_a_large_upload_is_read_from_who_may_not_send_it(strict: Client, person: People, name: str) -> None:
    address = reverse(name)
    assert sent(strict, address, 19).status_code == 302
    strict.force_login(person("executive"), backend="django.contrib.auth.backends.ModelBackend")
    assert sent(strict, address, 19).status_code == 403


def test_too_much_at_once_is_refused_unread_in_words(strict: Client, person: People, register: dict[str, Unit]) -> None:
    strict.force_login(person("reporter", unit="กฝ."), backend="django.contrib.auth.backends.ModelBackend")
    answer = sent(strict, reverse("unit_forms"), 22)
    assert answer.status_code == 413
    assert "21 เมกะไบต์" in answer.content.decode()


@pytest.mark.parametrize(
    "announced",
    [
        {"CONTENT_LENGTH": "9" * 17},
        {"CONTENT_LENGTH": "9" * 4000},
        {"CONTENT_LENGTH": "-1"},
        {"CONTENT_LENGTH": "+5"},
        {"CONTENT_LENGTH": "1e3"},
        {"CONTENT_LENGTH": "๑๐"},
        {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"},
        {"CONTENT_LENGTH": "10", "HTTP_TRANSFER_ENCODING": "gzip, chunked"},
    ],
    ids=lambda said: str(said)[:40],
)
@pytest.mark.parametrize("name", ["sign_in", "unit_forms"])
def test_a_size_that_cannot_be_believed_is_refused_unread(strict: Client, name: str, announced: dict[str, str]) -> None:
    about = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "wsgi.input": Unread(), **announced}
    answer = strict.generic("POST", reverse(name), **about)
    assert answer.status_code == 400
    assert "ขนาด" in answer.content.decode()


class TestNul:
    """PostgreSQL keeps no NUL and answers it with a fault: it is refused in one place, before any page."""

    def test_in_a_form_in_a_question_and_in_an_address(self, client: Client) -> None:
        for answer in (
            client.post(reverse("sign_in"), {"username": "a\0b"}),
            client.post(reverse("sign_in"), {"user\0name": "a"}),
            client.get(reverse("front"), {"q": "a\0"}),
            client.get("/drafts/1/indicator/a%00b/"),
        ):
            assert answer.status_code == 400
            assert "NUL" in answer.content.decode()
        assert client.get(reverse("front"), {"q": "a"}).status_code == 302


def flooded(cells: int) -> bytes:
    """Return a small workbook of very many cells, under the names that our forms have."""
    rows = '<row><c t="inlineStr"><is><t>x</t></is></c></row>' * cells
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        book.writestr(
            "[Content_Types].xml", f'<Types><Override ContentType="{kind}" PartName="/xl/workbook.xml"/></Types>'
        )
        sheet = '<sheet name="รายงาน" sheetId="1" r:id="r1"/>'
        book.writestr("xl/workbook.xml", f'<workbook {space} xmlns:r="{relations}"><sheets>{sheet}</sheets></workbook>')
        target = f'<Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
        names = "http://schemas.openxmlformats.org/package/2006/relationships"
        book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{names}">{target}</Relationships>')
        book.writestr("xl/worksheets/sheet1.xml", f"<worksheet {space}><sheetData>{rows}</sheetData></worksheet>")
    return packed.getvalue()


def test_a_flood_of_cells_is_read_apart_and_costs_the_server_nothing(register: dict[str, Unit], person: People) -> None:
    small = flooded(300_000)
    assert len(small) < 250_000
    begun = time.process_time()
    (merged,) = unit_forms_merge(person("reporter", unit="กฝ."), name="f.xlsx", content=small)
    assert [f.code for f in merged.findings] == ["form_not_ours"]
    assert time.process_time() - begun < 2  # openpyxl took ten times that, in the process that serves pages


def test_the_forms_of_one_zip_share_one_time(
    register: dict[str, Unit], person: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samrit.intake.sources.limits.SECONDS", 1e-6)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as bundle:
        for n in range(3):
            bundle.writestr(f"{n}.xlsx", flooded(20_000))  # so much that its reading takes time on any clock
    merged = unit_forms_merge(person("reporter", unit="กฝ."), name="forms.zip", content=packed.getvalue())
    assert [f.code for form in merged for f in form.findings][1:] == ["intake_no_time_left"] * 2


def test_who_reports_for_nobody_has_nothing_opened(
    register: dict[str, Unit], person: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samrit.plans.services.report.unit_forms.forms_in", lambda *_: pytest.fail("it was opened"))
    with pytest.raises(ServiceError) as refused:
        unit_forms_merge(person("executive"), name="f.xlsx", content=b"x")
    assert refused.value.code == "not_allowed"


class TestPlans:
    """A plan that somebody sends is told by its content, read apart, and never larger than a plan can be."""

    @pytest.fixture
    def planner(self, client: Client, person: People) -> Client:
        client.force_login(person("planner"), backend="django.contrib.auth.backends.ModelBackend")
        return client

    @staticmethod
    def sent(planner: Client, name: str, content: bytes) -> HttpResponse:
        return planner.post(reverse("draft_new"), {"way": "file", "file": SimpleUploadedFile(name, content)})

    def test_a_package_of_too_many_rows_is_refused_and_costs_the_server_nothing(self, planner: Client) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
            bundle.writestr("datapackage.json", "{}")
            bundle.writestr("missions.csv", "code,name\n" + "x,y\n" * 2_000_000)
        begun = time.process_time()
        answer = self.sent(planner, "plan.zip", packed.getvalue())
        assert time.process_time() - begun < 2  # all of its rows took ten times that
        assert answer.status_code == 422
        assert f"{limits.MOST_ROWS_OF_PLAN}" in answer.content.decode().replace(",", "")
        assert not PlanDraft.objects.exists()

    def test_the_content_says_what_is_read_and_how(self, planner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of another document nothing is read, whatever its name: a PDF may take minutes, but not of the server."""
        monkeypatch.setattr("samrit.intake.sources.confined.Confined._started", lambda _: pytest.fail("it was read"))
        for name in ("plan.xlsx", "plan.zip", "plan"):
            for content in (
                b"%PDF-1.7\n" + b"x" * 999,
                b"nonsense",
                b"<html></html>",
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            ):
                answer = self.sent(planner, name, content)
                assert answer.status_code == 422
                assert "ไม่ได้อ่าน" in answer.content.decode()

    def test_a_package_under_a_form_s_name_is_taken(self, planner: Client) -> None:
        content = packed_rows(typed(small_plan()))
        assert self.sent(planner, "plan.xlsx", content).status_code == 302
        assert standing(PlanDraft.objects.get())["projects"][1].cells["id"] == "P1"

    def test_every_reading_of_an_upload_has_a_limit_of_time(self) -> None:
        """Nothing under the web application reads with the process of the command line, where a print has minutes."""
        rooms = [ROOT / "src/samrit" / room for room in ("plans", "web")]
        calls = [
            (path, line)
            for room in rooms
            for path in room.rglob("*.py")
            for line in path.read_text("utf-8").splitlines()
        ]
        bare = [(path.name, line) for path, line in calls if "Confined()" in line or "shared()" in line]
        assert bare == []
        reading = [(path.name, line) for path, line in calls if "read_document(" in line]
        assert reading
        assert [found for found in reading if "confined=" not in found[1]] == []


class TestTurns:
    @pytest.fixture(autouse=True)
    def place(self, settings: LazySettings, tmp_path: Path) -> Path:
        settings.DATA = tmp_path
        return tmp_path / "turns"

    def test_one_person_has_one_upload_read(self, place: Path) -> None:
        with turn(1):
            with pytest.raises(ServiceError) as refused, turn(1):
                pass
            assert refused.value.code == "upload_of_yours"
        with turn(1):
            pass
        assert [path.name for path in place.glob("person-*")] == []

    def test_who_finds_no_place_is_told_and_the_next_one_comes_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(turns, "PLACES", 1)
        with turn(1):
            with pytest.raises(ServiceError) as refused, turn(2, patience=0):
                pass
            assert refused.value.code == "upload_queue_full"
        with turn(2, patience=0):
            pass

    def test_a_place_is_free_again_after_a_fault(self) -> None:
        with pytest.raises(ZeroDivisionError), turn(1):
            raise ZeroDivisionError
        with turn(1, patience=0):
            pass

    def test_the_places_are_those_of_all_processes(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(turns, "PLACES", 1)
        place.mkdir(parents=True)
        hold = (
            "import fcntl,sys; s=open(sys.argv[1],'ab'); fcntl.flock(s,2); print('held',flush=True); sys.stdin.read()"
        )
        held = [sys.executable, "-c", hold, str(place / "place-0")]
        with subprocess.Popen(held, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as other:
            assert other.stdout is not None
            assert other.stdin is not None
            assert other.stdout.readline() == b"held\n"
            with pytest.raises(ServiceError), turn(1, patience=0):
                pass
            other.stdin.close()
            other.wait()
        with turn(1, patience=0):
            pass

    def test_no_more_threads_wait_than_a_server_can_spare(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(turns, "_waiting", turns.threading.BoundedSemaphore(1))
        with turn(1):
            with pytest.raises(ServiceError) as refused, turn(2, patience=60):
                pass
            assert refused.value.code == "upload_queue_full"


def test_a_unit_has_so_much_evidence_and_no_more(
    register: dict[str, Unit], clock: Clock, person: People, settings: LazySettings
) -> None:
    plan = plan_import(SYSTEM, package=small_plan(), owner=register["กนผ."])
    settings.EVIDENCE_MAX_BYTES_OF_UNIT = 100

    def add(name: str, content: bytes) -> Evidence:
        file = SimpleUploadedFile(name, content)
        return evidence_add(SYSTEM, plan=plan, project="P1", unit=register["กฝ."], period=3, name=name, stream=file)

    add("a.txt", b"a" * 60)
    with pytest.raises(ServiceError) as refused:
        add("b.txt", b"b" * 60)
    assert refused.value.code == "evidence_quota"
    assert Evidence.objects.count() == 1
    add("c.txt", b"c" * 40)


def test_a_register_of_line_ends_is_refused_before_it_is_taken_apart(client: Client, person: People) -> None:
    client.force_login(person("administrator"), backend="django.contrib.auth.backends.ModelBackend")
    file = SimpleUploadedFile("units.csv", b"code\n" + b"x\n" * 900_000)
    begun = time.process_time()
    answer = client.post(reverse("unit_register"), {"file": file})
    assert answer.status_code == 422
    assert "20000" in answer.content.decode().replace(",", "")
    assert time.process_time() - begun < 4
