"""Tests of how deep the elements of a page are nested."""

import pytest

from gkformat import Unreadable
from gkformat.readers.files import nesting


def depth(page: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how deep the elements of a page are nested: the least depth at which it is not refused."""
    monkeypatch.setattr(nesting, "_FEW", -1)
    for most in range(99):
        monkeypatch.setattr(nesting, "DEPTH", most)
        try:
            nesting.check_nesting(page)
        except Unreadable:
            continue
        return most
    return 99


@pytest.mark.parametrize(
    ("page", "deep"),
    [
        ("", 0),
        ("<div><div></div></div><div></div>", 2),
        ("</p><p>1<p>2", 1),
        ("<p><span>1</p><p>2", 2),
        ("<p><div>1<p>2", 2),
        ("<p><x-y>1<div>2", 3),
        ("<ul><li>1<li>2</ul><ul><li>3", 2),
        ("<ul><li><ul><li>1</ul></li></ul><ul>", 4),
        ("<ul><li><div></li><li></ul>", 3),
        ("<ol><li><ul></li></ul></ol><li>", 3),
        ("<ul><li><ul></li><li><li>", 4),
        ("<dl><dt>1<dd>2<dt>3</dl><p>", 2),
        ("<select><option>1<option>2</select><p>", 2),
        ("<table><thead><tr><th>1<td>2<tbody><tr><td>3<tfoot></table><p>", 4),
        ("<table><caption>1<tr><td>2<p>3<tr></table><p>", 4),
        ("<table><tr><td><table></td></tr></table></table>", 4),
        ("<table><td></table></td></table><p>", 2),
        ("<tr><td><tbody>1", 0),
        ("<div><span></div><div>", 2),
        ("<span><div></span></div><span><div>", 3),
        ("<div><table></div></table>", 2),
        ("<main><button></main></button>", 2),
        ("<x><y></x><y>", 2),
        ("<b>1</b><b>2</b>", 1),
        ("</b><b><i></b><b>", 2),
        ("<b></b></b></b><i><u>", 2),
        ("<b><b></b></b><i><u>", 2),
        ("<div><b>", 2),
        ("<p><font><p><font>", 3),
        ("<br><hr/><img><input><x-y/>", 1),
        ("<svg><path/><path/></svg><svg/><path/>", 1),
        ("<svg><title/></svg>", 1),
        ("<math><mi><div></math><div>", 4),
        ("<p><math><mi></p><p>", 4),
        ("<x><math><mi></x><y>", 4),
        ("<DIV><Br></div><script><div><div></SCRIPT ><div>", 1),
        ("<script><main><main>", 1),
        ("<textarea></textareas><p><p></textarea><p>", 1),
        ("<svg><style><g></svg>", 3),
        ("<!-- <main> --><!--><!-- <main> --!><main>", 1),
        ("<!---><main><!-- <main>", 1),
        ("<div title='<div>' a=\"<p>\" b = <div c></div>", 1),
        ("<div a=1/><div>", 2),
        ("a < b <1> </> <main", 1),
    ],
)
def test_elements_are_nested_as_deep_as_they_are_open(page: str, deep: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert depth(page, monkeypatch) == deep


def test_elements_of_formatting_that_go_on_in_each_paragraph_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nesting, "_FEW", -1)
    monkeypatch.setattr(nesting, "TAGS", 10)
    nesting.check_nesting("<b>" * 9)  # 1 + 2 + … + 9 is 45, less than five times as much
    with pytest.raises(Unreadable, match="过深"):
        nesting.check_nesting("<b>" * 9 + "<p>")
