"""The workflows, issue forms and settings of the repository: they are valid, and agree with each other."""

import ast
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from gkformat.version import VERSION
from support import ROOT, published_schema

pytestmark = pytest.mark.source

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ISSUE_FORMS = sorted(
    {*(ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")} - {ROOT / ".github/ISSUE_TEMPLATE/config.yml"}
)


def settings(path: Path) -> Any:
    """Return the content of a YAML file. YAML 1.1 takes the key `on` of a workflow for a truth value."""
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {"on" if key is True else key: value for key, value in found.items()}


def sessions() -> set[str]:
    """Return the names of the sessions in the noxfile."""
    tree = ast.parse((ROOT / "noxfile.py").read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.decorator_list}


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        *((path, "GitHub Workflow") for path in WORKFLOWS),
        *((path, "GitHub issue forms") for path in ISSUE_FORMS),
        (ROOT / ".github" / "ISSUE_TEMPLATE" / "config.yml", "GitHub Issue Template configuration"),
        (ROOT / ".pre-commit-config.yaml", ".pre-commit-config.yml"),
        (ROOT / "CITATION.cff", "Citation File Format"),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else "",
)
def test_file_is_valid(path: Path, schema: str) -> None:
    jsonschema.validate(settings(path), published_schema(schema))


def test_workflow_runs_every_python_that_the_package_names() -> None:
    named = [line.rpartition(" ")[2] for line in PROJECT["project"]["classifiers"] if re.search(r":: 3\.\d+$", line)]
    assert settings(ROOT / ".github/workflows/ci.yml")["jobs"]["tests"]["strategy"]["matrix"]["python"] == named


def test_workflow_runs_sessions_that_exist() -> None:
    jobs = settings(ROOT / ".github/workflows/ci.yml")["jobs"]
    assert set(jobs["sessions"]["strategy"]["matrix"]["session"]) <= sessions()


def test_contributing_describes_every_session() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert {
        *re.findall(r"^\| `(\w+)` \|", text.partition("| session |")[2].partition("\n\n")[0], re.MULTILINE)
    } == sessions()


def test_pre_commit_runs_the_pinned_linter() -> None:
    (ruff,) = [repo for repo in settings(ROOT / ".pre-commit-config.yaml")["repos"] if "ruff" in repo["repo"]]
    assert f"ruff=={ruff['rev'].removeprefix('v')}" in PROJECT["dependency-groups"]["lint"]


def test_tools_that_judge_are_pinned() -> None:
    for group in ("tests", "lint", "types", "docs"):
        for requirement in PROJECT["dependency-groups"][group]:
            assert isinstance(requirement, dict) or "==" in requirement or requirement.startswith("gkformat["), (
                requirement
            )


def test_pages_name_the_version_that_the_package_has() -> None:
    pages = [page.read_text(encoding="utf-8") for page in (ROOT / "docs").rglob("*.md") if "_build" not in page.parts]
    assert {*re.findall(r"(?:gkformat@|rev: )v(\d+\.\d+\.\d+)", "\n".join(pages))} == {VERSION}
