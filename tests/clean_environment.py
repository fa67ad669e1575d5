"""What an environment must do that has the package and one of its extras, or none, or all, and nothing else.

Run by `nox -s wheel`, in each of them: `python clean_environment.py EXTRA REPORTS`. It imports nothing but the package.
"""

import subprocess
import sys
from importlib import import_module
from importlib.metadata import metadata
from pathlib import Path

import gkformat
from gkformat import Unreadable, check, diagnose, load, read


def _command_line(*arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "gkformat", *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)  # noqa: S603
    return done.returncode, done.stdout + done.stderr


def _documents(reports: Path) -> None:
    reading = read(reports / "documents" / "suqian-2024.docx")
    assert reading.report
    assert str(check(reading.report).verdict) == "consistent"


def _cli(reports: Path) -> None:
    code, said = _command_line("check", "--lang", "en", str(reports / "suqian-2023.json"))
    assert (code, "consistent 1" in said) == (0, True), said


def _bulk(reports: Path) -> None:
    assert import_module("gkformat.bulk").to_arrow([load(reports / "suqian-2023.json")]).num_rows == 1


def _testing(_: Path) -> None:
    assert import_module("gkformat.strategies").reports() is not None


def _diagnose(_: Path) -> None:
    import_module("highspy")


def _refusal(reports: Path) -> str:
    """Return what is said of a document that cannot be read."""
    try:
        _documents(reports)
    except Unreadable as error:
        return str(error)
    return ""


WORK = {"bulk": _bulk, "cli": _cli, "diagnose": _diagnose, "documents": _documents, "testing": _testing}


def main(extra: str, reports: Path) -> None:
    """Use what is installed, and see that what is not says which extra it needs."""
    assert set(WORK) | {"all"} == set(metadata("gkformat").get_all("Provides-Extra") or ())
    found = load(reports / "hongze-2023.json", as_found=True)
    assert len(check(found).broken) == len(diagnose(found)[0].slips)
    chosen = WORK if extra == "all" else {name: WORK[name] for name in WORK if name == extra}
    for work in chosen.values():
        work(reports)
    if "cli" not in chosen:
        code, said = _command_line("check", "x.json")
        assert (code, "gkformat[cli]" in said) == (2, True), said
    if "documents" not in chosen:
        assert "gkformat[documents]" in _refusal(reports)
    print(f"gkformat[{extra}] {gkformat.__file__}")  # noqa: T201 - for the log


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
