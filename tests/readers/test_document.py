"""Tests of the kinds of files and the modules that read them."""

from importlib import import_module
from typing import get_type_hints

import pytest

from gkformat.readers.document import FILE_KINDS, Document


@pytest.mark.parametrize("kind", [kind for kind in FILE_KINDS if kind != "json"])
def test_file_kinds_each_have_a_module_with_parse(kind: str) -> None:
    parse = import_module(f"gkformat.readers.files.{kind}").parse
    assert get_type_hints(parse) == {"data": bytes, "return": Document}
