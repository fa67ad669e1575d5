"""Tests of packages: what is refused, whatever they say of themselves."""

from io import BytesIO
from zipfile import ZIP_LZMA, ZipFile

import pytest

import packages
from gkformat import Unreadable
from gkformat.readers.document import Table
from gkformat.readers.files import package, word
from readings import read_here, zipped


def test_part_that_is_larger_than_the_package_says_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "PARTS", 1000)
    with pytest.raises(Unreadable, match="超过 1000 字节"):
        read_here(zipped(word__document_xml=b"<d>" + b" " * 1000 + b"</d>"))
    honest = zipped(word__document_xml=b"<d>" + b" " * 100_000 + b"</d>")
    lying = honest.replace((100_007).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises(Unreadable, match="damaged"):
        read_here(lying)


def test_part_that_cannot_be_unpacked_piece_by_piece_is_unreadable() -> None:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", b"<d/>")
    with pytest.raises(Unreadable, match="压缩方式"):
        read_here(file.getvalue())


def test_document_type_is_refused_before_its_entities_expand() -> None:
    with pytest.raises(Unreadable, match="DTD"):
        read_here(zipped(word__document_xml=b'<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'))


def test_part_that_is_nested_too_deep_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="2000 层"):
        read_here(zipped(word__document_xml=b"<d>" * 2001 + b"</d>" * 2001))


def test_strict_package_is_read_like_any_other() -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc>'
    data = packages.docx_of(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>", strict=True)
    (table,) = word.parse(data).blocks
    assert isinstance(table, Table)
    assert [(found.text, found.columns) for found in table.rows[0]] == [("12", 2)]
