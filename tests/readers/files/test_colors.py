"""Tests of colours, as pages and files write them."""

import pytest

from gkformat.readers.files.colors import BLACK, CLEAR, WHITE, Color, color, is_alike


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Navy", (0, 0, 128)),
        ("#036", (0, 51, 102)),
        ("003366", (0, 51, 102)),
        ("#003366ff", (0, 51, 102)),
        ("#03600", None),
        ("#0360", CLEAR),
        ("#00336600", CLEAR),
        ("transparent", CLEAR),
        ("RGB(0, 51,102)", (0, 51, 102)),
        ("rgb(0 300 102 / 50%)", (0, 255, 102)),
        ("rgba(0, 51, 102, .0)", CLEAR),
        ("rgba(0, 51, 102, .5)", (0, 51, 102)),
        ("hsl(210, 100%, 20%)", (0, 51, 102)),
        ("hsl(30deg 50% 50%)", (191, 128, 64)),
        ("no-repeat #036 fixed", (0, 51, 102)),
        ("none", WHITE),
        ("currentColor", WHITE),
        ("inherit", WHITE),
        ("", WHITE),
        ("rosybrown", None),
        ("none rosybrown", None),
    ],
)
def test_color_is_read_from_css(text: str, found: Color | None) -> None:
    assert color(text, WHITE) == found


@pytest.mark.parametrize(
    ("text", "background", "alike"),
    [
        (WHITE, WHITE, True),
        ((231, 255, 255), WHITE, True),
        ((255, 230, 255), WHITE, False),
        ((127, 127, 127), (128, 128, 128), True),
        (BLACK, (0, 0, 25), False),
        (CLEAR, BLACK, True),
        (None, None, False),
        (BLACK, None, False),
        (None, BLACK, False),
    ],
)
def test_text_that_nobody_sees_has_about_the_color_of_its_background(
    text: Color | None, background: Color | None, *, alike: bool
) -> None:
    assert is_alike(text, background) is alike
