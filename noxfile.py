"""What is run beside the README's test command: `nox --list` shows it, `nox -s NAME` runs one.

Each session has an environment of its own. Words after `--` go to pytest.
"""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import nox
from packaging.requirements import Requirement

nox.options.default_venv_backend = "virtualenv"
nox.options.sessions = ["lint", "types", "docs", "lowest"]

PROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PROJECT)


FEWER_EXAMPLES = {"HYPOTHESIS_PROFILE": "dev"}
"""For runs of all tests once more, in another environment: what is generated is the same there."""


def _install(session: nox.Session, *groups: str, constraints: Path | None = None) -> None:
    chosen = [argument for group in groups for argument in ("--group", group)]
    limits = ["--constraint", str(constraints)] if constraints else []
    session.install("--editable", ".", *chosen, *limits)


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the tests of the README on each Python that is there."""
    _install(session, "tests")
    session.run("pytest", *session.posargs)


@nox.session(python=PYTHONS[0])
def lowest(session: nox.Session) -> None:
    """Run them with the lowest Python, and the lowest version of everything that the library runs on."""
    constraints = Path(session.create_tmp()) / "lowest.txt"
    constraints.write_text("\n".join(_lowest_versions()), encoding="utf-8")
    _install(session, "tests", constraints=constraints)
    session.run("pytest", *session.posargs, env=FEWER_EXAMPLES)


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
    """Check the types, by two checkers, and that the stubs say what is there."""
    _install(session, "types")
    session.run("mypy")
    forms = [f"gkformat.forms.{path.stem}" for path in sorted(Path("src/gkformat/forms").glob("y*.py"))]
    session.run("stubtest", "--allowlist", "tests/typing/stubtest.allow", *forms)
    session.run("pyright")
    pages = session.create_tmp()
    session.run("python", "tests/typing/pages.py", pages)
    session.run("mypy", "--allow-untyped-defs", "--allow-untyped-calls", pages)


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
def growth(session: nox.Session) -> None:
    """Double each attack on the readers, and see whether their work grows faster than it."""
    _install(session, "tests")
    session.run("pytest", "-m", "growth", "tests/growth", *session.posargs)


@nox.session
def engines(session: nox.Session) -> None:
    """Run the columns on Spark, on this machine. Needs Java."""
    if shutil.which("java") is None:
        session.error("there is no Java on this machine")
    _install(session, "engines")
    session.run("pytest", "-n0", "tests/engines", *session.posargs)


@nox.session
def frameworks(session: nox.Session) -> None:
    """Read and serve reports with pydantic and FastAPI."""
    _install(session, "frameworks")
    session.run("pytest", "-n0", "-m", "frameworks", "tests/quality/test_servers.py", *session.posargs)
    session.run("pytest", "-n0", "tests/frameworks", "examples/fastapi_server", *session.posargs)


@nox.session
def office(session: nox.Session) -> None:
    """Send written reports through Writer and Calc, and read what comes back. Needs LibreOffice and a Chinese font."""
    if shutil.which("soffice") is None:
        session.error("there is no LibreOffice on this machine")
    _install(session, "tests")
    session.run("pytest", "-n0", "-m", "office", "tests/office", *session.posargs)


TYPESCRIPT = "typescript@7.0.2"


@nox.session
def browser(session: nox.Session) -> None:
    """Check the types of the scripts, run them under Node, and fill in pages. Needs Chromium and a Chinese font."""
    if shutil.which("chromium") is None:
        session.error("there is no Chromium on this machine")
    _install(session, "browser")
    session.run("npm", "exec", "--yes", f"--package={TYPESCRIPT}", "--", "tsc", "--project", "tests/browser")
    session.run("pytest", "-n0", "-m", "browser", "tests/browser", *session.posargs)


@nox.session
def wheel(session: nox.Session) -> None:
    """Build the wheel, use it in clean environments, and test it where the sources are not."""
    session.install("build", "uv")
    place = Path(session.create_tmp()).resolve()
    built, checkout = place / "dist", place / "checkout"
    for folder in (built, checkout):
        shutil.rmtree(folder, ignore_errors=True)
    session.run("python", "-m", "build", "--outdir", str(built))
    shutil.copytree(built, "dist", dirs_exist_ok=True)  # what is tested is what a release publishes
    shutil.copytree(".", checkout, ignore=shutil.ignore_patterns("src", ".*", "_build", "__pycache__", "dist"))
    (file,) = built.glob("*.whl")
    _use_in_clean_environments(session, built, place / "clean")
    session.run("uv", "pip", "install", "--quiet", f"gkformat[all] @ {file.as_uri()}", "--group", "tests")
    session.chdir(checkout)
    slow = "browser or frameworks or growth or network or office or sphinx"
    session.run("pytest", "-m", f"not ({slow} or source)", *(session.posargs or _PACKED), env=FEWER_EXAMPLES)


_PACKED = [f"tests/{folder}" for folder in ("cli", "readers/cage", "readers/files", "views", "writers")] + ["examples"]
"""Where the tests are of what a wheel may lack: programs, and files beside the code. The rest is the same anywhere."""


def _use_in_clean_environments(session: nox.Session, built: Path, place: Path) -> None:
    """Install what was built with no extra, with each, and with all, and see that it does what it then should."""
    (sdist,), (file,) = built.glob("*.tar.gz"), built.glob("*.whl")
    extras = PROJECT["project"]["optional-dependencies"]
    for wanted in (sdist.as_uri(), file.as_uri(), *(f"gkformat[{name}] @ {file.as_uri()}" for name in extras)):
        session.run("uv", "venv", "--quiet", "--clear", str(place))
        python = str(place / ("Scripts" if os.name == "nt" else "bin") / "python")
        session.run("uv", "pip", "install", "--quiet", "--python", python, wanted)
        extra = wanted.partition("[")[2].partition("]")[0] or "none"
        session.run(python, "-W", "error", "tests/clean_environment.py", extra, "tests/corpus", external=True)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure the speed against the peers, and write it to docs/reference/speed.md."""
    _install(session, "tests", "bench")
    session.run("python", "-m", "benchmarks", *session.posargs)


READERS = ("word", "spreadsheet", "html", "mhtml", "markdown", "csv", "text", "pdf")


@nox.session
@nox.parametrize("target", ["loads", *READERS])
def fuzz(session: nox.Session, target: str) -> None:
    """Fuzz `loads` and each reader with atheris, for a minute each unless words after `--` say otherwise."""
    _install(session, "tests")
    session.install("atheris")
    script = ["tests/fuzz.py", "tests/corpus"] if target == "loads" else ["tests/fuzz_readers.py", target]
    session.run("python", *script, *(session.posargs or ["-max_total_time=60"]))


@nox.session
def mutation(session: nox.Session) -> None:
    """Change one operator at a time in a copy of the sources, and see whether a test notices. Takes hours."""
    place = Path(session.create_tmp()).resolve() / "checkout"
    shutil.rmtree(place, ignore_errors=True)
    session.run("git", "clone", "--quiet", ".", str(place), external=True)
    session.chdir(place)
    _install(session, "tests")
    session.install("cosmic-ray")
    session.run("cosmic-ray", "init", "tests/mutation/cosmic-ray.toml", "mutants.sqlite")
    session.run("cosmic-ray", "exec", "tests/mutation/cosmic-ray.toml", "mutants.sqlite")
    session.run("cr-report", "mutants.sqlite")


@nox.session
def changelog(session: nox.Session) -> None:
    """Collect the fragments of `changelog.d/` for a version, which is named after `--`."""
    session.install("towncrier")
    session.run("towncrier", "build", "--version", *session.posargs)
