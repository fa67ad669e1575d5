"""Fixtures of the tests of reading PDF."""

import json
from subprocess import SubprocessError
from types import SimpleNamespace
from typing import Any

import pytest

from gkformat.readers.files.pdf import page as pdf_page
from gkformat.readers.files.pdf import worker


@pytest.fixture
def pdfium_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run PDFium in this process: to start another takes longer than to read a report."""

    def run(command: list[str], *, input: bytes, **_: Any) -> SimpleNamespace:  # noqa: A002 - its name
        return SimpleNamespace(stdout=json.dumps(worker.extract(input, *map(int, command[-2:]))))

    monkeypatch.setattr(pdf_page, "subprocess", SimpleNamespace(run=run, SubprocessError=SubprocessError))
