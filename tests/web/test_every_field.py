"""Every field of every form with what nobody should send: refused in words or taken, and the pages go on showing.

A sample of one field of each form, and all of its fields; ``make prove ARGS=every-field`` sends every value in each.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from proofs import SEED
from samrit.plans.evaluation import memory
from samrit.plans.models import HistoryEntry, Unit
from tests.plans.office import Clock, People
from tests.web.addressed import PEOPLE, Office, finish, office
from tests.web.test_permissions import TABLE, lines, sent
from tests.web.test_uploads import flooded

pytestmark = pytest.mark.one_database

WORDS = (
    "", " ", "²", "٣", "๑๒", "9" * 5000, "-1", "1e400", "NaN", "1,2,3", "0.1.2", "2147483648",
    "9223372036854775808", "-9223372036854775809", "31/12/2569", "31/12/2026", "2569-12-31", "2026-12-31",
    "31/02/2569", "9999-12-31", "0001-01-01", "0000-00-00", "๓๑/๑๒/๒๕๖๙", "1/1/1", "31/12/99999", "12/2569", "a\0b",
    "\x1b[2J\u202e", "<b>'\"{}%s", "=1+1", "ก" * 70_000, "null", "[]", "../../etc", "2568-13-45T99:99",
)  # fmt: skip
BYTES = (
    b"", b"PK\x03\x04", b"%PDF-1.7\n" + b"%" * 999, b"\xff\xfe\x00", b"code,name\n" + b"9" * 5000 + b",x\n",
    b"\xd0\xcf\x11\xe0", flooded(20_000), b"<html><script>", "๑,๒\n".encode("cp874"),
)  # fmt: skip
# Looked at after whatever was written: what is typed in one place is shown in many.
SHOWN = (
    "front",
    "plan",
    "control",
    "control_decisions",
    "my_work",
    "units",
    "unit",
    "people",
    "work",
    "drafts",
    "draft",
)


def cases() -> list[tuple[str, str]]:
    """Return address and who may send, for each form that writes something."""
    return [
        (name, PEOPLE[marks.index("+")]) for name, method, marks in lines(TABLE) if method == "POST" and "+" in marks
    ]


@pytest.fixture
def made(register: dict[str, Unit], person: People, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr("samrit.web.views.control.evaluations.start_printing", lambda *_: None)
    return office(person)


def test_no_field_of_any_form_breaks_a_page(made: Office) -> None:
    named = os.environ.get("SAMRIT_PROVE_FIELDS")
    first, _, end = (named or ":").partition(":")
    found = [
        fault
        for name, who in cases()[int(first or 0) : int(end) if end else None]
        for fault in broken(made, name, who, everything=bool(named))
    ]
    assert not found, "\n".join(found)


def broken(made: Office, name: str, who: str, *, everything: bool) -> Iterator[str]:
    """Send a form with one field after the other exchanged, and yield what broke."""
    cookies = made.client(who).cookies.output(header="", sep=";")
    with transaction.atomic():
        fields = list(sent(made, name))
        transaction.set_rollback(True)
    memory.rewind()
    chance = random.Random(f"{SEED} {name}")
    for field in [*(fields if everything or len(fields) < 2 else chance.sample(fields, 1)), "*"]:
        for value in WORDS if everything else chance.sample(WORDS, 1):
            file = BYTES[WORDS.index(value) % len(BYTES)]
            shown = SHOWN if everything else chance.sample(SHOWN, 2)
            yield from _answer(made, name, cookies, tried=Tried(field, value, file, tuple(shown)))


class Tried(NamedTuple):
    """What is put into which field ("*": all of them), and the pages that are looked at then."""

    field: str
    word: str
    file: bytes
    shown: tuple[str, ...]


def _answer(made: Office, name: str, cookies: str, *, tried: Tried) -> Iterator[str]:
    client = Client(raise_request_exception=False)
    client.cookies.load(cookies)
    about = f"{name} with {tried.field} = {tried.word[:20]!r}"
    with transaction.atomic():
        form = {
            key: _other(value, tried) if tried.field in (key, "*") else value for key, value in sent(made, name).items()
        }
        before = HistoryEntry.objects.count()
        response = client.post(made.address(name), form)
        finish(response)
        if response.status_code >= 500:
            yield f"{about}: {response.status_code}"
        elif HistoryEntry.objects.count() > before:
            for page in tried.shown:
                seen = client.get(made.address(page))
                finish(seen)
                if seen.status_code >= 500:
                    yield f"{about}, then {page}: {seen.status_code}"
        transaction.set_rollback(True)
    memory.rewind()
    cache.clear()


def _other(value: Any, tried: Tried) -> Any:
    if isinstance(value, SimpleUploadedFile):
        return SimpleUploadedFile(str(value.name), tried.file)
    return [tried.word] if isinstance(value, list) else tried.word
