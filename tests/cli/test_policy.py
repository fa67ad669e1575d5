"""The policy of a check: selectors, strictness, the settings of a project, and a baseline."""

import json
from errno import EACCES
from pathlib import Path

import pytest

from gkformat.base.families import FAMILIES
from gkformat.cli import baseline
from gkformat.cli.app import run
from gkformat.cli.errors import CliError
from gkformat.cli.policy import Policy, resolve_selector, selectors
from support import CORPUS, Payload, put

TOTAL = "reconsideration_and_litigation.reconsideration.total"
BROKEN = str(CORPUS / "hongze-2023.json")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)


def _write(payload: Payload, name: str = "report.json") -> str:
    Path(name).write_text(json.dumps(payload, ensure_ascii=False), encoding="utf-8")
    return name


# -- selectors -----------------------------------------------------------------------------------------


def test_rules_are_selected_by_name_beginning_or_authority() -> None:
    assert resolve_selector("balance") == {"balance"}
    assert resolve_selector("parts") == {"parts-sum", "parts-coverage"}
    assert resolve_selector("stated") == {"balance"}
    assert resolve_selector("equations") == {"balance", "row-total", "outcomes-total", "case-total"}
    assert resolve_selector("advice") >= {"stale", "section-empty"}
    assert all(rules for rules in selectors().values())
    assert Policy(("equations",), ("balance",)).excluded_rules == [
        rule for rule, family in FAMILIES.items() if family.authority in ("stated", "advice", "reading")
    ]


@pytest.mark.parametrize(
    ("selector", "said"),
    [
        ("balanc", "did you mean balance?"),
        ("zzz", "no such rule: zzz"),
        ("structure", "without its shape"),
        ("missing", "without its shape"),
        ("internal-error", "cannot be selected or ignored"),
    ],
)
def test_a_selector_that_selects_nothing_is_an_error(selector: str, said: str) -> None:
    with pytest.raises(CliError, match=r".") as refused:
        Policy(ignore=(selector,))
    assert said in refused.value.words.en


def test_what_is_left_out_counts_neither_way(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", BROKEN, "--ignore", "case-total"]) == 0
    assert run(["check", BROKEN, "--select", "advice", "--select", "balance"]) == 0
    ignored, selected = (line for line in capsys.readouterr().out.splitlines() if "checked" in line)
    assert ignored == "these rules were not checked: case-total"
    assert selected.startswith("no other rules were checked than: balance, stale, ")
    assert run(["check", BROKEN, "--select", "case"]) == 1
    assert run(["check", BROKEN, "--select", "cases"]) == 2


def test_strict_fails_advice_and_what_is_undecided(busy: Payload) -> None:
    file = _write(busy | {"overview": ""})
    assert [run(["check", file, *more]) for more in ([], ["--strict"], ["--strict", "--ignore", "advice"])] == [0, 1, 0]
    put(busy, "requests.newly_received.natural_person", None)
    put(busy, "requests.newly_received.total", None)
    file = _write(busy)
    assert [run(["check", file, "--as-found", *more]) for more in ([], ["--strict"])] == [0, 1]


# -- settings ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "head"), [("gkformat.toml", ""), ("pyproject.toml", "[project]\nname = 'x'\n[tool.gkformat]\n")]
)
def test_the_settings_of_a_project_hold_below_it_and_the_command_line_wins(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, head: str
) -> None:
    Path(name).write_text(f"{head}ignore = ['case-total']\nstrict = true\nlang = 'zh'\n", encoding="utf-8")
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    assert run(["check", BROKEN]) == 0
    assert "共 1 份" in capsys.readouterr().out
    assert run(["check", BROKEN, "--ignore", "advice", "--lang", "en", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["policy"]["ignore"] == ["advice"]
    assert found["policy"]["strict"] is True
    assert found["policy"]["settings"].endswith(name)


def test_the_nearest_settings_count_and_those_of_others_do_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("gkformat.toml").write_text("ignore = ['case-total']", encoding="utf-8")
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path / "a")
    Path("pyproject.toml").write_text("[tool.other]\nx = 'tool.gkformat'", encoding="utf-8")
    assert run(["check", BROKEN]) == 0
    Path("gkformat.toml").write_text("", encoding="utf-8")
    assert run(["check", BROKEN]) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ignored = ['balance']", "no setting is named ignored; did you mean ignore?"),
        ("ignore = 'balance'", "ignore should be a list of strings"),
        ("ignore = [1]", "ignore should be a list of strings"),
        ("strict = 1", "strict should be true or false"),
        ("lang = 'de'", 'lang should be "zh" or "en"'),
        ("baseline = 1", "baseline should be the name of a file"),
        ("select = ['odd']", "no such rule: odd"),
        ("x =", "not readable as TOML"),
    ],
)
def test_a_mistake_in_the_settings_is_reported(capsys: pytest.CaptureFixture[str], text: str, said: str) -> None:
    Path("gkformat.toml").write_text(text, encoding="utf-8")
    assert run(["check", BROKEN]) == 2
    assert said in capsys.readouterr().err
    assert run(["check", "--help"]) == 0


def test_what_a_baseline_accepts_is_reported_in_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", BROKEN, "--write-baseline", "b.json"]) == 0
    for output in ("text", "junit", "github"):
        capsys.readouterr()
        assert run(["check", BROKEN, "--baseline", "b.json", "--format", output]) == 0
        assert "2 finding(s) accepted by the baseline" in capsys.readouterr().out
    assert run(["check", BROKEN, "--baseline", "b.json", "--format", "junit"]) == 0
    assert "[broken, accepted by the baseline]" in capsys.readouterr().out


def test_an_unknown_rule_of_the_settings_is_reported_with_their_file(capsys: pytest.CaptureFixture[str]) -> None:
    Path("gkformat.toml").write_text('ignore = ["balnce"]', encoding="utf-8")
    assert run(["check", BROKEN]) == 2
    assert "gkformat.toml: no such rule: balnce; did you mean balance?" in capsys.readouterr().err


def test_settings_that_cannot_be_read_are_reported(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(EACCES, "")

    Path("gkformat.toml").touch()
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert run(["rules"]) == 2
    assert "gkformat.toml: no permission" in capsys.readouterr().err


# -- a baseline ----------------------------------------------------------------------------------------


def _broken(busy: Payload, total: int = 9) -> str:
    put(busy, TOTAL, total)
    busy["overview"] = ""
    return _write(busy)


def test_a_baseline_accepts_what_is_known_and_nothing_else(capsys: pytest.CaptureFixture[str], busy: Payload) -> None:
    file = _broken(busy)
    assert run(["check", file]) == 1
    assert run(["check", file, "--write-baseline", "b.json"]) == 0
    assert "2 entries written to the baseline b.json" in capsys.readouterr().err
    assert run(["check", file, "--baseline", "b.json", "--strict"]) == 0
    assert "inconsistent (2 accepted by the baseline)" in capsys.readouterr().out
    put(busy, "reconsideration_and_litigation.litigation.direct.total", 0)
    assert run(["check", _write(busy), "--baseline", "b.json"]) == 1
    assert "1 broken, 2 accepted by the baseline" in capsys.readouterr().out


def test_an_entry_expires_when_the_value_changes_and_that_is_said(
    capsys: pytest.CaptureFixture[str], busy: Payload
) -> None:
    run(["check", _broken(busy), "--write-baseline", "b.json"])
    capsys.readouterr()
    assert run(["check", _broken(busy, 10), "--baseline", "b.json"]) == 1
    said = capsys.readouterr().out
    assert "expired entries of the baseline: 1 (" in said
    assert f"  宿迁市人民政府 2023  case-total  {TOTAL}  440 ≠ 9\n" in said
    assert run(["check", _broken(busy, 440), "--baseline", "b.json", "--format", "json"]) == 0
    assert [entry["values"] for entry in json.loads(capsys.readouterr().out)["expired"]] == ["440 ≠ 9"]


def test_a_baseline_survives_a_renaming_and_what_is_not_looked_at(busy: Payload) -> None:
    run(["check", _broken(busy), BROKEN, "--write-baseline", "b.json"])
    first = Path("b.json").read_text(encoding="utf-8")
    Path("report.json").rename("elsewhere.json")
    assert run(["check", "elsewhere.json", "--baseline", "b.json"]) == 0
    assert run(["check", "elsewhere.json", "--write-baseline", "b.json"]) == 0
    assert Path("b.json").read_text(encoding="utf-8") == first
    assert len(first.splitlines()) == 4 + 4  # one entry per line
    put(busy, TOTAL, 440)
    busy["overview"] = "有。"
    assert run(["check", _write(busy), "--baseline", "b.json", "--write-baseline", "c.json"]) == 0
    assert len(Path("c.json").read_text(encoding="utf-8").splitlines()) == 4 + 2


def test_faults_are_accepted_too_by_what_was_found(busy: Payload) -> None:
    put(busy, TOTAL, "9")
    file = _write(busy)
    assert run(["check", file]) == 1
    assert run(["check", file, "--write-baseline", "b.json"]) == 0
    assert run(["check", file, "--baseline", "b.json"]) == 0
    put(busy, TOTAL, "10")
    assert run(["check", _write(busy), "--baseline", "b.json"]) == 1


def test_a_flood_and_a_file_that_is_not_there_are_never_accepted() -> None:
    Path("flood.json").write_text(json.dumps({f"k{number}": 0 for number in range(1500)}), encoding="utf-8")
    assert run(["check", "flood.json", "--write-baseline", "b.json"]) == 1
    assert run(["check", "flood.json", "--baseline", "b.json"]) == 1
    assert run(["check", "nowhere.json", "--write-baseline", "b.json"]) == 2


def test_accepted_findings_stand_in_sarif_as_suppressed(capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", BROKEN, "--write-baseline", "b.json"])
    capsys.readouterr()
    assert run(["check", BROKEN, "--baseline", "b.json", "--format", "sarif"]) == 0
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert [result["suppressions"][0]["kind"] for result in results] == ["external", "external"]
    for output in ("github", "junit", "text"):
        assert run(["check", BROKEN, "--baseline", "b.json", "--format", output]) == 0


def test_findings_across_reports_are_accepted_too(capsys: pytest.CaptureFixture[str]) -> None:
    years = [str(CORPUS / f"pingtan-{year}.json") for year in (2022, 2023)]
    asked = ["check", "--series", "--strict", "--select", "in-force-chain", *years]
    assert run(asked) == 1
    assert run([*asked, "--write-baseline", "b.json"]) == 0
    capsys.readouterr()
    for output in ("text", "github", "json"):
        assert run([*asked, "--baseline", "b.json", "--format", output]) == 0
        assert output == "json" or "643" not in capsys.readouterr().out


def test_the_baseline_of_the_settings_stands_beside_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(["check", BROKEN, "--write-baseline", "b.json"])
    Path("gkformat.toml").write_text("baseline = 'b.json'", encoding="utf-8")
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path / "a")
    assert run(["check", BROKEN]) == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"accepted": 1}',
        '{"accepted": [1]}',
        '{"accepted": [{"report": 1}]}',
        '{"accepted": [{"report": 1, "at": "", "rule": "", "values": ""}]}',
    ],
)
def test_what_is_no_baseline_is_refused(capsys: pytest.CaptureFixture[str], text: str) -> None:
    Path("b.json").write_text(text, encoding="utf-8")
    assert run(["check", BROKEN, "--baseline", "b.json"]) == 2
    assert "not a baseline" in capsys.readouterr().err


def test_a_baseline_without_end_is_refused_and_not_read_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baseline, "_LARGEST_BASELINE", 100)
    Path("b.json").write_text(f'{{"accepted": []{" " * 100}}}', encoding="utf-8")
    assert run(["check", BROKEN, "--baseline", "b.json"]) == 2
    assert "not a baseline" in capsys.readouterr().err


def test_a_baseline_that_is_not_there_or_cannot_be_written_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", BROKEN, "--baseline", "nowhere.json"]) == 2
    assert run(["check", BROKEN, "--write-baseline", "nowhere/b.json"]) == 2
    assert capsys.readouterr().err.count("no such file") == 2
