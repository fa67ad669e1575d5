"""The pre-commit hook and the GitHub action, each run in a scratch repository as its users run it."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from gkformat.examination.suffixes import DOCUMENT_SUFFIXES, TEXT_SUFFIXES
from support import CORPUS, ROOT, published_schema

pytestmark = pytest.mark.source

NEEDS_BASH = pytest.mark.skipif(
    sys.platform == "win32" or shutil.which("bash") is None, reason="the steps of an action run in bash"
)

HOOKS, ACTION = ROOT / ".pre-commit-hooks.yaml", ROOT / "action.yml"
SCRIPTS = str(Path(sys.executable).parent)


def _run(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command with the tools of this environment, and without the Git settings of the user."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTEST_"))}
    return subprocess.run(  # noqa: S603 - tools of our own environment
        command,
        cwd=folder,
        env={
            **inherited,
            "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}",
            "LC_ALL": "C.UTF-8",
            "GIT_CONFIG_GLOBAL": os.devnull,
            **environment,
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with a sound report, a broken one, and JSON that is not a report."""
    if shutil.which("git") is None:
        pytest.skip("there is no git")
    folder = tmp_path / "repository"
    (folder / "年报").mkdir(parents=True)
    shutil.copy(CORPUS / "huaian-2024.json", folder / "年报" / "淮安.json")
    shutil.copy(CORPUS / "hongze-2023.json", folder / "年报" / "洪泽.json")
    (folder / "package.json").write_text('{"name": "reports", "year": 2023}', encoding="utf-8")
    for command in (["init", "-q"], ["add", "."]):
        assert _run(["git", *command], folder).returncode == 0
    return folder


# -- the hook ------------------------------------------------------------------------------------------


def _hook(name: str = "gkformat-check") -> dict[str, Any]:
    hooks: list[dict[str, Any]] = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    return next(hook for hook in hooks if hook["id"] == name)


def _run_hook(name: str, repository: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """Run a published hook, but in this environment, so that pre-commit need not install one."""
    hook = {**_hook(name), "language": "system", "additional_dependencies": []}
    config = {"repos": [{"repo": "local", "hooks": [hook]}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    return _run(["pre-commit", "run", "--all-files"], repository, PRE_COMMIT_HOME=str(tmp_path / "home"))


def test_hook_checks_reports_and_skips_other_json(repository: Path, tmp_path: Path) -> None:
    done = _run_hook("gkformat-check", repository, tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "年报/洪泽.json  淮安市洪泽区人民政府 2023  inconsistent (2 broken)" in done.stdout
    assert "1 file(s) passed over that hold no report" in done.stdout
    assert _run(["git", "rm", "-q", "--cached", "年报/洪泽.json"], repository).returncode == 0
    done = _run_hook("gkformat-check", repository, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout


def test_hook_checks_documents_and_skips_others(repository: Path, tmp_path: Path) -> None:
    shutil.copy(CORPUS / "documents" / "suqian-2024.docx", repository / "年报" / "宿迁 2024.DOCX")
    (repository / "README.md").write_text("# 年报\n", encoding="utf-8")
    (repository / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert _run(["git", "add", "."], repository).returncode == 0
    done = _run_hook("gkformat-check-documents", repository, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    (repository / "年报" / "坏.xlsx").write_bytes(b"PK")
    assert _run(["git", "add", "."], repository).returncode == 0
    done = _run_hook("gkformat-check-documents", repository, tmp_path)
    assert done.returncode == 1
    assert "年报/坏.xlsx  unreadable" in done.stdout
    assert "年报/宿迁 2024.DOCX  宿迁市人民政府 2024  consistent" in done.stdout


def test_hooks_take_every_suffix_of_files_that_are_read() -> None:
    pattern = re.compile(_hook("gkformat-check-documents")["files"])
    named = {suffix for suffix in (*TEXT_SUFFIXES, *DOCUMENT_SUFFIXES) if pattern.search(f"年报{suffix}")}
    assert named == {*TEXT_SUFFIXES, *DOCUMENT_SUFFIXES} - {".json", ".jsonl", ".ndjson", ".xml"}


def test_hook_manifest_is_valid() -> None:
    jsonschema.validate(yaml.safe_load(HOOKS.read_text(encoding="utf-8")), published_schema(".pre-commit-hooks.yml"))
    assert _run(["pre-commit", "validate-manifest", str(HOOKS)], ROOT).returncode == 0


@pytest.mark.network
def test_hook_installs_and_runs_from_its_repository(repository: Path, tmp_path: Path) -> None:
    done = _run(
        ["pre-commit", "try-repo", str(ROOT), _hook()["id"], "--all-files"],
        repository,
        PRE_COMMIT_HOME=str(tmp_path / "home"),
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "年报/洪泽.json  淮安市洪泽区人民政府 2023  inconsistent (2 broken)" in done.stdout


# -- the action ----------------------------------------------------------------------------------------


def _action() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    return found


def _step(step: Mapping[str, Any], folder: Path, temporary: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run a step of the action as a runner does."""
    given = {name: described["default"] for name, described in _action()["inputs"].items()} | inputs
    known = {f"inputs.{name}": value for name, value in given.items()} | {"github.action_path": str(ROOT)}
    environment = {
        name: re.sub(r"\$\{\{ (.+?) \}\}", lambda m: known[m[1]], text) for name, text in step["env"].items()
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return _run(command, folder, **_runner(temporary), **environment)


def _runner(temporary: Path) -> dict[str, str]:
    files = {"GITHUB_OUTPUT": temporary / "output", "GITHUB_STEP_SUMMARY": temporary / "summary"}
    for file in files.values():
        file.write_text("", encoding="utf-8")
    return {"RUNNER_TEMP": str(temporary), **{name: str(file) for name, file in files.items()}}


def _outputs(temporary: Path) -> dict[str, str]:
    lines = (temporary / "output").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines)


def test_action_is_valid() -> None:
    jsonschema.validate(_action(), published_schema("GitHub Action"))
    # Inputs reach the shell as variables, and never as a part of the script.
    assert not any("${{" in step["run"] for step in _action()["runs"]["steps"])


@NEEDS_BASH
def test_action_annotates_lines_and_writes_sarif(repository: Path, tmp_path: Path) -> None:
    _, check = _action()["runs"]["steps"]
    done = _step(check, repository, tmp_path, sarif="out.sarif")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "::error file=年报/洪泽.json,line=332,col=16,endColumn=17,title=" in done.stdout
    log = json.loads((repository / "out.sarif").read_text(encoding="utf-8"))
    assert len(log["runs"][0]["results"]) == 2
    found = _outputs(tmp_path)
    assert (found["exit-code"], found["sarif"]) == ("1", "out.sarif")
    assert json.loads(found["conclusions"]) == {"consistent": 1, "inconsistent": 1}
    assert json.loads(Path(found["json"]).read_text(encoding="utf-8"))["passed_over"] == ["package.json"]
    summary = (tmp_path / "summary").read_text(encoding="utf-8").splitlines()
    assert "    年报/洪泽.json  淮安市洪泽区人民政府 2023  inconsistent (2 broken)" in summary
    done = _step(check, repository, tmp_path, files="年报/淮安.json\n", options="--strict\n--select=equations")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "::" not in done.stdout
    assert done.stdout.startswith("1 file(s): consistent 1\nno other rules were checked than: row-total")


@NEEDS_BASH
def test_action_fails_when_the_program_fails(repository: Path, tmp_path: Path) -> None:
    _, check = _action()["runs"]["steps"]
    for options in ("--odd", "--baseline=missing.json"):
        done = _step(check, repository, tmp_path, options=options, sarif="out.sarif")
        assert done.returncode == 2, done.stdout + done.stderr
        assert _outputs(tmp_path) == {"exit-code": "2"}
    assert not (repository / "out.sarif").exists()


@pytest.mark.network
@NEEDS_BASH
def test_action_installs_and_runs(repository: Path, tmp_path: Path) -> None:
    for step, code in zip(_action()["runs"]["steps"], (0, 1), strict=True):
        done = _step(step, repository, tmp_path)
        assert done.returncode == code, done.stdout + done.stderr
    assert (tmp_path / "gkformat" / "gkformat").is_dir()
    assert (tmp_path / "gkformat" / "docx").is_dir()  # of the extra that reads documents
