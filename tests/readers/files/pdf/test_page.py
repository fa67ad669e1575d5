"""Tests of the pages that the worker extracts."""

from importlib import reload

import pytest

from gkformat.readers.files.pdf import page as pdf_page
from pdf_pages import paragraph_texts, pdf_of_page


def test_coordinates_without_bounds_do_no_harm() -> None:
    assert paragraph_texts(pdf_of_page(b"0 0 m 1e38 0 l S BT /F 12 Tf 1e38 700 Td (ABC) Tj ET"))


def test_import_names_the_missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(ImportError, match="pypdfium2"):
        reload(pdf_page)
