"""Tests of the names and the options of `gkformat.bulk`."""

import io
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

import gkformat.bulk
from gkformat.bulk import check_lines, load_lines


def test_bulk_has_no_other_names() -> None:
    with pytest.raises(AttributeError, match="no attribute 'to_excel'"):
        _ = gkformat.bulk.to_excel


def test_lines_need_no_extra() -> None:
    code = "import sys, gkformat.bulk; print(sorted({'pyarrow', 'numpy'} & {*sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "[]\n"


def test_options_are_given_by_name() -> None:
    readers: list[Callable[..., Any]] = [load_lines, check_lines]
    for read in readers:
        with pytest.raises(TypeError):
            read(io.BytesIO(), True)  # noqa: FBT003
