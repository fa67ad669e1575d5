"""Tests of reading HTML."""

import pytest

import papers
from gkformat import Unreadable, cells, read
from gkformat.readers.document import Paragraph
from gkformat.readers.files import html
from readings import COUNT, report


def test_html_keeps_raised_and_hidden_text_out_of_numbers() -> None:
    page = papers.as_html(papers.document(report()))
    for markup, text in {
        "3440<sup>1</sup>": "3440〔1〕",
        "<s>1</s>3440": "〔1〕3440",
        "<span style='display:none'>9</span>3440": "3440",
        "<input value='3440'>": "3440",
        "<p>34</p><p>40</p>": "34\n40",
        "3<b>4</b><span>40</span>": "3440",
        "3440<script>var a = 1</script>": "3440",
    }.items():
        reading = read(page.replace("<td>3440</td>", f"<td>{markup}</td>", 1).encode())
        found = {str(entry.at): entry for entry in reading.sheet.cells}[COUNT]
        assert found.text == text
        assert found.value in {3440, None}


def test_table_inside_a_layout_table_is_read() -> None:
    page = f"<table><tr><td>菜单</td><td>{papers.as_html(papers.document(report()))}</td></tr></table>"
    assert cells(read(page.encode()).report) == cells(report())


def test_html_title_and_caption_are_kept() -> None:
    page = "<meta name='ArticleTitle' content='某局年报'><table><caption>表一</caption><tr><td>1</td></tr></table>"
    found = html.parse(page.encode())
    assert found.titles == ("某局年报",)
    assert [block.text for block in found.blocks if isinstance(block, Paragraph)] == ["表一"]


def test_html_with_too_many_nodes_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "_MOST_NODES", 3)
    with pytest.raises(Unreadable, match="节点过多"):
        html.parse(b"<p>1</p><p>2</p><p>3</p>")


def test_empty_html_has_no_blocks() -> None:
    assert html.parse(b"<frameset><frame></frameset>").blocks == html.parse(b"").blocks == ()
