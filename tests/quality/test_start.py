"""A fast start: the modules that a short command loads, and the functions that it compiles."""

import subprocess
import sys

from support import CORPUS

SOUND = str(CORPUS / "huaian-2024.json")
NEVER = {"asyncio", "concurrent.futures", "dataclasses", "logging", "multiprocessing", "rich", "tempfile", "tomllib"}
NOT_FOR_SOUND = {
    "cattrs",
    "msgspec",
    "gkformat.codec.compiled",
    "gkformat.codec.converter",
}


NOT_FOR_ONE = {
    "gkformat.bulk",
    "gkformat.diagnosis.diagnose",
    "gkformat.comparison.parts",
    "gkformat.readers",
    "gkformat.comparison.series",
}


NOT_FOR_2021 = {"gkformat.forms.y2019"}
OFTEN = {"made:check_Applicants", "made:check_LegalPerson"}
"""A report has so many of these rows that compiling the checks of their classes pays for a single report."""


RUN = "import sys; from gkformat.cli import main; assert main() == 0"
TELL = """
import linecache
print(*sys.modules, *("made:" + name.split()[1] for name in linecache.cache if name.startswith("<gkformat ")))
"""


def loaded(code: str, *arguments: str) -> set[str]:
    """Return the modules that a program has loaded at its end, and the functions that it has compiled."""
    command = [sys.executable, "-c", code + TELL, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)  # noqa: S603
    return set(done.stdout.splitlines()[-1].split())


def generated(names: set[str]) -> set[str]:
    return {name for name in names if name.startswith("made:")}


def test_check_of_a_sound_file_loads_only_what_it_needs() -> None:
    names = loaded(RUN, "check", SOUND)
    assert names & (NEVER | NOT_FOR_SOUND | NOT_FOR_ONE | NOT_FOR_2021) == set()
    assert (
        names & {"gkformat.readers.sheet", *(f"gkformat.cli.{part}" for part in ("positions", "diagnoses", "jsonl"))}
        == set()
    )
    assert {"gkformat.checks.check", "gkformat.forms.y2021", "gkformat.checks.narrative.against_tables"} <= names
    assert generated(names) == OFTEN


def test_check_of_one_report_generates_hardly_any_function() -> None:
    names = loaded("import sys, gkformat; gkformat.check(gkformat.loads(open(sys.argv[1], 'rb').read()))", SOUND)
    assert names & (NEVER | NOT_FOR_SOUND | NOT_FOR_ONE | NOT_FOR_2021) == set()
    assert generated(names) == OFTEN


def test_version_option_loads_no_form() -> None:
    names = loaded("import sys; from gkformat.cli import main; main()", "--version")
    assert {name for name in names if name.startswith("gkformat.")} <= {
        "gkformat.version",
        "gkformat.base",
        "gkformat.base.words",
        "gkformat.base.frozen",
        "gkformat.base.suggestion",
        "gkformat.base.visible",
        "gkformat.cli",
        *(f"gkformat.cli.{name}" for name in ("app", "output", "errors", "help")),
        *("gkformat.views", "gkformat.views.language", "gkformat.views.lines"),
    }


def test_import_of_reading_loads_no_file_readers() -> None:
    names = loaded("import sys; from gkformat import Reading, Sheet")
    assert "gkformat.readers.sheet" in names
    assert "zipfile" not in names
    assert [name for name in names if name.startswith(("gkformat.readers.files", "gkformat.readers.matching"))] == []


OF_OTHERS = {"doc2docx", "markdown_it", "olefile", "pypdfium2", "rapidfuzz", "selectolax", "xlrd", "zipfile"}


def test_reading_loads_no_library_that_opens_files() -> None:
    path = str(CORPUS / "documents" / "suqian-2024.docx")
    names = loaded("import sys, gkformat; assert gkformat.read(sys.argv[1]).report", path)
    assert "gkformat.readers.cage.pool" in names
    assert names & (OF_OTHERS | {"gkformat.readers.files", "gkformat.readers.match_file"} | NEVER) == set()


def test_report_of_2019_loads_its_own_form() -> None:
    path = str(CORPUS / "pingtan-2019.json")
    assert "gkformat.forms.y2019" in loaded("import sys, gkformat; gkformat.load(sys.argv[1], as_found=True)", path)


def test_faults_of_one_payload_are_listed_without_slow_imports() -> None:
    code = "import sys, gkformat\ntry: gkformat.loads('{}')\nexcept gkformat.Malformed: pass\n"
    names = loaded(code + TELL.removeprefix("; "))
    assert names & (NEVER | NOT_FOR_SOUND | NOT_FOR_ONE | NOT_FOR_2021) == set()


def test_command_collects_garbage_rarely() -> None:
    code = "import gc; from gkformat.cli import main; main(); print(gc.get_threshold()[0], gc.isenabled())"
    command = [sys.executable, "-c", code, "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    threshold, is_enabled = done.stdout.splitlines()[-1].split()
    assert int(threshold) >= 10_000
    assert is_enabled == "True"
