"""The search of the pages, run as a browser runs it: every Chinese word of a page finds that page."""

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from support import ROOT

BUILT = ROOT / "docs" / "_build" / "html"
SCRIPTS = ("_static/language_data.js", "_static/searchtools.js", "searchindex.js")

BROWSER = """
var window = globalThis, SPHINX_HIGHLIGHT_ENABLED = false;
var document = { getElementById: () => null };
var _ready = () => {}, _ = (text) => text;
"""
"""As much of a browser as the scripts of the search ask for."""

FIND = """
const pagesFor = (query) => new Set(Search._performSearch(...Search._parseQuery(query)).map(([page]) => page));
const missing = (page, words) => words.filter((word) => !pagesFor(word).has(page));
"""

pytestmark = pytest.mark.sphinx


@pytest.fixture(scope="module")
def browser() -> Any:
    """Return an engine of JavaScript that has loaded the search of the pages that `nox -s docs` has built."""
    engine = import_module("py_mini_racer").MiniRacer()  # of the group docs
    for script in [BROWSER, *(path.read_text(encoding="utf-8") for path in map(BUILT.joinpath, SCRIPTS)), FIND]:
        engine.eval(script)
    return engine


def pages() -> list[Path]:
    """Return the pages that are searched: neither lists nor sources."""
    listed = ("genindex", "search", "py-modindex")
    return [path for path in BUILT.rglob("*.html") if path.stem not in listed and "_modules" not in path.parts]


def chinese_words(path: Path) -> set[str]:
    """Return every string of two to six Chinese characters in the text of a page."""
    (main,) = LexborHTMLParser(path.read_bytes()).css('[role="main"]')
    runs = re.findall(r"[\u4e00-\u9fff]{2,}", main.text())
    return {run[at : at + size] for run in runs for size in range(2, 7) for at in range(len(run) - size + 1)}


def test_every_chinese_word_of_a_page_finds_it(browser: Any) -> None:
    lost = {}
    count = 0
    for path in pages():
        page = path.relative_to(BUILT).with_suffix("").as_posix()
        words = sorted(chinese_words(path))
        count += len(words)
        if missing := browser.call("missing", page, words):
            lost[page] = list(missing)
    assert lost == {}
    assert count > 10_000


def test_search_is_not_content_with_any_page(browser: Any) -> None:
    assert list(browser.eval('[...pagesFor("羊入虎口")]')) == []
    assert len(browser.eval('[...pagesFor("勾稽关系")]')) < len(pages()) / 2


@pytest.mark.parametrize("query", ["表", "discrepancies", "JSON 复议", "as_found", "第二十条"])
def test_other_queries_find_pages(browser: Any, query: str) -> None:
    assert browser.eval(f"pagesFor({json.dumps(query)}).size") > 0
