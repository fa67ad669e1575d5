"""Tests of decoding: encodings, unknown charsets and broken bytes."""

from encodings.aliases import aliases

import pytest

import papers
from gkformat import cells, read
from gkformat.readers.decoding import decode
from readings import report


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_text_is_decoded_in_the_usual_encodings(encoding: str) -> None:
    truth = report()
    assert cells(read(papers.as_page(papers.document(truth)).encode(encoding)).report) == cells(truth)


@pytest.mark.parametrize("codec", ["no-such", *sorted(set(aliases.values()))])
def test_decode_ignores_an_unknown_charset_and_what_is_none(codec: str) -> None:
    text = f'<meta charset="{codec}">年报'
    assert decode(text.encode("gb18030")).startswith(text[:-2])


@pytest.mark.parametrize("codec", ["idna", "punycode", "undefined", "unicode_escape", "utf-7", "hex", "rot13", "mbcs"])
def test_decode_calls_no_codec_that_is_no_character_set(codec: str) -> None:
    assert decode(f'<meta charset="{codec}">年报'.encode("gb18030")).endswith("年报")


@pytest.mark.parametrize("codec", ["big5", "windows-1252", "Shift_JIS", "latin1", "koi8-r"])
def test_decode_uses_the_declared_character_set(codec: str) -> None:
    text = f'<meta charset="{codec}">' + {"big5": "年報", "Shift_JIS": "年報", "koi8-r": "Год"}.get(codec, "é")
    assert decode(text.encode(codec)) == text


def test_broken_bytes_are_tolerated_if_few() -> None:
    truth = report()
    page = papers.as_html(papers.document(truth)).encode() + b"<p>\xff</p>"
    assert cells(read(page).report) == cells(truth)
