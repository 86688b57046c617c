"""The commands as their users type them: output, JSON, languages, exit codes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from samrit.cli.main import COMMANDS
from tests.cli.conftest import HR, SSO, Run

THAI = re.compile("[ก-๙]")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_both_languages(name: str, run: Run) -> None:
    output = run(name, "--help").output
    assert THAI.search(output)
    assert re.search("[A-Z][a-z]+ ", output)


def test_asking_for_help_reads_no_command_that_was_not_asked_for() -> None:
    """All commands together take a second to import; who scores a plan waits for its own only."""
    code = (
        "import sys; from samrit.cli.main import main; main(['--version'], standalone_mode=False); "
        "print(sorted(sys.modules))"
    )
    read = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "'samrit.cli.main'" in read
    assert not re.search("'(samrit.engine|samrit.reports|samrit.intake|django|pypdfium2|holidays)", read)


def test_a_plan_is_scored_without_the_library_of_holidays() -> None:
    code = f"import sys; from samrit import package; package.read({str(SSO)!r}); print(sorted(sys.modules))"
    read = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "'samrit.package.holidays'" in read
    assert "'holidays'" not in read


def test_check_names_the_faults_that_matter_and_leaves_with_1(run: Run) -> None:
    result = run("check", SSO, "--json")
    assert result.exit_code == 1
    found = {(f["code"], f["record"]) for f in json.loads(result.stdout)["findings"]}
    for record in ("S2-57", "S2-26", "S3-49"):
        assert ("weights_not_100", record) in found
    assert ("zero_hidden", "S2-20") in {(code, record.split(".")[0]) for code, record in found}


def test_check_can_be_narrowed_to_a_work_a_code_and_a_severity(run: Run) -> None:
    findings = json.loads(run("check", SSO, "--work", "S2-57", "--severity", "error", "--json").stdout)["findings"]
    assert findings
    assert all(f["record"].split(".")[0] == "S2-57" and f["severity"] == "error" for f in findings)
    only = json.loads(run("check", SSO, "--code", "weights_not_100", "--json").stdout)["findings"]
    assert {f["code"] for f in only} == {"weights_not_100"}


def test_findings_that_say_the_same_of_several_places_are_one_line(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "plan"
    shutil.copytree(SSO, copy)
    (copy / "targets.csv").write_text(f"{(copy / 'targets.csv').read_text('utf-8').splitlines()[0]}\n", "utf-8")
    output = run("check", copy, "--lang", "en").output
    assert output.count("[indicator_without_target]") == 1
    said = output.partition("[indicator_without_target]")[2].partition("[")[0].replace("\n", " ")
    assert all(f"{record}, " in said for record in ("S1-1.1", "S1-2.1", "S2-57.1"))


def test_check_says_each_sentence_in_the_language_asked_for(run: Run) -> None:
    thai, english = (
        run("check", SSO, "--work", "S2-57").output,
        run("check", SSO, "--work", "S2-57", "--lang", "en").output,
    )
    assert "น้ำหนัก" in thai
    assert "weights" in english


def test_explain_goes_down_to_the_entries_and_names_both_readings(run: Run) -> None:
    output = run("explain", SSO, "S2-57", "--lang", "en").output
    for part in ("299", "274", "109.124087", "[WE1]", "[AC1]", "[TO2]", "actual total 100 ÷ plan total 80"):
        assert part in output


def test_explain_can_be_asked_for_one_indicator(run: Run) -> None:
    for arguments in (("S2-57", "2"), ("S2-57", "S2-57.2"), ("S2-57.2",)):
        output = run("explain", SSO, *arguments).output
        assert output.startswith("S2-57.2")
        assert "S2-57.1" not in output


def test_explain_lists_what_a_cell_counts(run: Run) -> None:
    output = run("explain", SSO, "--cell", "strategy=2,band=low,fund=SSF").output
    assert "S2-43" in output
    assert "S2-82" in output


def test_explain_gives_exact_figures_as_data(run: Run) -> None:
    data = json.loads(run("explain", SSO, "S2-2", "--json").stdout)
    assert data["value"] == "99.386503067484662576687116564417"
    assert data["shown"] == "99.4"
    assert data["th"] != data["en"]


def test_explain_tells_what_was_spent_of_a_work_a_fund_and_the_plan(run: Run, copy: Path) -> None:
    lines = ["project,order,period,state,amount", "S2-57,1,3,disbursed,132000", "S2-57,2,9,disbursed,1000.50"]
    (copy / "money_movements.csv").write_text("\n".join(lines) + "\n", "utf-8")
    work = run("explain", copy, "S2-57", "--money", "--month", "6", "--lang", "en").output
    assert "132,000 of a budget of 528,000 baht spent, 25.00 %" in work
    assert "133,000.5" in run("explain", copy, "S2-57", "--money", "--month", "9").output
    fund = run("explain", copy, "--money", "--cell", "fund=SSF", "--lang", "en").output
    assert "no data on money spent for 149 of the 150 works with a budget" in fund
    data = json.loads(run("explain", copy, "--money", "--json").stdout)
    assert (data["code"], data["value"]) == ("money_sum", "133000.5")
    assert json.loads(run("explain", SSO, "--money", "--json").stdout)["code"] == "money_sum_unknown"


@pytest.mark.parametrize(
    "arguments",
    [
        ("explain", SSO),
        ("explain", SSO, "S2-57", "--cell", "band=good"),
        ("explain", SSO, "S9-99"),
        ("explain", SSO, "--cell", "colour=blue"),
        ("explain", SSO, "S2-57", "--money", "--cell", "fund=SSF"),
        ("explain", SSO, "S9-99", "--money"),
        ("explain", SSO, "--money", "--cell", "fund=SSF,strategy=1"),
        ("evaluate", SSO, "--month", "13"),
        ("evaluate", SSO, "--ruleset", "unknown"),
        ("forecast", SSO, "--below", "purple"),
        ("report", SSO, "--format", "docx,odt"),
        ("compare", SSO),
        ("no-such-command",),
    ],
    ids=str,
)
def test_a_wrong_command_line_is_said_and_leaves_with_2(arguments: tuple[object, ...], run: Run) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert len(result.output) > 10


def test_summary_begins_with_the_sentence_that_matters(run: Run) -> None:
    assert "199 จาก 235" in run("summary", SSO).output.splitlines()[0]
    assert "199 of 235" in run("summary", SSO, "--lang", "en").output.splitlines()[0]
    assert json.loads(run("summary", SSO, "--json").stdout)["bands"] == {
        "improve": 12, "low": 5, "fair": 19, "good": 199,
    }  # fmt: skip


def test_summary_of_a_plan_without_results_says_so(run: Run) -> None:
    assert "nothing reported yet" in run("summary", HR, "--lang", "en").output


def test_forecast_warns_with_reasons_and_ranges(run: Run) -> None:
    data = json.loads(run("forecast", SSO, "--month", 6, "--json").stdout)
    assert data["warnings"]
    for warning in data["warnings"]:
        assert warning["reasons"]
        assert all(r["th"] and r["en"] for r in warning["reasons"])
    for project in data["projects"]:
        if project["percent"] is not None:
            assert float(project["low"]) <= float(project["percent"]) <= float(project["high"])


def test_the_back_test_prints_its_hit_rate_beside_plain_rivals(run: Run) -> None:
    (test,) = json.loads(run("forecast", SSO, "--back-test", "--month", 6, "--json").stdout)
    assert test["projects"] > 150
    assert list(test["ways"]) == ["forecast", "as_now", "straight_line", "all_best"]
    assert test["hits"] == test["ways"]["forecast"]["hits"] >= test["ways"]["as_now"]["hits"]
    assert sum(p["count"] for p in test["pairs"]) == test["projects"]
    assert "%" in run("forecast", SSO, "--back-test").output


def test_folds_need_the_back_test_and_a_fold_for_every_work(run: Run, tmp_path: Path) -> None:
    folds = tmp_path / "folds.csv"
    folds.write_text("project,fold\nS1-1,1\n", "utf-8")
    refused = run("forecast", SSO, "--back-test", "--folds", folds)
    assert refused.exit_code == 2
    assert "S1-2" in refused.output
    assert run("forecast", SSO, "--folds", folds).exit_code == 2


def test_compare_names_each_cell_that_changed_and_how_the_evaluation_moved(run: Run, copy: Path) -> None:
    file = copy / "indicators.csv"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith("S2-57.2,") or ",S2-57.2," in line)
    lines[at] = lines[at].replace(",174", ",50", 1)
    file.write_text("".join(lines), "utf-8")
    data = json.loads(run("compare", SSO, copy, "--month", 12, "--json").stdout)
    assert [(c["file"], c["field"], c["before"], c["after"]) for c in data["changes"]] == [
        ("indicators.csv", "weight", "174", "50")
    ]
    assert [(m["id"], m["direction"]) for m in data["movements"]] == [("S2-57", "same")]


def test_compare_of_two_months_shows_what_rose_and_fell(run: Run) -> None:
    data = json.loads(run("compare", SSO, SSO, "--month", 9, "--with-month", 12, "--bands-only", "--json").stdout)
    assert not data["changes"]
    assert {m["direction"] for m in data["movements"]} == {"up", "down", "new"}


def test_compare_of_a_package_with_itself_finds_nothing(run: Run) -> None:
    data = json.loads(run("compare", SSO, SSO, "--json").stdout)
    assert data == {"changes": [], "movements": []}
