"""Tests of which characters of a PDF are seen."""

import pytest

from pdf_pages import HELVETICA, PICTURE, paragraph_texts, pdf_of_page, stream

SEEN = b"BT /F 12 Tf 0 g 100 700 Td (ABC) Tj ET "
IN_FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Matrix[1 0 0 1 100 0]/Resources<</Font<</F 5 0 R>>>>"


def text_after(before: bytes, inside: bytes = b"", after: bytes = b"") -> bytes:
    """Return a text beside the one that is seen."""
    return SEEN + b"q " + before + b" BT /F 12 Tf 130 700 Td " + inside + b" (912) Tj ET Q " + after


BLACK = b"0 g 127 690 60 30 re f "
UNDER = b"q 60 0 0 30 120 690 cm /A Do Q "


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (text_after(b""), "ABC912"),
        (text_after(b"", b"1 Tr"), "ABC912"),
        (text_after(b"", b"3 Tr"), "ABC"),
        (text_after(b"", b"7 Tr"), "ABC"),
        (text_after(UNDER, b"3 Tr"), "ABC912"),
        (text_after(BLACK, b"3 Tr"), "ABC"),
        (text_after(b"1 g"), "ABC"),
        (text_after(b"1 1 0 rg 127 690 60 30 re f 1 g"), "ABC912"),
        (text_after(b"1 g", b"1 Tr"), "ABC912"),
        (text_after(b"1 g 0 G", b"2 Tr"), "ABC912"),
        (text_after(b"1 g 1 G", b"2 Tr"), "ABC"),
        (text_after(b"0.9 g"), "ABC912"),
        (text_after(BLACK + b"1 g"), "ABC912"),
        (text_after(UNDER + b"1 g"), "ABC912"),
        (text_after(b"1 g", b"", BLACK), "ABC"),
        (text_after(b"0 0 90 90 re W n"), "ABC"),
        (text_after(b"0 690 137 20 re W n"), "ABC9■■"),
        (text_after(b"0 690 137 20 re W n 130 0 300 800 re W n"), "ABC9■■"),
        (text_after(b"0 715 600 9 re W n 0 0 600 800 re W n"), "ABC"),
        (text_after(b"", b"", b"1 g 128 695 7 20 re f"), "ABC■12"),
        (text_after(b"", b"", b"1 g 128 702 27 2.5 re f"), "ABC〔912〕"),
        (text_after(b"", b"", b"1 g 132.5 690 2.5 30 re f"), "ABC912"),
        (text_after(b"0 0 600 600 re W n"), "ABC"),
        (text_after(b"0 0 90 800 re W n"), "ABC"),
        (text_after(b"200 0 90 800 re W n"), "ABC"),
        (SEEN + b"BT /F 12 Tf 500 30 Td (DEF) Tj ET 1 g 490 20 60 30 re f", "ABC"),
        (text_after(b"1 g 128 695 27 20 re f 0 g"), "ABC912"),
    ],
)
def test_text_has_the_characters_that_are_seen(content: bytes, text: str) -> None:
    assert paragraph_texts(pdf_of_page(content, HELVETICA, PICTURE)) == [text]


def test_what_hides_a_text_in_a_form_is_placed_with_it() -> None:
    inside = (
        b"BT /F 12 Tf 0 700 Td (ABC) Tj ET q 0 690 37 20 re W n BT /F 12 Tf 30 700 Td (912) Tj ET Q 1 g 0 695 7 20 re f"
    )
    assert paragraph_texts(pdf_of_page(b"/A Do", HELVETICA, stream(inside, IN_FORM))) == ["ABC9■■"]


def test_what_one_can_see_through_hides_nothing() -> None:
    inside = b"q /G gs 1 g 0 690 60 30 re f BT /F 12 Tf 30 700 Td (912) Tj ET Q"
    resources = b"/Resources<</Font<</F 5 0 R>>/ExtGState<</G<</ca 0.5>>>>>>"
    form = stream(inside, b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Matrix[1 0 0 1 100 0]" + resources)
    assert paragraph_texts(pdf_of_page(SEEN + b"/A Do", HELVETICA, form)) == ["ABC"]
