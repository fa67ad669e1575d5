"""Tests of decoding: encodings, unknown charsets and broken bytes."""

import pytest

import papers
from gkformat import Unreadable
from gkformat.readers.decoding import decode, encode
from readings import report

PAGE = papers.as_page(papers.document(report()))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_text_is_decoded_in_the_usual_encodings(encoding: str) -> None:
    assert decode(PAGE.encode(encoding)) == PAGE


@pytest.mark.parametrize("charset", ["no-such", "idna", "punycode", "undefined", "unicode_escape", "zip", "utf-7"])
def test_decode_ignores_what_is_no_encoding_of_pages(charset: str) -> None:
    assert decode(f'<meta charset="{charset}">年'.encode("gb18030")).endswith("年")


def test_decode_takes_an_encoding_that_is_declared() -> None:
    assert decode('<meta charset="Big5">條例'.encode("big5")).endswith("條例")


@pytest.mark.parametrize("codec", ["big5", "windows-1252", "Shift_JIS", "latin1", "koi8-r"])
def test_decode_uses_the_declared_character_set(codec: str) -> None:
    text = f'<meta charset="{codec}">' + {"big5": "年報", "Shift_JIS": "年報", "koi8-r": "Год"}.get(codec, "é")
    assert decode(text.encode(codec)) == text


def test_broken_bytes_are_tolerated_if_few() -> None:
    assert decode(PAGE.encode() + b"<p>\xff</p>" * 2) == PAGE + "<p>\ufffd</p>" * 2
    with pytest.raises(Unreadable, match="编码不明"):
        decode(PAGE.encode() + b"\xff" * (len(PAGE) // 100))


def test_text_is_decoded_so_that_the_least_of_it_is_broken() -> None:
    text = '<meta charset="big5">' + "年报" * 1000
    assert decode(text.encode() + b"\xff") == text + "\ufffd"
    assert decode(text.encode("big5", "ignore") + b"\xff").count("\ufffd") == 1


def test_encoded_text_is_decoded_as_it_was_whatever_it_declares() -> None:
    assert decode(encode('<meta charset="big5">年\ud800')) == '<meta charset="big5">年?'
