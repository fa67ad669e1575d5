"""What is run beside the README's test command: `nox --list` shows it, `nox -s NAME` runs one.

Each session has an environment of its own. Words after `--` go to pytest.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

import nox
from packaging.requirements import Requirement

nox.options.default_venv_backend = "virtualenv"
nox.options.sessions = ["lint", "types", "docs", "lowest"]

PROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PROJECT)


def _install(session: nox.Session, *groups: str, constraints: Path | None = None) -> None:
    chosen = [argument for group in groups for argument in ("--group", group)]
    limits = ["--constraint", str(constraints)] if constraints else []
    session.install("--editable", ".", *chosen, *limits)


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the tests of the README on each Python that is there."""
    _install(session, "tests")
    session.run("pytest", *session.posargs)


@nox.session
def lowest(session: nox.Session) -> None:
    """Run them with the lowest version of everything that the library runs on."""
    constraints = Path(session.create_tmp()) / "lowest.txt"
    constraints.write_text("\n".join(_lowest_versions()), encoding="utf-8")
    _install(session, "tests", constraints=constraints)
    session.run("pytest", *session.posargs)


def _lowest_versions() -> Iterable[str]:
    """Pin each dependency, those of the extras too, to its lower bound."""
    declared = PROJECT["project"]
    for text in sum(declared["optional-dependencies"].values(), declared["dependencies"]):
        requirement = Requirement(text)
        if requirement.name != declared["name"]:
            bound = next(each.version for each in requirement.specifier if each.operator == ">=")
            yield f"{requirement.name}=={bound}"


@nox.session
def lint(session: nox.Session) -> None:
    """Check the style, and the contract of the layers."""
    session.install("--group", "lint")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("lint-imports", env={"PYTHONPATH": "src"})


@nox.session
def types(session: nox.Session) -> None:
    """Check the types, by two checkers."""
    _install(session, "types")
    session.install("nox")
    session.run("mypy")
    session.run("pyright")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the pages; every warning is an error."""
    _install(session, "docs")
    session.run("sphinx-build", "-W", "-b", "html", "docs", "docs/_build/html")
    session.run("pytest", "-n0", "-m", "sphinx", *session.posargs)


@nox.session
def network(session: nox.Session) -> None:
    """Install the hook and the action anew, as their users do."""
    _install(session, "tests")
    session.run("pytest", "-n0", "-m", "network", *session.posargs)


@nox.session
def engines(session: nox.Session) -> None:
    """Run the columns on Spark, on this machine. Needs Java."""
    if shutil.which("java") is None:
        session.error("there is no Java on this machine")
    _install(session, "engines")
    session.run("pytest", "-n0", "tests/engines", *session.posargs)
