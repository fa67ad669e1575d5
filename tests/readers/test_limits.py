"""Tests of the limits that several readers share."""

from pathlib import Path
from typing import Any

import pytest

import papers
from gkformat import Unreadable, read
from gkformat.readers import limits
from gkformat.readers.files import csv, html, markdown, word
from gkformat.readers.files import text as plain
from readings import read_blocks, report


def test_tables_that_are_too_large_together_are_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TABLE_CELLS", 10)
    with pytest.raises(Unreadable, match="过大"):
        read_blocks(papers.document(report()))
    monkeypatch.setattr(limits, "TABLE_CELLS", 3)
    with pytest.raises(Unreadable, match="过大"):
        csv.parse(b"1,2,3,4,5\n")


@pytest.mark.parametrize(
    ("limit", "most", "said"),
    [
        ("BLOCKS", 9, "超过 9 行"),
        ("TABLES", 2, "超过 2 个"),
        ("TEXTS", 200, "超过 200 格"),
        ("TABLE_TEXT", 99, "超过 99 字符"),
    ],
)
def test_document_beyond_a_limit_is_unreadable(
    limit: str, most: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = papers.document(report())
    read_blocks(paper)
    monkeypatch.setattr(limits, limit, most)
    with pytest.raises(Unreadable, match=said):
        read_blocks(paper)


def test_markdown_that_is_too_long_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MARKDOWN", 10)
    with pytest.raises(Unreadable, match="超过 10 字符"):
        markdown.parse("# 不及十字的一行标题以外".encode())


@pytest.mark.parametrize("module", [csv, html, markdown, plain])
def test_text_that_is_too_long_is_unreadable(module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TEXT", 10)
    with pytest.raises(Unreadable, match="过大"):
        module.parse(b"<p>0123456789</p>")


def test_table_that_is_too_large_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = papers.document(report())
    monkeypatch.setattr(limits, "TABLE_CELLS", 10)
    for module, data in ((html, papers.as_html(paper).encode()), (word, papers.as_docx(paper))):
        with pytest.raises(Unreadable, match="过大"):
            module.parse(data)


def test_table_with_too_many_columns_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "COLUMNS", 3)
    with pytest.raises(Unreadable, match="3 列"):
        word.parse(papers.as_docx(papers.document(report())))


def test_file_that_is_too_large_is_unreadable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(limits, "BYTES", 10)
    file = tmp_path / "a.html"
    file.write_bytes(b"<p>0123456789</p>")
    for source in (file, file.read_bytes()):
        with pytest.raises(Unreadable, match="过大"):
            read(source)
