"""What all tests depend on, and the examples of the pages as tests: Sybil runs each page from top to bottom."""

import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

ROOT = Path(__file__).parent

# -- environment ---------------------------------------------------------------------------------------

_UNSET = (
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "FORCE_COLOR",
    "LANGUAGE",
    "LC_CTYPE",
    "LC_MESSAGES",
    "LINES",
    "NO_COLOR",
    "PRE_COMMIT_COLOR",
    "PYTHONDONTWRITEBYTECODE",  # each of hundreds of processes would compile the library anew
    "PYTHONIOENCODING",
    "PYTHONSAFEPATH",
    "PYTHONUTF8",
    "PYTHONWARNDEFAULTENCODING",
    "PYTHONWARNINGS",
    "SKIP",
)

os.environ |= {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "TZ": "UTC"}
for _name in _UNSET:
    os.environ.pop(_name, None)
sys.dont_write_bytecode = False


def pytest_sessionstart(session: pytest.Session) -> None:
    """Give the programs that tests start a home directory of their own, so that no user's settings change a result."""
    home = Path(tempfile.mkdtemp(prefix="home-"))
    session.config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    os.environ |= dict.fromkeys(("HOME", "USERPROFILE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"), str(home))
    (ROOT / "docs" / "_build").mkdir(exist_ok=True)  # into which the examples of the pages write


# Choose a profile with an environment variable: HYPOTHESIS_PROFILE=nightly pytest
settings.register_profile("dev", max_examples=20, deadline=None)
settings.register_profile("ci", max_examples=60, deadline=None, derandomize=True)
settings.register_profile("nightly", max_examples=5000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "dev"))

# -- pages ---------------------------------------------------------------------------------------------


def _console(example: Example) -> str | None:
    """Run the commands of a `console` block; return a message if their output differs from the page."""
    shown = str(example.parsed)
    printed = "".join(_session(line.removeprefix("$ ") for line in shown.splitlines() if line.startswith("$ ")))
    return None if printed == shown else f"The page shows:\n{shown}\nThe commands print:\n{printed}"


def _session(commands: Iterable[str]) -> Iterator[str]:
    code = 0
    for command in commands:
        yield f"$ {command}\n"
        if command == "echo $?":
            yield f"{code}\n"
        else:
            code, printed = _run(command)
            yield printed


def _run(command: str) -> tuple[int, str]:
    """Run a command in this process, which has loaded what it needs, and return its exit code and what it prints."""
    from gkformat.cli.app import run  # noqa: PLC0415 - not before coverage is measured

    name, *arguments = shlex.split(command)
    if name != "gkformat":
        pytest.fail(f"the pages run gkformat, and not {name}")
    with StringIO() as screen, redirect_stdout(screen), redirect_stderr(screen):
        return run(arguments), screen.getvalue()


def _from_the_root(_: dict[str, Any]) -> None:
    """Change to the root of the repository, to which the file names in the examples are relative."""
    os.chdir(ROOT)


def _pages(folder: Path, *patterns: str, but: Iterable[str] = ()) -> Sybil:
    return Sybil(
        parsers=[PythonCodeBlockParser(), CodeBlockParser("console", _console)],
        path=str(folder),
        patterns=patterns,
        excludes=[*but],
        setup=_from_the_root,
    )


# Some pages that docs/generate.py writes are left out: their declarations and messages are not examples.
pytest_collect_file = (
    _pages(ROOT, "README*.md", but=["examples/*"])
    + _pages(ROOT / "docs", "*.md", but=["form-*.md", "rules-*.md", "commands.md"])
).pytest()

# -- workers -------------------------------------------------------------------------------------------


class _WholePages(LoadScopeScheduling):  # type: ignore[misc]
    """A scheduler that spreads tests over workers one by one, but pages as a whole: examples build on those above."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if file.endswith((".md", "test_docs.py")) else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _WholePages | None:
    """Return our scheduler if tests are spread over workers in the default way."""
    return _WholePages(config, log) if config.getoption("dist") == "load" else None
