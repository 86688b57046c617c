"""A backup brings everything back, in either database, or nothing at all."""

from __future__ import annotations

import json
import shutil
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from samrit.plans.errors import ServiceError
from samrit.plans.evaluation.documents import pack
from samrit.plans.models import Evidence, Figure, HistoryEntry, Person, Unit
from samrit.plans.records.audit import audit
from samrit.plans.records.backup import backup, restore
from samrit.plans.records.sealing import MAGIC
from samrit.plans.services.plan.plans import plan_export, plan_import
from samrit.plans.services.report.evidence import evidence_add
from samrit.plans.services.writing import SYSTEM
from tests.plans.office import small_plan
from tests.plans.singly import figure_save


@pytest.fixture
def office(register, person, clock, tmp_path: Path):
    """A plan with a figure and a file in it, and its backup."""
    plan = plan_import(SYSTEM, package=small_plan(), owner=register["กนผ."])
    reporter = person("reporter", unit="กฝ.")
    figure_save(reporter, plan=plan, indicator="P1.1", unit_code="กฝ.", period=3, actual="7.50")
    evidence_add(
        reporter, plan=plan, project="P1", unit=register["กฝ."], period=3, name="a.pdf", stream=BytesIO(b"%PDF-1")
    )
    target = tmp_path / "backup.zip"
    backup(target)
    return plan, target


def everything() -> tuple[object, ...]:
    return (
        list(HistoryEntry.objects.values_list("sequence", "hash")),
        list(Figure.objects.values_list("indicator", "actual", "revision", "sequence")),
        sorted(Unit.objects.values_list("code", "parent__code", "members__code"), key=str),
        list(Person.objects.order_by("pk").values_list("username", "password", "roles__role")),
        list(Evidence.objects.values_list("sha256", "name")),
    )


def test_what_was_changed_or_lost_afterwards_comes_back(office, person, settings) -> None:
    plan, target = office
    before, package = everything(), pack(plan_export(plan))
    figure_save(person("reporter", unit="กฝ."), plan=plan, indicator="P1.1", unit_code="กฝ.", period=2, actual="1")
    shutil.rmtree(settings.EVIDENCE_ROOT)
    manifest = restore(target, replace=True)
    assert everything() == before
    assert audit().faults == ()
    assert (manifest.files["evidence"], manifest.rows["plans.figure"]) == (1, 1)
    assert pack(plan_export(plan)) == package


def test_writing_goes_on_after_a_restore(office, person) -> None:
    plan, target = office
    restore(target, replace=True)
    figure_save(
        person("reporter", unit="กฝ."),
        plan=plan,
        indicator="P1.1",
        unit_code="กฝ.",
        period=3,
        actual="8",
        expected_revision=1,
    )
    person("head", unit="กค.")
    assert audit().faults == ()


def test_a_database_in_use_is_not_overwritten_by_mistake(office) -> None:
    before = everything()
    with pytest.raises(ServiceError, match="restore_not_empty"):
        restore(office[1])
    assert everything() == before


def rewritten(target: Path, change) -> Path:
    """Return a copy of a backup whose members went through ``change(name, content)``; None leaves one out."""
    other = target.with_name("other.zip")
    with zipfile.ZipFile(target) as source, zipfile.ZipFile(other, "w") as copy:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                copy.writestr(name, content)
    return other


def flipped(name: str, content: bytes) -> bytes:
    return content.replace(b"7.50", b"9.50") if name == "tables/plans.figure.jsonl" else content


def forged(target: Path) -> Path:
    """A backup whose figure was changed and whose manifest was made to fit."""
    import hashlib

    changed = rewritten(target, flipped)
    with zipfile.ZipFile(changed) as archive:
        content = archive.read("tables/plans.figure.jsonl")
    digest = hashlib.sha256(content).hexdigest()

    def manifest(name: str, old: bytes) -> bytes:
        if name != "manifest.json":
            return flipped(name, old)
        parts = json.loads(old)
        parts["parts"]["tables/plans.figure.jsonl"] = digest
        return json.dumps(parts).encode()

    return rewritten(target, manifest)


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda t: rewritten(t, flipped), "backup_damaged"),
        (lambda t: rewritten(t, lambda n, c: None if n.startswith("evidence/") else c), "backup_damaged"),
        (lambda t: rewritten(t, lambda n, c: None if n == "manifest.json" else c), "backup_unreadable"),
        (forged, "backup_not_signed"),
        (lambda t: rewritten(t, lambda n, c: None if n == "manifest.sig" else c), "backup_not_signed"),
    ],
    ids=["changed", "file lost", "no manifest", "forged", "not signed"],
)
def test_a_damaged_or_forged_backup_changes_nothing(office, damage, code) -> None:
    before = everything()
    with pytest.raises(ServiceError, match=code):
        restore(damage(office[1]), replace=True)
    assert everything() == before


def with_passwords_swapped(target: Path) -> Path:
    """A backup in which everybody has the password hash of one, and whose manifest was made to fit."""

    def swapped(name: str, content: bytes) -> bytes:
        if name != "tables/plans.person.jsonl":
            return content
        rows = [json.loads(line) for line in content.splitlines()]
        for row in rows:
            row["fields"]["password"] = rows[-1]["fields"]["password"] + "x"
        return b"".join(json.dumps(row).encode() + b"\n" for row in rows)

    changed = rewritten(target, swapped)
    with zipfile.ZipFile(changed) as archive:
        digest = sha256(archive.read("tables/plans.person.jsonl")).hexdigest()

    def manifest(name: str, old: bytes) -> bytes:
        if name != "manifest.json":
            return swapped(name, old)
        parts = json.loads(old)
        parts["parts"]["tables/plans.person.jsonl"] = digest
        return json.dumps(parts).encode()

    return rewritten(target, manifest)


@pytest.mark.parametrize(("make", "fault"), [(forged, "figure_changed"), (with_passwords_swapped, "person_changed")])
def test_what_was_changed_in_an_unsigned_backup_is_not_proved(office, make, fault: str) -> None:
    before = everything()
    with pytest.raises(ServiceError) as refused:
        restore(make(office[1]), replace=True, unsigned=True)
    assert refused.value.code == "restore_not_proved"
    assert fault in str(refused.value.params["first"])
    assert everything() == before


class TestSealed:
    def test_a_sealed_backup_shows_nothing_and_comes_back(self, office, settings, tmp_path: Path) -> None:
        settings.BACKUP_PASSPHRASE = "ปลาตะเพียน 7 ตัว"  # noqa: S105
        sealed, before = tmp_path / "sealed.zip", everything()
        backup(sealed)
        assert b"PK\x03\x04" not in sealed.read_bytes()[:200]
        assert b"tables/" not in sealed.read_bytes()
        restore(sealed, replace=True)
        assert everything() == before

    @pytest.mark.parametrize("cut", [b"changed", b"shorter", b"longer", b"another passphrase", b"moved"])
    def test_what_was_done_to_it_is_noticed(self, office, settings, tmp_path: Path, cut: bytes, monkeypatch) -> None:
        monkeypatch.setattr("samrit.plans.records.sealing._PIECE", 1000)
        settings.BACKUP_PASSPHRASE = "ปลาตะเพียน 7 ตัว"  # noqa: S105
        sealed, before = tmp_path / "sealed.zip", everything()
        backup(sealed)
        content = sealed.read_bytes()
        head, piece = len(MAGIC) + 23, 1016
        if cut == b"changed":
            content = content[:2000] + bytes([content[2000] ^ 1]) + content[2001:]
        elif cut == b"shorter":
            content = content[: head + 2 * piece]
        elif cut == b"longer":
            content += content[-piece:]
        elif cut == b"moved":
            one, two = content[head : head + piece], content[head + piece : head + 2 * piece]
            content = content[:head] + two + one + content[head + 2 * piece :]
        else:
            settings.BACKUP_PASSPHRASE = "another"  # noqa: S105
        sealed.write_bytes(content)
        with pytest.raises(ServiceError, match="backup_sealed"):
            restore(sealed, replace=True)
        assert everything() == before


def test_half_a_file_is_refused(office) -> None:
    half = office[1].with_name("half.zip")
    half.write_bytes(office[1].read_bytes()[:5000])
    with pytest.raises(ServiceError, match="backup_unreadable"):
        restore(half, replace=True)
