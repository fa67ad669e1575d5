"""The title of a report: which body reports, and for which year."""

import re
from collections.abc import Iterable, Iterator, Sequence

from gkformat.base.frozen import frozen
from gkformat.base.numbering import DIGITS, ONE_TO_NINE, ZEROS
from gkformat.readers.document import Document, Paragraph

_YEAR = rf"(?P<year>20\d\d|二[{ZEROS}Oo0][{ONE_TO_NINE}{ZEROS}]{{2}})年?度?"
_REPORT = r"(?:政府)?信息公开(?:工作)?(?:的)?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?报告"
_NAME = r"[^_|｜>»:：,，。;；!！?？《》〈〉/\\]"
_TITLE = re.compile(rf"{_YEAR}(?P<between>{_NAME}{{0,40}}?){_REPORT}")
_BEFORE = re.compile(rf"{_NAME}*\Z")
_PERIOD = re.compile(r"(20\d\d)年1月1日.{0,10}?(?:20\d\d年)?12月31日")
_ISSUER = re.compile(
    r"(?:发[文布](?:机[构关]|单位)|公开机构|制发机关|责任部门|信息来源)\s*+[:：]?\s*+(?P<name>[^\s，。；:：|]{3,40})"
)
_ENDINGS = (
    "政府|局|厅|部|院|办|室|处|会|委|署|中心|站|所|队|镇|乡|街道|街|场|校|大学|公司|集团|行|社|馆|区|县|市|省|州|盟|旗"
)
_BODY = re.compile(rf"[^\W\d_]+(?:{_ENDINGS})$")
"""The end of the name of a public body."""

_BEFORE_NAME = re.compile(r"关于$|^(?:关于|索引号.*|标题|名称|\d+)+|[-—·.\s()（）\[\]【】]+|的$")
_LONGEST_NAME, _LONGEST_TITLE, _MOST_TITLES = 40, 300, 20
"""The longest name of a body, and what is looked at of the titles that come from outside the text."""

_ARABIC = str.maketrans({**{digit: str(value) for digit, value in DIGITS.items()}, "O": "0", "o": "0"})


@frozen
class Title:
    """The body that reports, and the year; empty and `None` if no title states them."""

    agency: str = ""
    year: int | None = None


def contains_title(text: str) -> bool:
    """Check whether a paragraph contains the title of an annual report."""
    return bool(_TITLE.search(_squeezed(text)))


def read_title(document: Document, front: Sequence[Paragraph]) -> Title:
    """Return body and year from the title in the text, or else from the titles of the document.

    The year may also come from the period that the text states, and the body from the metadata of the page. A date of
    publication and the number of a notice say nothing about the year.
    """
    texts = [_squeezed(block.text) for block in front]
    titles = [_squeezed(title[:_LONGEST_TITLE]) for title in document.titles[:_MOST_TITLES]]
    candidates = [*_lines(texts), *titles]
    found = [read for text in candidates if (read := _title(text))]
    year = next((read.year for read in found if read.year), None) or _period(texts)
    agency = next((read.agency for read in found if read.agency), "") or _issuer(front)
    return Title(agency, year)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _lines(texts: Sequence[str]) -> Iterator[str]:
    """Yield lines that may be a title, the nearest to the text first; then two and three lines together."""
    short = [text if len(text) <= 60 else "。" for text in texts]  # noqa: PLR2004 - a title is no paragraph
    for together in (1, 2, 3):
        for start in range(len(short) - together, -1, -1):
            yield "".join(short[start : start + together])


def _title(text: str) -> Title | None:
    found = _TITLE.search(text)
    if not found:
        return None
    before = _BEFORE.search(text, max(0, found.start() - _LONGEST_NAME), found.start())
    names = [_BEFORE_NAME.sub("", part) for part in (before[0] if before else "", found["between"])]
    agency = next((name for name in names if _BODY.search(name)), "")
    return Title(agency, int(found["year"].translate(_ARABIC)))


def _period(texts: Iterable[str]) -> int | None:
    """Return the year that the figures cover, if the text states exactly one."""
    years = {int(found[1]) for text in texts for found in _PERIOD.finditer(text)}
    return years.pop() if len(years) == 1 else None


def _issuer(front: Iterable[Paragraph]) -> str:
    """Return the body that issued the page, according to its metadata."""
    found = (_ISSUER.search(block.text) for block in front)
    return next((match["name"] for match in found if match and _BODY.search(match["name"])), "")
