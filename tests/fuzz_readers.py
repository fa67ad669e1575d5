"""Fuzz `read`: for any file, it returns a complete reading or says why not, and never fails in another way.

`tests/laws/test_fuzz.py` tries a few inputs in every run of the tests. This script tries as many as there is time for:

    python -m pip install atheris
    python tests/fuzz_readers.py -max_total_time=60 tests/corpus/documents

The options are those of libFuzzer. If files are given instead of a folder, only these inputs are tried.
"""

import importlib
import json
import sys
import tempfile
from pathlib import Path

from gkformat import EDITIONS, Malformed, Unreadable, dumps, loads, read
from gkformat.base.words import LANGUAGES
from gkformat.notation.outline import numbers
from gkformat.readers.detect import is_json
from readings import read_here


def attempt(data: bytes) -> None:
    """Read a file, and fail if the library breaks a promise that it makes for any file."""
    try:
        reading = read(data) if is_json(data) else read_here(data)  # here, where coverage and mistakes are seen
    except (Unreadable, Malformed) as error:
        _assert_in_two_languages(error)
        return
    sheet = reading.sheet
    known = [EDITIONS[sheet.edition]] if sheet.edition else EDITIONS.values()
    assert any([entry.at for entry in sheet.cells] == [*numbers(edition.report)] for edition in known)
    assert json.loads(dumps(sheet))["kind"] == sheet.kind
    assert all(finding.message(lang) for finding in reading.findings for lang in LANGUAGES)
    opened = [entry for entry in sheet.cells if entry.is_unclear]
    assert reading.findings.items or not opened, "a cell is left open without a word"
    if reading.report is None:
        assert reading.findings.items
    else:
        assert loads(dumps(reading.report)) == reading.report


def _assert_in_two_languages(error: Exception) -> None:
    assert " / " in str(error)


def main(arguments: list[str]) -> None:
    """Try the files given, or else fuzz, starting from the files in the folders given."""
    paths = [Path(argument) for argument in arguments if not argument.startswith("-")]
    if paths and all(path.is_file() for path in paths):
        for path in paths:
            attempt(path.read_bytes())
        return
    try:
        atheris = importlib.import_module("atheris")
    except ImportError:
        raise SystemExit("fuzzing needs atheris, install it with: python -m pip install atheris") from None
    own = Path(tempfile.mkdtemp(prefix="gkformat-fuzz-"))
    atheris.instrument_all()
    options = [f"-artifact_prefix={own}/", "-timeout=20", "-max_len=200000"]
    atheris.Setup([sys.argv[0], *options, str(own), *arguments], attempt)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
