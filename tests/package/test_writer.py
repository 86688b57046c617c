"""Writing replaces whole packages or nothing, and only packages."""

from pathlib import Path

import pytest

from samrit.engine.model import Plan, Strategy
from samrit.package import PlanPackage, read, write
from samrit.package import writer as writer_module


def package(title: str) -> PlanPackage:
    return PlanPackage(Plan("p", title, 2568, strategies=(Strategy("1", "หนึ่ง"),)))


@pytest.mark.parametrize("name", ["plan", "plan.zip"])
def test_a_package_replaces_an_earlier_one(tmp_path, name):
    write(package("เก่า"), tmp_path / name)
    write(package("ใหม่"), tmp_path / name)
    assert read(tmp_path / name).package.plan.title == "ใหม่"
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_files_that_the_new_plan_lacks_go_and_other_peoples_files_stay(tmp_path):
    write(package("เก่า"), tmp_path / "plan")
    (tmp_path / "plan" / "README.md").write_text("ของฉัน", "utf-8")
    (tmp_path / "plan" / "evidence").mkdir()
    (tmp_path / "plan" / "evidence" / "a.pdf").write_bytes(b"pdf")
    write(PlanPackage(Plan("p", "ใหม่", 2568)), tmp_path / "plan")
    assert not (tmp_path / "plan" / "strategies.csv").exists()
    assert (tmp_path / "plan" / "README.md").read_text("utf-8") == "ของฉัน"
    assert (tmp_path / "plan" / "evidence" / "a.pdf").read_bytes() == b"pdf"


def test_something_else_is_never_replaced(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "plan.csv").write_text("mine")
    (tmp_path / "letter.zip").write_bytes(b"mine")
    (tmp_path / "letter").write_bytes(b"mine")
    for name in ("letters", "letter.zip", "letter"):
        with pytest.raises(FileExistsError):
            write(package("ใหม่"), tmp_path / name)
    assert (tmp_path / "letters" / "plan.csv").read_text() == "mine"
    assert (tmp_path / "letter.zip").read_bytes() == b"mine"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["letter", "letter.zip", "letters"]


def test_an_empty_folder_may_be_filled_and_missing_parents_are_made(tmp_path):
    (tmp_path / "empty").mkdir()
    write(package("ก"), tmp_path / "empty")
    write(package("ข"), tmp_path / "a" / "b" / "plan")
    assert read(tmp_path / "a" / "b" / "plan").package.plan.title == "ข"
    assert read(tmp_path / "empty").package.plan.title == "ก"


@pytest.mark.parametrize("name", ["plan", "plan.zip"])
@pytest.mark.parametrize("exists", [False, True])
def test_a_full_disk_leaves_everything_as_it_was(tmp_path, monkeypatch, name, exists):
    if exists:
        write(package("เก่า"), tmp_path / name)
    before = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    monkeypatch.setattr(writer_module.zipfile.ZipFile, "writestr", full)
    with pytest.raises(OSError, match="No space"):
        write(package("ใหม่"), tmp_path / name)
    monkeypatch.undo()
    assert {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_a_failed_swap_brings_the_old_package_back(tmp_path, monkeypatch):
    write(package("เก่า"), tmp_path / "plan")
    rename, calls = Path.rename, []

    def second_fails(self, target):
        calls.append(target)
        if len(calls) == 2:
            raise OSError("moved by another program")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", second_fails)
    with pytest.raises(OSError, match="another program"):
        write(package("ใหม่"), tmp_path / "plan")
    monkeypatch.undo()
    assert read(tmp_path / "plan").package.plan.title == "เก่า"
    assert [p.name for p in tmp_path.iterdir()] == ["plan"]
