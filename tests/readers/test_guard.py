"""Tests of the guard around the libraries that open files."""

import pytest

from gkformat import Unreadable
from gkformat.readers.guard import guarded


def test_guarded_names_the_extra_to_install() -> None:
    with pytest.raises(Unreadable, match=r"gkformat\[documents\]"), guarded("DOCX"):
        raise ImportError
