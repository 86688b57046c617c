"""``samrit package`` and ``samrit score``: what they write, what they say, and with which code they leave."""

import json

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
