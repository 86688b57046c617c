"""What ASVS 5.0 asks of level 2 where no other test shows it: passwords, codes, downloads, scanners, calendars."""

from __future__ import annotations

import base64
import secrets
import socket
import threading
import time
from io import BytesIO
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from samrit.plans.errors import ServiceError
from samrit.plans.models import Evidence, Plan, Unit
from samrit.plans.services.office.calendars import calendar_key_make
from samrit.plans.services.plan.plans import plan_import
from samrit.plans.services.report.evidence import evidence_add
from samrit.plans.services.writing import SYSTEM
from samrit.web.accounts.passwords import BreachedValidator, DigitsValidator
from tests.plans.office import PASSWORD, Clock, People, small_plan
from tests.web.signing_in import code_of, give_authenticator, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


@pytest.mark.parametrize("digits", ["583920174620", "9420 5718 3306", "๕๘๓๙๒๐๑๗๔๖๒๐", "40917352864419"])
def test_digits_that_were_drawn_by_lot_make_a_password(digits: str) -> None:
    """6.2.5: no rule about kinds of signs."""
    DigitsValidator().validate(digits)


@pytest.mark.parametrize(
    "digits",
    ["1101700230708", "1-1017-00230-70-8", "081234567890", "668123456789", "0891728465 12", "123456780912",
     "111111111111", "121212121212", "837404082569", "256904081234", "04082026 9173", "๐๔๐๘๒๕๖๙๙๑๗๓", "987654301928"],
)  # fmt: skip
def test_digits_that_somebody_can_look_up_or_count_up_do_not(digits: str) -> None:
    with pytest.raises(ValidationError):
        DigitsValidator().validate(digits)


def test_a_number_within_words_is_no_number(settings) -> None:
    DigitsValidator().validate("kluai 081234567890 hom")


def test_a_stolen_password_is_refused_where_the_office_has_a_list(settings, tmp_path: Path) -> None:
    """6.2.12."""
    file = tmp_path / "stolen.txt"
    file.write_text("short\nKluai-Hom-Thong\n", "utf-8")
    BreachedValidator().validate("kluai-hom-thong")
    settings.BREACHED_PASSWORDS = str(file)
    with pytest.raises(ValidationError):
        BreachedValidator().validate("kluai-hom-THONG")
    BreachedValidator().validate("kluai-hom-thong-2")


def test_secrets_of_authenticators_come_from_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """6.5.3."""
    monkeypatch.setattr(secrets, "token_bytes", lambda n: b"A" * n)
    monkeypatch.setattr(secrets, "token_hex", lambda n: "f" * 2 * n)
    assert base64.b32decode(generate_totp_secret()) == b"A" * 20
    assert RecoveryCodes.generate_seed() == "f" * 80


def test_a_code_of_the_half_minute_before_is_taken_unless_the_office_is_strict(person: People, settings) -> None:
    """6.5.5."""
    auditor = person("auditor")
    secret = give_authenticator(auditor)
    totp = TOTP(Authenticator.objects.get(user_id=auditor.pk, type="totp"))
    now = time.time()
    while now % 30 > 28:  # not on the edge between two codes
        now = time.time()
    before = code_of(secret, now - 30)
    settings.MFA_TOTP_TOLERANCE = 0
    assert not totp.validate_code(before)
    assert totp.validate_code(code_of(secret, now))


class TestOneself:
    """7.5.1: who changes how an account is reached is asked once more; the rest goes on without."""

    def test_another_address_is_asked_for_and_then_taken(self, client: Client, person: People) -> None:
        auditor, administrator = person("auditor"), person("administrator")
        sign_in(client, administrator)
        here = reverse("person", args=[auditor.username])
        form = {"display_name": "ชื่อใหม่", "email": auditor.email, "language": "th"}
        assert client.post(here, form).headers["Location"] == here
        asked = client.post(here, {**form, "email": "moved@example.org"})
        assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
        auditor.refresh_from_db()
        assert (auditor.display_name, auditor.email) == ("ชื่อใหม่", "auditor-1@example.org")
        client.post(asked.headers["Location"], {"password": "wrong"})
        auditor.refresh_from_db()
        assert auditor.email == "auditor-1@example.org"
        client.post(asked.headers["Location"], {"password": PASSWORD})
        auditor.refresh_from_db()
        assert auditor.email == "moved@example.org"


class TestDownloads:
    """2.4.1: files leave at the pace of people."""

    def test_beyond_the_most_one_waits_and_others_go_on(self, person: People, settings, register) -> None:
        settings.MOST_DOWNLOADS = 3
        many, other = Client(), Client()
        sign_in(many, person("administrator"))
        sign_in(other, person("auditor"))
        address = reverse("unit_register_file")
        assert [many.get(address).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
        said = many.get(address)
        assert "3" in said.content.decode()
        assert 0 < int(said.headers["Retry-After"]) <= 600
        assert many.get(reverse("account")).status_code == 200
        assert other.get(address).status_code == 200

    def test_who_takes_one_now_and_then_never_comes_to_the_most(
        self, person: People, settings, register, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A calendar that looks every nine minutes takes more than the most in a day, and never within ten minutes."""
        settings.MOST_DOWNLOADS = 3
        client = Client()
        sign_in(client, person("administrator"))
        begun = time.time()
        for look in range(6):
            monkeypatch.setattr("samrit.web.downloads.time.time", lambda at=begun + 540 * look: at)
            assert client.get(reverse("unit_register_file")).status_code == 200


class Daemon(threading.Thread):
    """A scanner that gives the same answer to every file, and keeps what it was sent."""

    def __init__(self, answer: bytes) -> None:
        super().__init__(daemon=True)
        self.answer, self.seen = answer, b""
        self.server = socket.create_server(("127.0.0.1", 0))

    def run(self) -> None:
        with self.server, self.server.accept()[0] as asked, asked.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while length := int.from_bytes(stream.read(4), "big"):
                self.seen += stream.read(length)
            asked.sendall(self.answer)


class TestScanner:
    """5.4.3: where the office has a scanner, nothing is kept that it did not pass."""

    @pytest.fixture
    def plan(self, register: dict[str, Unit], clock: Clock) -> Plan:
        return plan_import(SYSTEM, package=small_plan(), owner=register["กนผ."])

    def add(self, plan: Plan, settings, answer: bytes) -> bytes:
        daemon = Daemon(answer)
        settings.CLAMD = f"127.0.0.1:{daemon.server.getsockname()[1]}"
        daemon.start()
        unit = Unit.objects.get(code="กฝ.")
        try:
            evidence_add(
                SYSTEM, plan=plan, project="P1", unit=unit, period=3, name="a.txt", stream=BytesIO(b"x" * 200_000)
            )
        finally:
            daemon.join(60)
        return daemon.seen

    def test_a_clean_file_is_sent_whole_and_kept(self, plan: Plan, settings) -> None:
        assert self.add(plan, settings, b"stream: OK\0") == b"x" * 200_000
        assert Evidence.objects.count() == 1

    @pytest.mark.parametrize(
        ("answer", "code"),
        [
            (b"stream: Eicar-Test-Signature FOUND\0", "evidence_infected"),
            (b"INSTREAM size limit exceeded. ERROR\0", "evidence_not_scanned"),
            (b"", "evidence_not_scanned"),
            (b"stream: OK? FOUND\0", "evidence_infected"),
        ],
    )
    def test_any_other_is_refused_and_not_kept(self, plan: Plan, settings, answer: bytes, code: str) -> None:
        with pytest.raises(ServiceError) as refused:
            self.add(plan, settings, answer)
        assert refused.value.code == code
        assert refused.value.text("th")
        assert not Evidence.objects.exists()
        assert not [path for path in Path(settings.EVIDENCE_ROOT).rglob("*") if path.is_file()]

    @pytest.mark.parametrize("place", ["127.0.0.1:9", "/nowhere/clamd.sock"])
    def test_without_its_scanner_nothing_is_kept(self, plan: Plan, settings, place: str) -> None:
        settings.CLAMD = place
        with pytest.raises(ServiceError) as refused:
            evidence_add(
                SYSTEM, plan=plan, project="P1", unit=Unit.objects.get(code="กฝ."), period=3, name="a.txt",
                stream=BytesIO(b"x"),
            )  # fmt: skip
        assert refused.value.code == "evidence_not_scanned"


def test_a_calendar_is_refused_in_the_clear_and_not_led_on(client: Client, person: People, settings) -> None:
    """4.1.2: programs ask there; people are led from http to https."""
    key = calendar_key_make(person("auditor"))
    address = reverse("calendar_private", args=[key])
    settings.SECURE_SSL_REDIRECT, settings.SECURE_REDIRECT_EXEMPT = True, [r"^calendar/private/"]
    assert client.get(address).status_code == 403
    assert client.get(address, secure=True).status_code == 200
    assert client.get("/").headers["Location"].startswith("https://")
