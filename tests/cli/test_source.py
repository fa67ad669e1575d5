"""Tests of the limit of size of a source."""

import pytest

from command_line import error_of_reading
from gkformat.cli import source
from gkformat.cli.source import LARGEST_FILE
from support import CORPUS

pytestmark = pytest.mark.usefixtures("working_folder")


SOUND = CORPUS / "huaian-2024.json"


def test_source_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "LARGEST_FILE", 10)
    assert error_of_reading(str(SOUND)) == f"larger than {LARGEST_FILE >> 20} MiB, not read"
