"""Tests of the guard around the libraries that open files."""

import warnings

import pytest

from gkformat import Unreadable
from gkformat.base.words import Words
from gkformat.readers.guard import guarded


def test_guarded_names_the_extra_to_install() -> None:
    with pytest.raises(Unreadable, match=r"gkformat\[documents\]"), guarded("DOCX"):
        raise ImportError


def test_guarded_tells_what_a_library_says_and_where_the_file_may_be_saved() -> None:
    with pytest.raises(Unreadable) as caught, guarded("XLS", "xlsx"):
        raise ValueError("bad\n record " + "x" * 200)
    said = str(caught.value)
    assert "XLS 文件损坏或不完整；若能在别处打开，请用 Excel 或 WPS 另存为 XLSX" in said
    assert "a damaged or incomplete XLS file: bad record xxx" in said
    assert "x" * 100 not in said


def test_guarded_silences_what_a_library_warns_of() -> None:
    with guarded("XLS"):
        warnings.warn("odd", stacklevel=1)


def test_guarded_passes_what_is_no_fault_of_the_file() -> None:
    with pytest.raises(MemoryError), guarded("XLS"):
        raise MemoryError
    with pytest.raises(Unreadable, match=r"^a / a$"), guarded("XLS"):
        raise Unreadable(Words("a", "a"))
