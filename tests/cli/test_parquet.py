"""``samrit package`` and ``samrit score``: what they write, what they say, and with which code they leave."""

import json
import shutil

import pytest
from click.testing import CliRunner

from samrit.cli import parquet
from samrit.cli.main import main
from samrit.package import read


def run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def broken(tmp_path):
    path = tmp_path / "broken.zip"
    path.write_bytes(b"PK no more")
    return path


def test_there_and_back_is_the_same_plan(tmp_path):
    assert run("package", "to-parquet", "examples/hr-2569", "--out", tmp_path / "all.parquet").exit_code == 0
    assert run("package", "from-parquet", tmp_path / "all.parquet", "--out", tmp_path / "back", "--zip").exit_code == 0
    (back,) = (tmp_path / "back").iterdir()
    assert back.suffix == ".zip"
    assert read(back).package == read("examples/hr-2569").package


def test_a_broken_package_stops_the_writing_unless_it_is_left_out(tmp_path, broken):
    out = tmp_path / "all.parquet"
    done = run("package", "to-parquet", "examples/hr-2569", broken, "--out", out)
    assert (done.exit_code, out.exists()) == (3, False)
    assert "package_zip_damaged" in done.stderr
    done = run("package", "to-parquet", "examples/hr-2569", broken, "--out", out, "--leave-out-broken")
    assert (done.exit_code, out.exists()) == (1, True)


def test_two_plans_of_one_id_and_ids_that_lead_elsewhere_get_files_of_their_own():
    taken = set()
    names = [parquet._name(own, taken) for own in ("../../etc/x", "a", "A", "", "แผน/๑", "..")]
    assert names == ["etc-x", "a", "A-2", "plan", "แผน-๑", "plan-2"]


def test_scores_are_counted_and_a_broken_plan_leaves_with_one(tmp_path, broken):
    done = run("score", "examples/hr-2569", "--out", tmp_path / "out", "--workers", 1, "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert (told["plans"], told["works"], told["indicators"]) == (1, 33, 50)
    done = run("score", "examples/hr-2569", broken, "--out", tmp_path / "out", "--workers", 1, "--json")
    assert (done.exit_code, json.loads(done.stdout)["broken"]) == (1, 1)


def test_where_plans_belong_is_read_from_a_list(tmp_path):
    from samrit.nation import results

    plan = read("examples/hr-2569").package.plan.id
    (tmp_path / "places.csv").write_text(f"plan,ministry,region\n{plan},แรงงาน,กลาง\n", "utf-8")
    arguments = ("examples/hr-2569", "--out", tmp_path / "out", "--workers", 1)
    assert run("score", *arguments, "--places", tmp_path / "places.csv").exit_code == 0
    assert set(results.table_of(tmp_path / "out", "works").column("ministry").to_pylist()) == {"แรงงาน"}
    (tmp_path / "places.csv").write_text("plan,where\n", "utf-8")
    assert run("score", *arguments, "--places", tmp_path / "places.csv").exit_code == 2


@pytest.mark.parametrize("command", [("score", "examples/hr-2569"), ("package", "to-parquet", "examples/hr-2569")])
def test_without_pyarrow_the_message_says_what_to_install(tmp_path, monkeypatch, command):
    def missing(name):
        raise ModuleNotFoundError(name="pyarrow.parquet")

    monkeypatch.setattr(parquet, "import_module", missing)
    done = run(*command, "--out", tmp_path / "out")
    assert done.exit_code == 3
    assert "samrit[parquet]" in done.stderr


def test_something_else_is_never_written_over(tmp_path):
    (tmp_path / "letter.parquet").write_text("x")
    assert run("package", "to-parquet", "examples/hr-2569", "--out", tmp_path / "letter.parquet").exit_code == 3
    assert run("score", "examples/hr-2569", "--out", tmp_path, "--workers", 1).exit_code == 3
    assert (tmp_path / "letter.parquet").read_text() == "x"


def test_a_source_counts_once_however_it_is_named_and_a_copy_is_said(tmp_path):
    shutil.copytree("examples/hr-2569", tmp_path / "แผนบุคลากร ๒๕๖๙")
    (tmp_path / "up").symlink_to(tmp_path, target_is_directory=True)
    twice = ("examples/hr-2569", "./examples/../examples/hr-2569")
    done = run("score", *twice, "--out", tmp_path / "ผล", "--workers", 1, "--json")
    assert (done.exit_code, json.loads(done.stdout)["plans"], json.loads(done.stdout)["repeated"]) == (0, 1, 0)
    done = run("score", *twice, tmp_path, "--out", tmp_path / "ผล", "--workers", 1, "--json")
    assert (done.exit_code, json.loads(done.stdout)["plans"], json.loads(done.stdout)["repeated"]) == (0, 2, 1)


@pytest.mark.parametrize("source", ["missing.zip", "missing.parquet", "missing", "empty", "letter.txt"])
def test_a_source_without_any_plan_is_named_and_told(tmp_path, source):
    (tmp_path / "empty").mkdir()
    (tmp_path / "letter.txt").write_text("x")
    done = run("score", tmp_path / source, "--out", tmp_path / "out", "--workers", 1, "--lang", "en")
    assert done.exit_code == 1
    assert f"✕ {source}: " in done.stderr
    done = run("package", "to-parquet", tmp_path / source, "--out", tmp_path / "all.parquet")
    assert (done.exit_code, (tmp_path / "all.parquet").exists()) == (3, False)
    assert run("package", "from-parquet", tmp_path / source, "--out", tmp_path / "back").exit_code == 3


def test_folders_and_files_of_many_plans_go_into_one(tmp_path):
    assert run("package", "to-parquet", "examples", "--out", tmp_path / "one.parquet").exit_code == 0
    shutil.copytree("examples/hr-2569", tmp_path / "in" / "more")
    (tmp_path / "in" / "one.parquet").write_bytes((tmp_path / "one.parquet").read_bytes())
    done = run("package", "to-parquet", tmp_path / "in", "--out", tmp_path / "two.parquet", "--lang", "en")
    assert (done.exit_code, "3 plans" in done.stdout) == (0, True)


def test_a_list_of_places_is_read_as_offices_save_it(tmp_path):
    from samrit.nation import results

    plan = read("examples/hr-2569").package.plan.id
    places = tmp_path / "places.csv"
    for content in (f"region;plan;ministry\nกลาง;{plan};แรงงาน\nx\n".encode("cp874"), b"\xff\xfe\x00"):
        places.write_bytes(content)
        done = run("score", "examples/hr-2569", "--out", tmp_path / "out", "--workers", 1, "--places", places)
        assert done.exit_code == (2 if b"\0" in content else 0)
    assert set(results.table_of(tmp_path / "out", "works").column("ministry").to_pylist()) == {"แรงงาน"}


def test_the_page_says_which_results_are_not_finished(tmp_path, broken):
    run("score", "examples/hr-2569", broken, "--out", tmp_path / "now", "--workers", 1)
    for arguments in ((tmp_path / "none",), (tmp_path / "now", "--before", tmp_path / "none")):
        done = run("nation", *arguments, "--out", tmp_path / "page", "--lang", "en")
        assert (done.exit_code, f"{tmp_path / 'none'} holds no finished" in done.stderr) == (3, True)
    assert run("nation", tmp_path / "now", "--out", tmp_path / "page").exit_code == 0
    (tmp_path / "now" / "works").rename(tmp_path / "elsewhere")
    assert run("nation", tmp_path / "now", "--out", tmp_path / "page").exit_code == 3


@pytest.mark.parametrize("command", [("score",), ("package", "to-parquet")])
def test_a_place_that_cant_be_written_is_said(tmp_path, command):
    (tmp_path / "file").write_text("x")
    done = run(*command, "examples/hr-2569", "--out", tmp_path / "file" / "out")
    assert (done.exit_code, str(tmp_path / "file" / "out") in done.stderr) == (3, True)
