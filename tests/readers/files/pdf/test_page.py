"""Tests of the pages of a PDF."""

from pdf_pages import paragraph_texts, pdf_of_page


def test_coordinates_without_bounds_do_no_harm() -> None:
    assert paragraph_texts(pdf_of_page(b"0 0 m 1e38 0 l S BT /F 12 Tf 1e38 700 Td (ABC) Tj ET"))
