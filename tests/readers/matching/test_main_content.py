"""Tests of finding the main content of a page by where the form stands."""

import pytest

import papers
from gkformat import Reading
from gkformat.readers.document import Document, Paragraph
from gkformat.readers.files import html
from readings import read_here, report, reported

MENU = "<ul><li><a href='/'>某县要闻</a></li><li><a href='/x'>某县办事大厅</a></li></ul>"
ASIDE = "<div><p>某县召开全县工作会议</p><p>某县发布新的办法。</p></div>"


def _read(page: str) -> Reading:
    """Return the reading of a page, with the report or its parts in place of `{…}`."""
    paper = papers.document(report())
    title, lead, *rest = paper.blocks
    parts = {"title": [title], "lead": [lead], "text": rest, "report": paper.blocks}
    return read_here(
        page.format(**{name: papers.as_html(Document("html", some)) for name, some in parts.items()}).encode()
    )


@pytest.mark.parametrize(
    "page",
    [
        MENU + "<div class='x7'>{report}</div>" + ASIDE,
        "<div>" + MENU + "<div>{title}</div><div><div>{lead}{text}</div></div></div>" + ASIDE,
        "<section>{title}</section><section>{lead}</section><section>{text}</section>" + ASIDE,
        "<table><tr><td>" + MENU + "</td><td>{report}</td><td>" + ASIDE + "</td></tr></table>",
        "<table><tr><td>序号</td><td>总计</td></tr></table>" + ASIDE + "<div>{report}</div>" + ASIDE,
        "{report}<div><a href='/1'>某县2023年年报</a></div><div><a href='/2'>某县2022年年报</a></div>",
    ],
)
def test_what_stands_beside_the_form_is_not_of_the_report(page: str) -> None:
    reading = _read(page)
    assert list(reading.findings) == []
    assert reported(reading).preface == papers.LEAD
    assert {name: getattr(reading.report, name) for name in papers.TEXT} == papers.TEXT
    beside = [item.text for item in reading.sheet.leftovers]
    assert len(beside) >= 2
    assert not {block.text for block in papers.document(report()).blocks if isinstance(block, Paragraph)} & {*beside}


def test_blocks_of_a_page_know_their_element_and_what_is_a_link() -> None:
    found = html.parse("<div><p>甲<a href='/'>乙</a></p></div><p><a href='/'>丙</a> <a>丁</a></p>".encode())
    first, second = found.blocks
    assert (first.is_link, second.is_link) == (False, True)  # type: ignore[union-attr]
    assert found.parents[found.parents[first.element]] == found.parents[second.element]
    assert all(parent <= element for element, parent in enumerate(found.parents))
