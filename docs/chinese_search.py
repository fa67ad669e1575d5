"""Search that finds Chinese: an extension of Sphinx, whose own search knows only words between spaces.

A run of Chinese characters is indexed by each character and each pair of neighbours, and asked for by its pairs, so
that no dictionary has to know the word. All else is searched as in English.
"""

import re
from itertools import pairwise
from string import Template

from docutils.nodes import Text, TextElement, document
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search.en import SearchEnglish
from sphinx.util.typing import ExtensionMetadata

HAN = r"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""The characters of Chinese, in a notation that the regular expressions of Python and of JavaScript share."""

RUNS = re.compile(rf"[{HAN}]+|[^\W{HAN}]+")

SPLIT_QUERY = Template(r"""
var splitQuery = (query) =>
  (query.match(/[$han]+|(?:(?![$han])[\p{Letter}\p{Number}_])+/gu) || []).flatMap((run) =>
    run.length > 1 && /[$han]/u.test(run[0])
      ? Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2))
      : [run],
  );
""").substitute(han=HAN)


class SearchChinese(SearchEnglish):
    """The search of pages that are Chinese and English."""

    lang = "zh-en"
    js_splitter_code = SPLIT_QUERY

    def split(self, input: str) -> list[str]:  # noqa: A002 - named so by Sphinx
        """Return the words of a text, which the index is made of."""
        return [word for run in RUNS.findall(input) for word in _words(run)]


def _words(run: str) -> list[str]:
    if re.match(f"[{HAN}]", run):
        return [*run, *map("".join, pairwise(run))]
    return [run]


class HTMLBuilder(StandaloneHTMLBuilder):
    """The builder of pages, which indexes a paragraph as a whole: a pair may stand half inside a link."""

    def index_page(self, pagename: str, doctree: document, title: str) -> None:
        whole = doctree.deepcopy()
        for element in list(whole.findall(TextElement)):
            if len(element.children) > 1:
                element.append(Text(element.astext()))
        super().index_page(pagename, whole, title)


def setup(app: Sphinx) -> ExtensionMetadata:
    app.add_search_language(SearchChinese)
    app.add_builder(HTMLBuilder, override=True)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
