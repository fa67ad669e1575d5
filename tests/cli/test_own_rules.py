"""Tests of rules of one's own: named on the command line or in the settings, and guarded like those of the library."""

import json
import sys
from pathlib import Path
from textwrap import dedent

import jsonschema
import pytest

from command_line import BROKEN, SOUND
from gkformat.cli.app import run
from gkformat.cli.formats import FILES, FORMATS
from gkformat.cli.schemas import check_schema
from support import CORPUS, published_schema

pytestmark = pytest.mark.usefixtures("working_folder")

HEAD = "from gkformat import Address, Finding, Report2021, Words\n"
SAID = "Words('有申请', 'there were requests')"
OFFICE = f"""{HEAD}
def has_requests(report: Report2021):
    '''Say that there were requests.'''
    yield Finding("has-requests", Address("requests"), "三", "advice", {SAID})

RULES = (has_requests,)
"""


def _write(text: str, name: str = "office.py") -> str:
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(dedent(text), encoding="utf-8")
    return name


@pytest.mark.parametrize("output", [name for name in FORMATS if name not in FILES])
def test_own_rules_are_told_in_every_format(output: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", SOUND, "--rules", _write(OFFICE), "--format", output]) == 0
    out = capsys.readouterr().out
    assert "has-requests" in out
    assert "there were requests" in out
    if output == "json":
        jsonschema.validate(json.loads(out), check_schema())
        assert json.loads(out)["policy"]["own_rules"] == ["has-requests"]
    if output == "sarif":
        jsonschema.validate(json.loads(out), published_schema("sarif-2.1.0"))
        [made] = json.loads(out)["runs"]
        [result] = made["results"]
        assert made["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "has-requests"


def test_own_rules_are_selected_ignored_and_accepted_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    _write(OFFICE)
    check = ["check", SOUND, "--rules", "office.py", "--strict"]
    assert run(check) == 1
    assert run([*check, "--select", "has-requests"]) == 1
    assert run([*check, "--ignore", "has"]) == 0
    assert run([*check, "--statistics"]) == 1
    assert "has-requests  Say that there were requests." in capsys.readouterr().out
    assert run([*check, "--write-baseline", "b.json"]) == 0
    assert run([*check, "--baseline", "b.json"]) == 0
    assert run(["check", SOUND, "--select", "has-requests"]) == 2


def test_own_rules_stand_in_the_settings_and_see_every_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(OFFICE)
    Path("gkformat.toml").write_text('rules = ["office.py"]\nselect = ["has-requests"]\n', encoding="utf-8")
    Path("folder").mkdir()
    monkeypatch.chdir("folder")
    line = json.dumps(json.loads(Path(SOUND).read_text(encoding="utf-8")))
    Path("lines.jsonl").write_text(f"{line}\n", encoding="utf-8")
    assert run(["check", "lines.jsonl"]) == 0
    assert "has-requests" in capsys.readouterr().out


def test_module_is_looked_for_in_the_working_folder_and_nowhere_later(capsys: pytest.CaptureFixture[str]) -> None:
    before = list(sys.path)
    _write(OFFICE, "own/rules_of_the_office.py")
    assert run(["check", SOUND, "--rules", "own.rules_of_the_office"]) == 0
    assert "has-requests" in capsys.readouterr().out
    assert sys.path == before
    assert run(["check", SOUND]) == 0
    assert "has-requests" not in capsys.readouterr().out


def test_rule_is_not_asked_of_reports_of_another_edition(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(CORPUS / "pingtan-2019.json"), "--as-found", "--rules", _write(OFFICE)]) == 0
    assert "has-requests" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("None", "not a Finding"),
        (f"Finding('other', Address('requests'), '', 'advice', {SAID})", "rule='other', expected 'has-requests'"),
        (f"Finding('has-requests', Address('requests'), '', 'broken', {SAID})", "severity='broken', expected 'advice'"),
        (f"Finding('has-requests', Address('x'), '', 'advice', {SAID})", "at='x', not an address"),
        ("Finding('has-requests', Address('requests'), '', 'advice', 'text')", "not a Finding with Words"),
    ],
)
def test_rule_that_fails_is_a_finding_and_stops_no_other(
    finding: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(f"{HEAD}def has_requests(report):\n    yield {finding}\nRULES = [has_requests]\n")
    assert run(["check", BROKEN, "--rules", "office.py"]) == 2
    out = capsys.readouterr().out
    assert "inconsistent (2 broken, 1 internal error)" in out
    assert "your rule has-requests" in out
    assert said in out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 / 0", "the module of rules cannot be loaded (ZeroDivisionError"),
        ("import nothing_like_it", "the module of rules cannot be loaded (ModuleNotFoundError"),
        ("raise SystemExit(0)", "the module of rules cannot be loaded (SystemExit"),
        ("x = (", "the module of rules cannot be loaded (SyntaxError"),
        ("x = 1", "a module of rules has RULES"),
        ("RULES = ()", "a module of rules has RULES"),
        ("RULES = ('balance',)", "a module of rules has RULES"),
        ("def balance(report): ...\nRULES = (balance,)", "there is a rule named balance already"),
        ("def own(report): ...\nRULES = (own, own)", "there is a rule named own already"),
        (
            "def own(report: 'Nothing'): ...\nRULES = (own,)",
            "the module of rules cannot be loaded (own: name 'Nothing'",
        ),
    ],
)
def test_module_that_holds_no_rules_is_misuse(text: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", SOUND, "--rules", _write(text)]) == 2
    assert f"office.py: {said}" in capsys.readouterr().err


def test_missing_module_is_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", SOUND, "--rules", "nowhere.py"]) == 2
    assert "nowhere.py: the module of rules cannot be loaded" in capsys.readouterr().err
